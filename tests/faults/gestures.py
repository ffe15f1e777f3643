"""What a hand does to a document, and what should come of it."""

from __future__ import annotations

import itertools
import math

import numpy as np
from hypothesis import strategies as st
from hypothesis.stateful import rule

from chromadesk.editing import border, brush, cleanup, fill, lasso, magnetic, scribble, snapping
from chromadesk.editing.document import TOUCHED
from chromadesk.editing.restore import SOURCES, Restoring, kept, revert
from tests.faults.desk import Desk
from tests.faults.expected import packed, unpacked
from tests.plain import connected, swept

places = st.tuples(st.floats(-0.25, 1.25, width=16), st.floats(-0.25, 1.25, width=16))
classes = st.integers(0, 4)
sizes = st.sampled_from([1, 2, 3, 5, 8, 13, 24, 60])


class Gestures(Desk):
    """Every tool, clean-up, proposal and step back."""

    @rule(
        points=st.lists(places, min_size=1, max_size=4),
        size=sizes,
        class_id=classes,
        kind=st.sampled_from(["brush", "brush", "eraser"]),
        ending=st.sampled_from(["finish"] * 5 + ["cancel"]),
    )
    def paint(self, points: list, size: int, class_id: int, kind: str, ending: str) -> None:
        way = [self.at(point) for point in points]
        class_id = 0 if kind == "eraser" else class_id
        stroke = self.stroke(kind, class_id)
        stroke.add(*brush.dab(way[0], size))
        for start, end in itertools.pairwise(way):
            if (added := brush.onward(start, end, size)) is not None:
                stroke.add(*added)
        self.end(stroke, self.painted(self.photo.now, swept(self.document.size, way, size), class_id), ending)
        self.count()

    @rule(
        points=st.lists(places, min_size=2, max_size=3), grown=st.lists(sizes, min_size=3, max_size=3), class_id=classes
    )
    def press_harder(self, points: list, grown: list[int], class_id: int) -> None:
        """A pen's stroke, whose width changes on its way."""
        way, planes = [self.at(point) for point in points], self.photo.now
        stroke = self.stroke("brush", class_id)
        for start, end, one, other in zip(way, way[1:], grown, grown[1:], strict=False):
            piece = brush.taper(start, one, end, other)
            stroke.add(*piece)
            planes = self.painted(planes, self.whole(piece), class_id)
        self.end(stroke, planes, "finish")
        self.count()

    @rule(points=st.lists(places, min_size=1, max_size=6), class_id=classes, refine=st.booleans())
    def outline(self, points: list, class_id: int, refine: bool) -> None:
        """The lasso, perhaps with its outline moved to the edges of the photo."""
        way = [self.at(point) for point in points]
        piece = lasso.region(way, self.document.bounds)
        before = self.photo.now
        if piece is None:
            self.count()
            return
        planes = self.painted(before, self.whole(piece), class_id)
        stroke = self.stroke("lasso", class_id)
        stroke.add(*piece)
        if refine:
            snapping.snap(stroke, self.pixels[self.key])
            labels, touched = self.document.labels, self.document.touched
            changed = (labels != before[0]) | (touched != before[1])
            assert (labels[changed] == class_id).all()
            assert not (changed & ~self.allowed(before[0], class_id)).any()
            planes = labels.copy(), touched.copy()
        self.end(stroke, planes, "finish")
        self.count()

    @rule(place=places, class_id=classes)
    def fill(self, place: tuple[float, float], class_id: int) -> None:
        x, y = (math.floor(value) for value in self.at(place))
        height, width = self.document.size
        if 0 <= x < width and 0 <= y < height:
            stroke = self.stroke("fill", class_id)
            stroke.add(*fill.region(self.document.labels, y, x))
            self.end(stroke, self.painted(self.photo.now, connected(self.photo.now[0], y, x), class_id), "finish")
        self.count()

    @rule(
        points=st.lists(places, min_size=2, max_size=2), size=sizes, class_id=classes, sensitivity=st.integers(1, 100)
    )
    def magnetic(self, points: list, size: int, class_id: int, sensitivity: int) -> None:
        start, end = (self.at(point) for point in points)
        stroke, planes = self.stroke("magnetic", class_id), self.photo.now
        for point in [start, *magnetic.way(start, end, max(size, 30))]:
            piece = magnetic.dab(self.pixels[self.key], planes[0], point, size, sensitivity)
            stroke.add(*piece)
            planes = self.painted(planes, self.whole(piece), class_id)
        self.end(stroke, planes, "finish")
        self.count()

    @rule(points=st.lists(places, min_size=2, max_size=2), class_id=classes, likely=st.booleans())
    def scribble(self, points: list, class_id: int, likely: bool) -> None:
        stroke = self.stroke("scribble", class_id)
        piece = brush.segment(*(self.at(point) for point in points), 3)
        stroke.add(*piece)
        planes = self.painted(self.photo.now, self.whole(piece), class_id)
        chances = np.full((5, 4, 4), 51, np.uint8) if likely else None
        if class_id not in self.locked:
            spread = scribble.decide(self.pixels[self.key], planes[0], piece, class_id, chances)
            stroke.add(*spread)
            planes = self.painted(planes, self.whole(spread), class_id)
        self.end(stroke, planes, "finish")
        self.count()

    @rule(points=st.lists(places, min_size=2, max_size=4))
    def redraw(self, points: list) -> None:
        """The border tool."""
        planes = self.photo.now
        found = border.redraw(planes[0], [self.at(point) for point in points])
        if found is not None:
            box, after = found
            stroke = self.stroke("border", 0)
            border.lay(stroke, box, after)
            wanted = planes[0].copy()
            wanted[box.slices] = after
            for class_id in np.unique(after).tolist():
                planes = self.painted(planes, (wanted == class_id) & (wanted != self.photo.now[0]), class_id)
            self.end(stroke, planes, "finish")
        self.count()

    @rule(name=st.sampled_from(["smooth", "holes", "specks", "person"]), amount=st.integers(1, 12), place=places)
    def clean(self, name: str, amount: int, place: tuple[float, float]) -> None:
        labels, touched = self.photo.now
        x, y = self.at(place)
        after = {
            "smooth": lambda: cleanup.smooth(labels, amount, self.locked),
            "holes": lambda: cleanup.fill_holes(labels, amount**2, self.locked),
            "specks": lambda: cleanup.remove_specks(labels, amount**2, self.locked),
            "person": lambda: cleanup.keep_person(labels, (math.floor(y), math.floor(x)), amount, self.locked),
        }[name]()
        assert not (np.isin(labels, list(self.locked)) & (after != labels)).any()
        assert not (np.isin(after, list(self.locked)) & (after != labels)).any()
        planes = after, touched | (after != labels)
        self.document.edit(name, self.document.bounds, *planes)
        self.photo.step(*planes)
        self.count()

    @rule(
        source=st.sampled_from(SOURCES),
        points=st.lists(places, min_size=1, max_size=2),
        size=sizes,
        everywhere=st.booleans(),
        ending=st.sampled_from(["finish"] * 4 + ["cancel"]),
    )
    def paint_back(self, source: str, points: list, size: int, everywhere: bool, ending: str) -> None:
        """The history brush, and going back everywhere."""
        photo = self.photo
        then = {"proposal": photo.proposal, "saved": photo.saved_plane, "first": photo.first}[source]
        assert (then is None) == (kept(self.document, source) is None)
        if then is None:
            self.count()
            return
        now = packed(photo.now)
        way = [self.at(point) for point in points]
        wanted = np.ones(now.shape, bool) if everywhere else swept(now.shape, way, size)
        wanted &= now != then
        if source == "proposal":
            wanted &= then < TOUCHED
        labels, back = now & 7, then & 7
        for class_id in self.locked:
            wanted &= ~((labels != back) & ((labels == class_id) | (back == class_id)))
        if self.over is not None and not everywhere:
            wanted &= (labels == back) | (labels == self.over)
        photo.model = photo.model or (source == "proposal" and bool(wanted.any()))
        planes = unpacked(np.where(wanted, then, now))
        if everywhere:
            revert(self.document, source, self.locked)
            photo.step(*planes)
        else:
            stroke = Restoring(self.document, source, self.locked, over=self.over)
            for piece in [brush.dab(way[0], size), *(brush.segment(*way, size) for _ in way[1:])]:
                stroke.add(*piece)
            self.end(stroke, planes, ending)
        self.count()

    @rule(number=st.integers(0, 9), everything=st.booleans())
    def predict(self, number: int, everything: bool) -> None:
        labels, touched = self.photo.now
        proposal = self.proposal(number)
        self.document.predict(proposal, everything)
        if everything:
            self.photo.proposed(proposal, np.zeros(touched.shape, bool))
        else:
            self.photo.proposed(np.where(touched, labels, proposal), touched)
        self.photo.proposal = proposal
        self.count()

    @rule(names=st.lists(st.sampled_from(["undo", "undo", "redo"]), min_size=1, max_size=6))
    def to_and_fro(self, names: list[str]) -> None:
        for name in names:
            getattr(self.document, name)()
            getattr(self.photo, name)()
        self.count()

    @rule(class_id=classes, what=st.sampled_from(["lock", "lock", "over", "free", "free"]))
    def settle_down(self, class_id: int, what: str) -> None:
        """What comes before a stroke."""
        if what == "free":
            self.locked, self.over = frozenset(), None
        elif what == "over":
            self.over = class_id
        else:
            self.locked = self.locked ^ {class_id}
        self.count()
