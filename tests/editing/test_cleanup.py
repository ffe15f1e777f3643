"""Clean-ups: what they do on drawn masks, and what holds for any."""

from __future__ import annotations

import time
from collections.abc import Callable

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from chromadesk.editing import cleanup
from chromadesk.editing.patch import Box
from chromadesk.editing.regions import Regions

PLANES = hnp.arrays(
    np.uint8, hnp.array_shapes(min_dims=2, max_dims=2, max_side=14), elements=st.sampled_from([0, 0, 3, 3, 3, 1, 2, 4])
)
LOCKED = st.frozensets(st.integers(0, 4), max_size=2)
ALL: dict[str, Callable[..., np.ndarray]] = {
    "smooth": lambda labels, amount, *rest: cleanup.smooth(labels, amount, *rest),
    "holes": lambda labels, amount, *rest: cleanup.fill_holes(labels, amount**2, *rest),
    "specks": lambda labels, amount, *rest: cleanup.remove_specks(labels, amount**2, *rest),
    "person": lambda labels, amount, *rest: cleanup.keep_person(labels, None, amount - 1, *rest),
}


@pytest.mark.parametrize("name", ALL)
@given(labels=PLANES, amount=st.integers(1, 6), locked=LOCKED, data=st.data())
def test_what_holds_for_all(name: str, labels: np.ndarray, amount: int, locked: frozenset[int], data) -> None:
    height, width = labels.shape
    top, left = data.draw(st.integers(0, height)), data.draw(st.integers(0, width))
    box = data.draw(st.sampled_from([None, Box(0, 0, height, width), Box(top, left, height, width)]))
    before = labels.copy()
    cleaned = ALL[name](labels, amount, locked, box)
    assert np.array_equal(labels, before)
    assert cleaned.dtype == np.uint8
    assert cleaned.shape == labels.shape
    for class_id in locked:
        assert np.array_equal(cleaned == class_id, labels == class_id)
    assert set(np.unique(cleaned)) <= set(np.unique(labels)) | ({0} if name == "person" else set())
    if box is not None:
        changed = cleaned != labels
        changed[box.slices] = False
        assert not changed.any()


@pytest.mark.parametrize("name", ["holes", "specks"])
@given(labels=PLANES, amount=st.integers(1, 6), locked=LOCKED)
def test_a_second_time_changes_nothing(name: str, labels: np.ndarray, amount: int, locked: frozenset[int]) -> None:
    once = ALL[name](labels, amount, locked)
    assert np.array_equal(ALL[name](once, amount, locked), once)


@given(labels=PLANES, gap=st.integers(0, 4))
def test_the_person_kept_is_kept_again(labels: np.ndarray, gap: int) -> None:
    once = cleanup.keep_person(labels, None, gap)
    assert np.array_equal(cleanup.keep_person(once, None, gap), once)
    assert once.any() == labels.any()
    if labels.any():
        grown = cv2.dilate((once > 0).astype(np.uint8), np.ones((gap + 1, gap + 1), np.uint8))
        assert (Regions(grown).values == 1).sum() == 1


def holes_by_flood(labels: np.ndarray, size: int) -> np.ndarray:
    """Fill the holes of each class, the smallest first, by looking at what is not of the class."""
    found = []
    for class_id in range(1, 5):
        count, numbers = cv2.connectedComponents((labels != class_id).astype(np.uint8), connectivity=4)
        edge = set(np.concatenate([numbers[0], numbers[-1], numbers[:, 0], numbers[:, -1]]))
        found += [
            ((numbers == number).sum(), class_id, numbers == number)
            for number in range(1, count)
            if number not in edge and (numbers == number).sum() <= size
        ]
    filled = labels.copy()
    for _, class_id, hole in sorted(found, key=lambda each: each[0]):
        filled[hole] = class_id
    return filled


@given(labels=PLANES, size=st.integers(1, 40))
def test_holes_are_what_one_class_encloses(labels: np.ndarray, size: int) -> None:
    assert np.array_equal(cleanup.fill_holes(labels, size), holes_by_flood(labels, size))


