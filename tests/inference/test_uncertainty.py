"""Doubt: about people, by rarity, the same at any size, and in words."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chromadesk.classes import NAMES
from chromadesk.inference.uncertainty import NOBODY, Doubt, doubt

BACKGROUND, ACCESSORIES, SKIN, CLOTHES, HAIR = range(5)


def chances(size: tuple[int, int] = (128, 64)) -> np.ndarray:
    """A person of whom the network is certain: hair, skin, clothes."""
    labels = np.zeros(size, np.intp)
    height, width = size
    labels[height // 8 : height // 4, width // 3 : 2 * width // 3] = HAIR
    labels[height // 4 : height // 3, width // 3 : 2 * width // 3] = SKIN
    labels[height // 3 : height - height // 8, width // 4 : 3 * width // 4] = CLOTHES
    return np.moveaxis(np.eye(5, dtype=np.float32)[labels], 2, 0).copy()


def undecided(made: np.ndarray, box: tuple[slice, slice], *between: int, by: float = 0.5) -> np.ndarray:
    """``made`` with a patch where the first class of ``between`` has ``by`` and the second the rest."""
    changed = made.copy()
    changed[(slice(None), *box)] = 0
    changed[(between[0], *box)] = by
    changed[(between[1], *box)] = 1 - by
    return changed


BELT = slice(80, 84), slice(20, 44)


def test_certainty_is_no_doubt() -> None:
    assert doubt(chances()).score == 0.0


def test_the_pair_in_doubt_is_named() -> None:
    for one, other, said in (
        (ACCESSORIES, CLOTHES, "accessories or clothes?"),
        (HAIR, SKIN, "skin or hair?"),
        (BACKGROUND, CLOTHES, "clothes or background?"),
    ):
        found = doubt(undecided(chances(), BELT, one, other, by=0.55))
        assert found.reason == said
        assert 0 < found.score < 1


def test_a_doubtful_belt_counts_more_than_a_doubtful_hem_and_a_pavement_not_at_all() -> None:
    belt = doubt(undecided(chances(), BELT, CLOTHES, ACCESSORIES)).score
    hem = doubt(undecided(chances(), BELT, CLOTHES, BACKGROUND)).score
    assert belt > 1.5 * hem
    pavement = undecided(chances(), (slice(120, 128), slice(0, 64)), BACKGROUND, CLOTHES, by=0.93)
    assert doubt(pavement).score == 0.0


def test_the_more_doubt_the_higher() -> None:
    scores = [doubt(undecided(chances(), BELT, CLOTHES, ACCESSORIES, by=by)).score for by in (0.5, 0.6, 0.8, 1.0)]
    assert scores == sorted(scores, reverse=True)
    assert scores[-1] == 0.0


def test_size_and_framing_cancel_out() -> None:
    made = undecided(chances(), BELT, CLOTHES, ACCESSORIES, by=0.6)
    expected = doubt(made)
    large = made.repeat(12, axis=1).repeat(12, axis=2)
    assert doubt(large).score == pytest.approx(expected.score, abs=0.02)
    assert doubt(large).reason == expected.reason
    wide = np.zeros((5, 160, 300), np.float32)
    wide[BACKGROUND] = 1
    wide[:, 16:144, 100:164] = made
    assert doubt(wide).score == pytest.approx(expected.score, abs=1e-6)


def test_nobody_found() -> None:
    empty = np.zeros((5, 64, 64), np.float32)
    empty[BACKGROUND] = 1
    assert doubt(empty) == Doubt(1.0, NOBODY)
    speck = undecided(empty, (slice(0, 3), slice(0, 3)), CLOTHES, BACKGROUND, by=0.9)
    assert doubt(speck).reason == NOBODY


@given(
    seed=st.integers(0, 1000), height=st.integers(1, 700), width=st.integers(1, 700), sharp=st.sampled_from([0.1, 1, 9])
)
def test_any_probabilities_give_a_score_and_a_reason(seed: int, height: int, width: int, sharp: float) -> None:
    grown = np.exp(np.random.default_rng(seed).normal(0, sharp, (5, height, width))).astype(np.float32)
    found = doubt(grown / grown.sum(axis=0))
    assert 0 <= found.score <= 1
    assert found.reason == NOBODY or set(found.reason.rstrip("?").split(" or ")) < set(NAMES)


def test_it_needs_no_torch() -> None:
    script = "import sys, chromadesk.inference.uncertainty; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
