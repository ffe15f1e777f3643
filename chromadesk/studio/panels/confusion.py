"""Which class is taken for which: the confusion matrix as a heat map, each row a true class whose shares make 1."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from chromadesk.classes import CLASSES, COUNT, PAPER_ORDER
from chromadesk.studio import theme

_LEFT, _TOP, _GAP = 96, 44, 2
_EMPTY = (43, 43, 43)
_FULL = (230, 230, 230)


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
    """Five by five cells in the paper's order, percentages in them, the pixels behind each in its tool tip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Confusion between the classes, rows are the truth")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
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
        self.update()

    def cell_at(self, point: QPointF) -> tuple[int, int] | None:
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
            return f"These photos hold no {CLASSES[truth].name}."
        if truth == predicted:
            return f"{share:.2%} of {CLASSES[truth].name} is found ({count:,} pixels)."
        return f"{share:.2%} of {CLASSES[truth].name} is taken for {CLASSES[predicted].name} ({count:,} pixels)."

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            cell = self.cell_at(QPointF(event.pos()))
            if cell is not None:
                QToolTip.showText(event.globalPos(), self.describe(*cell), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        small = QFont(self.font())
        small.setPixelSize(11)
        painter.setFont(small)
        painter.setPen(QColor(theme.DIM))
        across = QRectF(_LEFT, 0, self.width() - _LEFT, 18)
        painter.drawText(across, Qt.AlignmentFlag.AlignCenter, "taken for")
        painter.drawText(
            QRectF(0, 18, _LEFT - 8, _TOP - 18), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, "truth"
        )
        for place, index in enumerate(PAPER_ORDER):
            cell = self._cell(0, place)
            box = QRectF(cell.left(), 18, cell.width(), _TOP - 18)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, CLASSES[index].short)
        for line, index in enumerate(PAPER_ORDER):
            self._paint_row(painter, line, index)

    def _paint_row(self, painter: QPainter, line: int, index: int) -> None:
        first = self._cell(line, 0)
        middle = first.center().y()
        painter.setPen(QColor(theme.LINE))
        painter.setBrush(QColor(*CLASSES[index].colour))
        painter.drawRect(QRectF(0.5, middle - 5.5, 10, 10))
        painter.setPen(QColor(theme.TEXT))
        box = QRectF(18, first.top(), _LEFT - 20, first.height())
        painter.drawText(
            box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, CLASSES[index].name.capitalize()
        )
        for place in range(COUNT):
            cell, share = self._cell(line, place), float(self._shares[line, place])
            colour = cell_colour(0.0 if np.isnan(share) else share)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawRoundedRect(cell, 2, 2)
            painter.setPen(text_colour(colour))
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, "–" if np.isnan(share) else f"{share * 100:.1f}")

    def _cell(self, line: int, place: int) -> QRectF:
        width = (self.width() - _LEFT - _GAP * (COUNT - 1)) / COUNT
        height = (self.height() - _TOP - _GAP * (COUNT - 1)) / COUNT
        return QRectF(_LEFT + place * (width + _GAP), _TOP + line * (height + _GAP), width, height)
