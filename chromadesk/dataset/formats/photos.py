"""Photos on their way to and from other programs, which know neither EXIF's turns nor HEIC nor camera RAW."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

from PIL import Image

from chromadesk import files, raw
from chromadesk.channels import Pixels
from chromadesk.errors import ImageError, StorageError
from chromadesk.images import opened, orientation_of, read_photo

#: What a picture's first bytes say of its suffix.
_HEADS = (
    (b"\x89PNG", ".png"),
    (b"\xff\xd8", ".jpg"),
    (b"GIF8", ".gif"),
    (b"BM", ".bmp"),
    (b"II*\0", ".tif"),
    (b"MM\0*", ".tif"),
)


def plain_format(photo: Path) -> str:
    """``JPEG`` or ``PNG`` for a photo that every program shows as we do: 8 bits, upright, opaque, grey or RGB; else an
    empty text. Raises ImageError.
    """
    if raw.is_raw(photo):
        return ""
    with opened(photo) as image:
        fits = image.format in ("JPEG", "PNG") and image.mode in ("RGB", "L") and not image.has_transparency_data
        plain = fits and ";16" not in str(image.tile) and orientation_of(image) == 1
        return image.format or "" if plain else ""


def put(photo: Path, folder: Path, stem: str, jpeg: bool = False) -> Path:
    """Write a photo to ``folder/stem`` with a fitting suffix: the file as it is where it is plain, else an sRGB PNG.

    ``jpeg``: only JPEG will do; others are encoded at quality 95. Returns its path; raises ImageError, StorageError.
    """
    found = plain_format(photo)
    if found and not (jpeg and found == "PNG"):
        target = folder / f"{stem}{'.jpg' if found == 'JPEG' else '.png'}"
        with files.replacing(target) as temporary:
            shutil.copyfile(photo, temporary)
        return target
    pixels = read_photo(photo).pixels
    target = folder / f"{stem}{'.jpg' if jpeg else '.png'}"
    files.write_bytes(target, as_jpeg(pixels) if jpeg else as_png(pixels))
    return target


def as_png(pixels: Pixels) -> bytes:
    """(H, W, 3) sRGB as PNG, not packed tightest: that takes five times as long for a few per cent."""
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG", compress_level=3)
    return buffer.getvalue()


def as_jpeg(pixels: Pixels) -> bytes:
    """(H, W, 3) sRGB as JPEG of quality 95 with full colour. Raises StorageError for more than 65,500 pixels a side."""
    buffer = io.BytesIO()
    try:
        Image.fromarray(pixels).save(buffer, "JPEG", quality=95, subsampling=0)
    except OSError as error:
        raise StorageError(f"A photo of {pixels.shape[1]} x {pixels.shape[0]} pixels is too large for JPEG.") from error
    return buffer.getvalue()


def suffix_of(data: bytes, where: object) -> str:
    """The suffix of the picture whose bytes ``data`` begins with. Raises ImageError for what is none."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return ".webp"
    if data[4:8] == b"ftyp":
        return ".avif" if data[8:11] == b"avi" else ".heic"
    for head, suffix in _HEADS:
        if data.startswith(head):
            return suffix
    raise ImageError(f"The photo in {where} is none that can be read; export it as JPEG or PNG.")


def read(photo: Path) -> tuple[bytes, str]:
    """What ``put`` would write, and its suffix. Raises ImageError."""
    found = plain_format(photo)
    if found:
        return photo.read_bytes(), ".jpg" if found == "JPEG" else ".png"
    return as_png(read_photo(photo).pixels), ".png"
