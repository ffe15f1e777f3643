from __future__ import annotations

import numpy as np
import pytest

from chromadesk.guided import Guide


def test_a_blurred_step_comes_back_to_the_edge_of_the_photo() -> None:
    light = np.full((40, 60), 0.2, np.float32)
    light[:, 30:] = 0.8
    coarse = np.clip((np.arange(60, dtype=np.float32) - 24) / 12, 0, 1)
    slope, offset = Guide(light, 8, 1e-3).coefficients(np.tile(coarse, (40, 1)))
    found = slope * light + offset
    assert (found[:, :30] < 0.5).all()
    assert (found[:, 30:] > 0.5).all()


def test_where_the_photo_is_flat_it_is_a_mean() -> None:
    plane = np.random.default_rng(0).random((50, 50), np.float32)
    slope, offset = Guide(np.full((50, 50), 0.5, np.float32), 3, 1e-3).coefficients(plane)
    found = slope * np.float32(0.5) + offset
    inner = plane[25 - 6 : 25 + 7, 25 - 6 : 25 + 7]
    means = np.lib.stride_tricks.sliding_window_view(inner, (7, 7)).mean(axis=(2, 3))
    assert found[25, 25] == pytest.approx(means.mean(), abs=1e-4)
