"""The document against a plain array."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from chromadesk.editing.brush import stroke
from chromadesk.editing.document import Document
from chromadesk.editing.fill import region
from chromadesk.editing.kept import Kept
from chromadesk.editing.restore import MISSING, SOURCES, Restoring, Source, revert
from chromadesk.editing.stroke import Stroke

SIZE = (23, 17)
places = st.tuples(st.floats(-4, 21), st.floats(-4, 27))


class AgainstPlainArrays(RuleBasedStateMachine):
    """Every edit, undo and redo, beside full copies of the planes."""

    def __init__(self) -> None:
        super().__init__()
        self.document = Document(Path("a.jpg"), np.zeros(SIZE, np.uint8))
        self.shown = np.zeros(SIZE, np.uint8)  # what a listener that follows the boxes would hold
        self.document.changed.append(self.follow)
        self.past: list[tuple[np.ndarray, np.ndarray]] = []
        self.now = (self.document.labels.copy(), self.document.touched.copy())
        self.future: list[tuple[np.ndarray, np.ndarray]] = []
        self.sources: dict[str, tuple[np.ndarray, np.ndarray]] = {"first": self.now}
        self.document.first = Kept(self.document.packed(self.document.bounds))

    def follow(self, box) -> None:
        self.shown[box.slices] = self.document.labels[box.slices]

    def expect(self, labels: np.ndarray, touched: np.ndarray) -> None:
        if np.array_equal(labels, self.now[0]) and np.array_equal(touched, self.now[1]):
            return
        self.past.append(self.now)
        self.now = (labels, touched)
        self.future.clear()

    @rule(points=st.lists(places, min_size=1, max_size=3), diameter=st.integers(1, 9), class_id=st.integers(0, 4))
    def paint(self, points: list[tuple[float, float]], diameter: int, class_id: int) -> None:
        box, mask = stroke(points, diameter)
        live = Stroke(self.document, class_id)
        live.add(box, mask)
        live.finish()
        plane = np.zeros(SIZE, bool)
        inside = box.intersection(self.document.bounds)
        if not inside.empty:
            plane[inside.slices] = mask[
                inside.top - box.top : inside.bottom - box.top, inside.left - box.left : inside.right - box.left
            ]
        self.expect(np.where(plane, np.uint8(class_id), self.now[0]), self.now[1] | plane)

    @rule(row=st.integers(0, 22), column=st.integers(0, 16), class_id=st.integers(0, 4))
    def fill(self, row: int, column: int, class_id: int) -> None:
        box, mask = region(self.document.labels, row, column)
        live = Stroke(self.document, class_id, kind="fill")
        live.add(box, mask)
        live.finish()
        plane = np.zeros(SIZE, bool)
        plane[box.slices] = mask
        self.expect(np.where(plane, np.uint8(class_id), self.now[0]), self.now[1] | plane)

    @rule(seed=st.integers(0, 3), everything=st.booleans())
    def predict(self, seed: int, everything: bool) -> None:
        labels = np.random.default_rng(seed).integers(0, 5, SIZE, np.uint8)
        self.document.predict(labels, everything)
        self.sources["proposal"] = (labels, np.zeros(SIZE, bool))
        if everything:
            self.expect(labels, np.zeros(SIZE, bool))
        else:
            self.expect(np.where(self.now[1], self.now[0], labels), self.now[1])

    @rule(pack=st.booleans())
    def save(self, pack: bool) -> None:
        self.document.saved = Kept(self.document.packed(self.document.bounds))
        if pack:
            self.document.saved.pack()
        self.sources["saved"] = self.now

    @rule(
        source=st.sampled_from(SOURCES),
        point=places,
        diameter=st.integers(1, 25),
        locked=st.frozensets(st.integers(0, 4), max_size=2),
        everywhere=st.booleans(),
    )
    def go_back(
        self, source: Source, point: tuple[float, float], diameter: int, locked: frozenset[int], everywhere: bool
    ) -> None:
        if source not in self.sources:
            assert revert(self.document, source, locked) == (None, MISSING[source])
            return
        labels, touched = self.sources[source]
        plane = np.full(SIZE, everywhere)
        if everywhere:
            revert(self.document, source, locked)
        else:
            box, mask = stroke([point], diameter)
            live = Restoring(self.document, source, locked)
            live.add(box, mask)
            live.finish()
            inside = box.intersection(self.document.bounds)
            if not inside.empty:
                plane[inside.slices] = mask[
                    inside.top - box.top : inside.bottom - box.top, inside.left - box.left : inside.right - box.left
                ]
        before, _ = self.now
        kept = (before != labels) & (np.isin(before, list(locked)) | np.isin(labels, list(locked)))
        plane &= ~kept
        self.expect(np.where(plane, labels, before), np.where(plane, touched, self.now[1]))

    @rule()
    def undo(self) -> None:
        assert (self.document.undo() is not None) == bool(self.past)
        if self.past:
            self.future.append(self.now)
            self.now = self.past.pop()

    @rule()
    def redo(self) -> None:
        assert (self.document.redo() is not None) == bool(self.future)
        if self.future:
            self.past.append(self.now)
            self.now = self.future.pop()

    @invariant()
    def same(self) -> None:
        assert np.array_equal(self.document.labels, self.now[0])
        assert np.array_equal(self.document.touched, self.now[1])
        assert np.array_equal(self.shown, self.now[0])


AgainstPlainArrays.TestCase.settings = settings(max_examples=30, stateful_step_count=25, deadline=None)
TestAgainstPlainArrays = AgainstPlainArrays.TestCase


def test_dirty_and_saved() -> None:
    document = Document(Path("a.jpg"), np.zeros(SIZE, np.uint8))
    document.predict(np.ones(SIZE, np.uint8))
    assert document.dirty
    assert not document.touched_since_save
    revision = document.revision
    live = Stroke(document, 2)
    live.add(*stroke([(5.0, 5.0)], 3))
    live.finish()
    document.mark_saved(revision)  # the save was asked for before the stroke
    assert document.dirty
    assert document.touched_since_save
    document.mark_saved(document.revision)
    assert not document.dirty


def test_undo_waits_for_the_stroke() -> None:
    document = Document(Path("a.jpg"), np.zeros(SIZE, np.uint8))
    document.predict(np.ones(SIZE, np.uint8))
    live = Stroke(document, 2)
    live.add(*stroke([(5.0, 5.0)], 3))
    assert document.undo() is None
    live.finish()
    assert document.undo() == "brush"
