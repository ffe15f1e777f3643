"""What is kept of decoded photos: bit for bit, in so many bytes, by several processes."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from chromadesk.dataset.pairs import Dataset
from chromadesk.learning.decoded import Decoded, Pair, room
from chromadesk.learning.sampling import Samples


def pair(seed: int, height: int, width: int) -> Pair:
    draw = np.random.default_rng(seed)
    return draw.integers(0, 256, (height, width, 3), np.uint8), draw.integers(0, 5, (height, width), np.uint8)


@given(
    sides=st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)), min_size=1, max_size=8), most=st.integers(0, 900)
)
def test_what_is_kept_comes_back_and_no_more_is_kept_than_fits(sides: list[tuple[int, int]], most: int) -> None:
    kept = Decoded(len(sides), most)
    for number, side in enumerate(sides):
        assert kept.get(number) is None
        kept.put(number, pair(number, *side))
    taken = 0
    for number, side in enumerate(sides):
        found = kept.get(number)
        if found is not None:
            taken += 4 * side[0] * side[1]
            assert all(np.array_equal(one, other) for one, other in zip(found, pair(number, *side), strict=True))
            assert all(part.flags.writeable for part in found)
    assert taken <= most
    assert taken == sum(4 * a * b for a, b in sides) or taken + 4 * 81 > most


def test_the_loaders_processes_share_it() -> None:
    kept = Decoded(3, 10_000)
    kept.put(0, pair(0, 3, 3))
    for number in (1, 2):  # each begun anew, as the loader begins them
        child = multiprocessing.get_context("spawn").Process(target=kept.put, args=(number, pair(number, 4, 5)))
        child.start()
        child.join()
    for number, side in ((0, (3, 3)), (1, (4, 5)), (2, (4, 5))):
        found = kept.get(number)
        assert found is not None
        assert np.array_equal(found[0], pair(number, *side)[0])


def test_samples_are_the_same_whether_photos_are_kept_or_not(tmp_path: Path, patchwork: Callable[..., Path]) -> None:
    items = Dataset.open(patchwork(tmp_path, 3, cells=(9, 6), side=40, noise=15)).select("all")
    for kind in ("none", "flip", "strong"):
        without, keeping = Samples(items, (32, 16), kind, 3), Samples(items, (32, 16), kind, 3, most=10**8)
        for epoch in range(3):
            for position in range(3):
                one, other = without[epoch, position, 0], keeping[epoch, position, 0]
                assert all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))
    for item in items:
        item.photo.unlink()  # read once
    keeping[7, 0, 0]
    assert room() > 0
