"""What keys and pointer do on the canvas while a clean-up is looked at; they come here before the canvas has them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent

from chromadesk.studio.canvas.keys import direction_of, held_with
from chromadesk.studio.canvas.view import Canvas
from chromadesk.studio.panels.cleanup_bar import CleanUpBar
from chromadesk.studio.tools.box import LOOKING

if TYPE_CHECKING:
    from chromadesk.studio.cleaning import Cleaning

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ARROWS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class CleaningInput(QObject):
    """Filters the events of ``canvas`` from ``start`` to ``stop``."""

    def __init__(self, cleaning: Cleaning, canvas: Canvas, bar: CleanUpBar) -> None:
        super().__init__(cleaning)
        self._cleaning = cleaning
        self._canvas = canvas
        self._bar = bar

    def start(self) -> None:
        """A clean-up is looked at."""
        self._canvas.installEventFilter(self)

    def stop(self) -> None:
        """It is no longer."""
        self._canvas.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._bar.lie_over()
        elif isinstance(event, QKeyEvent) and event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            return self._key(event)
        elif isinstance(event, QMouseEvent) and event.type() in (
            QEvent.Type.MouseButtonPress,
            QEvent.Type.MouseButtonDblClick,
        ):
            return self._pressed(event)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        """Enter applies, Esc cancels, the keys of the brush's size and the arrows move the slider."""
        key = self._canvas.keys.meaning(event.key())
        step = direction_of(event, key) or _ARROWS.get(Qt.Key(key), 0)
        ours = key in _ENTER or key == Qt.Key.Key_Escape or step
        if held_with(event) or not ours:
            return False
        event.accept()
        if event.type() == QEvent.Type.ShortcutOverride:
            return True
        if key in _ENTER:
            self._cleaning.apply()
        elif key == Qt.Key.Key_Escape:
            self._cleaning.cancel()
        else:
            slider = self._bar.slider
            slider.setValue(slider.value() + step * max(slider.maximum() // 50, 1))
        return True

    def _pressed(self, event: QMouseEvent) -> bool:
        """A click says which person stays; a stroke begins on the mask as it is; hand and zoom only look."""
        canvas = self._canvas
        if event.button() != Qt.MouseButton.LeftButton or canvas.keys.space or canvas.tool.name in LOOKING:
            return False
        if not canvas.picking:
            self._cleaning.cancel()
            return False
        ratio = canvas.ratio
        column, row = canvas.transform.to_photo(event.position().x() * ratio, event.position().y() * ratio)
        self._cleaning.choose((math.floor(row), math.floor(column)))
        return True
