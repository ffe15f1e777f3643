"""Which class is taken for which: the confusion matrix as a heat map, each row a true class whose shares make 1; a cell
leads to the photos behind it.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFocusEvent,
    QFont,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from chromadesk.classes import CLASSES, COUNT, PAPER_ORDER
from chromadesk.studio import theme
from chromadesk.studio.words import class_name, class_title, numeral, tr

_LEFT, _TOP, _GAP = 96, 44, 2
_EMPTY = (43, 43, 43)
_FULL = (230, 230, 230)
_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}

#: (truth, predicted) as class ids.
Cell = tuple[int, int]


def row_shares(confusion: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """(5, 5) counts, rows = truth -> (5, 5) shares of each row; NaN in the rows of classes that do not occur."""
    totals = confusion.sum(axis=1, keepdims=True)
    shares = np.full((COUNT, COUNT), np.nan)
    np.divide(confusion, totals, out=shares, where=totals > 0)
    return shares


def cell_colour(share: float) -> QColor:
    """Neutral grey, from the panel's (0) to white (1); small shares are lifted, for they are what one looks for."""
    lift = share**0.6
    return QColor(*(round(low + (high - low) * lift) for low, high in zip(_EMPTY, _FULL, strict=True)))


def text_colour(cell: QColor) -> QColor:
    """Black or white, whichever stands out more on ``cell`` (WCAG contrast)."""
    light = _luminance(cell) + 0.05
    dark = QColor("#111111")
    on_dark, on_light = light / (_luminance(dark) + 0.05), 1.05 / light
    return dark if on_dark > on_light else QColor("#FFFFFF")


def _luminance(colour: QColor) -> float:
    channels = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return float(0.2126 * red + 0.7152 * green + 0.0722 * blue)