@given(labels=PLANES, size=st.integers(1, 20))
def test_no_speck_stays_beside_something_large(labels: np.ndarray, size: int) -> None:
    regions = Regions(cleanup.remove_specks(labels, size))
    large = regions.areas > size
    assert not (large[regions.borders.one] ^ large[regions.borders.other]).any()


def shirt() -> np.ndarray:
    labels = np.zeros((60, 60), np.uint8)
    labels[10:50, 10:50] = 3
    labels[20:24, 20:24] = 0  # a hole
    labels[30:36, 20:26] = 2  # a hole of skin ...
    labels[32:34, 22:24] = 4  # ... with hair in it
    labels[20:22, 49:50] = 0  # a notch, open to the outside
    labels[3:5, 3:5] = 1  # an island
    return labels


def test_fill_holes() -> None:
    filled = cleanup.fill_holes(shirt(), 36)
    assert (filled[10:50, 10:49] == 3).all()
    assert (filled[20:22, 49] == 0).all()
    assert (filled[3:5, 3:5] == 1).all()
    small = cleanup.fill_holes(shirt(), 16)
    assert (small[20:24, 20:24] == 3).all()
    assert (small[30:32, 20:26] == 2).all()
    assert (small[32:34, 22:24] == 2).all()
    with_hair = cleanup.fill_holes(shirt(), 36, frozenset({4}))
    assert (with_hair[32:34, 22:24] == 4).all()
    assert (with_hair[30:32, 20:26] == 3).all()


def test_remove_specks() -> None:
    cleaned = cleanup.remove_specks(shirt(), 8)
    assert (cleaned[3:5, 3:5] == 0).all()
    assert (cleaned[32:34, 22:24] == 2).all()
    assert (cleaned[20:24, 20:24] == 0).all()
    beside = np.zeros((9, 9), np.uint8)
    beside[4, 3:5], beside[4, 5:7] = 1, 2  # specks side by side
    assert not cleanup.remove_specks(beside, 2).any()
    assert np.array_equal(cleanup.remove_specks(beside, 2, frozenset({0})), beside)  # nobody to give them a class


def street() -> np.ndarray:
    labels = np.zeros((100, 200), np.uint8)
    labels[10:90, 90:110] = 3
    labels[92:98, 90:110] = 1  # a shoe, two pixels of sock missing
    labels[5:95, 5:30] = 2  # a larger bystander at the side
    labels[50:60, 150:160] = 4
    return labels


def test_keep_this_person_only() -> None:
    labels = street()
    kept = cleanup.keep_person(labels, None, 4)
    assert np.array_equal(kept[:, 80:120], labels[:, 80:120])
    assert not kept[:, :80].any()
    assert not kept[:, 120:].any()
    assert not (cleanup.keep_person(labels, None, 1) == 1).any()  # the gap is two wide
    bystander = cleanup.keep_person(labels, (50, 10), 4)
    assert (bystander > 0).sum() == 90 * 25
    assert np.array_equal(cleanup.keep_person(labels, (0, 0), 4), kept)  # nobody stands there
    assert (cleanup.keep_person(labels, None, 4, frozenset({4})) == 4).sum() == 100
    assert np.array_equal(cleanup.keep_person(labels, None, 4, frozenset({0})), labels)


@pytest.mark.slow
@pytest.mark.parametrize("name", ALL)
def test_24_megapixels_take_less_than_a_second(name: str) -> None:
    """Of the processor's time, so that a busy machine does not count."""
    labels = np.repeat(np.repeat(np.pad(shirt(), ((20, 20), (0, 5))), 60, axis=0), 60, axis=1)
    generator = np.random.default_rng(0)
    for row, column, size in generator.integers(1, 60, (300, 3)) * (97, 63, 1):
        labels[row : row + size, column : column + size] = size % 5
    assert labels.size > 23_000_000
    begun = time.process_time()
    ALL[name](labels, 24)
    assert time.process_time() - begun < 1
