"""Who has the keyboard: remembered for a while, and taken back when the window closes."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid


class Holder:
    """Who had the keyboard before; what has been deleted meanwhile (a notice, a page) is nobody."""

    def __init__(self) -> None:
        self._widget: QWidget | None = None

    def remember(self, widget: QWidget | None) -> None:
        """It is this one from now on."""
        self._widget = widget

    def get(self) -> QWidget | None:
        """Who it was, if it is still there."""
        return self._widget if self._widget is not None and isValid(self._widget) else None

    def take(self) -> QWidget | None:
        """The same, and forget it."""
        widget, self._widget = self.get(), None
        return widget


def let_go(window: QWidget) -> None:
    """Close what has popped up and end typing in ``window``: fields are kept now, not when Qt takes them apart."""
    while (popup := QApplication.activePopupWidget()) is not None and popup.close():
        pass
    holder = window.focusWidget()
    if holder is not None:
        holder.clearFocus()
