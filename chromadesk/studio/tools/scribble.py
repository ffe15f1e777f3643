"""Scribble assist: a scribble of the chosen class, and on release its surroundings are decided anew."""

from __future__ import annotations

import weakref

import numpy as np

from chromadesk.editing import brush, scribble
from chromadesk.editing.document import Document
from chromadesk.editing.stroke import Stroke
from chromadesk.studio.tools.brush import BrushTool
from chromadesk.studio.tools.tool import Gesture
from chromadesk.studio.words import mark

#: Scribbles remembered, so that later ones of other classes leave them alone.
_REMEMBERED = 50


class ScribbleTool(BrushTool):
    """A thin brush; what it says of its pixels spreads as far as photo and network agree. One step."""

    name = "scribble"
    title = mark("Scribble assist")
    key = "S"
    hint = mark(
        "Scribble inside what is wrong: its surroundings follow up to their edges    Alt: pick class    [ ]: size"
    )
    refines = False
    kind = "scribble"

    def __init__(self, *given: object) -> None:
        super().__init__(*given)  # type: ignore[arg-type]
        self._pieces: list[scribble.Piece] = []
        self._of: weakref.ref[Document] | None = None
        self._earlier: list[tuple[int, scribble.Piece]] = []

    def press(self, gesture: Gesture) -> None:
        """Begin a scribble, or pick the class with Alt."""
        self._pieces = []
        super().press(gesture)

    def move(self, gesture: Gesture) -> None:
        """Scribble from the last point to here."""
        start, before, size = self._last, self._last_size, self.stage.state.pressed_size(gesture.pressure)
        super().move(gesture)
        if self._alive() is not None:
            self._pieces.append(
                brush.dab(gesture.point, size)
                if start is None
                else brush.taper(start, before or size, gesture.point, size)
            )

    def release(self, gesture: Gesture) -> None:
        """Decide the surroundings, then end the stroke."""
        stroke = self._alive()
        if stroke is not None and stroke.class_id not in stroke.locked:
            self._spread(stroke)
        super().release(gesture)

    def _spread(self, stroke: Stroke) -> None:
        document, photo = stroke.document, self.stage.photo
        if photo is None or not self._pieces:
            return
        if self._of is None or self._of() is not document:
            self._of, self._earlier = weakref.ref(document), []
        drawn = _together(self._pieces)
        box, mask = scribble.decide(photo, document.labels, drawn, stroke.class_id, self.stage.chances)
        for class_id, piece in self._earlier:
            if class_id != stroke.class_id:
                scribble.leave(document.labels, box, mask, class_id, piece)
        if not box.empty:
            stroke.add(box, mask)
        self._earlier = [*self._earlier[1 - _REMEMBERED :], (stroke.class_id, drawn)]


def _together(pieces: list[scribble.Piece]) -> scribble.Piece:
    """All pieces in one box."""
    whole = pieces[0][0]
    for box, _ in pieces[1:]:
        whole = whole.union(box)
    drawn = np.zeros((whole.height, whole.width), bool)
    for box, mask in pieces:
        drawn[box.top - whole.top : box.bottom - whole.top, box.left - whole.left : box.right - whole.left] |= mask
    return whole, drawn
