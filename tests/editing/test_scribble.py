"""Scribble assist on pictures whose regions are known, and on a real proposal of a wrong region."""

from __future__ import annotations

import time

import numpy as np
import pytest

from chromadesk.editing import brush, scribble

SIZE = (200, 160)
GROUND, BOOT = (185, 180, 170), (90, 50, 40)
REGION = np.s_[110:170, 60:90]


@pytest.fixture
def pixels() -> np.ndarray:
    """A brown boot on pale ground, with some grain."""
    made = np.empty((*SIZE, 3), np.uint8)
    made[:] = GROUND
    made[REGION] = BOOT
    grain = np.random.default_rng(0).normal(0, 3, made.shape)
    return np.clip(made + grain, 0, 255).astype(np.uint8)


def truth() -> np.ndarray:
    labels = np.zeros(SIZE, bool)
    labels[REGION] = True
    return labels


def chances(certain: int) -> np.ndarray:
    """Coarse scores that take the boot for clothes and give accessories ``certain`` of 255 there."""
    made = np.zeros((5, SIZE[0] // 2, SIZE[1] // 2), np.uint8)
    made[0] = 250
    made[1] = 5
    boot = np.s_[55:85, 30:45]
    made[0][boot], made[1][boot], made[3][boot] = 0, certain, 255 - certain
    return made


def plane(box, mask) -> np.ndarray:
    painted = np.zeros(SIZE, bool)
    painted[box.slices] = mask
    return painted


LINE = brush.stroke([(75, 125), (74, 155)], 5)


@pytest.mark.parametrize("scores", [None, 5, 100])
def test_a_scribble_flips_the_whole_boot_and_stops_at_its_edge(pixels: np.ndarray, scores: int | None) -> None:
    labels = np.zeros(SIZE, np.uint8)
    labels[REGION] = 3
    given = None if scores is None else chances(scores)
    found = plane(*scribble.decide(pixels, labels, LINE, 1, given))
    wrong = found != truth()
    assert np.count_nonzero(wrong) <= 0.04 * truth().sum()
    rows, columns = np.nonzero(wrong)
    assert ((rows < 114) | (rows > 165) | (columns < 64) | (columns > 85)).all()  # at the border only


def test_scores_keep_it_from_what_only_looks_alike(pixels: np.ndarray) -> None:
    pixels[110:170, 90:120] = pixels[110:170, 60:90]  # trousers as brown as the boot, beside it
    labels = np.zeros(SIZE, np.uint8)
    labels[110:170, 60:120] = 3
    given = chances(120)
    given[0, 55:85, 45:60], given[3, 55:85, 45:60], given[1, 55:85, 45:60] = 0, 255, 0
    alone = plane(*scribble.decide(pixels, labels, LINE, 1))
    helped = plane(*scribble.decide(pixels, labels, LINE, 1, given))
    beyond = np.s_[115:165, 96:120]
    assert np.count_nonzero(helped[beyond]) < 0.2 * np.count_nonzero(alone[beyond]) + 20
    assert np.count_nonzero(helped & truth()) > 0.9 * truth().sum()


def test_what_was_scribbled_is_always_among_it() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (*SIZE, 3), np.uint8)
    labels = np.random.default_rng(2).integers(0, 5, SIZE).astype(np.uint8)
    line = brush.stroke([(-10, 20), (100, 199)], 7)
    found = plane(*scribble.decide(noise, labels, line, 2, chances(9)))
    box, mask = line
    rows, columns = np.nonzero(mask)
    rows, columns = rows + box.top, columns + box.left
    inside = (rows >= 0) & (rows < SIZE[0]) & (columns >= 0) & (columns < SIZE[1])
    assert inside.any()
    assert found[rows[inside], columns[inside]].all()


def test_another_boot_that_hangs_not_together_stays(pixels: np.ndarray) -> None:
    pixels[110:170, 100:130] = pixels[110:170, 60:90]
    labels = np.zeros(SIZE, np.uint8)
    found = plane(*scribble.decide(pixels, labels, LINE, 1))
    assert found[140, 75]
    assert not found[:, 100:130].any()


def test_outside_the_photo_nothing_happens(pixels: np.ndarray) -> None:
    box, mask = scribble.decide(pixels, np.zeros(SIZE, np.uint8), brush.stroke([(-30, 5), (-20, 9)], 5), 1)
    assert box.empty
    assert mask.size == 0


@pytest.mark.parametrize("size", [(1, 1), (1, 7), (9, 1), (5, 6)])
def test_photos_of_few_pixels(size: tuple[int, int]) -> None:
    box, mask = scribble.decide(
        np.zeros((*size, 3), np.uint8),
        np.zeros(size, np.uint8),
        brush.dab((0.5, 0.5), 3),
        4,
        np.zeros((5, 1, 1), np.uint8),
    )
    painted = np.zeros(size, bool)
    painted[box.slices] = mask
    assert painted[0, 0]


def test_a_large_photo_keeps_its_edges_and_takes_bounded_time(pixels: np.ndarray) -> None:
    large = pixels.repeat(30, axis=0).repeat(25, axis=1)  # 24 megapixels
    labels = np.zeros(large.shape[:2], np.uint8)
    labels[110 * 30 : 170 * 30, 60 * 25 : 90 * 25] = 3
    line = brush.stroke([(75 * 25, 125 * 30), (74 * 25, 155 * 30)], 60)
    began = time.thread_time()
    box, mask = scribble.decide(large, labels, line, 1, chances(100))
    assert time.thread_time() - began < 4  # 0.1 s where nothing else runs
    painted = np.zeros(labels.shape, bool)
    painted[box.slices] = mask
    both, either = np.count_nonzero(painted & (labels == 3)), np.count_nonzero(painted | (labels == 3))
    assert both / either > 0.95
