"""Magnetic brush: a stamp that paints only what belongs with the pixels under its centre."""

from __future__ import annotations

import math

from chromadesk.editing import brush, magnetic
from chromadesk.studio.tools.brush import BrushTool
from chromadesk.studio.tools.tool import Gesture

#: Dabs of a drag lie so far apart, in diameters.
_SPACING = 0.25


class MagneticTool(BrushTool):
    """As the brush, but each dab stops at the photo's edges."""

    name = "magnetic"
    title = "Magnetic brush"
    key = "M"
    hint = "Paints inside the ring what belongs with its centre    Alt: pick class    Shift-click: line    [ ]: size"
    refines = False
    kind = "magnetic"

    def move(self, gesture: Gesture) -> None:
        """Dab from the last point to here."""
        stroke, photo = self._alive(), self.stage.photo
        if stroke is None or photo is None:
            return
        state = self.stage.state
        size = state.pressed_size(gesture.pressure)
        for point in _way(self._last, gesture.point, max(size * _SPACING, 1.0)):
            stroke.add(*magnetic.dab(photo, stroke.document.labels, point, size, state.sensitivity))
        self._last = gesture.point


def _way(start: brush.Point | None, end: brush.Point, spacing: float) -> list[brush.Point]:
    """The places of the dabs after ``start`` up to ``end``."""
    if start is None:
        return [end]
    dx, dy = end[0] - start[0], end[1] - start[1]
    count = math.ceil(math.hypot(dx, dy) / spacing)
    return [(start[0] + dx * step / count, start[1] + dy * step / count) for step in range(1, count + 1)]
