"""Distances of palettes, against a linear programme and by what a distance must do."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from chromadesk.colour.difference import delta_e00
from chromadesk.colour.distance import emd, micdm
from chromadesk.colour.swatch import Swatch

# Off the grid's centre, so that no two hues are exactly opposite: there CIEDE2000 has two values.
labs = st.tuples(
    st.floats(0, 100),
    st.integers(-900, 900).map(lambda a: a / 10 + 0.0137),
    st.integers(-900, 900).map(lambda b: b / 10 + 0.0071),
)
swatches = st.builds(Swatch, lab=labs, share=st.floats(0.001, 1.0))
palettes = st.lists(swatches, min_size=1, max_size=8)

BLACK, GREY, WHITE = (Swatch((lightness, 0.0, 0.0), 0.5) for lightness in (0.0, 50.0, 100.0))


def by_linear_programme(one: list[Swatch], two: list[Swatch]) -> float:
    """The cheapest way to move the shares of ``one`` to those of ``two``."""
    cost = delta_e00(np.array([s.lab for s in one])[:, None], np.array([s.lab for s in two])[None])
    supply, demand = (np.array([s.share for s in palette]) for palette in (one, two))
    rows = np.kron(np.eye(len(one)), np.ones(len(two)))
    columns = np.kron(np.ones(len(one)), np.eye(len(two)))
    wanted = np.concatenate([supply / supply.sum(), demand / demand.sum()])
    # One of the equations follows from the others; leaving it out keeps rounding from making them contradict.
    solved = linprog(cost.ravel(), A_eq=np.vstack([rows, columns])[:-1], b_eq=wanted[:-1], method="highs")
    assert solved.success
    return float(solved.fun)


@given(palettes, palettes)
def test_emd_is_the_optimum_of_the_linear_programme(one: list[Swatch], two: list[Swatch]) -> None:
    assert emd(one, two) == pytest.approx(by_linear_programme(one, two), abs=2e-3)


@given(palettes, palettes)
def test_both_are_symmetric_and_lie_within_the_ground_distances(one: list[Swatch], two: list[Swatch]) -> None:
    cost = delta_e00(np.array([s.lab for s in one])[:, None], np.array([s.lab for s in two])[None])
    for distance in (emd, micdm):
        assert distance(one, two) == pytest.approx(distance(two, one), abs=2e-3)
        assert cost.min() - 2e-3 <= distance(one, two) <= cost.max() + 2e-3
    assert emd(one, two) == emd(one, two)


@given(palettes)
def test_nothing_lies_between_a_palette_and_itself(one: list[Swatch]) -> None:
    doubled = [Swatch(swatch.lab, 3 * swatch.share) for swatch in reversed(one)]
    assert emd(one, doubled) == pytest.approx(0, abs=2e-3)
    assert micdm(one, doubled) == 0


@given(palettes, palettes, palettes)
def test_a_detour_is_hardly_ever_shorter(one: list[Swatch], two: list[Swatch], three: list[Swatch]) -> None:
    # CIEDE2000 itself keeps no triangle inequality; far apart it may fall short by a half.
    assert emd(one, three) <= 2 * (emd(one, two) + emd(two, three)) + 0.01


def test_emd_weighs_shares_and_micdm_does_not() -> None:
    whole = delta_e00(np.array(BLACK.lab), np.array(WHITE.lab))
    mostly_black = [Swatch(BLACK.lab, 0.9), Swatch(WHITE.lab, 0.1)]
    mostly_white = [Swatch(BLACK.lab, 0.1), Swatch(WHITE.lab, 0.9)]
    assert emd(mostly_black, mostly_white) == pytest.approx(0.8 * whole, abs=1e-3)
    assert micdm(mostly_black, mostly_white) == 0


def test_micdm_by_hand() -> None:
    half = float(delta_e00(np.array(BLACK.lab), np.array(GREY.lab)))
    # Black finds itself; grey's nearest in {black} is black: (0 + (0 + half) / 2) / 2.
    assert micdm([BLACK], [BLACK, GREY]) == pytest.approx(half / 4)


def test_a_swatch_without_a_share_does_not_count_for_emd() -> None:
    assert emd([BLACK, Swatch(WHITE.lab, 0.0)], [BLACK]) == 0


@pytest.mark.parametrize("empty", [[], [Swatch(WHITE.lab, 0.0)]])
def test_a_palette_without_colours_has_no_distance(empty: list[Swatch]) -> None:
    with pytest.raises(ValueError, match="without colours"):
        emd(empty, [BLACK])
    if not empty:
        with pytest.raises(ValueError, match="without colours"):
            micdm([BLACK], empty)
