"""The designer reaches the goal by real steps of a document, and counts what it took."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from chromadesk.bench.designer import Arm, confusion, gain, ious, missing, work
from chromadesk.editing.document import Document
from chromadesk.editing.patch import Plane


@pytest.fixture
def truth() -> Plane:
    labels = np.zeros((150, 120), np.uint8)
    labels[40:140, 30:90] = 3
    labels[15:40, 45:75] = 2
    labels[8:20, 42:78] = 4
    return labels


def _photo(truth: Plane) -> Plane:
    colours = np.array([[30, 30, 30], [0, 0, 200], [220, 180, 160], [200, 40, 40], [90, 60, 20]], np.uint8)
    return colours[truth]


@pytest.fixture
def proposal(truth: Plane) -> Plane:
    labels = truth.copy()
    labels[100:140, 30:60] = 1  # an island of another class
    labels[40:90, 24:30] = 3  # an edge too far out
    labels[15:30, 70:75] = 0  # and one too far in
    return labels


@pytest.mark.parametrize("arm", ["brush", "smart"])
def test_a_mask_is_brought_to_the_goal(arm: Arm, truth: Plane, proposal: Plane) -> None:
    document = Document(Path("a.jpg"), proposal)
    outcome = work(_photo(truth), document, truth, None, arm, 0.97)
    assert outcome.reached
    assert outcome.iou == ious(confusion(truth, document.labels))
    assert min(outcome.iou.values()) >= 0.97
    assert outcome.travelled > 0
    steps = 0
    while document.undo():
        steps += 1
    assert steps == outcome.steps.total() <= outcome.gestures
    np.testing.assert_array_equal(document.labels, proposal)
    if arm == "brush":
        assert set(outcome.steps) == {"brush"}


def test_an_island_takes_the_smart_tools_less(truth: Plane) -> None:
    labels = truth.copy()
    labels[45:140, 30:90] = 1
    taken = {}
    arms: tuple[Arm, ...] = ("brush", "smart")
    for arm in arms:
        taken[arm] = work(_photo(truth), Document(Path("a.jpg"), labels), truth, None, arm, 0.95)
    assert taken["smart"].steps == {"fill": 1}
    assert taken["smart"].gestures == 2  # the tool, whose class is the first one already, and the click
    assert taken["brush"].gestures > taken["smart"].gestures
    assert taken["brush"].travelled > taken["smart"].travelled


def test_a_mask_that_is_good_takes_nothing(truth: Plane) -> None:
    outcome = work(_photo(truth), Document(Path("a.jpg"), truth), truth, None, "smart", 0.95)
    assert (outcome.gestures, outcome.travelled, outcome.reached) == (0, 0.0, True)
    assert outcome.to_json()["iou"] == {"0": 1.0, "2": 1.0, "3": 1.0, "4": 1.0}


def test_what_is_missing_counts_pixels_of_present_classes_below_the_goal() -> None:
    truth = np.array([[0] * 8, [3] * 8], np.uint8)
    labels = truth.copy()
    assert missing(confusion(truth, labels), 0.9) == 0
    labels[1, 0] = 1  # 7 of 8
    assert ious(confusion(truth, labels)) == {0: 1.0, 3: 0.875}
    assert missing(confusion(truth, labels), 0.9) == pytest.approx(0.9 * 8 - 7)
    assert missing(confusion(truth, labels), 0.8) == 0


def test_what_harms_no_goal_still_costs_a_little() -> None:
    truth = np.array([[0] * 50, [3] * 50], np.uint8)
    before = confusion(truth, truth)
    harmed = truth.copy()
    harmed[0, 0] = 3  # 49 of 50: well above the goal
    change = confusion(truth, harmed) - before
    assert gain(before, change, 0.9) == pytest.approx(-0.1)
    assert gain(confusion(truth, harmed), -change, 0.9) == 0  # nobody asked for it
    far = truth.copy()
    far[0, :10] = 3
    assert gain(confusion(truth, far), before - confusion(truth, far), 0.9) == missing(confusion(truth, far), 0.9) > 0


def test_the_designer_redraws_a_border_where_that_is_least(truth: Plane) -> None:
    for row in range(40, 140):
        truth[row, 90 : 94 + row % 16] = 3  # a ragged hem, of which the proposal knows nothing
    labels = truth.copy()
    labels[40:140, 90:] = 0
    taken = {}
    arms: tuple[Arm, ...] = ("brush", "smart")
    for arm in arms:
        taken[arm] = work(_photo(truth), Document(Path("a.jpg"), labels), truth, None, arm, 0.99)
        assert taken[arm].reached
    assert taken["smart"].steps["border"]
    assert taken["smart"].gestures < taken["brush"].gestures
