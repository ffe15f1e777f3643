"""A question to the person that stops no work: some answers, one of which matters most, and Esc."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from chromadesk.studio import icons, theme
from chromadesk.studio.panels import parts

_COLOURS = {"info": theme.ACCENT, "warning": theme.WARNING}


class Question(QMessageBox):
    """Show it with ``open()``, which blocks nothing. Esc means the answer ``escape``."""

    #: The answer, one of ``choices``.
    answered = Signal(str)

    def __init__(self, title: str, escape: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._escape = escape
        #: By answer.
        self.choices: dict[str, QPushButton] = {}
        self.finished.connect(self._finished)

    def show_icon(self, name: str) -> None:
        """Show the icon "info" or "warning"."""
        self.setIconPixmap(icons.pixmap(name, _COLOURS[name], 24, self.devicePixelRatioF()))

    def offer(self, first: str, choices: dict[str, tuple[str, QMessageBox.ButtonRole]]) -> None:
        """Offer these answers, ``first`` as the one that matters."""
        self.choices = {answer: self.addButton(*each) for answer, each in choices.items()}
        parts.set_primary(self.choices[first], True)
        self.setDefaultButton(self.choices[first])
        self.setEscapeButton(self.choices[self._escape])

    def _finished(self, code: int) -> None:
        clicked = self.clickedButton()
        answer = next((answer for answer, button in self.choices.items() if button is clicked), self._escape)
        self.deleteLater()
        self.answered.emit(answer)
