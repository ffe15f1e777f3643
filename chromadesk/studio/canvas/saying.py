"""A short sentence at the cursor, gone after a moment."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QLabel, QWidget

#: How long it stays, milliseconds.
STAY = 1600


class Saying(QLabel):
    """Lies over the canvas; the pointer goes through it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setObjectName("saying")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._quiet = QTimer(self, singleShot=True, interval=STAY)
        self._quiet.timeout.connect(self.clear_away)
        self.hide()

    def say(self, text: str, place: QPoint) -> None:
        """Show ``text`` with its upper left at ``place``, or as near as the canvas has room."""
        self.setText(text)
        self.ensurePolished()  # the first time its face is not yet that of the theme
        self.setFixedSize(self.sizeHint().width(), 24)
        room = self._over.size() - self.size()
        self.move(min(place.x(), room.width() - 4), min(place.y(), room.height() - 4))
        self.show()
        self.raise_()
        self._quiet.start()

    def clear_away(self) -> None:
        """Say nothing."""
        self.hide()
        self.setText("")


def say_over(widget: QWidget, text: str) -> None:
    """Say ``text`` over the window of ``widget``: at the cursor, or at the widget when a key asked for it."""
    window = widget.window()
    saying = window.findChild(Saying, "saying", Qt.FindChildOption.FindDirectChildrenOnly) or Saying(window)
    at = QCursor.pos() if widget.underMouse() else widget.mapToGlobal(widget.rect().center())
    saying.say(text, window.mapFromGlobal(at) + QPoint(12, 16))
    saying.raise_()
