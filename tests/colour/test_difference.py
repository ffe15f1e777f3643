"""chromadesk.colour.difference against colour-science, and the pairs that tell a right CIEDE2000 from a wrong one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chromadesk.colour.difference import delta_e00

LABS = st.tuples(st.floats(0, 100), st.floats(-100, 100), st.floats(-100, 100))


@pytest.mark.parametrize(
    ("one", "two", "expected"),  # from the table of Sharma, Wu, Dalal (2005)
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, -1.3802, -84.2814), (50, 0, -82.7485), 1.0000),
        ((50, 0, 0), (50, -1, 2), 2.3669),
        ((50, 2.49, -0.001), (50, -2.49, 0.0009), 7.1792),
        ((50, 2.49, -0.001), (50, -2.49, 0.0011), 7.2195),
        ((50, -0.001, 2.49), (50, 0.0011, -2.49), 4.7461),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((2.0776, 0.0795, -1.135), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_the_published_pairs(one: tuple[float, ...], two: tuple[float, ...], expected: float) -> None:
    assert delta_e00(np.array(one), np.array(two)) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("textiles", [False, True])
def test_as_colour_science_has_it(textiles: bool) -> None:
    colour = pytest.importorskip("colour")
    random = np.random.default_rng(0)
    one = random.uniform([0, -100, -100], [100, 100, 100], (5000, 3))
    two = one + random.normal(0, 6, one.shape)
    theirs = colour.difference.delta_E_CIE2000(one, two, textiles=textiles)
    np.testing.assert_allclose(delta_e00(one, two, lightness=2.0 if textiles else 1.0), theirs, atol=1e-9)


@given(LABS, LABS)
def test_no_negative_no_nan_and_nothing_to_itself(one: tuple[float, ...], two: tuple[float, ...]) -> None:
    apart = float(delta_e00(np.array(one), np.array(two)))
    assert apart >= 0
    assert float(delta_e00(np.array(one), np.array(one))) == 0


def test_shapes_are_broadcast() -> None:
    assert delta_e00(np.zeros((4, 1, 3)), np.zeros((1, 5, 3))).shape == (4, 5)
