"""Photo and mask move together."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chromadesk.learning.augment import augment

RAMP = np.linspace(40, 200, 5).astype(np.uint8)


def pair(seed: int, height: int = 96, width: int = 64) -> tuple[np.ndarray, np.ndarray]:
    """A photo whose brightness is its class, in blocks."""
    blocks = np.random.default_rng(seed).integers(0, 5, (height // 16, width // 16)).astype(np.uint8)
    labels = np.kron(blocks, np.ones((16, 16), dtype=np.uint8))
    return np.repeat(RAMP[labels][..., None], 3, axis=2), labels


@given(seed=st.integers(0, 500), kind=st.sampled_from(["none", "flip", "strong"]))
def test_samples_are_the_size_asked_for_and_invent_no_class(seed: int, kind: str) -> None:
    pixels, labels = pair(seed)
    photo, mask = augment(pixels, labels, (64, 32), kind, np.random.default_rng(seed))
    assert photo.shape == (64, 32, 3)
    assert photo.dtype == np.uint8
    assert mask.shape == (64, 32)
    assert set(np.unique(mask)) <= {0, 1, *np.unique(labels)}  # round a photo far away is background, a cap an accessory
    assert photo.flags.c_contiguous
    assert mask.flags.c_contiguous


@pytest.mark.parametrize("kind", ["none", "flip", "strong"])
def test_same_draws_same_sample(kind: str) -> None:
    pixels, labels = pair(3)
    first = augment(pixels, labels, (64, 32), kind, np.random.default_rng(7))
    again = augment(pixels, labels, (64, 32), kind, np.random.default_rng(7))
    assert np.array_equal(first[0], again[0])
    assert np.array_equal(first[1], again[1])


def test_photo_and_mask_stay_aligned(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_GREY", "_CAP"):  # hair would change its brightness
        monkeypatch.setattr(f"chromadesk.learning.augment.{name}", 0)
    # brightness stands for the class: whatever geometry was drawn, the order of mean brightnesses must be the classes'
    agreements = []
    for seed in range(60):
        photo, mask = augment(*pair(seed, 192, 128), (96, 64), "strong", np.random.default_rng(seed))
        present = [index for index in range(5) if (mask == index).sum() > 60]
        means = [np.median(photo[mask == index]) for index in present]
        agreements.append(all(a < b for a, b in itertools.pairwise(means)))
    assert np.mean(agreements) > 0.9


def test_flip_flips_both() -> None:
    pixels, labels = pair(5)
    seen = set()
    for seed in range(20):
        photo, mask = augment(pixels, labels, (96, 64), "flip", np.random.default_rng(seed))
        flipped = not np.array_equal(mask, labels)
        seen.add(flipped)
        assert np.array_equal(mask, labels[:, ::-1] if flipped else labels)
        assert np.array_equal(photo, pixels[:, ::-1] if flipped else pixels)
    assert seen == {True, False}


def test_tiny_photos_are_augmented_too() -> None:
    for seed in range(30):
        photo, _ = augment(
            np.zeros((5, 3, 3), np.uint8), np.zeros((5, 3), np.uint8), (32, 16), "strong", np.random.default_rng(seed)
        )
        assert photo.shape == (32, 16, 3)


def test_strong_shows_people_at_many_sizes() -> None:
    labels = np.zeros((192, 128), dtype=np.uint8)
    labels[20:180, 40:90] = 3
    pixels = np.repeat(RAMP[labels][..., None], 3, axis=2)
    shares = [
        (augment(pixels, labels, (64, 32), "strong", np.random.default_rng(seed))[1] > 0).mean() for seed in range(150)
    ]
    assert min(shares) < 0.1
    assert max(shares) > 0.9
    assert 0.3 < np.median(shares) < 0.75
