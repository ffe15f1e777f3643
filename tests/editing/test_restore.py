"""Painting back and going back."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from chromadesk.editing.brush import dab
from chromadesk.editing.document import Document
from chromadesk.editing.kept import Kept
from chromadesk.editing.patch import Box
from chromadesk.editing.restore import Restoring, Source, revert
from chromadesk.editing.stroke import Stroke

SIZE = (40, 30)
EVERYTHING = Box(0, 0, *SIZE), np.ones(SIZE, bool)


def document(proposal: int = 3) -> Document:
    made = Document(Path("a.jpg"), np.zeros(SIZE, np.uint8))
    made.first = Kept(made.packed(made.bounds))
    made.predict(np.full(SIZE, proposal, np.uint8))
    return made


def paint(made: Document, class_id: int, where: tuple[float, float] = (10.0, 10.0), diameter: int = 9) -> np.ndarray:
    stroke = Stroke(made, class_id)
    box, mask = dab(where, diameter)
    stroke.add(box, mask)
    stroke.finish()
    plane = np.zeros(SIZE, bool)
    plane[box.slices] = mask
    return plane


def test_a_proposal_painted_back_is_untouched_again_and_only_under_the_stamp() -> None:
    made = document()
    painted = paint(made, 1)
    box, mask = dab((12.0, 10.0), 5)
    stroke = Restoring(made, "proposal")
    stroke.add(box, mask)
    patch = stroke.finish()
    assert patch is not None
    assert patch.kind == "history"
    back = np.zeros(SIZE, bool)
    back[box.slices] = mask
    assert np.array_equal(made.labels, np.where(painted & ~back, 1, 3))
    assert np.array_equal(made.touched, painted & ~back)
    made.undo()
    assert np.array_equal(made.touched, painted)
    assert (made.labels[painted] == 1).all()


def test_a_later_prediction_may_change_what_was_painted_back() -> None:
    made = document()
    paint(made, 1)
    stroke = Restoring(made, "proposal")
    stroke.add(*EVERYTHING)
    stroke.finish()
    made.predict(np.full(SIZE, 4, np.uint8))
    assert (made.labels == 4).all()


def test_the_saved_mask_comes_back_with_its_provenance() -> None:
    made = document()
    painted = paint(made, 1)
    made.saved = Kept(made.packed(made.bounds))
    made.saved.pack()
    paint(made, 2, (20.0, 20.0))
    stroke = Restoring(made, "saved")
    stroke.add(*EVERYTHING)
    stroke.finish()
    assert np.array_equal(made.labels, np.where(painted, 1, 3))
    assert np.array_equal(made.touched, painted)


def test_locked_classes_neither_lose_nor_gain() -> None:
    made = document()
    paint(made, 1)
    before = made.packed(made.bounds)
    for locked in ({1}, {3}):
        stroke = Restoring(made, "proposal", frozenset(locked))
        stroke.add(*EVERYTHING)
        assert stroke.finish() is None
        assert stroke.why_nothing() == ("Accessories is locked" if locked == {1} else "Clothes is locked")
    assert np.array_equal(made.packed(made.bounds), before)


def test_what_a_person_had_touched_when_a_journal_was_replayed_is_not_known() -> None:
    made = document()
    painted = paint(made, 1)
    made.proposal = Kept(made.packed(made.bounds))  # as a replay leaves it
    paint(made, 2, (20.0, 20.0))
    stroke = Restoring(made, "proposal")
    stroke.add(*EVERYTHING)
    stroke.finish()
    assert np.array_equal(made.labels, np.where(painted, 1, 3))
    assert np.array_equal(made.touched, painted)


def test_nothing_to_do_says_why() -> None:
    made = document()
    stroke = Restoring(made, "proposal")
    stroke.add(*dab((-50.0, -50.0), 5))
    assert stroke.finish() is None
    assert stroke.why_nothing() == "Nothing to paint back here"
    stroke = Restoring(made, "proposal")
    stroke.add(*EVERYTHING)
    assert stroke.finish() is None
    assert stroke.why_nothing() == "Already as proposed"
    with pytest.raises(ValueError, match="No saved mask yet"):
        Restoring(made, "saved")
    assert revert(made, "saved") == (None, "No saved mask yet")
    assert revert(made, "proposal") == (None, "Already as proposed")


def test_a_cancelled_stroke_leaves_nothing() -> None:
    made = document()
    paint(made, 1)
    before = made.packed(made.bounds)
    stroke = Restoring(made, "proposal")
    stroke.add(*EVERYTHING)
    stroke.cancel()
    assert np.array_equal(made.packed(made.bounds), before)
    assert made.stroke is None


@pytest.mark.parametrize("source", ["proposal", "first"])
def test_a_revert_is_one_step_of_the_box_that_differs(source: Source) -> None:
    made = document()
    paint(made, 1)
    before = made.packed(made.bounds)
    patch, reason = revert(made, source)
    assert reason == ""
    assert patch is not None
    assert patch.kind == "revert"
    assert patch.box == (Box(6, 6, 15, 15) if source == "proposal" else made.bounds)
    assert (made.labels == (3 if source == "proposal" else 0)).all()
    assert not made.touched.any()
    assert made.undo() == "revert"
    assert np.array_equal(made.packed(made.bounds), before)
