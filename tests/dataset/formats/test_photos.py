"""Photos for other programs: the very file where they read it as we do."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from chromadesk.dataset.formats import photos
from chromadesk.errors import ImageError

PIXELS = np.random.default_rng(0).integers(0, 255, (6, 9, 3), np.uint8)


def test_plain_photos_are_copied_byte_for_byte(tmp_path: Path) -> None:
    for name in ("a.jpeg", "b.png"):
        Image.fromarray(PIXELS).save(tmp_path / name)
        written = photos.put(tmp_path / name, tmp_path / "out", name[0])
        assert written.read_bytes() == (tmp_path / name).read_bytes()
        assert photos.read(tmp_path / name) == (written.read_bytes(), written.suffix)
    assert [file.name for file in sorted((tmp_path / "out").iterdir())] == ["a.jpg", "b.png"]


@pytest.mark.parametrize(
    "kind", ["sixteen.png", "palette.png", "alpha.png", "cmyk.jpg", "turned.jpg", "x.tif", "x.gif"]
)
def test_others_are_made_plain(tmp_path: Path, kind: str) -> None:
    path = tmp_path / kind
    if kind == "sixteen.png":
        Image.fromarray(PIXELS[..., 0].astype(np.uint16) * 257).save(path)
    elif kind == "cmyk.jpg":
        Image.fromarray(PIXELS).convert("CMYK").save(path)
    elif kind == "turned.jpg":
        exif = Image.Exif()
        exif[0x0112] = 3
        Image.fromarray(PIXELS).save(path, exif=exif)
    else:
        modes = {"palette.png": "P", "alpha.png": "RGBA", "x.gif": "P", "x.tif": "RGB"}
        Image.fromarray(PIXELS).convert(modes[kind]).save(path)
    assert photos.plain_format(path) == ""
    with Image.open(photos.put(path, tmp_path / "out", "x")) as image:
        assert (image.format, image.mode, image.size) == ("PNG", "RGB", (9, 6))
    with Image.open(photos.put(path, tmp_path / "out", "x", jpeg=True)) as image:
        assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (9, 6))


def test_png_becomes_jpeg_where_only_that_will_do(tmp_path: Path) -> None:
    Image.fromarray(PIXELS).save(tmp_path / "a.png")
    with Image.open(photos.put(tmp_path / "a.png", tmp_path, "a", jpeg=True)) as image:
        assert image.format == "JPEG"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP", "AVIF"])
def test_suffixes_come_from_the_first_bytes(tmp_path: Path, kind: str) -> None:
    Image.fromarray(PIXELS).save(tmp_path / "x", kind)
    assert photos.suffix_of((tmp_path / "x").read_bytes(), "x")[1:] == {"JPEG": "jpg", "TIFF": "tif"}.get(
        kind, kind.lower()
    )
    with pytest.raises(ImageError, match="row 3"):
        photos.suffix_of(b"", "row 3")
