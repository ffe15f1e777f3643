"""chromadesk.colour.source: ICC's curves in floats, as littleCMS evaluates them; damaged profiles are not used."""

from __future__ import annotations

import io
import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from chromadesk.colour import source, spaces
from tests.icc import fixed, profile

COLUMNS = {b"rXYZ": (0.4360, 0.2225, 0.0139), b"gXYZ": (0.3851, 0.7169, 0.0971), b"bXYZ": (0.1431, 0.0606, 0.7141)}
CURVES = {
    "straight": b"curv\0\0\0\0" + struct.pack(">I", 0),
    "gamma": b"curv\0\0\0\0" + struct.pack(">IH", 1, 563),
    "table": b"curv\0\0\0\0" + struct.pack(">I9H", 9, *(round(65535 * (step / 8) ** 2) for step in range(9))),
    "para 0": b"para\0\0\0\0" + struct.pack(">HH", 0, 0) + fixed(1.8),
    "para 1": b"para\0\0\0\0" + struct.pack(">HH", 1, 0) + fixed(2.2, 0.9, 0.1),
    "para 2": b"para\0\0\0\0" + struct.pack(">HH", 2, 0) + fixed(2.0, 0.8, 0.1, 0.05),
    "para 3": b"para\0\0\0\0" + struct.pack(">HH", 3, 0) + fixed(2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045),
    "para 4": b"para\0\0\0\0" + struct.pack(">HH", 4, 0) + fixed(2.4, 0.9, 0.06, 0.08, 0.05, 0.01, 0.002),
}


def made(curve: bytes, space: bytes = b"RGB ") -> bytes:
    tags = dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve)
    tags |= {key: b"XYZ \0\0\0\0" + fixed(*column) for key, column in COLUMNS.items()}
    return profile(space, b"XYZ ", b"mntr", "Made", tags)


@pytest.mark.parametrize("curve", CURVES.values(), ids=CURVES)
def test_as_little_cms_does_within_its_eight_bits(curve: bytes) -> None:
    icc = made(curve)
    pixels = np.random.default_rng(1).integers(0, 256, (32, 32, 3)).astype(np.uint8)
    found = source.of_profile(icc, "Made")
    assert found is not None
    transform = ImageCms.buildTransform(
        ImageCms.ImageCmsProfile(io.BytesIO(icc)),
        ImageCms.createProfile("sRGB"),
        "RGB",
        "RGB",
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        ImageCms.Flags.HIGHRESPRECALC,
    )
    theirs = np.asarray(ImageCms.applyTransform(Image.fromarray(pixels), transform)).astype(int)
    ours = spaces.linear_to_srgb(spaces.xyz_to_linear(found.xyz(pixels / 255.0)))
    shown = spaces.to_bytes(ours).astype(int)
    assert np.abs(shown - theirs).max() <= 2
    assert np.abs(shown - theirs).mean() < 0.3


@pytest.mark.parametrize(
    "icc",
    [
        b"",
        b"\0" * 200,
        made(CURVES["gamma"])[:150],
        made(CURVES["gamma"], b"CMYK"),
        made(b"para\0\0\0\0" + struct.pack(">HH", 9, 0)),
        made(b"para\0\0\0\0" + struct.pack(">HH", 1, 0) + fixed(2.2, 0.0, 0.1)),
        made(b"text\0\0\0\0"),
    ],
)
def test_what_is_no_profile_of_matrix_and_curves_is_left_to_others(icc: bytes) -> None:
    assert source.of_profile(icc, "x") is None


@given(st.binary(max_size=300), st.integers(0, 500))
def test_no_damage_does_more_than_make_a_profile_unused(damage: bytes, place: int) -> None:
    icc = bytearray(made(CURVES["para 3"]))
    icc[place : place + len(damage)] = damage
    found = source.of_profile(bytes(icc), "x")
    if found is not None:
        with np.errstate(all="ignore"):
            assert found.xyz(np.full((2, 3), 0.5)).shape == (2, 3)


def test_white_is_white_whatever_the_profile() -> None:
    found = source.of_profile(made(CURVES["gamma"]), "x")
    assert found is not None
    np.testing.assert_allclose(found.xyz(np.ones((1, 3))), spaces.WHITE[None], atol=2e-3)


def test_a_grey_point_makes_what_was_clicked_neutral_and_keeps_its_lightness() -> None:
    plain = source.srgb()
    clicked = plain.xyz(np.array([0.55, 0.5, 0.4]))
    x, y, z = clicked.tolist()
    lab = spaces.xyz_to_lab(plain.with_grey((x, y, z)).xyz(np.array([0.55, 0.5, 0.4])))
    np.testing.assert_allclose(lab[1:], 0, atol=1e-9)
    assert lab[0] == pytest.approx(spaces.xyz_to_lab(clicked)[0])
    assert plain.with_grey((x, y, z)).with_grey(None).grey is None
