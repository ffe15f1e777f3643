"""What a redrawn border moves, to the pixel."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chromadesk.editing import border
from chromadesk.editing.brush import Point
from chromadesk.editing.document import Document
from chromadesk.editing.patch import Plane
from chromadesk.editing.stroke import Stroke


def _coat() -> Plane:
    labels = np.zeros((60, 80), np.uint8)
    labels[10:50, 10:40] = 3
    return labels


def _redrawn(labels: Plane, line: list[Point]) -> Plane:
    after = labels.copy()
    found = border.redraw(labels, line)
    if found is not None:
        after[found[0].slices] = found[1]
    return after


OUT = [(40.0, 20.0), (45.0, 20.0), (45.0, 30.0), (40.0, 30.0)]
IN = [(40.0, 20.0), (35.0, 20.0), (35.0, 30.0), (40.0, 30.0)]


def test_a_line_outside_adds_and_one_inside_takes_away() -> None:
    expected = _coat()
    expected[20:30, 40:45] = 3
    assert np.array_equal(_redrawn(_coat(), OUT), expected)
    expected = _coat()
    expected[20:30, 35:40] = 0
    assert np.array_equal(_redrawn(_coat(), IN), expected)


def test_one_line_does_both_either_way_round() -> None:
    line = [*OUT, *[(x, y + 10) for x, y in IN]]
    expected = _coat()
    expected[20:30, 40:45] = 3
    expected[30:40, 35:40] = 0
    assert np.array_equal(_redrawn(_coat(), line), expected)
    assert np.array_equal(_redrawn(_coat(), line[::-1]), expected)


def test_what_is_cut_off_takes_the_class_it_borders_most() -> None:
    labels = _coat()
    labels[10:50, 40:44] = 2  # skin along the coat, and background beyond
    expected = labels.copy()
    expected[20:30, 35:40] = 2
    assert np.array_equal(_redrawn(labels, IN), expected)


def test_the_larger_part_stays_also_where_it_reaches_far_out_of_sight() -> None:
    labels = np.zeros((400, 600), np.uint8)
    labels[100:140, 50:550] = 3
    line = [(400.0, 98.0), (400.0, 142.0)]  # a short line across a long sleeve
    expected = labels.copy()
    expected[100:140, 400:550] = 0
    assert np.array_equal(_redrawn(labels, line), expected)


def test_a_line_that_ends_a_little_short_is_drawn_on() -> None:
    short = [(41.5, 20.0), *OUT[1:3], (41.5, 30.0)]
    after = _redrawn(_coat(), short)
    assert (after[21:29, 40:45] == 3).all()
    assert np.count_nonzero(after != _coat()) <= 52
    assert border.redraw(_coat(), [(55.0, 20.0), (60.0, 20.0), (60.0, 30.0), (55.0, 30.0)]) is None


@pytest.mark.parametrize("slope", [(1, 1), (1, -1), (2, 1), (1, 3), (-3, 2)])
@pytest.mark.parametrize("start", [20.0, 20.5])
def test_no_line_leaks_through_the_pixels_it_runs_over(slope: tuple[int, int], start: float) -> None:
    labels = np.zeros((41, 41), np.uint8)
    labels[1:40, 1:40] = 1
    line = [(start - 40 * slope[0], start - 40 * slope[1]), (start + 40 * slope[0], start + 40 * slope[1])]
    after = _redrawn(labels, line)
    x, y = np.meshgrid(np.arange(41) + 0.5 - start, np.arange(41) + 0.5 - start)
    side = x * slope[1] - y * slope[0]
    first, second = (after[(labels == 1) & part] for part in (side > 1e-9, side < -1e-9))
    assert sorted([len(np.unique(first)), len(np.unique(second))]) == [1, 1]
    assert first[0] != second[0]


@given(
    st.lists(st.tuples(st.floats(-5, 65), st.floats(-5, 65)), min_size=2, max_size=8),
    st.integers(0, 2**32 - 1),
)
@settings(max_examples=150, deadline=None)
def test_only_labels_that_were_beside_it_come_in(line: list[Point], seed: int) -> None:
    coarse = np.random.default_rng(seed).integers(0, 5, (6, 6)).astype(np.uint8)
    labels = np.repeat(np.repeat(coarse, 10, axis=0), 10, axis=1)
    before = labels.copy()
    found = border.redraw(labels, line)
    assert np.array_equal(labels, before)
    if found is None:
        return
    box, after = found
    assert after.shape == (box.height, box.width)
    assert set(np.unique(after)) <= set(np.unique(before))
    changed = after != before[box.slices]
    assert changed.any()
    assert all(edge.any() for edge in (changed[0], changed[-1], changed[:, 0], changed[:, -1]))


@pytest.mark.parametrize("shape", [(1, 1), (1, 9), (9, 1), (2, 2)])
def test_the_smallest_photos(shape: tuple[int, int]) -> None:
    labels = np.zeros(shape, np.uint8)
    assert border.redraw(labels, [(-2.0, -2.0), (12.0, 12.0)]) is None
    labels[-1, -1] = 1
    found = border.redraw(labels, [(-2.0, 0.4), (12.0, 0.4)])
    assert found is None or found[1].size <= labels.size


def test_a_point_is_no_line_and_one_outside_cuts_nothing() -> None:
    assert border.redraw(_coat(), [(20.0, 20.0)]) is None
    assert border.redraw(_coat(), [(200.0, 200.0), (220.0, 230.0)]) is None


def test_locks_hold_for_both_sides() -> None:
    line = [*OUT, *[(x, y + 10) for x, y in IN]]
    found = border.redraw(_coat(), line)
    assert found is not None
    document = Document(Path("a.jpg"), _coat())
    stroke = Stroke(document, 1, over=0, kind="border")
    border.lay(stroke, *found)
    stroke.finish()
    expected = _coat()
    expected[20:30, 40:45] = 3  # background may be painted over, clothes may not
    assert np.array_equal(document.labels, expected)
    locked = Document(Path("a.jpg"), _coat())
    stroke = Stroke(locked, 1, frozenset({3}), "border")
    border.lay(stroke, *found)
    assert stroke.finish() is None
    assert stroke.why_nothing() == "Clothes is locked"
    assert np.array_equal(locked.labels, _coat())
