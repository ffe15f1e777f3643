"""Hair turns grey and goes under caps, and nothing else changes."""

from __future__ import annotations

import numpy as np

from chromadesk.learning.heads import capped, greyed


def head(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Blue hair round a face, over clothes; the labels' high bits are set here and there."""
    labels = np.zeros((80, 60), dtype=np.uint8)
    labels[60:, 5:55] = 3
    labels[15:50, 15:45] = 4
    labels[25:55, 22:38] = 2
    pixels = rng.integers(0, 60, (80, 60, 3), dtype=np.uint8)
    pixels[..., 2] += 100
    return pixels, labels | np.uint8(0x80) * (rng.random(labels.shape) < 0.3)


def test_hair_turns_grey() -> None:
    rng = np.random.default_rng(0)
    pixels, labels = head(rng)
    grey = greyed(pixels, labels, rng)
    inside = grey[17:23, 18:42].astype(int)
    assert np.ptp(inside, axis=2).mean() < 20 < np.ptp(pixels[17:23, 18:42].astype(int), axis=2).mean()
    assert inside.mean() > 100
    assert np.array_equal(grey[:8], pixels[:8])
    assert np.array_equal(greyed(pixels, np.zeros_like(labels), rng), pixels)


def test_a_cap_is_an_accessory_over_the_hair() -> None:
    covered = []
    for seed in range(40):
        rng = np.random.default_rng(seed)
        pixels, labels = head(rng)
        photo, mask = capped(pixels, labels, rng)
        cap = mask != labels
        covered.append(cap[15:50, 15:45].mean())
        assert (mask[cap] & 0x07 == 1).all()
        assert np.array_equal(mask & 0xF8, labels & 0xF8)
        assert not cap[60:].any()  # no cap falls over the shoulders
        assert (mask & 0x07 == 4).sum() > 100  # some hair shows below it
        far = np.ones(cap.shape, bool)
        rows, columns = np.nonzero(cap)
        far[max(0, rows.min() - 4) : rows.max() + 5, max(0, columns.min() - 4) : columns.max() + 5] = False
        assert np.array_equal(photo[far], pixels[far])
    assert 0.1 < np.mean(covered) < 0.8


def test_without_a_head_there_is_no_cap() -> None:
    rng = np.random.default_rng(0)
    pixels, labels = head(rng)
    bald = np.where(labels & 0x07 == 4, 2, labels).astype(np.uint8)
    bald[0, 0] = 4
    photo, mask = capped(pixels, bald, rng)
    assert photo is pixels
    assert mask is bald
