"""Camera RAW comes out in the colours that the sensor saw, upright, and is refused in one sentence when it cannot."""

from __future__ import annotations

import datetime
import io
import struct
import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from chromadesk import raw
from chromadesk.colour import spaces
from chromadesk.colour.difference import delta_e00
from chromadesk.dataset import fields
from chromadesk.errors import ImageError
from chromadesk.images import photo_size, read_photo, read_thumbnail
from tests import dng

pytest.importorskip("rawpy")

PATCHES = [(200, 40, 40), (40, 200, 40), (40, 40, 200), (220, 220, 210)]


def scene(height: int = 48, width: int = 64) -> npt.NDArray[np.uint8]:
    """A quarter of each patch, read like a page."""
    quarters = np.array(PATCHES, np.uint8).reshape(2, 2, 3)
    return np.repeat(np.repeat(quarters, height // 2, 0), width // 2, 1)


def seen(srgb: npt.NDArray[np.uint8]) -> npt.NDArray[np.float64]:
    return spaces.linear_to_xyz(spaces.srgb_to_linear(srgb / 255))


def corners(pixels: npt.NDArray[np.uint8]) -> npt.NDArray[np.int64]:
    """The middle of each quarter, (2, 2, 3)."""
    height, width = pixels.shape[:2]
    return pixels[height // 4 :: height // 2, width // 4 :: width // 2].astype(int)


def jpeg(pixels: npt.NDArray[np.uint8]) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "JPEG", quality=95, subsampling=0)
    return buffer.getvalue()


def test_colours_are_those_of_the_scene(tmp_path: Path) -> None:
    path = tmp_path / "a.dng"
    path.write_bytes(dng.dng(seen(scene())))
    photo = read_photo(path)
    assert photo.samples.dtype == np.uint16
    assert photo.profile == photo.source.name == "camera RAW (Canon EOS Test)"
    assert not photo.source.assumed
    assert np.abs(corners(photo.pixels) - corners(scene())).max() <= 1
    measured = photo.source.xyz(corners(photo.samples) / 65535)
    assert delta_e00(spaces.xyz_to_lab(measured), spaces.xyz_to_lab(seen(corners(scene())))).max() < 0.05


def test_colours_outside_srgb_are_measured_not_clipped(tmp_path: Path) -> None:
    path = tmp_path / "vivid.dng"
    xyz = np.broadcast_to(spaces.linear_to_xyz(np.array([-0.05, 0.5, 0.02])), (48, 64, 3))
    path.write_bytes(dng.dng(xyz))
    photo = read_photo(path)
    assert photo.pixels[24, 32, 0] == 0
    assert np.abs(photo.source.xyz(photo.samples[24, 32] / 65535) - xyz[0, 0]).max() < 1e-3


def test_brightness_is_the_scenes_whatever_else_is_in_it(tmp_path: Path) -> None:
    for name, top in (("dim", 0.2), ("bright", 0.85)):
        xyz = seen(scene()) * 0.2
        xyz[:24] = top * spaces.WHITE
        (tmp_path / f"{name}.dng").write_bytes(dng.dng(xyz))
    dim, bright = (read_photo(tmp_path / f"{name}.dng").samples[36, 48] for name in ("dim", "bright"))
    assert np.abs(dim.astype(int) - bright).max() <= 2


@pytest.mark.parametrize(("orientation", "turns"), [(1, 0), (3, 2), (6, -1), (8, 1)])
@pytest.mark.parametrize("preview", [False, True])
def test_orientation(tmp_path: Path, orientation: int, turns: int, preview: bool) -> None:
    path = tmp_path / "turned.dng"
    inside = jpeg(scene(192, 256)) if preview else b""
    path.write_bytes(dng.dng(seen(scene()), orientation, inside))
    expected = np.rot90(corners(scene()), turns)
    photo = read_photo(path)
    assert photo.pixels.shape[:2] == photo.samples.shape[:2] == photo_size(path)
    assert photo_size(path) == ((48, 64) if orientation < 5 else (64, 48))
    assert np.abs(corners(photo.pixels) - expected).max() <= 1
    small = read_thumbnail(path, 32)
    assert max(small.shape) == 32
    assert np.abs(corners(small) - expected).max() <= 8


def test_the_thumbnail_is_the_preview_when_that_is_large_enough(tmp_path: Path) -> None:
    path = tmp_path / "a.dng"
    path.write_bytes(dng.dng(seen(scene()), preview=jpeg(np.full((96, 128, 3), 250, np.uint8))))
    assert read_thumbnail(path, 64).min() > 240
    assert read_thumbnail(path, 200).min() < 60  # developed


def test_the_camera_says_when_and_who(tmp_path: Path) -> None:
    path = tmp_path / "a.dng"
    data = dng.dng(seen(scene()))
    path.write_bytes(data)
    assert fields.taken(path) == datetime.date(2024, 5, 31)
    # the same directory as Olympus, Panasonic, Canon and Fujifilm wrap it
    wraps = {
        "orf": b"IIRO" + data[4:],
        "rw2": b"IIU\0" + data[4:],
        "cr3": b"\0\0\0\x18ftypcrx \0\0\0\1" + b"\0" * 40 + b"CMT1" + data,
        "raf": b"FUJIFILMCCD-RAW ".ljust(84, b"\0") + struct.pack(">I", 100) + b"\0" * 24 + data,
    }
    for suffix, wrapped in wraps.items():
        other = tmp_path / f"a.{suffix}"
        other.write_bytes(wrapped)
        assert raw.source(other).name == "camera RAW (Canon EOS Test)"
        assert fields.taken(other) == datetime.date(2024, 5, 31)
    path.write_bytes(b"II")
    assert raw.source(path).name == "camera RAW"
    assert fields.taken(path) is None


def test_refusals_name_the_file_and_the_cure(tmp_path: Path) -> None:
    data = dng.dng(seen(scene()))
    wrong, empty, cut = (tmp_path / name for name in ("wrong.nef", "empty.cr2", "cut.dng"))
    wrong.write_text("no picture at all" * 1000)
    empty.touch()
    cut.write_bytes(data[: len(data) // 2])
    for path, sentence in [
        (wrong, "wrong.nef is no camera RAW that can be read (Unsupported file format or not RAW file); convert it"),
        (empty, "empty.cr2 is empty (zero bytes)"),
        (tmp_path / "gone.arw", "gone.arw does not exist"),
    ]:
        for read in (read_photo, photo_size, lambda path: read_thumbnail(path, 64)):
            with pytest.raises(ImageError) as caught:
                read(path)
            assert sentence in str(caught.value)
    with pytest.raises(ImageError, match=r"cut\.dng is damaged or cut short"):
        read_photo(cut)


def test_a_bomb_is_refused_by_its_header(tmp_path: Path) -> None:
    data = bytearray(dng.dng(seen(scene())))
    for tag, value in ((256, 20_000), (257, 10_000)):
        at = data.index(struct.pack("<HHI", tag, 4, 1))
        data[at + 8 : at + 12] = struct.pack("<I", value)
    (tmp_path / "bomb.dng").write_bytes(data)
    for read in (read_photo, photo_size, lambda path: read_thumbnail(path, 64)):
        with pytest.raises(ImageError, match=r"bomb\.dng has 200 megapixels"):
            read(tmp_path / "bomb.dng")


def test_flipped_bytes_never_escape_as_other_errors(tmp_path: Path) -> None:
    random = np.random.default_rng(3)
    path = tmp_path / "bits.dng"
    data = np.frombuffer(dng.dng(seen(scene()), 6, jpeg(scene())), np.uint8)
    for _ in range(100):
        broken = data.copy()
        broken[random.integers(0, 450, 4)] = random.integers(0, 256, 4)
        path.write_bytes(broken.tobytes())
        for read in (read_photo, lambda path: read_thumbnail(path, 32)):
            try:
                read(path)
            except (ImageError, UserWarning):  # Pillow's word on broken tags
                continue


def test_without_the_extra_one_sentence_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.nef"
    path.write_bytes(dng.dng(seen(scene())))
    monkeypatch.setitem(sys.modules, "rawpy", None)  # Python's own way to say: cannot be imported
    for read in (read_photo, photo_size, lambda path: read_thumbnail(path, 64)):
        with pytest.raises(ImageError, match=r'a\.nef is a camera RAW .* pip install "chromadesk\[raw\]"$'):
            read(path)
