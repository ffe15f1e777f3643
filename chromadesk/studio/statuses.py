"""The state of each photo as the studio shows it: at once in memory, on disk by the thread that also writes masks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from chromadesk.dataset.index import Index, Status
from chromadesk.studio.keeping import Keeping


class Statuses(QObject):
    """What the index says, read once, and what it has yet to be told. Only the studio's own steps change it."""

    changed = Signal(str)
    #: (key, state before, state after), just before ``changed``.
    moved = Signal(str, str, str)

    def __init__(self, keeping: Keeping, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._keeping = keeping
        self._index: Index | None = None
        self._root = Path()
        #: Nothing may be changed: another studio has the data set.
        self.closed = False
        self._shown: dict[str, Status] = {}
        #: How many photos are in each state; kept up to date, since a large folder takes too long to count.
        self.counts: Counter[Status] = Counter()

    def use(self, index: Index | None, statuses: dict[str, Status], root: Path) -> None:
        """Follow another index, of the data set in ``root``, which says ``statuses``."""
        self._index, self._root = index, root
        self._shown = statuses
        self.counts = Counter(self._shown.values())

    @property
    def all(self) -> Mapping[str, Status]:
        """The state of every photo there was when the data set was opened, in its order."""
        return self._shown

    def __getitem__(self, key: str) -> Status:
        shown = self._shown.get(key)
        if shown is not None:
            return shown
        return self._index.status(key) if self._index is not None else "new"

    def show(self, key: str, status: Status) -> None:
        """Show a state that other code is about to write."""
        before = self[key]
        if before != status:
            self.counts[before] -= key in self._shown
            self.counts[status] += 1
            self._shown[key] = status
            self.moved.emit(key, before, status)
            self.changed.emit(key)

    def set(self, key: str, status: Status, note: str | None = None) -> None:
        """Show a state and have it written, with its note unless None, after everything asked for before."""
        index = self._index
        if index is None or self.closed or (self[key] == status and note is None):
            return
        self.show(key, status)
        self._keeping.write(f"state {key}", key, self._root, lambda: index.set_status(key, status, note))
