"""A stroke in progress: locks, provenance, undo tiles."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from chromadesk.editing.brush import dab
from chromadesk.editing.document import Document
from chromadesk.editing.patch import Box
from chromadesk.editing.stroke import TILE, Stroke


def document(size: tuple[int, int] = (40, 30), seed: int = 0) -> Document:
    return Document(Path("a.jpg"), np.random.default_rng(seed).integers(0, 5, size, np.uint8))


def test_a_stroke_is_one_step_over_many_dabs() -> None:
    doc = document((TILE + 50, 2 * TILE + 10))
    before = doc.labels.copy()
    stroke = Stroke(doc, 3)
    for x in range(0, 2 * TILE, 40):
        stroke.add(*dab((float(x), TILE - 3.0), 60))
    patch = stroke.finish()
    assert patch is not None
    assert doc.labels[TILE - 3, 40] == 3
    after = doc.labels.copy()
    assert doc.undo() == "brush"
    assert np.array_equal(doc.labels, before)
    assert not doc.touched.any()
    doc.redo()
    assert np.array_equal(doc.labels, after)


def test_cancel_puts_everything_back() -> None:
    doc = document()
    before = doc.packed(doc.bounds)
    stroke = Stroke(doc, 1)
    stroke.add(*dab((10.0, 10.0), 15))
    stroke.cancel()
    assert np.array_equal(doc.packed(doc.bounds), before)
    assert doc.stroke is None
    assert not doc.history.done


@given(st.frozensets(st.integers(0, 4)), st.integers(0, 4), st.integers(0, 50))
def test_locked_classes_neither_shrink_nor_grow(locked: frozenset[int], class_id: int, seed: int) -> None:
    doc = document(seed=seed)
    before = doc.labels.copy()
    stroke = Stroke(doc, class_id, locked)
    stroke.add(*dab((15.0, 15.0), 21))
    stroke.finish()
    for kept in locked:
        assert np.array_equal(doc.labels == kept, before == kept)


def test_a_stroke_that_changes_nothing_says_why() -> None:
    doc = Document(Path("a.jpg"), np.full((20, 20), 3, np.uint8))
    for class_id, locked, where, words in (
        (1, frozenset({3}), (5.0, 5.0), "Clothes is locked"),
        (1, frozenset({1}), (5.0, 5.0), "Accessories is locked"),
        (3, frozenset(), (5.0, 5.0), "Already clothes"),
        (3, frozenset(), (90.0, 90.0), "Outside the photo"),
    ):
        stroke = Stroke(doc, class_id, locked)
        stroke.add(*dab(where, 5))
        stroke.finish()
        assert stroke.why_nothing() == words
    assert (doc.labels == 3).all()


def test_painting_over_the_same_class_confirms_it() -> None:
    doc = Document(Path("a.jpg"), np.full((20, 20), 3, np.uint8))
    stroke = Stroke(doc, 3)
    stroke.add(*dab((10.0, 10.0), 5))
    assert stroke.finish() is not None
    assert doc.touched.sum() == 21
    doc.predict(np.zeros((20, 20), np.uint8))
    assert (doc.labels == 3).sum() == 21


def test_dabs_tell_the_box_they_changed() -> None:
    doc = document()
    boxes: list[Box] = []
    doc.changed.append(boxes.append)
    Stroke(doc, 2).add(Box(-2, -2, 3, 3), np.ones((5, 5), bool))
    assert boxes == [Box(0, 0, 3, 3)]


@given(st.integers(0, 4), st.integers(0, 4), st.frozensets(st.integers(0, 4), max_size=2))
def test_painting_over_one_class_only(class_id: int, over: int, locked: frozenset[int]) -> None:
    doc = document()
    before = doc.labels.copy()
    stroke = Stroke(doc, class_id, locked, over=over)
    stroke.add(doc.bounds, np.ones(doc.size, bool))
    stroke.finish()
    free = class_id not in locked and over not in locked
    expected = np.where((before == over) & free, class_id, before)
    assert np.array_equal(doc.labels, expected)
    assert not doc.touched[before != over].any()


def test_a_stroke_beside_the_only_class_says_so() -> None:
    doc = Document(Path("a.jpg"), np.zeros((9, 9), np.uint8))
    stroke = Stroke(doc, 3, over=4)
    stroke.add(Box(2, 2, 5, 5), np.ones((3, 3), bool))
    assert stroke.finish() is None
    assert stroke.why_nothing() == "Paints over hair only"
