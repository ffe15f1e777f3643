"""The lasso, to the pixel."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chromadesk.editing.brush import Point
from chromadesk.editing.lasso import region
from chromadesk.editing.patch import Box

BOUNDS = Box(0, 0, 19, 23)
#: Eighths: exact in floats, and often on a pixel's centre.
places = st.tuples(st.integers(-40, 230), st.integers(-40, 200)).map(lambda place: (place[0] / 8, place[1] / 8))


def plane(points: list[Point], bounds: Box = BOUNDS) -> np.ndarray:
    """The region in a plane of the photo's size."""
    filled = np.zeros((bounds.height, bounds.width), bool)
    found = region(points, bounds)
    if found is not None:
        box, mask = found
        assert bounds.intersection(box) == box
        assert mask.any()
        filled[box.slices] = mask
    return filled


def winding(points: list[Point], x: Fraction, y: Fraction) -> int:
    """How often the outline goes round (x, y), in exact numbers; left and upper edges count as inside."""
    total = 0
    for (ax, ay), (bx, by) in zip(points, points[1:] + points[:1], strict=True):
        if (ay <= y) != (by <= y):
            crossing = Fraction(ax) + (y - Fraction(ay)) * (Fraction(bx) - Fraction(ax)) / (Fraction(by) - Fraction(ay))
            if crossing <= x:
                total += 1 if by > ay else -1
    return total


@given(st.lists(places, min_size=3, max_size=9))
def test_a_pixel_is_inside_when_its_centre_is(points: list[Point]) -> None:
    half = Fraction(1, 2)
    wanted = np.array([[winding(points, column + half, row + half) != 0 for column in range(23)] for row in range(19)])
    assert np.array_equal(plane(points), wanted)


@given(st.lists(places, min_size=3, max_size=9), st.integers(0, 8))
def test_neither_the_first_corner_nor_the_direction_matters(points: list[Point], turn: int) -> None:
    turn %= len(points)
    assert np.array_equal(plane(points), plane(points[turn:] + points[:turn]))
    assert np.array_equal(plane(points), plane(points[::-1]))


@given(st.tuples(places, places, places, places))
def test_neighbours_share_no_pixel(corners: tuple[Point, Point, Point, Point]) -> None:
    a, b, c, d = corners
    cross = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    other = (b[0] - a[0]) * (d[1] - a[1]) - (b[1] - a[1]) * (d[0] - a[0])
    if cross * other < 0:  # c and d on either side of the edge from a to b
        assert not (plane([a, b, c]) & plane([b, a, d])).any()


def test_a_rectangle_along_pixel_edges_is_those_pixels() -> None:
    wanted = np.zeros((19, 23), bool)
    wanted[2:11, 3:17] = True
    assert np.array_equal(plane([(3, 2), (17, 2), (17, 11), (3, 11)]), wanted)


def test_an_overshoot_punches_no_hole() -> None:
    twice = [(2.0, 2.0), (15.0, 2.0), (15.0, 12.0), (2.0, 12.0)] * 2
    assert np.array_equal(plane(twice), plane(twice[:4]))


def test_outside_the_photo_and_thin_outlines_hold_nothing() -> None:
    assert region([(-9, -9), (-1, -9), (-1, -1)], BOUNDS) is None
    assert region([(1, 1), (20, 18)], BOUNDS) is None
    assert region([(1, 1), (20, 18), (1, 1)], BOUNDS) is None
    assert region([(5.1, 5.1), (5.3, 5.1), (5.3, 5.3)], BOUNDS) is None
    assert plane([(-100, -100), (100, -100), (100, 100), (-100, 100)]).all()


@pytest.mark.parametrize("bounds", [Box(0, 0, 1, 1), Box(0, 0, 4000, 6000)])
def test_the_box_follows_the_outline(bounds: Box) -> None:
    found = region([(0.2, 0.2), (0.9, 0.2), (0.9, 0.9), (0.2, 0.9)], bounds)
    assert found is not None
    assert found[0] == Box(0, 0, 1, 1)
    assert found[1].tolist() == [[True]]
