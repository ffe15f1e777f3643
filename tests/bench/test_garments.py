"""chromadesk.bench.garments: their truth is true, and ours is the palette that comes nearest to it."""

from __future__ import annotations

import numpy as np
import pytest

from chromadesk.bench import garments
from chromadesk.colour import spaces
from chromadesk.colour.difference import delta_e00


@pytest.mark.parametrize("count", [1, 4, 8])
def test_a_garment_has_its_colours_and_a_mask_that_errs(count: int) -> None:
    sample = garments.garment(count, 0)
    assert sample.colours.shape == (count, 3)
    labs = spaces.srgb_to_lab(sample.colours / 255.0)
    apart = delta_e00(labs[:, None], labs[None]) + 100 * np.eye(count)
    assert apart.min() > 8
    inside = sample.pixels[sample.labels == 3]
    near = delta_e00(spaces.srgb_to_lab(inside / 255.0)[:, None], labs[None])
    shares = np.bincount(near.argmin(axis=1), minlength=count) / len(inside)
    assert shares.min() > 0.03
    assert np.array_equal(sample.pixels, garments.garment(count, 0).pixels)


def test_ours_is_within_two_and_nearer_than_the_others() -> None:
    ours, unasked, *others = garments.measure(1)
    assert ours["mean_error"] < 2.0
    assert unasked["mean_error"] < 2.0
    assert len(others) >= 2
    assert ours["mean_error"] < min(other["mean_error"] for other in others)
    assert ours["mean_surplus"] < min(other["mean_surplus"] for other in others)
