"""Hand: moves the photo."""

from __future__ import annotations

from PySide6.QtCore import Qt

from chromadesk.editing.brush import Point
from chromadesk.studio.tools.tool import Gesture, Tool
from chromadesk.studio.words import mark


class HandTool(Tool):
    """Dragging pans; in every other tool Space does."""

    name = "hand"
    title = mark("Hand")
    key = "H"
    hint = mark("Drag: move the photo    Space does the same in every tool")
    paints = False
    obeys = False
    cursor = Qt.CursorShape.OpenHandCursor

    _last: Point | None = None

    def press(self, gesture: Gesture) -> None:
        """Take hold."""
        self._last = gesture.screen

    def move(self, gesture: Gesture) -> None:
        """Carry the photo along."""
        if self._last is not None:
            self.stage.pan_by(gesture.screen[0] - self._last[0], gesture.screen[1] - self._last[1])
            self._last = gesture.screen

    def release(self, gesture: Gesture) -> None:
        """Let go."""
        self._last = None
