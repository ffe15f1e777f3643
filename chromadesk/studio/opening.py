"""Listing a data set off the GUI thread: a hundred thousand photos take a second, a drive that sleeps many."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from chromadesk.dataset import whose
from chromadesk.dataset.away import come_home, reclaim
from chromadesk.dataset.index import Index, Status
from chromadesk.dataset.lock import Holder, Lock
from chromadesk.dataset.pairs import Dataset
from chromadesk.errors import ChromaDeskError, StorageError
from chromadesk.studio.background import Background
from chromadesk.studio.memory import settle

if TYPE_CHECKING:
    from chromadesk.studio.session import Session

_TURN_MS = 5


@dataclass(frozen=True)
class Found:
    """A data set, its index, and the state of every photo, which takes a moment to gather; its ``lock``, and the studio
    that has it unless this one does; ``remark`` says what there is to say of work that may be its own.
    """

    dataset: Dataset
    index: Index
    statuses: dict[str, Status]
    lock: Lock
    holder: Holder | None
    remark: str = ""

    def close(self) -> None:
        """Let go of it all."""
        self.index.close()
        self.lock.release()


def find(path: Path) -> Found:
    """The data set in the folder ``path``; raises DatasetError."""
    root = path.expanduser().absolute()
    lock, holder = Lock(Dataset(root, [], "photos").state), None
    remark = _reclaim(root) if root.is_dir() and lock.look() is None else ""
    try:
        # Before anything is read, for until then another studio may change it. Where no note can be written, no other
        # can write one either.
        with contextlib.suppress(StorageError):
            holder = lock.take() if root.is_dir() else None
            if holder is None:
                come_home(root)  # what the folder could not take before
        dataset = Dataset.open(root)
        whose.remember(dataset)
        index = Index.open(dataset)
        return Found(dataset, index, index.statuses(), lock, holder, remark)
    except BaseException:
        lock.release()
        raise


def _reclaim(root: Path) -> str:
    try:
        return reclaim(root)
    except StorageError as error:
        return str(error)


class Opening(QObject):
    """One folder at a time; a later one takes the place of one under way."""

    #: What is being opened; empty when it is over.
    changed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = Background(self, threads=1)
        self._wanted = 0
        self._found: list[Found] = []

    def open(
        self,
        path: Path,
        then: Callable[[Found], None],
        failed: Callable[[ChromaDeskError], None],
        first: bool = False,
    ) -> None:
        """List ``path`` in a thread; then ``then(found)`` or ``failed(error)`` in the GUI thread. ``first``: no
        other is open.
        """
        self.forget()
        wanted = self._wanted

        def work() -> Found:
            found = find(path)
            self._found.append(found)
            return found

        def done(found: Found) -> None:
            settle(first)
            QTimer.singleShot(_TURN_MS, lambda: handed(found))  # the window lives between the two

        def handed(found: Found) -> None:
            if found not in self._found:  # closed meanwhile
                return
            self._found.remove(found)
            if wanted != self._wanted:
                found.close()
                return
            self.changed.emit("")
            then(found)

        def refused(error: ChromaDeskError) -> None:
            if wanted == self._wanted:
                self.changed.emit("")
                failed(error)

        self._thread.run(work, done, refused)
        self.changed.emit(path.name or str(path))

    def forget(self) -> None:
        """What is under way is not wanted any more."""
        self._wanted += 1
        self.changed.emit("")

    def close(self) -> None:
        """End the thread, and let go of what nobody took."""
        self._wanted += 1
        self._thread.finish(drop=True)
        for found in self._found:
            found.close()
        self._found = []


def open_again(session: Session) -> None:
    """Read the data set again, to be changed if no other studio has it now, at the same photo."""
    if session.dataset is not None:
        key = session.item.key if session.item is not None else ""
        if session.open_dataset(session.dataset.root, show=key not in session.dataset) and key in session.dataset:
            session.open_photo(key)
