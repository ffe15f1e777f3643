"""Regions and their borders, against a plain flood."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from chromadesk.editing.fill import region
from chromadesk.editing.patch import Box, bounding_box
from chromadesk.editing.regions import Regions, connected

PLANES = hnp.arrays(np.uint8, hnp.array_shapes(min_dims=2, max_dims=2, max_side=9), elements=st.integers(0, 2))


def numbered(labels: np.ndarray) -> np.ndarray:
    """The region of each pixel by flooding, numbered in reading order."""
    numbers = np.full(labels.shape, -1)
    for row, column in np.ndindex(labels.shape):
        if numbers[row, column] < 0:
            box, mask = region(labels, row, column)
            numbers[box.slices][mask] = numbers.max() + 1
    return numbers


@given(PLANES)
def test_regions_are_what_floods_reach(labels: np.ndarray) -> None:
    regions, numbers = Regions(labels), numbered(labels)
    assert len(regions) == numbers.max() + 1
    for number in range(len(regions)):
        here = numbers == number
        assert regions.areas[number] == here.sum()
        assert (labels[here] == regions.values[number]).all()
        assert Box(*regions.boxes[number]) == bounding_box(here)
        row, column = np.argwhere(here)[-1]
        assert regions.at(int(row), int(column)) == number
    assert np.array_equal(regions.paint(np.arange(len(regions), dtype=np.uint8)), numbers)
    assert np.array_equal(regions.paint(regions.values), labels)


@given(PLANES)
def test_borders_count_the_sides_between_regions(labels: np.ndarray) -> None:
    numbers = numbered(labels)
    sides: dict[tuple[int, int], int] = {}
    for first, second in ((numbers[1:], numbers[:-1]), (numbers[:, 1:], numbers[:, :-1])):
        for one, other in zip(first.ravel(), second.ravel(), strict=True):
            if one != other:
                pair = (min(one, other), max(one, other))
                sides[pair] = sides.get(pair, 0) + 1
    one, other, length = Regions(labels).borders
    assert {(int(a), int(b)): int(c) for a, b, c in zip(one, other, length, strict=True)} == sides


def test_nodes_hang_together_through_others() -> None:
    found = connected(7, np.array([5, 3, 1]), np.array([3, 6, 2]))
    assert found.tolist() == [0, 1, 1, 3, 4, 3, 3]
