"""chromadesk.colour.clusters: as tight as scikit-learn's, centres that are held stay."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chromadesk.colour.clusters import cluster


def points(seed: int, count: int = 400) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    middle = random.uniform(-0.3, 0.7, (6, 3))
    return middle[random.integers(0, 6, count)] + random.normal(0, 0.05, (count, 3)), random.integers(
        1, 50, count
    ) * 1.0


def inertia(found: np.ndarray, weights: np.ndarray, centres: np.ndarray) -> float:
    return float((((found[:, None] - centres) ** 2).sum(-1).min(1) * weights).sum())


@pytest.mark.parametrize("k", [1, 2, 5, 9])
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_as_tight_as_scikit_learns(k: int, seed: int) -> None:
    oracle = pytest.importorskip("sklearn.cluster")
    places, weights = points(seed)
    best = oracle.KMeans(k, n_init=8, random_state=0).fit(places, sample_weight=weights).inertia_
    centres, which = cluster(places, weights, k)
    assert inertia(places, weights, centres) <= best * 1.05
    assert np.array_equal(which, ((places[:, None] - centres) ** 2).sum(-1).argmin(1))


@given(st.integers(0, 99), st.integers(1, 8), st.integers(0, 4))
def test_held_centres_stay_and_every_point_has_the_nearest(seed: int, k: int, held: int) -> None:
    places, weights = points(seed, 60)
    fixed = np.random.default_rng(seed + 1).uniform(-1, 1, (held, 3))
    centres, which = cluster(places, weights, k, fixed)
    assert np.array_equal(centres[:held], fixed)
    assert len(centres) == max(k, held)
    assert np.array_equal(centres, cluster(places, weights, k, fixed)[0])
    near = ((places[:, None] - centres) ** 2).sum(-1)
    assert np.allclose(near[np.arange(len(places)), which], near.min(1))


def test_fewer_points_than_centres_are_their_own() -> None:
    places = np.eye(3)
    centres, which = cluster(places, np.ones(3), 5)
    assert np.array_equal(centres, places)
    assert which.tolist() == [0, 1, 2]
