"""What a gesture costs, and that each tool does on a document what it does in the studio."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from chromadesk.bench.gestures import CANVAS, Desk, Gesture, Hand, fitted
from chromadesk.editing import brush, cleanup
from chromadesk.editing.document import Document

_LINE = ((10.0, 10.0), (910.0, 10.0))
_ZIGZAG = tuple((float(10 + 100 * step), float(10 + step % 2)) for step in range(10))


@pytest.mark.parametrize(
    ("gesture", "presses"),
    [
        (Gesture("brush", 1, ((5.0, 5.0),), 9), 1),
        (Gesture("brush", 1, _LINE, 9), 2),  # a click and a Shift-click, not three strokes
        (Gesture("brush", 1, _ZIGZAG, 9), 3),
        (Gesture("scribble", 1, _LINE, 9), 3),
        (Gesture("lasso", 1, (*_LINE, (500.0, 300.0))), 4),  # three corners and Enter, not five strokes
        (Gesture("border", 0, _LINE), 3),  # two corners and Enter
        (Gesture("border", 0, _ZIGZAG), 3),
        (Gesture("fill", 1, ((5.0, 5.0),)), 1),
        (Gesture("smooth", 0, (), 4), 2),
        (Gesture("person", 0, ((5.0, 5.0),), 4), 3),
    ],
)
def test_presses(gesture: Gesture, presses: int) -> None:
    assert gesture.presses(1.0) == presses


def test_zoomed_out_a_stroke_is_shorter() -> None:
    assert Gesture("scribble", 1, _LINE, 9).presses(0.4) == 1
    assert fitted((1520, 500)) == 0.5
    assert fitted((100, 2000)) == CANVAS[0] / 2000


def test_what_is_in_the_hand_need_not_be_taken_again() -> None:
    hand = Hand((0.0, 0.0), sliders={"smooth": 3})
    stroke = Gesture("magnetic", 2, ((3.0, 4.0), (6.0, 8.0)), 12)
    assert (hand.changes(stroke), hand.way_to(stroke)) == (3, 5.0)
    hand.take(stroke)
    assert (hand.changes(stroke), hand.at) == (0, (6.0, 8.0))
    assert hand.changes(Gesture("eraser", 0, stroke.path, 12)) == 1
    assert hand.changes(Gesture("brush", 0, stroke.path, 12, refine=True)) == 3
    assert hand.changes(Gesture("scribble", 2, stroke.path, 8)) == 1  # it kept its own size
    assert hand.changes(Gesture("border", 4, stroke.path)) == 1  # of whatever class
    slider = Gesture("smooth", 0, (), 6)
    assert hand.changes(slider) == 1
    hand.take(slider)
    assert (hand.changes(slider), hand.tool) == (0, "magnetic")


def test_a_closed_way_begins_where_the_pointer_is_nearest() -> None:
    lasso = Gesture("lasso", 1, ((0.0, 0.0), (9.0, 0.0), (9.0, 9.0)))
    assert lasso.begun_near((10.0, 8.0)).path == ((9.0, 9.0), (0.0, 0.0), (9.0, 0.0))
    rim = Gesture("brush", 1, (*lasso.path, lasso.path[0]), 3)
    assert rim.begun_near((9.0, 1.0)).path == ((9.0, 0.0), (9.0, 9.0), (0.0, 0.0), (9.0, 0.0))
    assert rim.begun_near((9.0, 1.0)).length == rim.length
    line = Gesture("border", 1, lasso.path)
    assert line.begun_near((10.0, 8.0)) is line


@pytest.fixture
def desk() -> Desk:
    labels = np.zeros((90, 120), np.uint8)
    labels[30:60, 40:80] = 3
    labels[10:12, 10:12] = 2
    pixels = np.full((90, 120, 3), 40, np.uint8)
    pixels[30:60, 40:100] = 200
    return Desk(Document(Path("a.jpg"), labels), pixels, None)


@pytest.mark.parametrize(
    "gesture",
    [
        Gesture("brush", 1, ((20.0, 45.0), (70.0, 45.0)), 9),
        Gesture("brush", 1, ((60.0, 45.0), (70.0, 45.0)), 20, refine=True),
        Gesture("eraser", 0, ((60.0, 45.0),), 9),
        Gesture("lasso", 4, ((45.0, 35.0), (70.0, 35.0), (60.0, 50.0))),
        Gesture("border", 0, ((80.0, 35.0), (90.0, 35.0), (90.0, 50.0), (80.0, 50.0))),
        Gesture("fill", 2, ((60.0, 45.0),)),
        Gesture("magnetic", 3, ((90.0, 45.0), (92.0, 45.0)), 14),
        Gesture("scribble", 3, ((88.0, 40.0), (92.0, 50.0)), 4),
        Gesture("specks", 0, (), 3),
        Gesture("person", 0, ((60.0, 45.0),), 2),
    ],
)
def test_every_tool_makes_one_step_that_can_be_undone(desk: Desk, gesture: Gesture) -> None:
    document = desk.document
    before = document.labels.copy()
    box = desk.make(gesture)
    assert box is not None
    changed = document.labels != before
    assert changed.any()
    assert not np.delete(changed, np.s_[box.top : box.bottom], axis=0).any()
    assert document.touched[changed].all()
    assert document.undo() == gesture.tool
    np.testing.assert_array_equal(document.labels, before)


def test_a_stroke_that_is_cancelled_leaves_nothing(desk: Desk) -> None:
    before = desk.document.labels.copy()
    desk.begin(Gesture("brush", 1, ((20.0, 45.0), (70.0, 45.0)), 9, refine=True)).cancel()
    np.testing.assert_array_equal(desk.document.labels, before)
    assert not desk.document.history.undo()


def test_clean_ups_and_brush_are_those_of_editing(desk: Desk) -> None:
    before = desk.document.labels.copy()
    desk.make(Gesture("smooth", 0, (), 3))
    np.testing.assert_array_equal(desk.document.labels, cleanup.smooth(before, 3))
    path = ((20.0, 45.0), (70.0, 45.0), (70.0, 80.0))
    desk.make(Gesture("brush", 1, path, 9))
    box, mask = brush.stroke(path, 9)
    assert (desk.document.labels[box.slices][mask] == 1).all()


def test_a_later_scribble_leaves_an_earlier_one_of_another_class_alone(desk: Desk) -> None:
    first = Gesture("scribble", 3, ((88.0, 40.0), (92.0, 50.0)), 4)
    desk.make(first)
    desk.make(Gesture("scribble", 1, ((86.0, 36.0), (86.0, 54.0)), 2))
    box, mask = brush.stroke(first.path, first.size)
    mask = mask.copy()
    drawn, said = brush.stroke(((86.0, 36.0), (86.0, 54.0)), 2)
    both = np.zeros((90, 120), bool)
    both[drawn.slices] = said
    mask &= ~both[box.slices]
    assert (desk.document.labels[box.slices][mask] == 3).all()
