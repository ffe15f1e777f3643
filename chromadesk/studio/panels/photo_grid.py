"""The filmstrip's cells: photos in columns, laid out by arithmetic.

Qt's own list view measures every item when a list changes, a quarter of a second for a hundred thousand photos. Cells
of one size need no measuring, so here nothing depends on how many there are.
"""

from __future__ import annotations

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QCursor, QPainter, QPaintEvent, QPen, QPixmap, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from chromadesk.studio import icons, theme
from chromadesk.studio.panels import badges
from chromadesk.studio.panels.photo_model import DOUBT_ROLE, FAILED_ROLE, KEY_ROLE, STATUS_ROLE

CELL = QSize(81, 118)
_INSET = 4
#: The photo within its cell.
PICTURE = QSize(CELL.width() - 2 * _INSET, CELL.height() - 2 * _INSET)
_Index = QModelIndex | QPersistentModelIndex
_Move = QAbstractItemView.CursorAction
_Hint = QAbstractItemView.ScrollHint
#: A tint of the accent over photos that are selected besides the open one.
_TINT = 64


class PhotoGrid(QAbstractItemView):
    """Rows of the model in reading order. Shift and Ctrl select several."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        #: The photo on the canvas; its frame is the strongest.
        self.open_key: str | None = None
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)

    @property
    def columns(self) -> int:
        """How many photos stand beside each other."""
        return max(1, self.viewport().width() // CELL.width())

    def count(self) -> int:
        """How many photos are listed."""
        model = self.model()
        return model.rowCount() if model is not None else 0

    def visualRect(self, index: _Index) -> QRect:
        if not index.isValid():
            return QRect()
        row, column = divmod(index.row(), self.columns)
        return QRect(QPoint(column * CELL.width(), row * CELL.height() - self.verticalOffset()), CELL)

    def indexAt(self, point: QPoint) -> QModelIndex:
        column, row = point.x() // CELL.width(), (point.y() + self.verticalOffset()) // CELL.height()
        place = row * self.columns + column
        if not 0 <= column < self.columns or not 0 <= place < self.count():
            return QModelIndex()
        return self.model().index(place, 0)

    def scrollTo(self, index: _Index, hint: _Hint = _Hint.EnsureVisible) -> None:
        place, bar, height = self.visualRect(index), self.verticalScrollBar(), self.viewport().height()
        if place.isNull():
            return
        if hint == _Hint.PositionAtCenter:
            bar.setValue(bar.value() + place.center().y() - height // 2)
        elif hint == _Hint.PositionAtTop or place.top() < 0:
            bar.setValue(bar.value() + place.top())
        elif hint == _Hint.PositionAtBottom or place.bottom() >= height:
            bar.setValue(bar.value() + place.bottom() + 1 - height)

    def horizontalOffset(self) -> int:
        return 0

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def isIndexHidden(self, index: _Index) -> bool:
        return False

    def moveCursor(self, action: _Move, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        count, columns = self.count(), self.columns
        if not count:
            return QModelIndex()
        row = self.currentIndex().row()
        page = max(1, self.viewport().height() // CELL.height()) * columns
        steps = {
            _Move.MoveLeft: -1,
            _Move.MoveRight: 1,
            _Move.MovePrevious: -1,
            _Move.MoveNext: 1,
            _Move.MoveUp: -columns,
            _Move.MoveDown: columns,
            _Move.MovePageUp: -page,
            _Move.MovePageDown: page,
            _Move.MoveHome: -count,
            _Move.MoveEnd: count,
        }
        aim = row + steps[action] if row >= 0 else 0
        if action in (_Move.MoveUp, _Move.MoveDown) and not 0 <= aim < count:
            aim = row
        return self.model().index(min(max(aim, 0), count - 1), 0)

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Qt gives the anchor as the top left of ``rect`` and the mouse as its bottom right, whichever way they lie."""
        first, last = self.indexAt(rect.topLeft()), self.indexAt(rect.bottomRight())
        if not (first.isValid() and last.isValid()):
            selection = QItemSelection()
        elif first.row() <= last.row():
            selection = QItemSelection(first, last)
        else:
            selection = QItemSelection(last, first)
        self.selectionModel().select(selection, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        return QRegion(self.viewport().rect())

    def selected_rows(self) -> list[int]:
        """The rows selected, in order."""
        return sorted(row for part in self._parts() for row in range(part.top(), part.bottom() + 1))

    def selected_count(self) -> int:
        """How many rows are selected."""
        return sum(part.bottom() - part.top() + 1 for part in self._parts())

    def _parts(self) -> list[QItemSelectionRange]:
        selection = self.selectionModel().selection()
        return [selection.at(number) for number in range(selection.count())]

    def updateGeometries(self) -> None:
        lines = -(-self.count() // self.columns)
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(0, lines * CELL.height() - height))
        bar.setPageStep(height)
        bar.setSingleStep(CELL.height() // 3)
        super().updateGeometries()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometries()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        columns, top = self.columns, self.verticalOffset()
        first = (top + event.rect().top()) // CELL.height() * columns
        last = ((top + event.rect().bottom()) // CELL.height() + 1) * columns
        several = self.selected_count() > 1
        hovered = (
            self.indexAt(self.viewport().mapFromGlobal(QCursor.pos())).row() if self.viewport().underMouse() else -1
        )
        for row in range(max(0, first), min(last, self.count())):
            index = self.model().index(row, 0)
            cell = self.visualRect(index).adjusted(_INSET, _INSET, -_INSET, -_INSET)
            selected = self.selectionModel().isSelected(index)
            is_open = index.data(KEY_ROLE) == self.open_key if several else selected
            paint_cell(painter, cell, index)
            if several and selected:
                tint = QColor(theme.ACCENT)
                tint.setAlpha(_TINT)
                painter.fillRect(cell, tint)
            if selected or is_open or row == hovered:
                _frame(painter, cell, selected or is_open, 2 if is_open or (selected and not several) else 1)
            _marks(painter, cell, index)


def paint_cell(painter: QPainter, cell: QRect, index: QModelIndex) -> None:
    """The photo, or a sign that it is not there yet or cannot be read."""
    painter.fillRect(cell, QColor(theme.CHROME))
    pixmap = index.data(Qt.ItemDataRole.DecorationRole)
    if isinstance(pixmap, QPixmap):
        place = QRectF(0, 0, *pixmap.deviceIndependentSize().toTuple())
        place.moveCenter(QRectF(cell).center())
        painter.drawPixmap(place.topLeft().toPoint(), pixmap)
    else:
        name = "warning" if index.data(FAILED_ROLE) else "photo"
        faint = icons.pixmap(name, theme.LINE if name == "photo" else theme.WARNING, icons.SIZE, 1.0)
        painter.drawPixmap(cell.center().x() - 9, cell.center().y() - 9, faint)


def _frame(painter: QPainter, cell: QRect, accent: bool, width: int) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(theme.ACCENT if accent else theme.DIM), width))
    painter.drawRoundedRect(QRectF(cell).adjusted(-width, -width, width, width), 3, 3)
    painter.restore()


def _marks(painter: QPainter, cell: QRect, index: QModelIndex) -> None:
    """The badge of the state, and the classes a model could not tell apart."""
    doubt = index.data(DOUBT_ROLE)
    if doubt is not None:
        badges.draw_classes(painter, QRectF(cell.left() + 3, cell.bottom() - 14, 10, 10), doubt.reason)
    badges.draw(painter, QRectF(cell.right() - 15, cell.bottom() - 15, 12, 12), index.data(STATUS_ROLE))
