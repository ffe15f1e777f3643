from __future__ import annotations

import numpy as np
import pytest

from chromadesk.colour.spaces import from_bytes, srgb_to_lab
from chromadesk.editing.likeness import lab, sample, unlikeness


def test_lab_is_that_of_the_palette() -> None:
    colours = np.array([[250, 190, 8], [0, 0, 0], [255, 255, 255], [147, 225, 245], [224, 16, 115]], np.uint8)
    for colour in colours:
        found = lab(np.tile(colour, (7, 7, 1)))
        assert found[3, 3] == pytest.approx(srgb_to_lab(from_bytes(colour[None]))[0], abs=1.5)


def test_the_nearest_example_counts_or_a_later_one() -> None:
    colours = np.array([[[0, 0, 0], [10, 0, 0]]], np.float32)
    examples = np.array([[0, 0, 0], [3, 4, 0], [10, 0, 0]], np.float32)
    assert unlikeness(colours, examples) == pytest.approx(np.array([[0, 0]]), abs=1e-3)
    assert unlikeness(colours, examples, 2) == pytest.approx(np.array([[5, 65**0.5]]), abs=1e-3)
    assert unlikeness(colours, examples, 9) == pytest.approx(np.array([[10, 10]]), abs=1e-3)


def test_a_sample_is_spread_evenly() -> None:
    colours = np.arange(30, dtype=np.float32).reshape(10, 3)
    assert sample(colours, 20) is colours
    assert sample(colours, 5)[:, 0].tolist() == [0, 6, 12, 18, 24]
