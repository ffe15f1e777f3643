"""The photos of the data set as the filmstrip lists them: filtered, sorted, with state and thumbnail."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from chromadesk.classes import CLASSES
from chromadesk.dataset.pairs import Item
from chromadesk.studio.doubts import words
from chromadesk.studio.panels.thumbnails import Thumbnails
from chromadesk.studio.session import Session
from chromadesk.studio.shares import ClassShares
from chromadesk.studio.tips import plain
from chromadesk.studio.words import mark, tr

KEY_ROLE = Qt.ItemDataRole.UserRole
STATUS_ROLE = Qt.ItemDataRole.UserRole + 1
FAILED_ROLE = Qt.ItemDataRole.UserRole + 2
#: A KeptDoubt while photos are sorted by doubt, for those that still want a look.
DOUBT_ROLE = Qt.ItemDataRole.UserRole + 3
#: What "state" sorts by: what needs a look comes first.
_URGENCY = {"edited": 0, "proposed": 1, "new": 2, "approved": 3, "excluded": 4}
SORTS = {
    "name": mark("By name"),
    "state": mark("By state"),
    "score": mark("By score"),
    "doubt": mark("Fix these first"),
} | {each.name: mark("Most {name}") for each in CLASSES[1:]}
_CLASS_IDS = {each.name: each.id for each in CLASSES}
_SETTLED = ("approved", "excluded")
#: Besides the states, what ``PhotoModel.status`` may ask for.
NOTED = mark("with a note")


def sort_title(name: str) -> str:
    """What an order of SORTS is called in the person's language."""
    return tr(SORTS[name], name=tr(name))


class PhotoModel(QAbstractListModel):
    """One row per photo that passes the filter. Goes over all photos only when it is arranged anew, and then in loops
    over plain texts: there may be a hundred thousand.
    """

    def __init__(self, session: Session, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._thumbnails = thumbnails
        self.shares = ClassShares(session, self)
        self._keys: list[str] = []
        self._places: dict[str, int] = {}
        self._named: tuple[list[Item], list[str]] = ([], [])
        self.text = ""
        self.status = ""
        self.sort_by = "name"
        thumbnails.ready.connect(self._refresh)
        session.status_changed.connect(self._refresh)
        session.doubts.changed.connect(self._refresh)

    def rearrange(self) -> None:
        """Apply ``text``, ``status`` and ``sort_by`` anew."""
        self.beginResetModel()
        keys = self._sorted(self._session.dataset.keys if self._session.dataset is not None else [])
        self._session.order = keys if self.sort_by == "doubt" else []
        text = self.text.casefold()
        if text:
            found = {item.key for item, name in zip(self._session.items, self._names(), strict=True) if text in name}
            keys = [key for key in keys if key in found]
        if self.status == NOTED:
            noted = self._session.index.noted() if self._session.index is not None else set()
            keys = [key for key in keys if key in noted]
        elif self.status:
            statuses = self._session.states.all
            keys = [key for key in keys if statuses.get(key, "new") == self.status]
        self._keys = keys
        self._places = dict(zip(keys, range(len(keys)), strict=True))
        self.endResetModel()

    @property
    def by_share(self) -> bool:
        """Sorted by the share of a class."""
        return self.sort_by in _CLASS_IDS

    def unranked(self) -> int:
        """How many photos still want a look that no model was asked about."""
        known = self._session.doubts.all
        return sum(
            key not in known for key, status in self._session.states.all.items() if status in ("new", "proposed")
        )

    def row_of(self, key: str) -> int | None:
        """The row of a photo, unless the filter hides it."""
        return self._places.get(key)

    def key_at(self, row: int) -> str | None:
        """The photo in ``row``."""
        return self._keys[row] if 0 <= row < len(self._keys) else None

    def note(self, key: str) -> str:
        """The note on a photo; empty for none."""
        return self._session.index.note(key) if self._session.index is not None else ""

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._keys)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        key = self.key_at(index.row())
        item = None if key is None else self._session.find(key)
        if item is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return item.name
        if role == Qt.ItemDataRole.DecorationRole:
            return self._thumbnails.get(item.key, item.photo)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            doubt = self._session.doubts.get(item.key)
            told = "" if doubt is None or self._settled(item.key) else f", {words(doubt)}"
            note = self.note(item.key)
            said = f"{item.key}, {tr(self._session.status(item.key))}{told}" + (f": {note}" if note else "")
            return plain(said) if role == Qt.ItemDataRole.ToolTipRole else said
        if role == KEY_ROLE:
            return item.key
        if role == STATUS_ROLE:
            return self._session.status(item.key)
        if role == DOUBT_ROLE and self.sort_by == "doubt" and not self._settled(item.key):
            return self._session.doubts.get(item.key)
        if role == FAILED_ROLE:
            return self._thumbnails.failed(item.key)
        return None

    def _settled(self, key: str) -> bool:
        return self._session.status(key) in _SETTLED

    def _sorted(self, keys: list[str]) -> list[str]:
        """``keys``, which come by name, in the order asked for."""
        statuses, known = self._session.states.all, self._session.doubts.all

        def urgency(key: str) -> float:
            return _URGENCY[statuses.get(key, "new")]

        def doubt(key: str) -> float:
            """Most doubtful first, then photos no model was asked about, then those that are settled."""
            return 2.0 if statuses.get(key) in _SETTLED else -known[key].score if key in known else 1.0

        if self.sort_by == "score" and self._session.index is not None:
            scores = self._session.index.scores()
            return sorted(keys, key=lambda key: scores.get(key, 2.0))
        if self.by_share:
            shares, number = self.shares.all, _CLASS_IDS[self.sort_by]
            return sorted(keys, key=lambda key: -shares[key][number] if key in shares else 1.0)
        if self.sort_by in ("state", "doubt"):
            return sorted(keys, key=urgency if self.sort_by == "state" else doubt)
        return keys

    def _names(self) -> list[str]:
        """The photos' names for the filter, in the data set's order."""
        items = self._session.items
        if self._named[0] is not items:
            self._named = items, [item.name.casefold() for item in items]
        return self._named[1]

    def _refresh(self, key: str) -> None:
        if not key and self._keys:
            self.dataChanged.emit(self.index(0), self.index(len(self._keys) - 1))
        row = self._places.get(key)
        if row is not None:
            index = self.index(row)
            self.dataChanged.emit(index, index)
