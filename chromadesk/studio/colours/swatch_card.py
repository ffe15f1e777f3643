"""A swatch as a card: the flat colour, what it is called, how much there is of it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from chromadesk.colour.names import name
from chromadesk.colour.swatch import Swatch
from chromadesk.studio import theme
from chromadesk.studio.colour_words import colour_word
from chromadesk.studio.panels.palette import copy
from chromadesk.studio.words import capitalised, tr

CARD = QSize(88, 112)
#: The only ink that is easy to read on the middle grey.
INK = QColor("#000000")
_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class SwatchCard(QWidget):
    """88 x 112: a flat square, below it name, hex code and share; a click, Enter or Space copies the hex code."""

    focused = Signal(bool)

    def __init__(self, swatch: Swatch) -> None:
        super().__init__()
        self.swatch = swatch
        self.name = capitalised(swatch.title or colour_word(name(swatch.rgb)))
        self.setFixedSize(CARD)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(tr("Copy {hex} (Enter)", hex=swatch.hex))
        self.setAccessibleName(f"{self.name}, {swatch.hex}, {swatch.share * 100:.0f} %")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            copy(self, self.swatch)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _KEYS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            copy(self, self.swatch)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focused.emit(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        square = QRectF(0, 0, 88, 72)
        painter.fillRect(square, QColor(*self.swatch.rgb))
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.ACCENT), 2))
            painter.drawRect(square.adjusted(1, 1, -1, -1))
        painter.setPen(INK)
        painter.setFont(theme.font(theme.BODY))
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        painter.drawText(QRectF(0, 77, 88, 16), left, self.name)
        painter.setFont(theme.font(theme.META))
        painter.drawText(QRectF(0, 95, 88, 16), left, self.swatch.hex)
        painter.drawText(QRectF(0, 95, 88, 16), right, f"{self.swatch.share * 100:.0f} %")
