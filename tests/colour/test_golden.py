"""Photos of a chart whose colours are known, saved in many colour spaces: the colours read are the chart's."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from chromadesk.colour import spaces
from chromadesk.colour.difference import delta_e00
from chromadesk.colour.palette import photo_palettes
from chromadesk.images import Photo, read_photo
from tests.icc import fixed, profile

Floats = npt.NDArray[np.float64]
PATCH, ROWS, COLUMNS = 24, 4, 6

#: Primaries and white in xy, and the transfer curve as ICC's tag says it, of each space.
D65, D50 = (0.3127, 0.3290), (0.3457, 0.3585)
SRGB_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
SPACES: dict[str, tuple[tuple[tuple[float, float], ...], tuple[float, float], tuple[float, ...]]] = {
    "sRGB": (((0.64, 0.33), (0.30, 0.60), (0.15, 0.06)), D65, SRGB_CURVE),
    "Display P3": (((0.680, 0.320), (0.265, 0.690), (0.150, 0.060)), D65, SRGB_CURVE),
    "Adobe RGB (1998)": (((0.64, 0.33), (0.21, 0.71), (0.15, 0.06)), D65, (563 / 256,)),
    "ProPhoto RGB": (((0.7347, 0.2653), (0.1596, 0.8404), (0.0366, 0.0001)), D50, (1.8, 1.0, 0.0, 1 / 16, 1 / 32)),
}


def matrix(name: str) -> Floats:
    """Linear light of a space -> XYZ under D50, as its profile says."""
    primaries, white, _ = SPACES[name]
    columns = np.array([(x / y, 1, (1 - x - y) / y) for x, y in primaries]).T
    target = np.array([white[0] / white[1], 1, (1 - sum(white)) / white[1]])
    return spaces.adaptation(target, spaces.D50) @ (columns * np.linalg.solve(columns, target))


def icc(name: str) -> bytes:
    curve = SPACES[name][2]
    kind = {1: 0, 5: 3}[len(curve)]
    tag = b"para\0\0\0\0" + struct.pack(">HH", kind, 0) + fixed(*curve)
    tags = dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), tag)
    for key, column in zip((b"rXYZ", b"gXYZ", b"bXYZ"), matrix(name).T, strict=True):
        tags[key] = b"XYZ \0\0\0\0" + fixed(*column)
    return profile(b"RGB ", b"XYZ ", b"mntr", name, tags)


def encoded(linear: Floats, name: str) -> Floats:
    curve = SPACES[name][2]
    if len(curve) == 1:
        return np.maximum(linear, 0) ** (1 / curve[0])
    g, a, b, c, d = curve
    return np.where(linear >= c * d, (np.maximum(linear, 0) ** (1 / g) - b) / a, linear / c)


@pytest.fixture(scope="module")
def chart() -> Floats:
    """(24, 3) XYZ under D50 of the ColorChecker's patches."""
    colour = pytest.importorskip("colour")
    patches = colour.CCS_COLOURCHECKERS["ColorChecker24 - After November 2014"]
    xyz = colour.xyY_to_XYZ(np.array(list(patches.data.values())))
    assert patches.illuminant == pytest.approx(D50, abs=1e-3)
    return np.asarray(xyz)


def as_tiff(path: Path, samples: npt.NDArray[np.uint16], profile_: bytes | None) -> None:
    """A TIFF of 16 bits a channel: its pixels by OpenCV, which cannot write profiles, as one strip with our header."""
    height, width = samples.shape[:2]
    body = samples.astype("<u2").tobytes()
    entries = [
        (256, 4, 1, width), (257, 4, 1, height), (258, 3, 3, 0), (259, 3, 1, 1), (262, 3, 1, 2), (273, 4, 1, 8),
        (277, 3, 1, 3), (278, 4, 1, height), (279, 4, 1, len(body)), (284, 3, 1, 1),
    ]  # fmt: skip
    start = 8 + len(body)
    count = len(entries) + (profile_ is not None)
    after = start + 2 + 12 * count + 4
    entries[2] = (258, 3, 3, after)
    if profile_ is not None:
        entries.append((34675, 7, len(profile_), after + 6))
    table = struct.pack("<H", count) + b"".join(struct.pack("<HHII", *entry) for entry in entries) + b"\0" * 4
    path.write_bytes(
        b"II*\0" + struct.pack("<I", start) + body + table + struct.pack("<3H", 16, 16, 16) + (profile_ or b"")
    )


def save(path: Path, values: Floats, bits: int, profile_: bytes | None) -> Floats:
    """A photo of the chart in ``values`` (24, 3), 0-1; returns what the rounding made of them."""
    peak = 2**bits - 1
    levels = np.rint(values * peak)
    picture = levels.reshape(ROWS, COLUMNS, 3).repeat(PATCH, 0).repeat(PATCH, 1)
    if bits == 8:
        Image.fromarray(picture.astype(np.uint8)).save(path, icc_profile=profile_)
    else:
        as_tiff(path, picture.astype(np.uint16), profile_)
    return levels / peak


