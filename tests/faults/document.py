"""Row 8: the document, its store and its journal against plain arrays, whatever is done and whenever it ends."""

from __future__ import annotations

import contextlib
import dataclasses
import itertools
import math
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ClassVar

import numpy as np
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from PIL import Image

from chromadesk.dataset.pairs import Dataset
from chromadesk.editing import border, brush, cleanup, fill, lasso, magnetic, provenance, scribble, snapping, store
from chromadesk.editing.document import TOUCHED
from chromadesk.editing.pasts import Pasts, fingerprint
from chromadesk.editing.patch import Box
from chromadesk.editing.pyramid import LabelPyramid
from chromadesk.editing.restore import SOURCES, Restoring, kept, revert
from chromadesk.editing.stroke import Stroke
from chromadesk.masks import read_mask, write_mask
from tests.faults.expected import Expected, packed, unpacked
from tests.faults.harness import Campaign, Turn
from tests.plain import Planes, connected, swept

#: Height and width of each photo, and whether it has a mask: odd, a single pixel, a strip, larger than a tile (256).
PHOTOS = (((37, 23), True), ((1, 1), False), ((5, 91), True), ((301, 263), False))
KEYS = [f"A/{number}.png" for number in range(len(PHOTOS))]
#: Steps of one machine.
LENGTH = 50
places = st.tuples(st.floats(-0.25, 1.25, width=16), st.floats(-0.25, 1.25, width=16))
classes = st.integers(0, 4)
sizes = st.sampled_from([1, 2, 3, 5, 8, 13, 24, 60])


