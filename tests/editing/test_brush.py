"""The round brush, to the pixel."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chromadesk.editing.brush import dab, onward, outline, segment, snap, stamp, stroke, taper

diameters = st.integers(1, 25)
points = st.tuples(st.floats(-20, 40), st.floats(-20, 40))


def filled(box, mask, size=96, origin=40) -> np.ndarray:
    plane = np.zeros((size, size), bool)
    plane[box.top + origin : box.bottom + origin, box.left + origin : box.right + origin] = mask
    return plane


@given(diameters)
def test_stamp_is_as_wide_as_it_says_and_symmetric(diameter: int) -> None:
    mask = stamp(diameter)
    assert mask.shape == (diameter, diameter)
    assert mask.any(axis=0).all()
    assert mask.any(axis=1).all()
    assert np.array_equal(mask, mask[::-1])
    assert np.array_equal(mask, mask.T)


@pytest.mark.parametrize("diameter", [1, 2, 3, 40, 41])
def test_stamp_covers_the_disc(diameter: int) -> None:
    area = np.pi * diameter**2 / 4
    assert abs(int(stamp(diameter).sum()) - area) <= max(2.5, 0.06 * area)


@given(points, diameters)
def test_a_single_point_is_one_stamp_about_it(point: tuple[float, float], diameter: int) -> None:
    box, mask = stroke([point], diameter)
    assert np.array_equal(mask, stamp(diameter))
    assert abs((box.left + box.right) / 2 - point[0]) <= 0.5 + 1e-9
    assert abs((box.top + box.bottom) / 2 - point[1]) <= 0.5 + 1e-9


@given(st.lists(points, min_size=1, max_size=4), diameters)
def test_a_stroke_is_what_a_swept_disc_covers(path: list[tuple[float, float]], diameter: int) -> None:
    plane = filled(*stroke(path, diameter))
    centres = [snap(point, diameter) for point in path]
    rows, columns = np.mgrid[0:96, 0:96] - 40 + 0.5
    nearest = np.full((96, 96), np.inf)
    for (x0, y0), (x1, y1) in zip(centres, centres[1:] or centres, strict=False):
        dx, dy = x1 - x0, y1 - y0
        length = dx * dx + dy * dy
        t = np.clip(((columns - x0) * dx + (rows - y0) * dy) / length, 0, 1) if length else 0
        nearest = np.minimum(nearest, np.hypot(columns - x0 - t * dx, rows - y0 - t * dy))
    radius = diameter / 2
    assert plane[nearest < radius - 1e-6].all()
    assert not plane[nearest > radius + 1e-6].any()
    for point in path:
        assert (plane | ~filled(*dab(point, diameter))).all()


@given(points, points, diameters)
def test_a_segment_is_the_same_both_ways(start: tuple[float, float], end: tuple[float, float], diameter: int) -> None:
    there, back = segment(start, end, diameter), segment(end, start, diameter)
    assert there[0] == back[0]
    assert np.array_equal(there[1], back[1])


@given(diameters)
def test_the_outline_encloses_exactly_the_stamp(diameter: int) -> None:
    polygon = outline(diameter)
    area = 0.0
    for (x0, y0), (x1, y1) in zip(polygon, polygon[1:] + polygon[:1], strict=True):
        assert x0 == x1 or y0 == y1  # along pixel edges
        area += x0 * y1 - x1 * y0
    assert abs(area) / 2 == stamp(diameter).sum()


@given(points, diameters, points, diameters)
def test_a_taper_is_what_a_growing_disc_covers(
    start: tuple[float, float], first: int, end: tuple[float, float], last: int
) -> None:
    plane = filled(*taper(start, first, end, last))
    (x0, y0), (x1, y1) = snap(start, first), snap(end, last)
    rows, columns = np.mgrid[0:96, 0:96] - 40 + 0.5
    shares = np.linspace(0, 1, 400)[:, None, None]
    # How far inside the nearest of many discs along the way each pixel's centre lies; never more than it truly is.
    depth = ((first + (last - first) * shares) / 2) - np.hypot(
        columns - x0 - (x1 - x0) * shares, rows - y0 - (y1 - y0) * shares
    )
    depth = depth.max(axis=0)
    assert plane[depth > 1e-6].all()
    assert not plane[depth < -0.05].any()
    assert (plane | ~filled(*dab(start, first))).all()
    assert (plane | ~filled(*dab(end, last))).all()
    back = filled(*taper(end, last, start, first))
    assert np.array_equal(plane, back)


@given(points, points, diameters)
def test_a_segment_is_exactly_the_pixels_beside_the_way_and_its_ends(
    start: tuple[float, float], end: tuple[float, float], diameter: int
) -> None:
    box, mask = segment(start, end, diameter)
    (x0, y0), (x1, y1) = snap(start, diameter), snap(end, diameter)
    dx, dy = x1 - x0, y1 - y0
    length = dx * dx + dy * dy
    y, x = np.mgrid[box.top : box.bottom, box.left : box.right] + 0.5
    along, across = (x - x0) * dx + (y - y0) * dy, (x - x0) * dy - (y - y0) * dx
    reach = (diameter / 2) ** 2
    expected = (across**2 <= reach * length) & (along >= 0) & (along <= length) & (length > 0)
    for centre_x, centre_y in ((x0, y0), (x1, y1)):
        expected |= (x - centre_x) ** 2 + (y - centre_y) ** 2 <= reach
    assert np.array_equal(mask, expected)


@given(points, points, diameters)
def test_a_brush_adds_what_its_last_dab_did_not_cover(
    start: tuple[float, float], end: tuple[float, float], diameter: int
) -> None:
    added = onward(start, end, diameter)
    if added is None:
        assert snap(start, diameter) == snap(end, diameter)
        return
    whole, before, new = filled(*segment(start, end, diameter)), filled(*dab(start, diameter)), filled(*added)
    assert np.array_equal(new, whole & ~before)
    _, mask = added
    assert mask.any(axis=0)[[0, -1]].all()  # no larger than it must be
    assert mask.any(axis=1)[[0, -1]].all()
