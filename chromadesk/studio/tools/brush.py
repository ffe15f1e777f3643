"""Brush: paints the chosen class."""

from __future__ import annotations

from chromadesk.editing import brush
from chromadesk.editing.document import Document
from chromadesk.editing.stroke import Stroke
from chromadesk.studio.tools.tool import Gesture, Tool, pick_class
from chromadesk.studio.words import mark


class BrushTool(Tool):
    """Drags a round stamp; Shift-click draws a straight line from where the last stroke ended."""

    name = "brush"
    title = mark("Brush")
    key = "B"
    hint = mark("Alt: pick class    Shift-click: straight line    [ ]: size    X: swap classes")
    ring = True
    sized = True
    refines = True
    kind = "brush"

    _stroke: Stroke | None = None
    _last: brush.Point | None = None
    #: Of this stroke's dab at ``_last``; None when that is only where an earlier one ended.
    _last_size: int | None = None
    _end: tuple[object, brush.Point] | None = None

    def press(self, gesture: Gesture) -> None:
        """Begin a stroke, or pick the class with Alt."""
        document = self.stage.document
        if document is None or document.stroke is not None:
            return
        if gesture.alt:
            pick_class(self.stage, gesture)
            return
        self._stroke = self.begin(document)
        self._last_size = None
        if gesture.shift and self._end is not None and self._end[0] is document:
            self._last = self._end[1]
        else:
            self._last = None
        self.move(gesture)

    def begin(self, document: Document) -> Stroke | None:
        """A new stroke; None, and a sentence at the cursor, when there can be none."""
        return self.stroke(document, self.kind)

    def move(self, gesture: Gesture) -> None:
        """Paint from the last point to here."""
        stroke = self._alive()
        if stroke is None:
            return
        size = self.stage.state.pressed_size(gesture.pressure)
        if self._last is None:
            stroke.add(*brush.dab(gesture.point, size))
        elif size != self._last_size:
            stroke.add(*brush.taper(self._last, self._last_size or size, gesture.point, size))
        elif (added := brush.onward(self._last, gesture.point, size)) is not None:
            stroke.add(*added)
        self._last, self._last_size = gesture.point, size

    def release(self, gesture: Gesture) -> None:
        """End the stroke; one that changed nothing says why."""
        stroke = self._alive()
        self._stroke = None
        if stroke is None:
            return
        if self._last is not None:
            self._end = (stroke.document, self._last)
        self.finish(stroke)

    def cancel(self) -> None:
        """Take the stroke in progress back."""
        stroke = self._alive()
        self._stroke = None
        if stroke is not None:
            stroke.cancel()

    def interrupt(self) -> None:
        """Begin anew at the next point."""
        self._last = None

    def _alive(self) -> Stroke | None:
        """The stroke in progress, unless it was ended elsewhere (the photo was left or saved)."""
        stroke = self._stroke
        return stroke if stroke is not None and stroke.document.stroke is stroke else None
