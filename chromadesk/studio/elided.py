"""A line of text that has no more room than there is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from chromadesk.studio.tips import plain

#: What stands between two phrases of a hint.
GAP = "    "


class Elided(QLabel):
    """Shows as many whole phrases of its text, with ``GAP`` between them, as fit, or the first one cut short; its tip
    has all of it.
    """

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setText(text)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setToolTip(plain(text))

    @property
    def shown(self) -> str:
        """What is painted."""
        metrics, room, phrases = self.fontMetrics(), self.contentsRect().width(), self.text().split(GAP)
        for count in range(len(phrases), 0, -1):
            some = GAP.join(phrases[:count])
            if metrics.horizontalAdvance(some) <= room:
                return some
        return metrics.elidedText(phrases[0], Qt.TextElideMode.ElideRight, room)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            self.style().drawItemText(
                painter,
                self.contentsRect(),
                int(self.alignment()),
                self.palette(),
                self.isEnabled(),
                self.shown,
                self.foregroundRole(),
            )
