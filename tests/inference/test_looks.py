"""How a photo is looked at: proportions kept, people found and looked at again."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chromadesk.inference.looks import fit, look
from chromadesk.inference.quality import QUALITIES, Quality

AREA = 64 * 64 * 8


class Eye:
    """Takes bright for clothes, and remembers the sizes it was shown."""

    def __init__(self) -> None:
        self.seen: list[tuple[int, ...]] = []

    def __call__(self, photos: np.ndarray) -> np.ndarray:
        self.seen.append(photos.shape)
        bright = (photos[..., 0] > 127).astype(np.float32)
        chances = np.zeros((len(photos), 5, *photos.shape[1:3]), dtype=np.float32)
        chances[:, 3], chances[:, 0] = bright, 1 - bright
        return chances


def photo(height: int, width: int, *people: tuple[int, int, int, int]) -> np.ndarray:
    pixels = np.zeros((height, width, 3), dtype=np.uint8)
    for top, left, tall, wide in people:
        pixels[top : top + tall, left : left + wide] = 255
    return pixels


@given(st.integers(1, 5000), st.integers(1, 5000))
def test_sizes_keep_the_proportions(height: int, width: int) -> None:
    size = fit((height, width), AREA)
    assert all(side % 32 == 0 and 64 <= side <= 2048 for side in size)
    if 0.25 < height / width < 4:
        assert size[0] / size[1] == pytest.approx(height / width, rel=0.3)
        assert size[0] * size[1] == pytest.approx(AREA, rel=0.35)


@pytest.mark.parametrize("quality", QUALITIES)
@pytest.mark.parametrize("size", [(1, 1), (3, 900), (300, 200), (200, 300)])
def test_every_photo_comes_out_whole(quality: Quality, size: tuple[int, int]) -> None:
    chances = look(photo(*size, (size[0] // 3, size[1] // 3, 1 + size[0] // 4, 1 + size[1] // 9)), Eye(), AREA, quality)
    assert chances.shape[0] == 5
    assert chances.dtype == np.float32
    assert chances.sum(axis=0) == pytest.approx(np.ones(chances.shape[1:]), abs=1e-4)


def test_fast_looks_once() -> None:
    eye = Eye()
    look(photo(400, 600, (100, 300, 60, 30)), eye, AREA, "fast")
    assert len(eye.seen) == 1


def test_a_small_person_is_looked_at_closely() -> None:
    pixels = photo(1000, 1500, (400, 700, 200, 90))
    eye = Eye()
    chances = look(pixels, eye, AREA, "standard")
    afar, close = eye.seen
    assert close[1] > close[2]  # tall as the person, where the photo is wide
    assert chances.shape[1] > afar[1]
    found = chances[3] > 0.5
    scale = chances.shape[1] / 1000
    rows, columns = np.flatnonzero(found.any(axis=1)), np.flatnonzero(found.any(axis=0))
    assert rows[[0, -1]] / scale == pytest.approx([400, 600], abs=3)
    assert columns[[0, -1]] / scale == pytest.approx([700, 790], abs=3)


def test_who_fills_the_photo_is_looked_at_with_it() -> None:
    eye = Eye()
    look(photo(300, 200, (5, 5, 290, 190)), eye, AREA, "standard")
    assert eye.seen[-1][1:3] == fit((300, 200), AREA)


def test_nobody_found_the_whole_photo_is_looked_at() -> None:
    eye = Eye()
    look(photo(300, 200), eye, AREA, "standard")
    assert [size[1:3] for size in eye.seen] == [fit((300, 200), AREA / 2), fit((300, 200), AREA)]


def test_careful_looks_at_each_person_and_in_the_mirror() -> None:
    pixels = photo(600, 1200, (100, 100, 300, 100), (120, 900, 280, 120))
    eye = Eye()
    chances = look(pixels, eye, AREA, "careful")
    assert [size[0] for size in eye.seen] == [1, 2, 2, 2, 2]
    mirrored = look(pixels[:, ::-1], Eye(), AREA, "careful")
    assert (chances.argmax(0) != mirrored.argmax(0)[:, ::-1]).mean() < 0.01
