from __future__ import annotations

import numpy as np

from chromadesk.inference.scores import quantise


def test_small_scores_keep_their_size() -> None:
    chances = np.random.default_rng(0).dirichlet(np.ones(5), (40, 30)).transpose(2, 0, 1).astype(np.float32)
    kept = quantise(chances)
    assert (kept.shape, kept.dtype) == ((5, 40, 30), np.uint8)
    assert np.abs(kept / 255 - chances).max() <= 0.5 / 255 + 1e-6


def test_large_scores_are_averaged_down_in_their_proportions() -> None:
    chances = np.zeros((5, 1000, 800), np.float32)
    chances[0, :500], chances[3, 500:] = 1, 1
    kept = quantise(chances)
    assert kept.shape[1] * kept.shape[2] <= 200_000
    assert abs(kept.shape[1] / kept.shape[2] - 1000 / 800) < 0.01
    assert (kept[0, : kept.shape[1] // 2 - 1] == 255).all()
    assert (kept[3, kept.shape[1] // 2 + 1 :] == 255).all()


def test_one_pixel() -> None:
    assert quantise(np.ones((5, 1, 1), np.float32)).tolist() == [[[255]]] * 5
