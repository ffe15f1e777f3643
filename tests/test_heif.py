"""Photos of telephones (HEIC) and AVIF: told by their content, in their profile, upright; broken ones refused in words.

tests/data/heic: phone.heic, made by pillow-heif, holds the scene below in Display P3, stored lying and turned by its
container; deep.heic 64 x 64 pixels of (99, 400, 900) of 1023.
"""

from __future__ import annotations

import contextlib
import datetime
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, features

from chromadesk import heif
from chromadesk.colour import spaces
from chromadesk.dataset import fields
from chromadesk.errors import ImageError
from chromadesk.images import photo_size, read_photo, read_thumbnail

HEIC = Path(__file__).parent / "data" / "heic"
# As displayed: read like a page.
PATCHES = np.array([[(40, 40, 200), (200, 40, 40)], [(220, 220, 210), (40, 200, 40)]])
P3_TO_XYZ = np.array([[0.4866, 0.2657, 0.1982], [0.2290, 0.6917, 0.0793], [0.0, 0.0451, 1.0439]])


@pytest.fixture
def pi_heif() -> None:
    pytest.importorskip("pi_heif")


@pytest.mark.usefixtures("pi_heif")
def test_a_phone_photo_is_upright_and_in_its_profile(tmp_path: Path) -> None:
    path = tmp_path / "named.jpg"  # the content decides
    path.write_bytes((HEIC / "phone.heic").read_bytes())
    photo = read_photo(path)
    assert photo.profile == photo.source.name == "Display P3"
    assert photo.pixels.shape == (64, 48, 3)
    assert photo_size(path) == (64, 48)
    corners = photo.samples[16::32, 12::24].astype(int)
    assert np.abs(corners - PATCHES).max() <= 2
    expected = (PATCHES / 255) ** 2.2 @ P3_TO_XYZ.T
    assert np.abs(photo.source.xyz(corners / 255) - expected).max() < 0.01
    shown = spaces.to_bytes(spaces.linear_to_srgb(spaces.xyz_to_linear(expected)))
    assert np.abs(photo.pixels[16::32, 12::24].astype(int) - shown).max() <= 4
    thumbnail = read_thumbnail(path, 16)
    assert thumbnail.shape == (16, 12, 3)
    assert np.abs(thumbnail[4::8, 3::6].astype(int) - shown).max() <= 8
    assert fields.taken(path) == datetime.date(2024, 5, 31)


@pytest.mark.usefixtures("pi_heif")
def test_ten_bits_are_kept() -> None:
    photo = read_photo(HEIC / "deep.heic")
    assert photo.samples.dtype == np.uint16
    assert np.abs(photo.samples / 65535 * 1023 - (99, 400, 900)).max() < 0.02
    assert np.abs(photo.pixels - np.array((99, 400, 900)) / 1023 * 255).max() <= 0.5


@pytest.mark.usefixtures("pi_heif")
def test_broken_ones_are_refused(tmp_path: Path) -> None:
    data = np.frombuffer((HEIC / "phone.heic").read_bytes(), np.uint8)
    random = np.random.default_rng(5)
    path = tmp_path / "bits.heic"
    for share in (0.1, 0.3, 0.6, 0.95):
        path.write_bytes(data[: int(len(data) * share)].tobytes())
        for read in (read_photo, lambda path: read_thumbnail(path, 16)):
            with pytest.raises(ImageError, match=r"bits\.heic is damaged or cut short"):
                read(path)
    for _ in range(200):
        broken = data.copy()
        broken[random.integers(0, len(data), 4)] = random.integers(0, 256, 4)
        path.write_bytes(broken.tobytes())
        with contextlib.suppress(ImageError):
            read_photo(path)


@pytest.mark.usefixtures("pi_heif")
def test_items_that_would_end_the_process_are_refused(tmp_path: Path) -> None:
    data = (HEIC / "phone.heic").read_bytes()
    assert data.count(b"Exif\0") > 0
    (tmp_path / "evil.heic").write_bytes(data.replace(b"Exif\0", b"\xa6xif\0", 1))
    with pytest.raises(ImageError, match=r"evil\.heic is damaged or cut short"):
        read_photo(tmp_path / "evil.heic")


@pytest.mark.usefixtures("pi_heif")
def test_a_bomb_is_refused_by_its_header(tmp_path: Path) -> None:
    data = (HEIC / "deep.heic").read_bytes()
    at = data.index(b"ispe") + 8
    (tmp_path / "bomb.heic").write_bytes(data[:at] + (20_000).to_bytes(4, "big") * 2 + data[at + 8 :])
    for read in (read_photo, photo_size, lambda path: read_thumbnail(path, 64)):
        with pytest.raises(ImageError, match=r"bomb\.heic has 400 megapixels"):
            read(tmp_path / "bomb.heic")


@pytest.mark.skipif(not features.check("avif"), reason="this Pillow has no AVIF")
@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_avif(tmp_path: Path, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    scene = np.repeat(np.repeat(PATCHES.astype(np.uint8), 32, 0), 24, 1)
    path = tmp_path / "a.avif"
    Image.fromarray(scene).save(path, exif=exif, quality=95, subsampling="4:4:4")
    photo = read_photo(path)
    expected = np.rot90(PATCHES, {1: 0, 3: 2, 6: -1, 8: 1}[orientation])
    height, width = photo.pixels.shape[:2]
    assert photo_size(path) == (height, width) == ((64, 48) if orientation < 5 else (48, 64))
    corners = photo.pixels[height // 4 :: height // 2, width // 4 :: width // 2].astype(int)
    assert np.abs(corners - expected).max() <= 6
    path.write_bytes(path.read_bytes()[:-60])
    with pytest.raises(ImageError, match=r"a\.avif is damaged or cut short"):
        read_photo(path)


def test_brands() -> None:
    def head(major: bytes, *others: bytes) -> bytes:
        return (16 + 4 * len(others)).to_bytes(4, "big") + b"ftyp" + major + b"\0" * 4 + b"".join(others) + b"avif"

    assert heif.kind(head(b"heic", b"mif1")) == "HEIF"
    assert heif.kind(head(b"mif1", b"heic")) == "HEIF"
    assert heif.kind(head(b"mif1", b"miaf", b"avif")) == "AVIF"
    assert heif.kind(head(b"avif", b"mif1")) == "AVIF"
    assert heif.kind(head(b"isom", b"mp42")) is None
    assert heif.kind(head(b"crx ")) is None
    assert heif.kind(b"") is None


def test_without_the_extra_one_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pi_heif", None)  # Python's own way to say: cannot be imported
    for read in (read_photo, photo_size, lambda path: read_thumbnail(path, 64)):
        with pytest.raises(ImageError, match=r'phone\.heic is a HEIC photo, .* pip install "chromadesk\[heic\]"$'):
            read(HEIC / "phone.heic")
