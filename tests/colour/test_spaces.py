"""chromadesk.colour.spaces against colour-science, and against itself."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from chromadesk.classes import PALETTE
from chromadesk.colour import spaces


@pytest.fixture(scope="module")
def oracle():
    return pytest.importorskip("colour")


def grid() -> np.ndarray:
    """9 x 9 x 9 sRGB colours, the corners of the cube among them, and the class colours; 0-255."""
    steps = np.rint(np.linspace(0, 255, 9))
    return np.vstack([np.array(list(itertools.product(steps, repeat=3))), PALETTE]).astype(np.uint8)


def test_linear_light_is_the_standards(oracle) -> None:
    srgb = spaces.from_bytes(grid())
    np.testing.assert_allclose(spaces.srgb_to_linear(srgb), oracle.cctf_decoding(srgb, "sRGB"), atol=1e-6)


def test_xyz_is_colour_sciences(oracle) -> None:
    srgb = spaces.from_bytes(grid())
    expected = oracle.RGB_to_XYZ(srgb, "sRGB", apply_cctf_decoding=True)
    np.testing.assert_allclose(spaces.linear_to_xyz(spaces.srgb_to_linear(srgb)), expected, atol=1e-4)


def test_lab_is_colour_sciences(oracle) -> None:
    srgb = spaces.from_bytes(grid())
    illuminant = oracle.CCS_ILLUMINANTS["CIE 1931 2 Degree Standard Observer"]["D65"]
    xyz = spaces.linear_to_xyz(spaces.srgb_to_linear(srgb))
    np.testing.assert_allclose(spaces.srgb_to_lab(srgb), oracle.XYZ_to_Lab(xyz, illuminant), atol=1e-4)


def test_oklab_is_colour_sciences(oracle) -> None:
    srgb = spaces.from_bytes(grid())
    xyz = spaces.linear_to_xyz(spaces.srgb_to_linear(srgb))
    np.testing.assert_allclose(spaces.srgb_to_oklab(srgb), oracle.XYZ_to_Oklab(xyz), atol=1e-4)


@pytest.mark.parametrize(
    ("rgb", "lab"),
    [
        ((255, 255, 255), (100.0, 0.0, 0.0)),
        ((0, 0, 0), (0.0, 0.0, 0.0)),
        ((255, 0, 0), (53.23, 80.11, 67.22)),
        ((119, 119, 119), (50.03, 0.0, 0.0)),
    ],
)
def test_known_colours(rgb: tuple[int, int, int], lab: tuple[float, float, float]) -> None:
    got = spaces.srgb_to_lab(spaces.from_bytes(np.array(rgb, dtype=np.uint8)))
    np.testing.assert_allclose(got, lab, atol=0.02)


def test_oklab_and_back_gives_the_same_bytes() -> None:
    colours = grid()
    back = spaces.lab_to_srgb(spaces.oklab_to_lab(spaces.srgb_to_oklab(spaces.from_bytes(colours))))
    np.testing.assert_array_equal(spaces.to_bytes(back), colours)


@given(npst.arrays(np.float64, (7, 3), elements=st.floats(-0.5, 1.5)))
def test_transfer_curve_inverts_even_outside_the_gamut(srgb: np.ndarray) -> None:
    np.testing.assert_allclose(spaces.linear_to_srgb(spaces.srgb_to_linear(srgb)), srgb, atol=1e-6)


def test_bytes_are_clipped_and_rounded() -> None:
    np.testing.assert_array_equal(spaces.to_bytes(np.array([-0.2, 0.5, 1.7])), [0, 128, 255])


def test_whites_and_polar_forms_are_colour_sciences(oracle) -> None:
    srgb = spaces.from_bytes(grid())
    xyz = spaces.linear_to_xyz(spaces.srgb_to_linear(srgb))
    theirs = oracle.adaptation.matrix_chromatic_adaptation_VonKries(spaces.WHITE, spaces.D50, "Bradford")
    np.testing.assert_allclose(spaces.adaptation(spaces.WHITE, spaces.D50), theirs, atol=1e-4)
    white = oracle.XYZ_to_xy(spaces.D50)
    lab = spaces.lab_to_white(spaces.xyz_to_lab(xyz), spaces.WHITE, spaces.D50)
    np.testing.assert_allclose(lab, oracle.XYZ_to_Lab(xyz @ theirs.T, white), atol=1e-3)
    np.testing.assert_allclose(spaces.to_polar(lab), oracle.Lab_to_LCHab(lab), atol=1e-6)
    np.testing.assert_allclose(spaces.oklab_to_xyz(spaces.xyz_to_oklab(xyz)), xyz, atol=1e-9)


@given(npst.arrays(np.float64, (5, 3), elements=st.floats(0, 1)))
def test_ways_there_lead_back(srgb: np.ndarray) -> None:
    lab = spaces.srgb_to_lab(srgb)
    np.testing.assert_allclose(spaces.lab_to_srgb(lab), srgb, atol=1e-9)
    np.testing.assert_allclose(spaces.oklab_to_lab(spaces.lab_to_oklab(lab)), lab, atol=1e-6)
    np.testing.assert_allclose(spaces.from_polar(spaces.to_polar(lab)), lab, atol=1e-9)
