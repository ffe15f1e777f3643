"""Outlines give back every pixel unsimplified, and pycocotools sees them as we do."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from chromadesk.dataset.formats import outlines

PLANES = arrays.arrays(bool, arrays.array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=14))


@given(PLANES, st.sampled_from([1, 3]))
def test_unsimplified_outlines_keep_every_pixel(plane: np.ndarray, scale: int) -> None:
    """Holes, islands in holes, pixels that touch at a corner."""
    plane = plane.repeat(scale, 0).repeat(scale, 1)
    found = outlines.follow(plane, tolerance=0)
    assert (outlines.fill(found, plane.shape) == plane).all()
    assert (_by_pycocotools(found, plane.shape) == plane).all()


@given(PLANES)
def test_simplified_outlines_stay_near(plane: np.ndarray) -> None:
    plane = plane.repeat(8, 0).repeat(8, 1)
    found = outlines.follow(plane)
    lost = outlines.fill(found, plane.shape) != plane
    assert lost.mean() <= 0.1
    assert (_by_pycocotools(found, plane.shape) != outlines.fill(found, plane.shape)).mean() <= 0.05


def test_a_region_with_a_hole_is_one_polygon() -> None:
    plane = np.ones((9, 9), bool)
    plane[3:6, 3:6] = False
    (ring,) = outlines.follow(plane)
    assert len(ring) == 10
    assert (outlines.fill([ring], (9, 9)) == plane).all()


def test_polygons_beyond_the_picture_are_cut_and_empty_ones_fill_nothing() -> None:
    huge = np.array([[-1e30, -1e30], [1e30, -1e30], [1e30, 1e30], [-1e30, 1e30]])
    assert outlines.fill([huge], (4, 5)).all()
    line = np.array([[0.0, 2.0], [5.0, 2.0], [0.0, 2.0]])
    assert not outlines.fill([line], (4, 5)).any()
    assert not outlines.fill([], (4, 5)).any()


def test_a_pixel_belongs_where_its_centre_lies() -> None:
    ring = np.array([[0.6, 0.4], [2.5, 0.4], [2.5, 1.6], [0.6, 1.6]])
    assert outlines.fill([ring], (3, 4)).astype(int).tolist() == [[0, 1, 0, 0], [0, 1, 0, 0], [0, 0, 0, 0]]


def _by_pycocotools(rings: list[np.ndarray], size: tuple[int, ...]) -> np.ndarray:
    masks = pytest.importorskip("pycocotools.mask")
    if not rings:
        return np.zeros(size, bool)
    with warnings.catch_warnings():  # its __array__ knows no copy=, says NumPy 2
        warnings.simplefilter("ignore", DeprecationWarning)
        codes = masks.frPyObjects([ring.ravel().tolist() for ring in rings], *size)
        return masks.decode(masks.merge(codes)).astype(bool)
