"""Masks on their way to the disk: in a thread, one after the other, and kept where the disk refuses them."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from chromadesk.dataset.index import Index, Status
from chromadesk.dataset.pairs import Dataset, Item
from chromadesk.editing import store
from chromadesk.errors import ChromaDeskError, ImageError, StorageError
from chromadesk.studio import saving
from chromadesk.studio.background import Background
from chromadesk.studio.keeping import Keeping, Write
from chromadesk.studio.statuses import Statuses


class Writing(QObject):
    """Writes for the data set that it was told to ``use``."""

    #: The mask of this key is on the disk, as it was when that was asked for.
    saved = Signal(str)

    def __init__(self, files: Background, keeping: Keeping, states: Statuses, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._files, self._keeping, self._states = files, keeping, states
        self._dataset: Dataset | None = None
        self._index: Index | None = None
        #: By photo, the revision that is being written.
        self._under_way: dict[str, int] = {}
        #: Photos whose masks were refused; for the thread.
        self._refused: set[str] = set()
        #: Photos that were left and of which the disk has neither mask nor journal.
        self._held: dict[str, store.Opened] = {}
        #: What waits for a photo that is open again: its hand goes on with that.
        self._put_off: dict[str, Write] = {}
        self._ended = False

    def use(self, dataset: Dataset | None, index: Index | None) -> None:
        """Write for another data set."""
        self._dataset, self._index = dataset, index
        self._under_way, self._refused, self._held, self._put_off = {}, set(), {}, {}

    def under_way(self, key: str) -> int | None:
        """The revision of the photo's document that is being written, or waits until it can be."""
        return self._under_way.get(key)

    def write(self, opened: store.Opened, final: Status | None = None) -> None:
        """Write the mask as it is now; its photo has the state ``final`` (default: the one it has) afterwards."""
        dataset, index, key = self._dataset, self._index, opened.item.key
        if dataset is None or index is None:
            return
        if opened.document.stroke is not None:
            opened.document.stroke.finish()
        before = self._states[key]
        self._states.show(key, final or ("edited" if before == "new" else before))
        taken = store.snapshot(opened)
        self._under_way[key] = taken.revision
        refused = self._refused

        def work() -> None:
            refused.add(key)
            saving.save(dataset, index, taken, self._states[key])  # the state of now, should it have waited
            refused.discard(key)

        def settled() -> None:
            if self._under_way.get(key) == taken.revision:
                del self._under_way[key]
            self._held.pop(key, None)

        def written(_: object) -> None:
            settled()
            opened.document.mark_saved(taken.revision)
            self.saved.emit(key)

        def failed(error: ChromaDeskError) -> None:
            if not isinstance(error, StorageError):
                settled()
                self._states.show(key, index.status(key))

        self._keeping.write(_name(key), key, dataset.root, work, written, failed)

    def leave(self, opened: store.Opened) -> None:
        """The photo is open no more: let go of it, unless the disk has neither its mask nor its journal.

        A mask that waits is made from the journal when its time comes: many photos would fill the memory.
        """
        dataset, index, key = self._dataset, self._index, opened.item.key
        refused, ended = self._refused, self._ended

        def work() -> bool:
            opened.journal.flush()
            if key in refused and opened.journal.trouble and not ended:
                return False
            opened.close()
            return True

        def done(closed: bool) -> None:
            if not closed:
                self._held[key] = opened
            elif dataset is not None and index is not None:
                states = self._states
                self._keeping.replace(_name(key), lambda: _from_journal(dataset, index, opened.item, states))

        self._files.run(work, done, lambda _: None)

    def take_back(self, key: str) -> store.Opened | None:
        """The photo is wanted again: as it was left, where only this window has it. Nothing is written of it meanwhile,
        until it is left again or ``go_on`` says so.
        """
        write = self._keeping.put_off(_name(key))
        if write is not None:
            self._put_off[key] = write
        return self._held.get(key)

    def go_on(self, key: str) -> None:
        """The photo could not be opened: what waited goes on waiting."""
        write = self._put_off.pop(key, None)
        if write is not None:
            self._keeping.put_back(write)

    def end(self) -> None:
        """Let go of everything, also what nobody could write."""
        self._ended = True
        for opened in self._held.values():
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
