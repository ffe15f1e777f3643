"""Munsell notation: the renotation's chips, colour-science as oracle, and no colour without an answer."""

from __future__ import annotations

import re

import numpy as np
import pytest
from colour import CCS_ILLUMINANTS, MUNSELL_COLOURS, xyY_to_munsell_colour
from hypothesis import given
from hypothesis import strategies as st

from chromadesk.colour import munsell, spaces
from chromadesk.colour.spaces import Floats

X, Y = CCS_ILLUMINANTS["CIE 1931 2 Degree Standard Observer"]["C"]
C: Floats = np.array([X / Y, 1.0, (1 - X - Y) / Y])
FAMILIES = ("R", "YR", "Y", "GY", "G", "BG", "B", "PB", "P", "RP")


def hue_of(step: float, family: str) -> float:
    return FAMILIES.index(family) * 10 + step


def hues_apart(one: float, two: float) -> float:
    return abs((one - two + 50) % 100 - 50)


def read(text: str) -> tuple[float, float, float]:
    """Hue (0-100), value, chroma of a notation that is not neutral."""
    found = re.fullmatch(r"([\d.]+)([A-Z]+) ([\d.]+)/([\d.]+)", text)
    assert found is not None, text
    step, family, value, chroma = found.groups()
    return hue_of(float(step), family), float(value), float(chroma)


def chip(hue: str, value: float, chroma: float) -> tuple[float, float, float]:
    """A chip of the renotation as it looks under D65."""
    (x, y, _), *_ = (xyy for name, xyy in MUNSELL_COLOURS["real"] if name == (hue, value, chroma))
    luminance = float(munsell.luminance(np.array(value)))
    under_c = np.array([x / y * luminance, luminance, (1 - x - y) / y * luminance])
    lightness, a, b = spaces.xyz_to_lab(spaces.adapted(under_c, C, spaces.WHITE)).tolist()
    return lightness, a, b


@pytest.mark.parametrize(
    ("hue", "value", "chroma", "expected"),
    [
        ("5R", 4.0, 14.0, "5.0R 4.0/14.0"),
        ("10Y", 8.0, 10.0, "10.0Y 8.0/10.0"),
        ("2.5GY", 6.0, 6.0, "2.5GY 6.0/6.0"),
        ("10RP", 5.0, 8.0, "10.0RP 5.0/8.0"),
        ("7.5YR", 7.0, 4.0, "7.5YR 7.0/4.0"),
        ("5B", 3.0, 2.0, "5.0B 3.0/2.0"),
    ],
)
def test_a_chip_is_called_by_its_name(hue: str, value: float, chroma: float, expected: str) -> None:
    told = munsell.notation(chip(hue, value, chroma))
    assert read(told) == pytest.approx(read(expected), abs=0.11)  # the last figure may round either way


def test_all_chips_of_the_book() -> None:
    """Of the real chips up to chroma 26: nearly all within a tenth of the hue step of 2.5, all within half of one."""
    off = []
    for (name, value, chroma), _ in MUNSELL_COLOURS["real"][::7]:
        if chroma <= 26:
            step, family = re.fullmatch(r"([\d.]+)([A-Z]+)", name).groups()
            hue, found, saturation = munsell.specification(chip(name, value, chroma))
            off.append((hues_apart(hue, hue_of(float(step), family)), abs(found - value), abs(saturation - chroma)))
    worst = np.max(off, axis=0)
    assert (worst < (1.3, 0.15, 1.0)).all(), worst
    assert (np.percentile(off, 95, axis=0) < (0.25, 0.1, 0.3)).all(), np.percentile(off, 95, axis=0)


# It warns of colours that no surface has.
@pytest.mark.filterwarnings("ignore::colour.utilities.ColourUsageWarning")
def test_colour_science_says_the_same() -> None:
    """From value 1 to 9: above, its chroma is stretched so that only white has value 10. It tells one decimal."""
    compared = 0
    for rgb in np.random.default_rng(4).integers(0, 256, (24, 3)):
        lab = spaces.srgb_to_lab(rgb / 255)
        xyz = spaces.adapted(spaces.lab_to_xyz(lab), spaces.WHITE, C)
        try:
            told = xyY_to_munsell_colour(np.array([xyz[0] / xyz.sum(), xyz[1] / xyz.sum(), xyz[1]]))
        except (RuntimeError, AssertionError, ValueError, IndexError):
            continue  # it does not know every colour of sRGB
        hue, value, chroma = read(told)
        if not 1 <= value <= 9 or chroma < 1:
            continue
        found = munsell.specification(tuple(lab.tolist()))
        assert hues_apart(found[0], hue) < 0.6, told
        assert found[1:] == pytest.approx((value, chroma), abs=0.8), told
        assert found[1] == pytest.approx(value, abs=0.15), told
        compared += 1
    assert compared > 15


@pytest.mark.parametrize(("grey", "expected"), [(0, "N 0.0"), (122, "N 5.0"), (255, "N 10.0")])
def test_neutral_colours_have_no_hue(grey: int, expected: str) -> None:
    lightness, a, b = spaces.srgb_to_lab(np.full(3, grey / 255)).tolist()
    assert munsell.notation((lightness, a, b)) == expected


def test_value_is_that_of_astm_d1535() -> None:
    # Y (%) at values 1 to 9 as the standard tabulates them, two decimals.
    tabulated = [1.18, 3.05, 6.39, 11.70, 19.27, 29.30, 42.00, 57.62, 76.70]
    assert munsell.luminance(np.arange(1.0, 10.0)) * 100 == pytest.approx(tabulated, abs=0.02)


@given(st.tuples(st.floats(-20, 130), st.floats(-300, 300), st.floats(-300, 300)))
def test_every_colour_has_a_notation(lab: tuple[float, float, float]) -> None:
    assert re.fullmatch(
        r"(10\.0|[0-9]\.[0-9])(R|YR|Y|GY|G|BG|B|PB|P|RP) \d+\.\d/\d+\.\d|N \d+\.\d", munsell.notation(lab)
    )


@given(st.floats(15, 90), st.floats(0, 360), st.floats(3, 60))
def test_neighbours_have_neighbouring_notations(lightness: float, hue: float, chroma: float) -> None:
    near, far = (spaces.from_polar(np.array([lightness, chroma, hue + step])).tolist() for step in (0.0, 0.2))
    one, two = (munsell.specification((lab[0], lab[1], lab[2])) for lab in (near, far))
    assert hues_apart(one[0], two[0]) < 1.5
    assert one[2] == pytest.approx(two[2], abs=0.6)
