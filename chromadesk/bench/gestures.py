"""One gesture of the scripted designer: what it costs the hand, and what the studio's tools make of it. No torch."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from chromadesk.bench import paths
from chromadesk.editing import border, brush, cleanup, fill, lasso, magnetic, scribble
from chromadesk.editing.document import Document
from chromadesk.editing.patch import Box, Plane, bounding_box
from chromadesk.editing.snapping import snap
from chromadesk.editing.stroke import Stroke

#: A stroke counts once for each of so many screen pixels it is long.
STROKE = 400.0
#: The part of the screen the photo is fitted into, width and height.
CANVAS = (1000, 760)
#: What the studio begins with: brush and its size, scribble's size, class.
START_SIZE, SCRIBBLE_SIZE, START_CLASS = 40, 8, 3
CLEAN_UPS = ("smooth", "holes", "specks", "person")
#: Tools that do not ask which class was chosen.
_CLASSLESS = ("eraser", "border")
#: Tools that share the brush's size.
_SIZED = ("brush", "eraser", "magnetic")


@dataclass(frozen=True)
class Gesture:
    """``tool`` is the studio's name of a tool or clean-up. ``path``: the way of the pointer on the photo, for a lasso
    closed, for fill and clean-up a click or nothing. ``size``: of the stamp, or a clean-up's slider; 0: none.
    """

    tool: str
    class_id: int
    path: paths.Path
    size: int = 0
    refine: bool = False

    @property
    def length(self) -> float:
        """Of the way, in photo pixels."""
        return paths.length(self.path, self.tool == "lasso")

    def presses(self, scale: float) -> int:
        """How often the hand acts for the gesture alone, at so many screen pixels to the photo's: a drag counts once
        for each STROKE of its length; Shift-clicks (or corners, and Enter) count one each where these are fewer.
        """
        if self.tool in CLEAN_UPS:
            return 2 + len(self.path)  # the key, Enter, and the click on who stays
        drag = max(1, math.ceil(self.length * scale / STROKE))
        if self.tool in ("brush", "eraser", "magnetic"):
            return min(drag, len(self.path))
        return min(drag, len(self.path) + 1) if self.tool in ("lasso", "border") else drag

    def begun_near(self, point: brush.Point) -> Gesture:
        """The same, from the corner nearest ``point`` where its way is closed."""
        way = self.path
        round_trip = len(way) > 2 and way[0] == way[-1]
        if not round_trip and self.tool != "lasso":
            return self
        corners = way[:-1] if round_trip else way
        first = min(range(len(corners)), key=lambda corner: math.dist(corners[corner], point))
        begun = corners[first:] + corners[:first]
        return replace(self, path=(*begun, begun[0]) if round_trip else begun)

    def turned(self) -> Gesture:
        """The same from the other end."""
        return self if len(self.path) < 2 else replace(self, path=self.path[::-1])


@dataclass
class Hand:
    """What is in the hand, and where the pointer is (on the photo)."""

    at: brush.Point
    tool: str = "brush"
    class_id: int = START_CLASS
    size: int = START_SIZE
    scribble_size: int = SCRIBBLE_SIZE
    refine: bool = False
    #: Where the sliders of the clean-ups were left.
    sliders: dict[str, int] = field(default_factory=dict)

    def changes(self, gesture: Gesture) -> int:
        """Keys and sliders before ``gesture``: tool, class, size, and refine, one each where it differs."""
        if gesture.tool in CLEAN_UPS:
            return int(self.sliders[gesture.tool] != gesture.size)
        count = int(self.tool != gesture.tool)
        count += int(gesture.tool not in _CLASSLESS and self.class_id != gesture.class_id)
        if gesture.tool in _SIZED:
            count += int(self.size != gesture.size)
        elif gesture.tool == "scribble":
            count += int(self.scribble_size != gesture.size)
        if gesture.tool in ("brush", "eraser", "lasso"):
            count += int(self.refine != gesture.refine)
        return count

    def way_to(self, gesture: Gesture) -> float:
        """Photo pixels from where the pointer is to where ``gesture`` begins."""
        return math.dist(self.at, gesture.path[0]) if gesture.path else 0.0

    def take(self, gesture: Gesture) -> None:
        """``gesture`` was made."""
        if gesture.path:
            self.at = gesture.path[0] if gesture.tool == "lasso" else gesture.path[-1]
        if gesture.tool in CLEAN_UPS:
            self.sliders[gesture.tool] = gesture.size
            return
        self.tool = gesture.tool
        if gesture.tool not in _CLASSLESS:
            self.class_id = gesture.class_id
        if gesture.tool in _SIZED:
            self.size = gesture.size
        elif gesture.tool == "scribble":
            self.scribble_size = gesture.size
        if gesture.tool in ("brush", "eraser", "lasso"):
            self.refine = gesture.refine


class Scribbled(NamedTuple):
    """An earlier scribble, which later ones of other classes leave alone."""

    class_id: int
    piece: scribble.Piece


@dataclass
class Desk:
    """A document with what the tools ask beside it: the photo and the network's class scores (see ``scribble``)."""

    document: Document
    photo: npt.NDArray[np.uint8]
    chances: npt.NDArray[np.uint8] | None
    scribbled: list[Scribbled] = field(default_factory=list)

    def begin(self, gesture: Gesture) -> Stroke:
        """``gesture`` as a stroke that has not ended, so that it can still be cancelled. Not for clean-ups."""
        document, way = self.document, gesture.path
        stroke = Stroke(document, gesture.class_id, kind=gesture.tool)
        if gesture.tool in ("brush", "eraser"):
            stroke.add(*brush.stroke(way, gesture.size))
        elif gesture.tool == "lasso":
            found = lasso.region(way, document.bounds)
            if found is not None:
                stroke.add(*found)
        elif gesture.tool == "border":
            redrawn = border.redraw(document.labels, way)
            if redrawn is not None:
                border.lay(stroke, *redrawn)
        elif gesture.tool == "fill":
            stroke.add(*fill.region(document.labels, int(way[0][1]), int(way[0][0])))
        elif gesture.tool == "magnetic":
            places = [way[0]]
            for start, end in itertools.pairwise(way):
                places += magnetic.way(start, end, gesture.size)
            for place in places:
                stroke.add(*magnetic.dab(self.photo, document.labels, place, gesture.size))
        else:
            self._spread(stroke, brush.stroke(way, gesture.size))
        if gesture.refine:
            snap(stroke, self.photo)
        return stroke

    def cleaned(self, gesture: Gesture) -> Plane:
        """The labels after a clean-up."""
        labels, amount = self.document.labels, gesture.size
        if gesture.tool == "smooth":
            return cleanup.smooth(labels, amount)
        if gesture.tool == "holes":
            return cleanup.fill_holes(labels, amount**2)
        if gesture.tool == "specks":
            return cleanup.remove_specks(labels, amount**2)
        x, y = gesture.path[0]
        return cleanup.keep_person(labels, (int(y), int(x)), amount)

    def make(self, gesture: Gesture) -> Box | None:
        """Make ``gesture`` a step of the document; the box that changed."""
        document = self.document
        if gesture.tool in CLEAN_UPS:
            after = self.cleaned(gesture)
            changed = after != document.labels
            document.edit(gesture.tool, document.bounds, after, document.touched | changed)
            return bounding_box(changed)
        patch = self.begin(gesture).finish()
        if gesture.tool == "scribble":
            self.scribbled.append(Scribbled(gesture.class_id, brush.stroke(gesture.path, gesture.size)))
        return None if patch is None else patch.box

    def _spread(self, stroke: Stroke, drawn: scribble.Piece) -> None:
        """As the studio does: the scribble is painted, then its surroundings are decided."""
        document = self.document
        stroke.add(*drawn)
        box, mask = scribble.decide(self.photo, document.labels, drawn, stroke.class_id, self.chances)
        for earlier in self.scribbled:
            if earlier.class_id != stroke.class_id:
                scribble.leave(document.labels, box, mask, *earlier)
        if not box.empty:
            stroke.add(box, mask)


def fitted(size: tuple[int, int]) -> float:
    """Screen pixels to one of a photo of ``size`` (height, width) that is fitted into CANVAS."""
    return min(CANVAS[0] / size[1], CANVAS[1] / size[0])


def amount(name: str, size: tuple[int, int]) -> int:
    """Where the slider of a clean-up starts for a photo of ``size``."""
    return cleanup.first(name, math.sqrt(size[0] * size[1]))
