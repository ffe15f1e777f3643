"""Masks on their way to the disk: in a thread, one after the other; kept where the disk refuses them, and asked about
where another program changed them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal

from chromadesk.dataset.index import Index, Status
from chromadesk.dataset.pairs import Dataset, Item
from chromadesk.editing import conflict, store
from chromadesk.errors import ChangedElsewhere, ChromaDeskError, ImageError, StorageError
from chromadesk.studio import saving
from chromadesk.studio.background import Background
from chromadesk.studio.keeping import Keeping
from chromadesk.studio.statuses import Statuses
from chromadesk.studio.words import tr


@dataclass(frozen=True)
class Clash:
    """A mask that another program changed since it was read, and how the photo was to be saved."""

    opened: store.Opened
    final: Status | None


class Writing(QObject):
    """Writes for the data set that it was told to ``use``."""

    #: The mask of this key is on the disk, as it was when that was asked for.
    saved = Signal(str)
    #: A person wants to save, and the mask on the disk is another program's: (Clash).
    clashed = Signal(object)
    #: What the person should know of it: a sentence, and "info", "warning" or "error".
    notice = Signal(str, str)

    def __init__(self, files: Background, keeping: Keeping, states: Statuses, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._files, self._keeping, self._states = files, keeping, states
        self._dataset: Dataset | None = None
        self._index: Index | None = None
        #: By photo, the revision that is being written.
        self._under_way: dict[str, int] = {}
        #: Photos whose masks were refused; for the thread.
        self._refused: set[str] = set()
        #: Photos that were left and of which the disk has neither mask nor journal; the thread puts them here and takes
        #: them back, in its turn.
        self._held: dict[str, store.Opened] = {}
        self._ended = False

    def use(self, dataset: Dataset | None, index: Index | None) -> None:
        """Write for another data set."""
        self._dataset, self._index = dataset, index
        self._under_way, self._refused, self._held = {}, set(), {}
        self._keeping.forget_put_off()

    def under_way(self, key: str) -> int | None:
        """The revision of the photo's document that is being written, or waits until it can be."""
        return self._under_way.get(key)

    def write(
        self,
        opened: store.Opened,
        final: Status | None = None,
        leaving: bool = False,
        way: Callable[[store.Snapshot], object] = store.write,
    ) -> None:
        """Write the mask as it is now; its photo has the state ``final`` (default: the one it has) afterwards.

        Where another program changed the mask, ``clashed`` asks; when the photo is being left nobody is there to
        answer, and both are kept. One that cannot be read is replaced by nobody who was not asked.
        """
        dataset, index, key = self._dataset, self._index, opened.item.key
        if dataset is None or index is None:
            return
        if opened.protected:
            self.notice.emit(
                tr(
                    "{mask} could not be read and was left as it is; your strokes on {photo} are kept and "
                    "come back when you open it.",
                    mask=opened.item.mask.name,
                    photo=opened.item.photo.name,
                ),
                "warning",
            )
            return
        if opened.document.stroke is not None:
            opened.document.stroke.finish()
        before = self._states[key]
        self._states.show(key, final or ("edited" if before == "new" else before))
        taken = store.snapshot(opened)
        self._under_way[key] = taken.revision
        refused = self._refused

        def work() -> bool:
            refused.add(key)
            try:
                saving.save(dataset, index, taken, self._states[key], way)  # the state of now, should it have waited
            except ChangedElsewhere:
                if leaving:
                    conflict.keep_both(taken)
                refused.discard(key)
                return False
            refused.discard(key)
            return True

        def settled() -> None:
            if self._under_way.get(key) == taken.revision:
                del self._under_way[key]

        def done(written: bool) -> None:
            settled()
            if written:
                if self._held.get(key) is opened:  # and is not changed any more
                    del self._held[key]
                    self._files.run(opened.close, lambda _: None, lambda _: None)
                opened.document.mark_saved(taken.revision)
                self.saved.emit(key)
                return
            self._states.show(key, index.status(key))
            if leaving:
                self._say_both(opened)
            else:
                self.clashed.emit(Clash(opened, final))

        def failed(error: ChromaDeskError) -> None:
            if not isinstance(error, StorageError):
                settled()
                self._states.show(key, index.status(key))

        self._keeping.write(_name(key), key, dataset.root, work, done, failed)

    # -- another program's mask ------------------------------------------------------------------------------------

    def keep_mine(self, clash: Clash) -> None:
        """What was painted here is saved; the other program's mask is kept among the conflicts."""
        self.write(clash.opened, clash.final, way=conflict.keep_mine)

    def keep_theirs(self, clash: Clash) -> None:
        """The other program's mask is taken as one step; what was painted here is kept among the conflicts."""
        opened = clash.opened
        if opened.document.stroke is not None:
            opened.document.stroke.finish()
        taken = store.snapshot(opened)

        def take(theirs: conflict.Theirs) -> None:
            if opened.document.stroke is not None:
                opened.document.stroke.finish()
            conflict.take(opened, theirs)
            self.saved.emit(opened.item.key)

        self._read(lambda: conflict.keep_theirs(taken), take)

    def keep_both(self, clash: Clash) -> None:
        """Nobody decides now: both are kept among the conflicts, and the strokes come back with the photo."""
        opened = clash.opened
        taken = store.snapshot(opened)

        def failed(error: ChromaDeskError) -> None:
            self.notice.emit(
                tr(
                    "{error} Your strokes on {photo} are kept, and come back when you open it.",
                    error=error,
                    photo=opened.item.name,
                ),
                "error",
            )

        self._files.run(lambda: conflict.keep_both(taken), lambda _: self._say_both(opened), failed)

    def _say_both(self, opened: store.Opened) -> None:
        self.notice.emit(
            tr(
                "{mask} was changed by another program. Both masks are kept in {folder}; your strokes on {photo} come "
                "back when you open it.",
                mask=opened.item.mask.name,
                folder=opened.state / store.CONFLICTS,
                photo=opened.item.name,
            ),
            "warning",
        )

    def _read(self, work: Callable[[], Any], then: Callable[[Any], None]) -> None:
        self._files.run(work, then, lambda error: self.notice.emit(str(error), "error"))

    # -- photos that are left --------------------------------------------------------------------------------------

    @property
    def only_here(self) -> bool:
        """Some photo that was left is nowhere but in this window."""
        return bool(self._held)

    def leave(self, opened: store.Opened) -> None:
        """The photo is open no more: let go of it, unless the disk has neither its mask nor its journal.

        A mask that waits is made from the journal when its time comes: many photos would fill the memory.
        """
        dataset, index, key = self._dataset, self._index, opened.item.key
        refused, held, ended = self._refused, self._held, self._ended

        def work() -> bool:
            opened.journal.flush()
            if key in refused and opened.journal.trouble and not ended:
                held[key] = opened
                return False
            opened.close()
            return True

        def done(closed: bool) -> None:
            if closed and dataset is not None and index is not None:
                states = self._states
                self._keeping.replace(_name(key), lambda: _from_journal(dataset, index, opened.item, states))

        self._files.run(work, done, lambda _: None)

    def put_off(self, key: str) -> None:
        """The photo is wanted again. Nothing is written of it until it is left again or ``go_on`` says so."""
        self._keeping.put_off(_name(key))
        self._under_way.pop(key, None)  # or leaving it again would rely on what was put off

    def take_back(self, key: str) -> Callable[[], store.Opened | None]:
        """For the thread: the photo as it was left, where only this window has it."""
        held = self._held
        return lambda: held.pop(key, None)

    def go_on(self, key: str) -> None:
        """The photo could not be opened: what waited goes on waiting."""
        self._keeping.put_back(_name(key))

    def end(self) -> None:
        """Let go of everything, also what nobody could write."""
        self._ended = True
        for opened in list(self._held.values()):
            opened.close()
        self._held = {}


def _name(key: str) -> str:
    return f"mask {key}"


def _from_journal(dataset: Dataset, index: Index, item: Item, states: Statuses) -> None:
    """Write the mask of a photo that is not open from what its journal has. Raises StorageError."""
    try:
        opened = store.open_document(item, dataset.state)
    except ImageError as error:
        raise StorageError(str(error)) from error  # with its folder, perhaps, and back with it
    try:
        saving.save(dataset, index, store.snapshot(opened), states[item.key])
    finally:
        opened.close()
