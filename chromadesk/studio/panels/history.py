"""The history: the steps of the open photo; a click goes back to one, or forward again."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListView, QVBoxLayout, QWidget

from chromadesk.editing.document import Document
from chromadesk.editing.patch import Patch
from chromadesk.studio import icons, theme
from chromadesk.studio.cleanups import CLEAN_UPS
from chromadesk.studio.panels.parts import heading
from chromadesk.studio.session import Session
from chromadesk.studio.words import mark, numeral, tr

#: Of each kind of step its name and icon.
_KINDS = {
    "brush": (mark("Brush"), "brush"),
    "eraser": (mark("Eraser"), "eraser"),
    "lasso": (mark("Lasso"), "lasso"),
    "border": (mark("Redraw border"), "border"),
    "fill": (mark("Fill region"), "fill"),
    "history": (mark("History brush"), "history"),
    "revert": (mark("Revert"), "undo"),
    "prediction": (mark("Prediction"), "predict"),
    "edit": (mark("Edit"), "brush"),
    "photoshop": (mark("From Photoshop"), "import"),
    "magnetic": (mark("Magnetic brush"), "magnetic"),
    "scribble": (mark("Scribble assist"), "scribble"),
    **{cleanup.name: (cleanup.title, cleanup.name) for cleanup in CLEAN_UPS},
}
_MEGABYTE = 1024 * 1024


class HistoryPanel(QWidget):
    """The state the photo was opened in, then every step; those undone are dim."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.model = _Steps(self)
        self.view = QListView()
        self.view.setAccessibleName(tr("History"))
        self.view.setModel(self.model)
        self.view.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.view.setUniformItemSizes(True)
        self.view.setIconSize(QSize(16, 16))
        self.view.setObjectName("history")
        self.view.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.view.clicked.connect(lambda index: self.go_to(index.row()))
        self.size_label = QLabel("")
        self.size_label.setObjectName("meta")
        head = QHBoxLayout()
        head.setContentsMargins(12, 12, 12, 4)
        head.addWidget(heading(tr("HISTORY")))
        head.addStretch(1)
        head.addWidget(self.size_label)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.view, 1)
        session.photo_opened.connect(self._follow)
        session.history_changed.connect(self._follow)
        self._follow()

    def go_to(self, row: int) -> None:
        """Undo or redo until ``row`` (0: as opened) is the last step done."""
        document = self._session.document
        if document is None or self._session.refuses():
            return
        while len(document.history.done) > row and document.undo():
            pass
        while len(document.history.done) < row and document.redo():
            pass

    def _follow(self) -> None:
        document = self._session.document
        self.model.show(document)
        if document is None:
            self.size_label.setText("")
            return
        history = document.history
        steps = len(history.done)
        memory = tr(
            "{nbytes} of {budget} MB", nbytes=numeral(history.nbytes / _MEGABYTE, 1), budget=history.budget // _MEGABYTE
        )
        told = steps or history.undone
        self.size_label.setText(tr("%Ln step(s), {memory}", "", steps, memory=memory) if told else "")
        current = self.model.index(steps)
        self.view.setCurrentIndex(current)
        self.view.scrollTo(current)


class _Steps(QAbstractListModel):
    """Row 0 is the photo as opened; row n the n-th step."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._steps: list[Patch] = []
        self._done = 0
        self._open = False

    def show(self, document: Document | None) -> None:
        steps = [] if document is None else [*document.history.done, *reversed(document.history.undone)]
        done = 0 if document is None else len(document.history.done)
        if self._open and document is not None and steps == self._steps:  # undone or made again: only looks change
            first, last = sorted((done, self._done))
            self._done = done
            self.dataChanged.emit(self.index(first), self.index(last))
            return
        self.beginResetModel()
        self._open, self._steps, self._done = document is not None, steps, done
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return len(self._steps) + 1 if self._open and not (parent is not None and parent.isValid()) else 0

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = index.row()
        if not index.isValid() or row > len(self._steps):
            return None
        kind = "" if row == 0 else self._steps[row - 1].kind
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(_KINDS[kind][0]) if kind else tr("Opened")
        if role == Qt.ItemDataRole.DecorationRole:
            colour = theme.DIM if row <= self._done else theme.FAINT
            return icons.plain(_KINDS[kind][1] if kind else "photo", colour)
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(theme.TEXT if row <= self._done else theme.FAINT)
        if role == Qt.ItemDataRole.SizeHintRole:
            return QSize(100, 24)
        return None