class ConfusionMap(QWidget):
    """Five by five cells in the paper's order, percentages in them, the pixels behind each in its tool tip.

    A click chooses a cell and the next one none; with the keyboard the arrows go from cell to cell, Enter and Space
    choose, Escape chooses none.
    """

    #: The Cell whose photos shall be shown, or None.
    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.installEventFilter(self)
        self.setAccessibleName(tr("Confusion between the classes, rows are the truth"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        #: The cell chosen.
        self.cell: Cell | None = None
        #: (line, place) where the keyboard is.
        self._at: tuple[int, int] = (1, 2)
        self._counts = np.zeros((COUNT, COUNT), dtype=np.int64)
        self._shares = row_shares(self._counts)

    def sizeHint(self) -> QSize:
        return QSize(_LEFT + COUNT * 56, _TOP + COUNT * 40)

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEFT + COUNT * 44, _TOP + COUNT * 30)

    def set_confusion(self, confusion: list[list[int]]) -> None:
        """Show ``confusion`` (5x5, rows = truth, ids 0-4)."""
        self._counts = np.asarray(confusion, dtype=np.int64)[np.ix_(PAPER_ORDER, PAPER_ORDER)]
        self._shares = row_shares(self._counts)
        self.choose(None)

    def choose(self, cell: Cell | None) -> None:
        """Choose ``cell``, or none."""
        self.cell = cell
        if cell is not None:
            self._at = PAPER_ORDER.index(cell[0]), PAPER_ORDER.index(cell[1])
        self._tell()
        self.chosen.emit(cell)

    def cell_at(self, point: QPointF) -> Cell | None:
        """(truth, predicted) as class ids of the cell under ``point``."""
        for line in range(COUNT):
            for place in range(COUNT):
                if self._cell(line, place).contains(point):
                    return PAPER_ORDER[line], PAPER_ORDER[place]
        return None

    def describe(self, truth: int, predicted: int) -> str:
        """What a cell says, as a sentence."""
        line, place = PAPER_ORDER.index(truth), PAPER_ORDER.index(predicted)
        share, count = self._shares[line, place], int(self._counts[line, place])
        if np.isnan(share):
            return tr("These photos hold no {name}.", name=class_name(truth))
        if truth == predicted:
            return tr(
                "{share} of {name} is found ({count} pixels).",
                share=f"{numeral(100 * share, 2)} %",
                name=class_name(truth),
                count=numeral(count),
            )
        return tr(
            "{share} of {name} is taken for {other} ({count} pixels).",
            share=f"{numeral(100 * share, 2)} %",
            name=class_name(truth),
            other=class_name(predicted),
            count=numeral(count),
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            cell = self.cell_at(QPointF(event.pos()))
            if cell is not None:
                hint = tr("Click for all photos again.") if cell == self.cell else tr("Click for the photos behind it.")
                QToolTip.showText(event.globalPos(), f"{self.describe(*cell)} {hint}", self)
            else:
                QToolTip.hideText()
            return True
        return super().eventFilter(watched, event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self.cell_at(event.position()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        cell = self.cell_at(event.position())
        if cell is not None and event.button() == Qt.MouseButton.LeftButton:
            self.choose(None if cell == self.cell else cell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            down, right = _STEPS[key]
            self._at = _within(self._at[0] + down), _within(self._at[1] + right)
            self._tell()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.choose(None if self._here == self.cell else self._here)
        elif key == Qt.Key.Key_Escape and self.cell is not None:
            self.choose(None)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._tell()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    @property
    def _here(self) -> Cell:
        return PAPER_ORDER[self._at[0]], PAPER_ORDER[self._at[1]]

    def _tell(self) -> None:
        """Say to those who cannot see it where the keyboard is."""
        self.setAccessibleDescription(self.describe(*self._here))
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        small = QFont(self.font())
        small.setPixelSize(11)
        painter.setFont(small)
        painter.setPen(QColor(theme.DIM))
        across = QRectF(_LEFT, 0, self.width() - _LEFT, 18)
        painter.drawText(across, Qt.AlignmentFlag.AlignCenter, tr("taken for"))
        painter.drawText(
            QRectF(0, 18, _LEFT - 8, _TOP - 18), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, tr("truth")
        )
        for place, index in enumerate(PAPER_ORDER):
            cell = self._cell(0, place)
            box = QRectF(cell.left(), 18, cell.width(), _TOP - 18)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, tr(CLASSES[index].short))
        for line, index in enumerate(PAPER_ORDER):
            self._paint_row(painter, line, index)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.cell is not None:
            painter.setPen(QPen(QColor(theme.ACCENT), 2))
            truth, predicted = self.cell
            painter.drawRoundedRect(self._cell(PAPER_ORDER.index(truth), PAPER_ORDER.index(predicted)), 2, 2)
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.ACCENT), 1))
            painter.drawRoundedRect(self._cell(*self._at).adjusted(-1.5, -1.5, 1.5, 1.5), 3, 3)

    def _paint_row(self, painter: QPainter, line: int, index: int) -> None:
        first = self._cell(line, 0)
        middle = first.center().y()
        painter.setPen(QColor(theme.LINE))
        painter.setBrush(QColor(*CLASSES[index].colour))
        painter.drawRect(QRectF(0.5, middle - 5.5, 10, 10))
        painter.setPen(QColor(theme.TEXT))
        box = QRectF(18, first.top(), _LEFT - 20, first.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, class_title(index))
        for place in range(COUNT):
            cell, share = self._cell(line, place), float(self._shares[line, place])
            colour = cell_colour(0.0 if np.isnan(share) else share)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawRoundedRect(cell, 2, 2)
            painter.setPen(text_colour(colour))
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, "–" if np.isnan(share) else numeral(share * 100, 1))

    def _cell(self, line: int, place: int) -> QRectF:
        width = (self.width() - _LEFT - _GAP * (COUNT - 1)) / COUNT
        height = (self.height() - _TOP - _GAP * (COUNT - 1)) / COUNT
        return QRectF(_LEFT + place * (width + _GAP), _TOP + line * (height + _GAP), width, height)


def _within(place: int) -> int:
    return min(max(place, 0), COUNT - 1)
