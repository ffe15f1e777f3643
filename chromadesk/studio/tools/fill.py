"""Fill: gives a whole connected region another class."""

from __future__ import annotations

from PySide6.QtCore import Qt

from chromadesk.editing.fill import region
from chromadesk.editing.stroke import Stroke
from chromadesk.studio.tools.tool import Gesture, Stage, Tool, pick_class
from chromadesk.studio.words import mark, tr


class FillTool(Tool):
    """A click recolours the region under it."""

    name = "fill"
    title = mark("Fill region")
    key = "G"
    hint = mark("Click: give the region the chosen class    Alt: pick class")
    cursor = Qt.CursorShape.CrossCursor

    def press(self, gesture: Gesture) -> None:
        """Fill here, or pick the class with Alt."""
        document = self.stage.document
        if document is None or document.stroke is not None:
            return
        if gesture.alt:
            pick_class(self.stage, gesture)
            return
        fill_at(self.stage, int(gesture.point[1] // 1), int(gesture.point[0] // 1), self.painted_class())


def fill_at(stage: Stage, row: int, column: int, class_id: int) -> None:
    """Give the region at a pixel a class as one step, or say why not."""
    document = stage.document
    if document is None or document.stroke is not None:
        return
    if not (0 <= row < document.size[0] and 0 <= column < document.size[1]):
        stage.say(tr("Outside the photo"))
        return
    stroke = Stroke(document, class_id, stage.state.locked, "fill", stage.state.over)
    stroke.add(*region(document.labels, row, column))
    stroke.finish()
    reason = stroke.why_nothing()
    if reason is not None:
        stage.say(reason)
