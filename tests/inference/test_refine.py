"""Borders that follow the photo."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chromadesk.guided import Guide
from chromadesk.inference.refine import refine


def disc(size: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """A bright disc on a dark, slightly noisy ground, and its mask (0 and 3)."""
    truth = np.zeros((size, size), dtype=np.uint8)
    cv2.circle(truth, (size // 2, size // 2), size // 3, 3, -1)
    noise = np.random.default_rng(seed).integers(0, 12, (size, size, 3))
    return (np.where(truth[..., None] > 0, 190, 60) + noise).astype(np.uint8), truth


def coarse(truth: np.ndarray, factor: int) -> np.ndarray:
    size = truth.shape[0] // factor
    planes = [(truth == index).astype(np.float32) for index in range(5)]
    return np.stack([cv2.resize(plane, (size, size), interpolation=cv2.INTER_NEAREST) for plane in planes])


@pytest.mark.parametrize("size", [240, 1600])
def test_stair_steps_give_way_to_the_photo_s_edges(size: int) -> None:
    pixels, truth = disc(size)
    chances = coarse(truth, size // 40)
    upsampled = np.stack([cv2.resize(plane, (size, size), interpolation=cv2.INTER_LINEAR) for plane in chances])
    before = (upsampled.argmax(axis=0) != truth).mean()
    after = (refine(chances, pixels) != truth).mean()
    assert after < 0.6 * before


def test_a_flat_photo_changes_nothing_but_softens_corners() -> None:
    _, truth = disc(200)
    labels = refine(coarse(truth, 5), np.full((200, 200, 3), 128, dtype=np.uint8))
    assert (labels != truth).mean() < 0.06


@given(st.integers(1, 40), st.integers(1, 40), st.integers(1, 20), st.integers(1, 20), st.integers(0, 9))
def test_any_size_and_only_the_classes_there_are(height: int, width: int, tall: int, wide: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    chances = np.zeros((5, tall, wide), dtype=np.float32)
    chances[2] = 1
    labels = refine(chances, rng.integers(0, 256, (height, width, 3), dtype=np.uint8))
    assert labels.shape == (height, width)
    assert labels.dtype == np.uint8
    assert (labels == 2).all()


@pytest.mark.parametrize("shape", [(700, 560), (431, 1033), (256, 512)])
def test_tiles_say_what_the_whole_photo_would(shape: tuple[int, int]) -> None:
    """The filter applied to all of the photo at once, every class everywhere."""
    rng = np.random.default_rng(shape[0])
    chances = cv2.resize(rng.random((5, 4, 5)).transpose(1, 2, 0), (33, 40)).transpose(2, 0, 1).astype(np.float32)
    pixels = cv2.GaussianBlur(rng.integers(0, 256, (*shape, 3), np.uint8), (0, 0), 4)
    scale = min(1.0, (120_000 / (shape[0] * shape[1])) ** 0.5)
    size = round(shape[1] * scale), round(shape[0] * scale)
    light = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    small = cv2.resize(light, size, interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    guide = Guide(small, max(1, round(5.0 * size[1] / 40)), 1e-3)
    values = []
    for plane in chances:
        slope, offset = (
            cv2.resize(each, shape[::-1], interpolation=cv2.INTER_LINEAR)
            for each in guide.coefficients(cv2.resize(plane, size, interpolation=cv2.INTER_LINEAR))
        )
        values.append(slope * (light.astype(np.float32) / 255) + offset)
    assert (refine(chances, pixels, fast=True) != np.argmax(values, axis=0)).mean() < 1e-4
