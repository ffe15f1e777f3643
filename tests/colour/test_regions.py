"""chromadesk.colour.regions: a coat and a skirt, told apart by a click on each."""

from __future__ import annotations

import numpy as np

from chromadesk.classes import COUNT
from chromadesk.colour.kept import Region
from chromadesk.colour.regions import told_apart


def figure() -> tuple[np.ndarray, np.ndarray]:
    """A coat above a skirt, touching; a scarf's end by itself."""
    pixels = np.full((200, 120, 3), 220, np.uint8)
    labels = np.zeros((200, 120), np.uint8)
    labels[20:180, 30:90], labels[20:40, 100:110] = 3, 3
    pixels[20:100, 30:90] = (40, 60, 120)
    pixels[100:180, 30:90] = (150, 40, 40)
    noise = np.random.default_rng(0).integers(-4, 5, pixels.shape)
    return np.clip(pixels + noise, 0, 255).astype(np.uint8), labels


def test_a_seed_takes_what_hangs_together_and_leaves_the_rest() -> None:
    pixels, labels = figure()
    found = told_apart(pixels, labels, [Region("look", 3, ((60, 60),))])
    assert (found[20:180, 30:90] == COUNT).all()
    assert (found[20:40, 100:110] == 3).all()
    assert np.array_equal(found == 0, labels == 0)


def test_two_seeds_meet_where_the_colour_changes() -> None:
    pixels, labels = figure()
    found = told_apart(pixels, labels, [Region("coat", 3, ((30, 40),)), Region("skirt", 3, ((170, 80), (110, 35)))])
    truth = np.where(labels == 3, 3, 0)
    truth[20:100, 30:90], truth[100:180, 30:90] = COUNT, COUNT + 1
    assert (found != truth).mean() < 0.01


def test_a_seed_that_left_its_class_counts_for_nothing() -> None:
    pixels, labels = figure()
    regions = [Region("coat", 3, ((30, 5),)), Region("hair", 4, ((30, 40),))]
    assert np.array_equal(told_apart(pixels, labels, regions), labels)
    assert np.array_equal(told_apart(pixels, labels, [Region("outside", 3, ((999, 999),))]), labels)


def test_large_photos_keep_their_own_edges() -> None:
    pixels, labels = figure()
    pixels, labels = pixels.repeat(8, 0).repeat(8, 1), labels.repeat(8, 0).repeat(8, 1)
    found = told_apart(pixels, labels, [Region("coat", 3, ((240, 320),)), Region("skirt", 3, ((1360, 640),))])
    assert np.array_equal(found >= COUNT, (labels == 3) & (np.arange(960) < 760))
    assert (found[: 100 * 8 - 8] != COUNT + 1).all()
    assert (found[100 * 8 + 8 :] != COUNT).all()