class Machine(RuleBasedStateMachine):
    """One studio's worth of documents, on a disk that may lose power; a Qt-free twin of the window's machine."""

    #: Steps made by all machines of a run, and where their folders are made.
    steps: ClassVar[int] = 0
    within: ClassVar[Path | None] = None

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp(prefix="document-", dir=self.within))
        self.folder = self.root / "0"
        (self.folder / "A").mkdir(parents=True)
        draw = np.random.default_rng(0)
        self.expected: dict[str, Expected] = {}
        self.pixels: dict[str, np.ndarray] = {}
        for key, (size, masked) in zip(KEYS, PHOTOS, strict=True):
            self.pixels[key] = draw.integers(60, 200, (*size, 3), np.uint8)
            Image.fromarray(self.pixels[key]).save(self.folder / key, compress_level=1)
            labels = draw.integers(0, 5, size, np.uint8) if masked else np.zeros(size, np.uint8)
            nothing = np.zeros(size, bool)
            if masked:
                write_mask(self.folder / key.replace("A/", "B/"), labels)
            self.expected[key] = Expected(
                (labels, nothing), labels if masked else None, "new", touched=nothing, base=labels
            )
        self.locked: frozenset[int] = frozenset()
        self.over: int | None = None
        self.pasts = Pasts()
        self.key = KEYS[0]
        #: Temporary files that the power cut left.
        self.left: set[str] = set()
        self._open()

    # -- the studio ------------------------------------------------------------------------------------------------

    @property
    def photo(self) -> Expected:
        """What is expected of the open photo."""
        return self.expected[self.key]

    @property
    def document(self):
        return self.opened.document

    def _open(self) -> None:
        """Open ``key`` from the disk, which nobody else has open."""
        self.dataset = Dataset.open(self.folder)
        self.opened = store.open_document(self.dataset[self.key], self.dataset.state)
        self.taken: list[store.Snapshot] = []
        history = self.document.history
        outside = self.photo.reopened((len(history.done), len(history.undone)))
        said = [text for text, _ in self.opened.notices]
        assert outside == any("changed outside" in text for text in said) or not self.photo.kept
        assert self.opened.fingerprint == fingerprint(self.document)

    def _close(self) -> None:
        """As the session leaves a photo: what a person did is saved."""
        while self.taken:
            self._end_save()
        if self.document.touched_since_save:
            self._begin_save()
            self._end_save()
        self.opened.close()
        self.pasts.keep(self.document)

    def _begin_save(self) -> None:
        self.taken.append(store.snapshot(self.opened))
        self.photo.begin_save()

    def _end_save(self) -> None:
        taken = self.taken.pop(0)
        store.write(taken)
        self.document.mark_saved(taken.revision)
        self.photo.end_save()

    def allowed(self, labels: np.ndarray, class_id: int) -> np.ndarray:
        """Where the locks let this class be painted."""
        if class_id in self.locked:
            return np.zeros(labels.shape, bool)
        free = ~np.isin(labels, list(self.locked))
        return free if self.over is None else free & (labels == self.over)

    def painted(self, planes: Planes, pixels: np.ndarray, class_id: int) -> Planes:
        """The planes once these pixels have a class from a person."""
        labels, touched = planes
        changed = pixels & self.allowed(labels, class_id)
        return np.where(changed, np.uint8(class_id), labels), touched | changed

    def stroke(self, kind: str, class_id: int) -> Stroke:
        return Stroke(self.document, class_id, self.locked, kind, self.over)

    def at(self, place: tuple[float, float]) -> tuple[float, float]:
        """Parts of the photo's width and height as (x, y)."""
        height, width = self.document.size
        return float(place[0]) * width, float(place[1]) * height

    def whole(self, piece: tuple[Box, np.ndarray] | None) -> np.ndarray:
        """A box and its mask as a mask of the photo."""
        pixels = np.zeros(self.document.size, bool)
        if piece is not None:
            box, mask = piece
            inside = box.intersection(self.document.bounds)
            if not inside.empty:
                pixels[inside.slices] = mask[
                    inside.top - box.top : inside.bottom - box.top, inside.left - box.left : inside.right - box.left
                ]
        return pixels

    def proposal(self, number: int) -> np.ndarray:
        draw, size = np.random.default_rng(number), self.document.size
        coarse = draw.integers(0, 5, (size[0] // 7 + 1, size[1] // 7 + 1), np.uint8)
        return coarse.repeat(7, 0).repeat(7, 1)[: size[0], : size[1]]

    def end(self, stroke: Stroke, planes: Planes, ending: str) -> None:
        """Finish or cancel a stroke that should have led to ``planes``; meanwhile nothing can be taken back."""
        assert self.document.undo() is None
        assert self.document.redo() is None
        np.testing.assert_array_equal(self.document.labels, planes[0])
        if ending == "cancel":
            stroke.cancel()
            return
        stroke.finish()
        self.photo.step(*planes)

    def temporary(self) -> set[str]:
        """The temporary files there are."""
        return {path.name for path in self.folder.rglob("*.tmp")}

    # -- what may happen -------------------------------------------------------------------------------------------

    @initialize(key=st.sampled_from(KEYS))
    def begin(self, key: str) -> None:
        self._switch(key)

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

    @rule(key=st.sampled_from(KEYS))
    def switch(self, key: str) -> None:
        self._switch(key)
        self.count()

    def _switch(self, key: str) -> None:
        """Another photo, or this one again: in the same studio, so its history comes back."""
        self._close()
        before = self.photo
        done, undone, first, proposal = before.done, before.undone, before.first, before.proposal
        before.past = (done, undone, first, proposal) if done or undone else None
        self.key = key
        self._open()
        past = self.photo.past
        self.photo.past = None
        given = self.pasts.give_back(self.document, self.opened.fingerprint)
        assert given == (past is not None)
        if past is not None:
            self.photo.done, self.photo.undone, self.photo.first = past[:3]
            self.photo.proposal = self.photo.proposal if past[3] is None else past[3]

    @rule()
    def save(self) -> None:
        self._begin_save()
        while self.taken:
            self._end_save()
        assert not self.document.dirty
        assert not self.opened.journal.path.exists()
        self.count()

    @rule()
    def begin_save(self) -> None:
        """A save is on its way; others may come before it is done."""
        if len(self.taken) < 3:
            self._begin_save()
        self.count()

    @rule()
    def end_save(self) -> None:
        if self.taken:
            self._end_save()
        self.count()

    @rule()
    def settle(self) -> None:
        store.settle(self.opened)
        self.photo.settled()
        self.count()

    @rule(
        moment=st.sampled_from(["at rest", "at rest", "torn", "rubbish", "saving", "saving"]),
        cut=st.floats(0, 1, exclude_max=True, width=16),
        outside=st.sampled_from([None] * 4 + ["mask", "no mask"]),
        number=st.integers(0, 9),
    )
    def kill(self, moment: str, cut: float, outside: str | None, number: int) -> None:
        """The power fails, at rest or while the last record or a save is written; perhaps somebody else comes by."""
        photo, journal = self.photo, self.opened.journal
        journal.flush()
        now, size = photo.now, journal.path.stat().st_size if journal.path.exists() else 0
        torn = moment == "torn" and not np.array_equal(self.proposal(number), now[0])
        if torn:
            steps, before = len(photo.kept), photo.proposal
            self.predict(number, everything=True)
            journal.flush()
            del photo.kept[steps:]
            photo.proposal = before
        left, self.folder = self.folder, self.root / str(int(self.folder.name) + 1)
        if moment == "saving" and self.taken:
            earlier = dataclasses.replace(photo, marks=list(photo.marks))
            with copying(left, self.folder, number):
                self._end_save()
            there = Dataset.open(self.folder)
            mask, origin = (
                there[self.key].mask,
                provenance.read(provenance.path_of(there.state, self.key), now[0].shape),
            )
            photo.cut_off(
                earlier,
                read_mask(mask, now[0].shape).labels if mask.exists() else None,
                None if origin is None else origin.touched,
                origin is not None and origin.proposed,
            )
            aside = there.state / self.opened.proposal.relative_to(self.dataset.state)
            photo.proposal_there = read_mask(aside, now[0].shape).labels if aside.exists() else None
        else:
            shutil.copytree(left, self.folder)
        there = self.folder / journal.path.relative_to(left)
        if torn:
            head = there.read_bytes().index(b"\n") + 1
            whole = there.stat().st_size
            first = max(size, head)
            with open(there, "rb+") as handle:
                handle.truncate(first + math.floor(cut * (whole - first)))
        if moment == "rubbish" and there.exists():
            with open(there, "ab") as handle:
                handle.write(np.random.default_rng(number).bytes(1 + math.floor(cut * 60)))
        self.opened.close()
        shutil.rmtree(left)
        mask = self.folder / self.key.replace("A/", "B/")
        if outside == "mask":
            photo.disk = self.proposal(number)
            write_mask(mask, photo.disk)
        elif outside == "no mask":
            photo.disk = None
            mask.unlink(missing_ok=True)
        self.pasts = Pasts()
        for each in self.expected.values():
            each.past = None
        self.left = self.temporary()
        self._open()
        if outside is None:
            np.testing.assert_array_equal(photo.now[0], now[0])
            np.testing.assert_array_equal(photo.now[1], now[1])
        self.count()

    @rule()
    def look(self) -> None:
        """At everything that is not looked at after every step."""
        document, photo = self.document, self.photo
        self.opened.journal.flush()  # or it is just making its file
        fresh = LabelPyramid(document.labels)
        for level in range(len(fresh)):
            np.testing.assert_array_equal(document.pyramid.level(level), fresh.level(level))
        planes = {"proposal": photo.proposal, "saved": photo.saved_plane, "first": photo.first}
        for source, plane in planes.items():
            there = kept(document, source)
            assert (there is None) == (plane is None)
            if there is not None and plane is not None:
                np.testing.assert_array_equal(there.read(document.bounds), plane)
        for key, each in self.expected.items():
            path = self.folder / key.replace("A/", "B/")
            assert path.exists() == (each.disk is not None)
            if each.disk is not None:
                np.testing.assert_array_equal(read_mask(path, each.disk.shape).labels, each.disk)
        origin = provenance.read(self.opened.provenance, document.size)
        assert (origin is not None) == photo.beside
        if origin is not None:
            np.testing.assert_array_equal(origin.touched, photo.touched)
            assert origin.proposed == photo.beside_proposed
        assert self.temporary() <= self.left
        self.count()

    # -- what must be so -------------------------------------------------------------------------------------------

    @invariant()
    def the_document_is_as_expected(self) -> None:
        document, photo = self.document, self.photo
        np.testing.assert_array_equal(document.labels, photo.now[0])
        np.testing.assert_array_equal(document.touched, photo.now[1])
        assert [patch.kind != "prediction" for patch in document.history.done] == [step.person for step in photo.done]
        assert len(document.history.undone) == len(photo.undone)
        assert document.proposed == photo.model
        assert document.dirty == (photo.revision != photo.saved_revision)
        assert document.touched_since_save == (photo.person_revision > photo.saved_revision)

    def count(self) -> None:
        """One more step."""
        type(self).steps += 1

    def teardown(self) -> None:
        self.opened.close()
        shutil.rmtree(self.root)


_copy: Callable[[], None] | None = None
_hooked: list[bool] = []


def _hear(event: str, arguments: tuple) -> None:
    if _copy is not None and event in ("os.rename", "os.remove"):
        _copy()


@contextlib.contextmanager
def copying(source: Path, target: Path, number: int) -> Iterator[None]:
    """Copy the folder ``source`` as it is before its ``number``-th file is replaced or removed, else at the end."""
    global _copy
    if not _hooked:
        sys.addaudithook(_hear)
        _hooked.append(True)
    left, copied = number, False

    def copy() -> None:
        nonlocal left, copied
        left -= 1
        if left < 0 and not copied:
            copied = True
            shutil.copytree(source, target)

    _copy = copy
    try:
        yield
    finally:
        _copy = None
    if not copied:
        shutil.copytree(source, target)


def run(turn: Turn) -> None:
    """So many steps, by machines whose draws follow from the seed."""
    again = 0
    # Kills are copies of the folder here, so memory does for a disk, in a tenth of the time.
    within = Path("/dev/shm") if os.access("/dev/shm", os.W_OK) else turn.within
    while turn.done < turn.amount:

        @seed(1000 * turn.seed + again)
        class Seeded(Machine):
            pass

        Seeded.within, Seeded.steps = within, 0
        with contextlib.redirect_stdout(None):
            run_state_machine_as_test(
                Seeded,
                settings=settings(
                    max_examples=max(-(-(turn.amount - turn.done) // LENGTH), 1),
                    stateful_step_count=LENGTH,
                    deadline=None,
                    derandomize=False,
                    database=None,
                    suppress_health_check=list(HealthCheck),
                    phases=[Phase.generate],
                    report_multiple_bugs=False,
                ),
            )
        turn.count(Seeded.steps)
        again += 1


CAMPAIGNS = (Campaign(row="8", what="state machine of the document", unit="steps", goal=100_000, turn=10_000, run=run),)
