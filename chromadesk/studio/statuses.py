"""The state of each photo as the studio shows it: at once in memory, on disk by the thread that also writes masks."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from chromadesk.dataset.index import Index, Status
from chromadesk.errors import ChromaDeskError
from chromadesk.studio.background import Background


class Statuses(QObject):
    """What the index says, overlaid with what it has yet to be told."""

    changed = Signal(str)
    failed = Signal(str)

    def __init__(self, files: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._files = files
        self._index: Index | None = None
        self._ahead: dict[str, Status] = {}

    def use(self, index: Index | None) -> None:
        """Follow another index."""
        self._index = index
        self._ahead = {}

    def __getitem__(self, key: str) -> Status:
        ahead = self._ahead.get(key)
        if ahead is not None:
            return ahead
        return self._index.status(key) if self._index is not None else "new"

    def show(self, key: str, status: Status) -> None:
        """Show a state that other code is about to write."""
        if self[key] != status:
            self._ahead[key] = status
            self.changed.emit(key)

    def set(self, key: str, status: Status) -> None:
        """Show a state and have it written after everything asked for before."""
        index = self._index
        if index is None or self[key] == status:
            return
        self.show(key, status)
        self._files.run(lambda: index.set_status(key, status), lambda _: None, self._refused)

    def _refused(self, error: ChromaDeskError) -> None:
        self.failed.emit(str(error))
