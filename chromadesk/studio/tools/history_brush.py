"""History brush: paints back the proposal or the saved mask."""

from __future__ import annotations

import dataclasses

from chromadesk.editing.document import Document
from chromadesk.editing.restore import MISSING, Restoring, kept
from chromadesk.editing.stroke import Stroke
from chromadesk.studio.tools.brush import BrushTool
from chromadesk.studio.tools.tool import Gesture
from chromadesk.studio.words import mark


class HistoryBrushTool(BrushTool):
    """A brush whose paint is what was there before."""

    name = "history"
    title = mark("History brush")
    key = "Y"
    hint = mark("Paints back what was proposed or saved    Shift-click: straight line    [ ]: size")
    kind = "history"
    paints = False
    refines = False

    def press(self, gesture: Gesture) -> None:
        """Begin a stroke; there is no class to pick."""
        super().press(dataclasses.replace(gesture, alt=False))

    def begin(self, document: Document) -> Stroke | None:
        """A stroke out of the chosen source."""
        source = self.stage.state.source
        if kept(document, source) is None:
            self.stage.say(MISSING[source])
            return None
        return Restoring(document, source, self.stage.state.locked, over=self.stage.state.over)
