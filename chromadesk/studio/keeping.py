"""What the disk refuses waits here and is tried again: said once when it begins, and once when all of it is there."""

from __future__ import annotations

import errno
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from chromadesk.errors import ChromaDeskError, StorageError
from chromadesk.studio.background import Background
from chromadesk.studio.words import tr

#: How long until what the disk refused is tried again, milliseconds.
AGAIN = 3000
_FULL = (errno.ENOSPC, errno.EDQUOT)
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)


def reason(error: BaseException | None, root: Path) -> str:
    """Why nothing can be written in the folder ``root``, in a few words."""
    number = _number(error)
    if not root.is_dir():
        return tr("the folder {folder} is gone", folder=root.name)
    if number in _FULL:
        return tr("the disk is full")
    if number in _FORBIDDEN:
        return tr("the folder is read-only")
    return tr("the disk cannot be written")


def _number(error: BaseException | None) -> int | None:
    while error is not None and not isinstance(error, OSError):
        error = error.__cause__
    return error.errno if isinstance(error, OSError) else None


@dataclass
class Write:
    """One thing to be written; ``about`` says of what, and writes about the same are done in the order asked for."""

    serial: int
    name: str
    about: str
    root: Path
    work: Callable[[], Any]
    then: Callable[[Any], None]
    failed: Callable[[ChromaDeskError], None]


class Keeping(QObject):
    """Runs writes in the thread ``files``, in their turn."""

    #: ``trouble`` is another.
    changed = Signal()
    #: (why, in a few words) The disk refuses, from now on; not for each write.
    began = Signal(str)
    #: Everything that waited is on the disk.
    ended = Signal()
    #: Something else is wrong with what was to be written.
    notice = Signal(str, str)

    def __init__(self, files: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._files = files
        self._waiting: dict[str, Write] = {}
        #: By name, the serial of the write asked for last: where it is on its way, an older one never waits, lest it
        #: were tried again behind it.
        self._newest: dict[str, int] = {}
        #: By name, what was put off; None when nothing waited, but something may be on its way to the disk.
        self._off: dict[str, Write | None] = {}
        self._after: list[Callable[[], object]] = []
        self._trying = False
        self._serial = 0
        #: Why what waits is not written, in a few words; empty when nothing waits.
        self.trouble = ""
        #: The same as a sentence that names the file.
        self.sentence = ""
        self._timer = QTimer(self, singleShot=True, interval=AGAIN)
        self._timer.timeout.connect(self.again)

    def waits(self, about: str) -> bool:
        """Something about it is not on the disk."""
        return any(write.about == about for write in self._waiting.values())

    @property
    def waiting(self) -> list[str]:
        """What everything that waits is about."""
        return list(dict.fromkeys(write.about for write in self._waiting.values()))

    def write(
        self,
        name: str,
        about: str,
        root: Path,
        work: Callable[[], Any],
        then: Callable[[Any], None] = lambda _: None,
        failed: Callable[[ChromaDeskError], None] | None = None,
    ) -> None:
        """Run ``work``, which writes in the folder ``root``; ``then`` gets its result in the GUI thread. One that the
        disk refuses waits, unless another of its ``name`` takes its place; ``failed`` hears of that, too.
        """
        self._serial += 1
        self._off.pop(name, None)
        self._newest[name] = self._serial
        write = Write(self._serial, name, about, root, _within(root, work), then, failed or (lambda _: None))
        if self.waits(about):
            self._waiting.pop(name, None)
            self._waiting[name] = write
            self.again()
        else:
            self._run(write)

    def replace(self, name: str, work: Callable[[], Any]) -> None:
        """What waits under ``name``, or is put off, is done by ``work`` instead."""
        write = self._waiting.get(name) or self._off.get(name)
        if write is not None:
            write.work = _within(write.root, work)

    def put_off(self, name: str) -> None:
        """Do not try again what waits under ``name``, nor what is on its way and refused, until it is ``put_back`` or
        another takes its place.
        """
        self._off[name] = self._waiting.pop(name, None)
        if self._off[name] is not None and not self._waiting:
            self._settled()

    def put_back(self, name: str) -> None:
        """Let it wait again."""
        write = self._off.pop(name, None)
        if write is not None:
            self._waiting[name] = write
            self.again()

    def forget_put_off(self) -> None:
        """Nobody will put back what was put off."""
        self._off.clear()

    def afterwards(self, work: Callable[[], object]) -> None:
        """Do ``work`` in the thread once nothing waits any more: at once, as a rule."""
        if self._waiting:
            self._after.append(work)
        else:
            self._files.run(work, lambda _: None, lambda error: self.notice.emit(str(error), "error"))

    def again(self) -> None:
        """Try now to write what waits."""
        if self._waiting and not self._trying:
            self._trying = True
            self._run(next(iter(self._waiting.values())))

    def give_up(self) -> None:
        """What waits is not wanted any more."""
        self._waiting.clear()
        self._settled()

    def close(self) -> None:
        """Try nothing again from now on: what waits is in the journal."""
        self._timer.stop()

    # -- inside ----------------------------------------------------------------------------------------------------

    def _run(self, write: Write) -> None:
        def done(result: Any) -> None:
            self._trying = False
            waited = self._waiting.get(write.name) is write
            if self._off.get(write.name) is write:
                self._off[write.name] = None
            if waited:
                del self._waiting[write.name]
            write.then(result)
            if self._waiting:
                self.again()
            elif waited:
                self._settled()
                self.ended.emit()

        def failed(error: ChromaDeskError) -> None:
            self._trying = False
            write.failed(error)
            if not isinstance(error, StorageError):
                if self._waiting.get(write.name) is write:
                    del self._waiting[write.name]
                self.notice.emit(str(error), "error")
                if not self._waiting:
                    self._settled()
                return
            if write.serial != self._newest[write.name]:
                self.again()
                return
            if write.name in self._off:
                self._off[write.name] = write
                self.again()
                return
            first = not self._waiting
            self._waiting[write.name] = write
            for name in [name for name, other in self._waiting.items() if other.about == write.about]:
                self._waiting[name] = self._waiting.pop(name)  # the others' turn: this one's trouble may be its own
            self.trouble, self.sentence = reason(error, write.root), str(error)
            self.changed.emit()
            self._timer.start()
            if first:
                self.began.emit(self.trouble)

        self._files.run(write.work, done, failed)

    def _settled(self) -> None:
        self.trouble = self.sentence = ""
        self._timer.stop()
        after, self._after = self._after, []
        for work in after:
            self.afterwards(work)
        self.changed.emit()


def _within(root: Path, work: Callable[[], Any]) -> Callable[[], Any]:
    """``work`` where ``root`` is there: made anew it would hide what comes back, and hold what nobody finds."""

    def run() -> Any:
        if not root.is_dir():
            raise StorageError(f"{root} is gone. Bring the drive or the folder back.")
        return work()

    return run
