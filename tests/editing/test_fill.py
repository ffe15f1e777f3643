"""Connected regions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from chromadesk.editing.fill import region


def flood(labels: np.ndarray, row: int, column: int) -> np.ndarray:
    reached = np.zeros(labels.shape, bool)
    queue = [(row, column)]
    while queue:
        y, x = queue.pop()
        if (
            0 <= y < labels.shape[0]
            and 0 <= x < labels.shape[1]
            and not reached[y, x]
            and labels[y, x] == labels[row, column]
        ):
            reached[y, x] = True
            queue += [(y + 1, x), (y - 1, x), (y, x + 1), (y, x - 1)]
    return reached


@given(
    hnp.arrays(np.uint8, hnp.array_shapes(min_dims=2, max_dims=2, max_side=9), elements=st.integers(0, 2)), st.data()
)
def test_region_is_what_a_plain_flood_reaches(labels: np.ndarray, data: st.DataObject) -> None:
    row = data.draw(st.integers(0, labels.shape[0] - 1))
    column = data.draw(st.integers(0, labels.shape[1] - 1))
    before = labels.copy()
    box, mask = region(labels, row, column)
    found = np.zeros(labels.shape, bool)
    found[box.slices] = mask
    assert np.array_equal(found, flood(labels, row, column))
    assert np.array_equal(labels, before)


def test_outside_the_photo_is_refused() -> None:
    with pytest.raises(IndexError):
        region(np.zeros((3, 3), np.uint8), 3, 0)
