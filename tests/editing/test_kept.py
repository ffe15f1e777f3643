"""Planes at rest."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chromadesk.editing.kept import READY, TILE, Kept
from chromadesk.editing.patch import Box


@given(st.data(), st.sampled_from([(1, 1), (TILE, TILE), (TILE + 1, 3 * TILE - 1)]))
def test_any_box_reads_the_same_before_and_after_packing(data: st.DataObject, size: tuple[int, int]) -> None:
    plane = np.random.default_rng(1).integers(0, 256, size, np.uint8)
    top, left = data.draw(st.integers(0, size[0] - 1)), data.draw(st.integers(0, size[1] - 1))
    box = Box(top, left, data.draw(st.integers(top + 1, size[0])), data.draw(st.integers(left + 1, size[1])))
    kept = Kept(plane)
    for _ in range(2):
        assert np.array_equal(kept.read(box), plane[box.slices])
        kept.pack()
    kept.rest()
    assert np.array_equal(kept.read(box), plane[box.slices])


def test_a_mask_at_rest_takes_a_small_share_of_its_pixels() -> None:
    rows, columns = np.mgrid[0:1024, 0:1024]
    plane = ((rows - 500) ** 2 + (columns - 500) ** 2 < 90_000).astype(np.uint8) * 3
    kept = Kept(plane)
    assert kept.nbytes == plane.nbytes
    kept.pack()
    assert kept.nbytes < plane.nbytes / 50


@pytest.mark.parametrize("tiles", [READY // 2, READY * 2])
def test_reading_more_tiles_than_stay_ready_is_as_right(tiles: int) -> None:
    plane = np.arange(tiles * TILE * 2, dtype=np.uint32).astype(np.uint8).reshape(2, tiles * TILE)
    kept = Kept(plane)
    kept.pack()
    for _ in range(2):
        assert np.array_equal(kept.read(Box(0, 0, 2, tiles * TILE)), plane)
