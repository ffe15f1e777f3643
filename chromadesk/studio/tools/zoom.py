"""Zoom: a click comes closer, Alt-click goes back."""

from __future__ import annotations

from PySide6.QtCore import Qt

from chromadesk.studio.tools.tool import Gesture, Tool
from chromadesk.studio.words import mark


class ZoomTool(Tool):
    """Zooms about the place clicked."""

    name = "zoom"
    title = mark("Zoom")
    key = "Z"
    hint = mark("Click: closer    Alt-click: farther    Ctrl+0: fit    Ctrl+1: 100 %")
    paints = False
    obeys = False
    cursor = Qt.CursorShape.CrossCursor

    def press(self, gesture: Gesture) -> None:
        """One step in, or out with Alt."""
        self.stage.zoom_at(0.5 if gesture.alt else 2.0, gesture.screen)
