"""Redraw border: a line where the border of a region should be, and the region follows it."""

from __future__ import annotations

from chromadesk.editing import border
from chromadesk.editing.brush import Point
from chromadesk.editing.document import Document
from chromadesk.studio.tools.lasso import LassoTool
from chromadesk.studio.words import mark, tr


class BorderTool(LassoTool):
    """Drawn as the lasso is, by hand or corner by corner, but open, and of the classes that are there: what the line
    cuts off goes to the other side.
    """

    name = "border"
    title = mark("Redraw border")
    key = "P"
    hint = mark(
        "Draw along the edge as it should be: what lies between the line and the border now changes sides    "
        "Click: corners    Enter: done"
    )
    paints = False
    refines = False
    least = 2
    too_few = mark("A border needs two corners")
    closes = False

    def drawn(self, document: Document, points: list[Point]) -> None:
        """Give what the line cuts off to the other side, or say why nothing changes."""
        found = border.redraw(document.labels, points)
        if found is None:
            self.stage.say(tr("The line cuts nothing off"))
            return
        stroke = self.stroke(document, "border")
        border.lay(stroke, *found)
        self.finish(stroke)
