"""Foreign labels, a row each, and which of our classes each is: a click, or the class's own digit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from chromadesk.classes import CLASSES, PAPER_ORDER
from chromadesk.dataset.mapping import NEAREST, UNDECIDED, ClassMap
from chromadesk.dataset.survey import Met
from chromadesk.studio import theme
from chromadesk.studio.tips import plain
from chromadesk.studio.words import class_name, class_title, mark, numeral, tr

#: The columns of classes: the paper's order with the background first, then what takes the nearest one's.
TARGETS = (*PAPER_ORDER, NEAREST)
_NAME, _PHOTOS, _SHARE = range(3)
_FIRST = 3
_IGNORE = mark("Ignore")
_WIDTHS = {_PHOTOS: 56, _SHARE: 60}
_TARGET_WIDTH = 76
_RADIUS, _RING = 7.0, "#6A6A6A"
_Index = QModelIndex | QPersistentModelIndex


class LabelModel(QAbstractTableModel):
    """What a survey met, through a map."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.met: list[Met] = []
        self.mapping = ClassMap("", ())
        self._pixels = 0

    def show(self, met: Sequence[Met], mapping: ClassMap) -> None:
        """Show these labels and what the map says of them."""
        others = [each.label for each in met] != [each.label for each in self.met]
        if others:
            self.beginResetModel()
        self.met, self.mapping = list(met), mapping
        self._pixels = sum(each.pixels for each in met)
        if others:
            self.endResetModel()
        elif met:
            self.dataChanged.emit(self.index(0, 0), self.index(len(met) - 1, self.columnCount() - 1))

    def class_of(self, row: int) -> int:
        """The class of a row's label: 0-4, NEAREST or UNDECIDED."""
        label = self.met[row].label
        return self.mapping.class_of(label.id or 0, "" if label.id is not None else label.name)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.met)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else _FIRST + len(TARGETS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return (
                Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
                if section == _NAME
                else Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                if section < _FIRST
                else Qt.AlignmentFlag.AlignCenter
            )
        if role == Qt.ItemDataRole.ToolTipRole:
            return _header_tip(section)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if section < _FIRST:
            return (tr("Their label"), tr("Photos"), tr("Pixels"))[section]
        return target_title(TARGETS[section - _FIRST])

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = index.row(), index.column()
        each = self.met[row]
        if role == Qt.ItemDataRole.DisplayRole and column < _FIRST:
            return (self._name(each), numeral(each.photos), self._share(each))[column]
        if role == Qt.ItemDataRole.TextAlignmentRole and column in (_PHOTOS, _SHARE):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ForegroundRole and column < _FIRST:
            if column != _NAME:
                return QColor(theme.DIM)
            return QColor(theme.WARNING if self.class_of(row) == UNDECIDED else theme.TEXT)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return plain(f"{each.label.name}: {target_name(self.class_of(row))}")
        return None

    def _name(self, each: Met) -> str:
        """The label's name; of a number also what the map calls it."""
        label = each.label
        known = next((row.name for row in self.mapping.labels if label.id is not None and row.is_same(label)), "")
        number = label.name.rjust(3, "\u2007") if label.id is not None else label.name
        return f"{number}   {known}" if known not in ("", label.name) else number

    def _share(self, each: Met) -> str:
        share = 100 * each.pixels / self._pixels if self._pixels else 0.0
        if 0 < share < 0.05:
            return f"< {numeral(0.1, 1)} %"
        return f"{numeral(share, 0 if share >= 10 else 1)} %"


class LabelTable(QTableView):
    """Rows can be selected together; digits, I and Delete decide for all of them."""

    #: These rows are of this class (0-4, NEAREST, UNDECIDED) from now on.
    decided = Signal(list, int)
    #: The row in hand is another one.
    went_to = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = LabelModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(_Chips(self))
        self.setAccessibleName(tr("Labels and their classes"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.ROW)
        self.verticalHeader().setMinimumSectionSize(theme.ROW)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(40)
        for column in range(self.rows.columnCount()):
            if column == _NAME:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
            else:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
                self.setColumnWidth(column, _WIDTHS.get(column, _TARGET_WIDTH))
        self.selectionModel().currentRowChanged.connect(lambda index, _: self.went_to.emit(index.row()))

    def show_labels(self, met: Sequence[Met], mapping: ClassMap) -> None:
        """Show these labels and what the map says of them; those that are selected stay so as others come."""
        before = [self.rows.met[row].label for row in self.chosen]
        current = self.currentIndex().row()
        held = self.rows.met[current].label if 0 <= current < len(self.rows.met) else None
        self.rows.show(met, mapping)
        if self.chosen or not before:
            return
        selection = self.selectionModel()
        flags = QItemSelectionModel.SelectionFlag
        for row, each in enumerate(met):
            if each.label == held:
                selection.setCurrentIndex(self.rows.index(row, 0), flags.NoUpdate)
            if each.label in before:
                selection.select(self.rows.index(row, 0), flags.Select | flags.Rows)

    @property
    def chosen(self) -> list[int]:
        """The rows that are selected."""
        return sorted({index.row() for index in self.selectionModel().selectedRows()})

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        decides = index.isValid() and index.column() >= _FIRST and event.button() == Qt.MouseButton.LeftButton
        if not (decides and index.row() in self.chosen):  # one of several that are selected: keep them
            super().mousePressEvent(event)
        if decides:
            rows = self.chosen if index.row() in self.chosen else [index.row()]
            self.decided.emit(rows, TARGETS[index.column() - _FIRST])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, rows = event.key(), self.chosen
        target = {Qt.Key.Key_I: NEAREST, Qt.Key.Key_Delete: UNDECIDED, Qt.Key.Key_Backspace: UNDECIDED}.get(
            Qt.Key(key), int(event.text()) if event.text() in ("0", "1", "2", "3", "4") else None
        )
        if target is not None and rows:
            self.decided.emit(rows, target)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)


class _Chips(QStyledItemDelegate):
    """A ring in each column of a class, filled where the label is of it."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        super().paint(painter, option, index)
        model = index.model()
        assert isinstance(model, LabelModel)
        if index.column() < _FIRST:
            return
        target = TARGETS[index.column() - _FIRST]
        chosen = model.class_of(index.row()) == target
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centre = QRectF(option.rect).center()
        draw_chip(painter, centre, target, chosen)
        painter.restore()


def draw_chip(painter: QPainter, centre: QPointF, target: int, chosen: bool) -> None:
    """A ring in the class's colour, filled when it is ``chosen``; a struck one for what is ignored."""
    ignored = target == NEAREST
    colour = QColor(theme.DIM) if ignored else QColor(*CLASSES[target].colour)
    painter.setPen(QPen(QColor(theme.TEXT if chosen else _RING), 1.5))
    painter.setBrush(colour if chosen and not ignored else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(centre, _RADIUS, _RADIUS)
    if ignored and chosen:
        reach = QPointF(_RADIUS, -_RADIUS) * 0.7
        painter.drawLine(centre - reach, centre + reach)


def target_name(target: int) -> str:
    """What a label becomes, within a sentence."""
    if target == UNDECIDED:
        return tr("not decided")
    return tr("ignored: takes the nearest class") if target == NEAREST else class_name(target)


def target_title(target: int) -> str:
    """The same, as the title of a column."""
    return tr(_IGNORE) if target == NEAREST else class_title(target)


def _header_tip(section: int) -> str:
    if section < _FIRST:
        return (
            tr("The label's name there, or its number"),
            tr("Photos that have it, of those read so far"),
            tr("Its share of all pixels read so far"),
        )[section]
    target = TARGETS[section - _FIRST]
    if target == NEAREST:
        return tr("Nobody's pixels: each takes the class nearest to it (I on the selected rows)")
    return tr("{title} ({digit} on the selected rows)", title=class_title(target), digit=target)
