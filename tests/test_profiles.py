"""Embedded profiles, CMYK and Lab come out as the sRGB a colour-managed program would show."""

from __future__ import annotations

import itertools
import struct
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image, ImageCms

from chromadesk.images import read_photo, read_thumbnail
from tests.icc import fixed, profile

# Columns: the primaries' XYZ, adapted to D50 as ICC profiles want them.
SRGB_TO_XYZ = np.array([[0.4360, 0.3851, 0.1431], [0.2225, 0.7169, 0.0606], [0.0139, 0.0971, 0.7141]])
P3_TO_XYZ = np.array([[0.5151, 0.2920, 0.1571], [0.2412, 0.6922, 0.0666], [-0.0011, 0.0419, 0.7841]])


def rgb_profile(name: str, to_xyz: npt.NDArray[np.float64], gamma: float) -> bytes:
    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(gamma * 256))
    tags = dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve)
    for tag, column in zip((b"rXYZ", b"gXYZ", b"bXYZ"), to_xyz.T, strict=True):
        tags[tag] = b"XYZ \0\0\0\0" + fixed(*column)
    return profile(b"RGB ", b"XYZ ", b"mntr", name, tags)


def cmyk_profile() -> bytes:
    """Inks on a two-point grid: paper is white, K black, and C alone a strong green (no naive formula says that)."""
    lab = {(0, 0, 0, 0): (100, 0, 0), (1, 0, 0, 0): (60, -60, 40)}
    grid = b"".join(
        bytes((round(light * 2.55), a + 128, b + 128))
        for light, a, b in (lab.get(inks, (0, 0, 0)) for inks in itertools.product((0, 1), repeat=4))
    )
    ramp = bytes(range(256))
    table = b"mft1\0\0\0\0" + bytes((4, 3, 2, 0)) + fixed(1, 0, 0, 0, 1, 0, 0, 0, 1) + ramp * 4 + grid + ramp * 3
    return profile(b"CMYK", b"Lab ", b"prtr", "Test inks", {b"A2B0": table, b"A2B1": table})


def gradient() -> npt.NDArray[np.uint8]:
    random = np.random.default_rng(5)
    return random.integers(40, 200, (24, 24, 3)).astype(np.uint8)


def expected_srgb(
    pixels: npt.NDArray[np.uint8], to_xyz: npt.NDArray[np.float64], gamma: float
) -> npt.NDArray[np.float64]:
    linear = (pixels / 255) ** gamma @ to_xyz.T @ np.linalg.inv(SRGB_TO_XYZ).T
    linear = np.clip(linear, 0, 1)
    return 255 * np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)


@pytest.mark.parametrize("suffix", ["jpg", "png", "tif", "webp"])
def test_a_wide_gamut_is_converted(tmp_path: Path, suffix: str) -> None:
    flat = np.full((16, 16, 3), (180, 110, 70), np.uint8)
    path = tmp_path / f"wide.{suffix}"
    options = {"lossless": True} if suffix == "webp" else {}
    Image.fromarray(flat).save(path, icc_profile=rgb_profile("Display P3", P3_TO_XYZ, 2.2), **options)
    photo = read_photo(path)
    assert photo.profile == "Display P3"
    assert np.abs(photo.pixels - expected_srgb(flat, P3_TO_XYZ, 2.2)).max() < 4
    assert np.abs(photo.pixels.astype(int) - flat).max() > 6
    assert np.abs(read_thumbnail(path, 8).astype(int) - photo.pixels[:8, :8]).max() < 2


def test_every_colour_of_a_gradient_is_right(tmp_path: Path) -> None:
    Image.fromarray(gradient()).save(tmp_path / "g.png", icc_profile=rgb_profile("Wide", P3_TO_XYZ, 1.8))
    assert np.abs(read_photo(tmp_path / "g.png").pixels - expected_srgb(gradient(), P3_TO_XYZ, 1.8)).max() <= 1.6


def test_srgb_is_recognised_under_any_name_and_left_alone(tmp_path: Path) -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    Image.fromarray(gradient()).save(tmp_path / "s.png", icc_profile=srgb)
    photo = read_photo(tmp_path / "s.png")
    assert photo.profile == "sRGB"
    assert (photo.pixels == gradient()).all()


def test_a_profile_called_srgb_that_is_not_is_converted(tmp_path: Path) -> None:
    linear = rgb_profile("sRGB IEC61966-2.1", SRGB_TO_XYZ, 1.0)
    Image.fromarray(gradient()).save(tmp_path / "l.png", icc_profile=linear)
    assert np.abs(read_photo(tmp_path / "l.png").pixels - expected_srgb(gradient(), SRGB_TO_XYZ, 1.0)).max() <= 1.6


