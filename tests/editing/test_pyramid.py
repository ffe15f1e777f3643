"""The smaller levels of a plane follow it."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from chromadesk.editing.patch import Box
from chromadesk.editing.pyramid import LabelPyramid, MarkPyramid


def commonest(labels: np.ndarray) -> np.ndarray:
    """2 x 2 by plain counting; ties to the first in reading order."""
    height, width = labels.shape
    out = np.zeros(((height + 1) // 2, (width + 1) // 2), np.uint8)
    for row, column in np.ndindex(out.shape):
        rows = [min(2 * row + i, height - 1) for i in (0, 1)]
        columns = [min(2 * column + i, width - 1) for i in (0, 1)]
        values = [int(labels[i, j]) for i in rows for j in columns]
        out[row, column] = max(values, key=lambda value: (values.count(value), -values.index(value)))
    return out


@given(st.integers(0, 20), st.integers(128, 141), st.integers(128, 141), st.data())
def test_the_pyramid_follows_changes_only_where_they_are(
    seed: int, height: int, width: int, data: st.DataObject
) -> None:
    generator = np.random.default_rng(seed)
    labels = generator.integers(0, 5, (height, width), np.uint8)
    pyramid = LabelPyramid(labels)
    assert np.array_equal(pyramid.level(1), commonest(labels))
    for _ in range(2):
        top, left = data.draw(st.integers(0, height - 1)), data.draw(st.integers(0, width - 1))
        box = Box(top, left, data.draw(st.integers(top + 1, height)), data.draw(st.integers(left + 1, width)))
        labels[box.slices] = generator.integers(0, 5)
        pyramid.changed(box)
    assert np.array_equal(pyramid.level(1), commonest(labels))


@given(st.integers(0, 300), st.integers(257, 262), st.integers(256, 259))
def test_no_mark_is_lost(seed: int, height: int, width: int) -> None:
    marks = np.zeros((height, width), np.uint8)
    row, column = np.random.default_rng(seed).integers(0, (height, width))
    marks[row, column] = 1
    pyramid = MarkPyramid(marks)
    assert len(pyramid) == 3
    for level in range(3):
        found = np.argwhere(pyramid.level(level))
        assert found.tolist() == [[row >> level, column >> level]]
