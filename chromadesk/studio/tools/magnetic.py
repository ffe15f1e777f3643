"""Magnetic brush: a stamp that paints only what belongs with the pixels under its centre."""

from __future__ import annotations

from chromadesk.editing import magnetic
from chromadesk.studio.tools.brush import BrushTool
from chromadesk.studio.tools.tool import Gesture
from chromadesk.studio.words import mark


class MagneticTool(BrushTool):
    """As the brush, but each dab stops at the photo's edges."""

    name = "magnetic"
    title = mark("Magnetic brush")
    key = "M"
    hint = mark(
        "Paints inside the ring what belongs with its centre    Alt: pick class    Shift-click: line    [ ]: size"
    )
    refines = False
    kind = "magnetic"

    def move(self, gesture: Gesture) -> None:
        """Dab from the last point to here."""
        stroke, photo = self._alive(), self.stage.photo
        if stroke is None or photo is None:
            return
        state = self.stage.state
        size = state.pressed_size(gesture.pressure)
        for point in [gesture.point] if self._last is None else magnetic.way(self._last, gesture.point, size):
            stroke.add(*magnetic.dab(photo, stroke.document.labels, point, size, state.sensitivity))
        self._last = gesture.point
