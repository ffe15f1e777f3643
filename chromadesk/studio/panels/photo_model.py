"""The photos of the data set as the filmstrip lists them: filtered, sorted, with state and thumbnail."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from chromadesk.dataset.pairs import Item
from chromadesk.studio.doubts import words
from chromadesk.studio.panels.thumbnails import Thumbnails
from chromadesk.studio.session import Session

KEY_ROLE = Qt.ItemDataRole.UserRole
STATUS_ROLE = Qt.ItemDataRole.UserRole + 1
FAILED_ROLE = Qt.ItemDataRole.UserRole + 2
#: A KeptDoubt while photos are sorted by doubt, for those that still want a look.
DOUBT_ROLE = Qt.ItemDataRole.UserRole + 3
#: What "state" sorts by: what needs a look comes first.
_URGENCY = {"edited": 0, "proposed": 1, "new": 2, "approved": 3, "excluded": 4}
SORTS = {"name": "By name", "state": "By state", "score": "By score", "doubt": "Fix these first"}


class PhotoModel(QAbstractListModel):
    """One row per photo that passes the filter."""

    def __init__(self, session: Session, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._thumbnails = thumbnails
        self._rows: list[Item] = []
        self._places: dict[str, int] = {}
        self.text = ""
        self.status = ""
        self.sort_by = "name"
        thumbnails.ready.connect(self._refresh)
        session.status_changed.connect(self._refresh)
        session.doubts.changed.connect(self._refresh)

    def rearrange(self) -> None:
        """Apply ``text``, ``status`` and ``sort_by`` anew."""
        self.beginResetModel()
        self._session.order = []
        text = self.text.casefold()
        rows = [
            item
            for item in self._session.items
            if (not text or text in item.photo.name.casefold())
            and (not self.status or self._session.status(item.key) == self.status)
        ]
        if self.sort_by == "state":
            rows.sort(key=lambda item: _URGENCY[self._session.status(item.key)])
        elif self.sort_by == "score" and self._session.index is not None:
            scores = self._session.index.scores()
            rows.sort(key=lambda item: scores.get(item.key, 2.0))
        elif self.sort_by == "doubt":
            rows.sort(key=self._doubt_first)
            self._session.order = [item.key for item in sorted(self._session.items, key=self._doubt_first)]
        self._rows = rows
        self._places = {item.key: row for row, item in enumerate(rows)}
        self.endResetModel()

    def unranked(self) -> int:
        """How many photos still want a look that no model was asked about."""
        return sum(
            self._session.status(item.key) in ("new", "proposed") and self._session.doubts.get(item.key) is None
            for item in self._session.items
        )

    def row_of(self, key: str) -> int | None:
        """The row of a photo, unless the filter hides it."""
        return self._places.get(key)

    def key_at(self, row: int) -> str | None:
        """The photo in ``row``."""
        return self._rows[row].key if 0 <= row < len(self._rows) else None

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self._rows):
            return None
        item = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return item.photo.name
        if role == Qt.ItemDataRole.DecorationRole:
            return self._thumbnails.get(item.key, item.photo)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            doubt = self._session.doubts.get(item.key)
            told = "" if doubt is None or self._settled(item) else f", {words(doubt)}"
            return f"{item.key}, {self._session.status(item.key)}{told}"
        if role == KEY_ROLE:
            return item.key
        if role == STATUS_ROLE:
            return self._session.status(item.key)
        if role == DOUBT_ROLE and self.sort_by == "doubt" and not self._settled(item):
            return self._session.doubts.get(item.key)
        if role == FAILED_ROLE:
            return self._thumbnails.failed(item.key)
        return None

    def _settled(self, item: Item) -> bool:
        return self._session.status(item.key) in ("approved", "excluded")

    def _doubt_first(self, item: Item) -> tuple[int, float]:
        """Sort key: most doubtful first, then photos no model was asked about, then those that are settled."""
        doubt = self._session.doubts.get(item.key)
        if self._settled(item):
            return 2, 0.0
        return (1, 0.0) if doubt is None else (0, -doubt.score)

    def _refresh(self, key: str) -> None:
        if not key and self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))
        row = self._places.get(key)
        if row is not None:
            index = self.index(row)
            self.dataChanged.emit(index, index)
