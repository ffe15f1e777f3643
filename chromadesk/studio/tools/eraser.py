"""Eraser: a brush that paints background."""

from __future__ import annotations

from chromadesk.studio.tools.brush import BrushTool
from chromadesk.studio.words import mark


class EraserTool(BrushTool):
    """Paints class 0 whatever the chosen class is."""

    name = "eraser"
    title = mark("Eraser")
    key = "E"
    hint = mark("Paints background    Alt: pick class    Shift-click: straight line    [ ]: size")
    kind = "eraser"

    def painted_class(self) -> int:
        """Background."""
        return 0