def test_alpha_survives_the_conversion(tmp_path: Path) -> None:
    rgba = np.full((4, 4, 4), (180, 110, 70, 255), np.uint8)
    rgba[0, :, 3] = 0
    Image.fromarray(rgba).save(tmp_path / "a.png", icc_profile=rgb_profile("Wide", P3_TO_XYZ, 2.2))
    pixels = read_photo(tmp_path / "a.png").pixels
    assert (pixels[0] == 255).all()
    assert np.abs(pixels[1:] - expected_srgb(rgba[1:, :, :3], P3_TO_XYZ, 2.2)).max() <= 2


def test_a_grey_profile_and_a_grey_photo_with_a_colour_profile(tmp_path: Path) -> None:
    grey = np.tile(np.arange(0, 256, 8, dtype=np.uint8), (4, 1))
    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, 256)
    linear = profile(b"GRAY", b"XYZ ", b"mntr", "Linear grey", {b"kTRC": curve})
    Image.fromarray(grey).save(tmp_path / "grey.png", icc_profile=linear)
    photo = read_photo(tmp_path / "grey.png")
    assert photo.profile == "Linear grey"
    expected = expected_srgb(np.repeat(grey[:, :, None], 3, axis=2), SRGB_TO_XYZ, 1.0)
    assert np.abs(photo.pixels - expected).max() <= 2
    Image.fromarray(grey).save(tmp_path / "odd.png", icc_profile=rgb_profile("Linear RGB", SRGB_TO_XYZ, 1.0))
    assert np.abs(read_photo(tmp_path / "odd.png").pixels - expected).max() <= 2


@pytest.mark.parametrize("suffix", ["jpg", "tif"])
def test_cmyk_with_a_profile(tmp_path: Path, suffix: str) -> None:
    inks = np.zeros((16, 48, 4), np.uint8)
    inks[:, 16:32, 0] = 255
    inks[:, 32:, 3] = 255
    path = tmp_path / f"inks.{suffix}"
    Image.fromarray(inks, "CMYK").save(
        path, icc_profile=cmyk_profile(), **({"quality": 100} if suffix == "jpg" else {})
    )
    photo = read_photo(path)
    assert photo.profile == "Test inks"
    paper, cyan, black = (photo.pixels[8, column].astype(int) for column in (8, 24, 40))
    assert paper.min() >= 253
    assert black.max() <= 3
    assert cyan[1] > 140
    assert cyan[0] < 60
    assert 40 < cyan[2] < 110


@pytest.mark.parametrize("suffix", ["jpg", "tif"])
def test_cmyk_without_a_profile(tmp_path: Path, suffix: str) -> None:
    inks = np.zeros((16, 32, 4), np.uint8)
    inks[:, 16:, 1:3] = 255
    path = tmp_path / f"inks.{suffix}"
    Image.fromarray(inks, "CMYK").save(path)
    photo = read_photo(path)
    assert photo.profile == "CMYK without profile"
    assert photo.pixels[8, 4].min() > 245
    red = photo.pixels[8, 28].astype(int)
    assert red[0] > 200
    assert red[1:].max() < 60


def test_lab(tmp_path: Path) -> None:
    lab = np.zeros((4, 4, 3), np.uint8)
    lab[:, :, 0] = 255
    lab[2:, :, 0] = 128
    Image.frombytes("LAB", (4, 4), lab.tobytes()).save(tmp_path / "lab.tif")
    photo = read_photo(tmp_path / "lab.tif")
    assert photo.profile == "Lab"
    assert photo.pixels[0, 0].min() >= 253
    assert np.abs(photo.pixels[3, 3].astype(int) - 119).max() <= 3
    assert read_thumbnail(tmp_path / "lab.tif", 2).shape == (2, 2, 3)


@pytest.mark.parametrize("broken", [b"garbage", cmyk_profile(), rgb_profile("x", P3_TO_XYZ, 2.2)[:200]])
def test_an_unusable_profile_counts_as_srgb_and_says_so(tmp_path: Path, broken: bytes) -> None:
    Image.fromarray(gradient()).save(tmp_path / "b.png", icc_profile=broken)
    photo = read_photo(tmp_path / "b.png")
    assert photo.profile == "unusable profile, assumed sRGB"
    assert (photo.pixels == gradient()).all()


def test_a_deep_photo_with_a_profile(tmp_path: Path) -> None:
    deep = gradient().astype(np.uint16) * 257
    cv2.imwrite(str(tmp_path / "deep.png"), deep[:, :, ::-1])
    body = (tmp_path / "deep.png").read_bytes()
    Image.fromarray(gradient()).save(tmp_path / "flat.png", icc_profile=rgb_profile("Wide", P3_TO_XYZ, 1.8))
    flat = (tmp_path / "flat.png").read_bytes()
    start = flat.index(b"iCCP") - 4
    length = struct.unpack(">I", flat[start : start + 4])[0] + 12
    (tmp_path / "deep.png").write_bytes(body[:33] + flat[start : start + length] + body[33:])
    photo = read_photo(tmp_path / "deep.png")
    assert photo.profile == "Wide"
    assert np.abs(photo.pixels - expected_srgb(gradient(), P3_TO_XYZ, 1.8)).max() <= 1.6