def read(photo: Photo) -> Floats:
    """(24, 3) Lab of the patches, as the palette of a mask that holds one of them."""
    found = []
    for row in range(ROWS):
        for column in range(COLUMNS):
            labels = np.zeros(photo.pixels.shape[:2], np.uint8)
            labels[row * PATCH : (row + 1) * PATCH, column * PATCH : (column + 1) * PATCH] = 3
            (swatch,) = photo_palettes(photo, labels)["clothes"]
            found.append(swatch.lab)
    return np.array(found)


def to_lab(values: Floats, name: str) -> Floats:
    linear: Callable[[Floats], Floats]
    curve = SPACES[name][2]
    if len(curve) == 1:
        linear = lambda value: value ** curve[0]  # noqa: E731
    else:
        g, a, b, c, d = curve
        linear = lambda value: np.where(value >= d, (a * value + b) ** g, c * value)  # noqa: E731
    return spaces.xyz_to_lab(spaces.adapted(linear(values) @ matrix(name).T, spaces.D50, spaces.WHITE))


@pytest.mark.parametrize("bits", [8, 16])
@pytest.mark.parametrize("name", list(SPACES))
def test_the_charts_colours_come_out_in_every_space(tmp_path: Path, chart: Floats, name: str, bits: int) -> None:
    linear = chart @ np.linalg.inv(matrix(name)).T
    inside = ((linear >= 0) & (linear <= 1)).all(axis=1)
    assert inside.sum() >= 23  # cyan lies outside sRGB
    values = encoded(np.clip(linear, 0, 1), name)
    path = tmp_path / ("chart.png" if bits == 8 else "chart.tif")
    rounded = save(path, values, bits, icc(name))
    photo = read_photo(path)
    assert photo.profile == name
    truth = spaces.xyz_to_lab(spaces.adapted(chart, spaces.D50, spaces.WHITE))
    allowed = delta_e00(truth, to_lab(rounded, name)) if bits == 8 else 0.0
    apart = delta_e00(read(photo), truth) - allowed
    assert apart[inside].max() < (0.05 if bits == 8 else 0.02)


def test_without_the_profile_it_is_said_that_srgb_is_assumed(tmp_path: Path, chart: Floats) -> None:
    values = encoded(np.clip(chart @ np.linalg.inv(matrix("Display P3")).T, 0, 1), "Display P3")
    save(tmp_path / "stripped.png", values, 8, None)
    photo = read_photo(tmp_path / "stripped.png")
    assert photo.profile == "assumed sRGB"
    assert photo.source.assumed
    truth = spaces.xyz_to_lab(spaces.adapted(chart, spaces.D50, spaces.WHITE))
    assert delta_e00(read(photo), truth).max() > 2  # and that it matters


def test_a_colour_outside_srgb_is_measured_and_said_to_be(tmp_path: Path) -> None:
    green = np.full((40, 40, 3), (0, 255, 0), np.uint8)
    Image.fromarray(green).save(tmp_path / "green.png", icc_profile=icc("Display P3"))
    photo = read_photo(tmp_path / "green.png")
    (swatch,) = photo_palettes(photo, np.zeros((40, 40), np.uint8))["background"]
    assert not swatch.in_srgb
    assert delta_e00(np.array(swatch.lab), to_lab(np.array([0.0, 1.0, 0.0]), "Display P3")) < 0.01
    assert swatch.rgb == (0, 255, 0)


@pytest.mark.parametrize("bits", [8, 16])
def test_a_grey_point_takes_a_cast_away(tmp_path: Path, chart: Floats, bits: int) -> None:
    """The chart under light that is warmer than the camera thought: its grey patch, clicked, brings all back."""
    cast = spaces.adapted(chart, spaces.D50, np.array([1.0985, 1.0, 0.3558]) * 0.5 + spaces.D50 * 0.5)
    linear = cast @ np.linalg.inv(matrix("ProPhoto RGB")).T
    path = tmp_path / ("cast.png" if bits == 8 else "cast.tif")
    save(path, encoded(np.clip(linear, 0, 1), "ProPhoto RGB"), bits, icc("ProPhoto RGB"))
    photo = read_photo(path)
    truth = spaces.xyz_to_lab(spaces.adapted(chart, spaces.D50, spaces.WHITE))
    before = delta_e00(read(photo), truth)
    grey = photo.samples[3 * PATCH + 5, 2 * PATCH + 5] / (255 if bits == 8 else 65535)
    x, y, z = photo.source.xyz(grey).tolist()
    corrected = Photo(path, photo.pixels, photo.profile, photo.samples, photo.source.with_grey((x, y, z)))
    after = delta_e00(read(corrected), truth)
    assert before.mean() > 5
    assert after.mean() < 1.0
    assert np.hypot(*read(corrected)[20, 1:]) < 0.5  # what was clicked is neutral now


def test_opencv_reads_the_tiff_as_written(tmp_path: Path) -> None:
    random = np.random.default_rng(0).integers(0, 65536, (5, 7, 3)).astype(np.uint16)
    as_tiff(tmp_path / "t.tif", random, None)
    assert (cv2.imread(str(tmp_path / "t.tif"), cv2.IMREAD_UNCHANGED)[..., ::-1] == random).all()
