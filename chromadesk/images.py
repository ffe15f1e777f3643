"""Photos as the eye should see them: upright, in sRGB, 8 bits, opaque; and a refusal in words for what is no photo."""

from __future__ import annotations

import hashlib
import io
import struct
import warnings
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, overload

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFile, PngImagePlugin, TiffImagePlugin, WebPImagePlugin

from chromadesk import heif, raw, reading
from chromadesk.channels import MAX_BYTES, Pixels, Samples, measured, over_white, plain, reduced, shown
from chromadesk.colour.source import Source
from chromadesk.errors import ImageError, MaskError
from chromadesk.profiles import to_srgb

#: Read at 8 bytes a pixel (17 where there are 16 bits a channel); libwebp takes 16 for 8 bits.
MAX_PIXELS = 150_000_000
_MAX_WEBP_PIXELS = 60_000_000

# Only these decoders are ever reached: Pillow knows forty more, each a door. MPO (several JPEGs in one) opens as JPEG.
_FORMATS = ("JPEG", "PNG", TiffImagePlugin.TiffImageFile.format, WebPImagePlugin.WebPImageFile.format, "BMP", "GIF")
_READABLE = "JPEG, PNG, TIFF, WebP, AVIF, BMP, GIF, HEIC or camera RAW"
# What decoders raise on broken input; RuntimeError is libheif's.
BROKEN = (OSError, SyntaxError, ValueError, TypeError, IndexError, KeyError, EOFError, RuntimeError, struct.error,
          zlib.error, Image.DecompressionBombError)  # fmt: skip
#: The largest GIF, WebP, AVIF or HEIC, bytes; and how much of a JPEG may be nothing.
_MOST_BYTES, _MOST_JUNK = 100_000_000, 4096
_ORIENTATION = 0x0112
_TURNS: dict[int, Callable[[Samples], npt.NDArray[Any]]] = {
    2: lambda pixels: cv2.flip(pixels, 1),
    3: lambda pixels: cv2.rotate(pixels, cv2.ROTATE_180),
    4: lambda pixels: cv2.flip(pixels, 0),
    5: cv2.transpose,
    6: lambda pixels: cv2.rotate(pixels, cv2.ROTATE_90_CLOCKWISE),
    7: lambda pixels: cv2.flip(cv2.transpose(pixels), -1),
    8: lambda pixels: cv2.rotate(pixels, cv2.ROTATE_90_COUNTERCLOCKWISE),
}

Image.preinit()
# Our own limit is checked from the header before anything is decoded; Pillow's (89 megapixels, a warning) must not
# speak up about photos that are allowed.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
# What Pillow has to remark on damaged tags is nobody's to read on a terminal; what matters comes as an error.
warnings.filterwarnings("ignore", module=r"PIL\.")
# Profiles of measured monitors and long edit histories pass Pillow's limit of 1 MiB a chunk.
PngImagePlugin.MAX_TEXT_CHUNK = 16 << 20


@dataclass(frozen=True, eq=False)
class Photo:
    """A photo as displayed: ``pixels`` is (H, W, 3) uint8 sRGB; ``profile`` says which colour space the file was in.

    ``samples``, (H, W, 3) uint8 or uint16, are the file's own values, which ``source`` takes to XYZ: what colours are
    measured by. Where the file is in 8 bits of sRGB they are ``pixels`` themselves.
    """

    path: Path
    pixels: Pixels
    profile: str
    samples: Samples
    source: Source


def read_photo(path: Path) -> Photo:
    """Decode ``path`` upright into sRGB, transparent parts over white. Raises ImageError."""
    path = Path(path)
    if raw.is_raw(path):
        return _read_raw(path)
    with opened(path) as image:
        orientation = orientation_of(image)
        decoded = plain(image, path)
        icc = image.info.get("icc_profile")
        pixels, profile, untouched = shown(decoded, icc)
        samples, meaning = measured(decoded, untouched, icc, profile)
    turned = turn(pixels, orientation)
    return Photo(path, turned, profile, turned if samples is None else turn(samples, orientation), meaning)


def read_thumbnail(path: Path, edge: int) -> Pixels:
    """``path`` as displayed, reduced so that its longer edge is at most ``edge`` pixels: (h, w, 3) uint8 sRGB.

    A JPEG is decoded at a fraction of its size, and of camera RAW the preview inside: many times faster. Raises
    ImageError.
    """
    path = Path(path)
    if raw.is_raw(path):
        return _raw_thumbnail(path, edge)
    with opened(path) as image:
        return _reduced(image, path, edge)


def read_reduced(path: Path, least: int) -> Pixels | None:
    """A JPEG as displayed at half, a quarter or an eighth of its size, with ``least`` pixels or more: (h, w, 3) uint8
    sRGB, decoded several times faster than whole.

    None where that is not to be had: the photo is small, or of another format. Raises ImageError.
    """
    path = Path(path)
    if raw.is_raw(path):
        return None
    with opened(path) as image:
        width, height = image.size
        smaller = int((width * height / least) ** 0.5)
        if smaller < 2 or image.format not in ("JPEG", "MPO"):
            return None
        orientation = orientation_of(image)
        image.draft(None, (width // smaller, height // smaller))
        converted, _ = to_srgb(reduced(image, path, image.size), image.info.get("icc_profile"))
        return turn(np.array(over_white(converted)), orientation)


def photo_size(path: Path) -> tuple[int, int]:
    """(height, width) of ``path`` as displayed, from its header alone. Raises ImageError."""
    path = Path(path)
    if raw.is_raw(path):
        with _raw_in_words(path):
            return raw.size(path)
    with opened(path) as image:
        return displayed_size(image)


@contextmanager
def opened(path: Path, error: type[ImageError] | type[Exception] = ImageError) -> Iterator[ImageFile.ImageFile]:
    """The picture at ``path`` with its header read, identified by content and within MAX_PIXELS.

    Whatever breaks while the block decodes it comes out as ``error`` with a sentence naming the file.
    """
    with _in_words(path, error), reading.opened(path) as handle:
        yield _picture(path, handle, error)


@contextmanager
def _in_words(path: Path, error: type[ImageError] | type[Exception]) -> Iterator[None]:
    """Whatever breaks in the block comes out as ``error`` with a sentence naming the file."""
    try:
        yield
    except FileNotFoundError as missing:
        raise error(f"{path} does not exist; check its name and folder.") from missing
    except IsADirectoryError as folder:
        raise error(f"{path} is a folder, not a picture; give one of the files inside it.") from folder
    except PermissionError as denied:
        raise error(f"{path} may not be read; check the permissions of the file.") from denied
    except BROKEN as broken:
        if isinstance(broken, OSError) and broken.errno:  # the system's word, not a decoder's
            raise error(f"{path} cannot be read ({broken.strerror}); check what it is and where it lies.") from broken
        raise error(f"{path} is damaged or cut short ({_reason(broken)}); {_renewing(error)}.") from broken
    except MemoryError as full:
        raise error(f"{path} does not fit into memory; close other programs or save a smaller copy.") from full


def displayed_size(image: ImageFile.ImageFile) -> tuple[int, int]:
    """(height, width) of an opened picture once turned as its EXIF says."""
    width, height = image.size
    return (width, height) if orientation_of(image) >= 5 else (height, width)


@overload
def turn(pixels: Pixels, orientation: int) -> Pixels: ...


@overload
def turn(pixels: Samples, orientation: int) -> Samples: ...


def turn(pixels: Samples, orientation: int) -> Samples:
    """(H, W) or (H, W, C) pixels turned as EXIF orientation 1-8 says; contiguous."""
    if orientation not in _TURNS:
        return pixels
    return np.ascontiguousarray(_TURNS[orientation](pixels))


def _picture(path: Path, handle: IO[bytes], error: type[ImageError] | type[Exception]) -> ImageFile.ImageFile:
    """The picture in ``handle`` by its content and within MAX_PIXELS, else ``error``; ``path`` is for the sentence.

    Image.open would do, were it not for its size check, which warns or fails before we can name the size.
    """
    head = handle.read(heif.HEAD)
    if kind := heif.kind(head):
        if not heif.installed(kind):
            raise error(f"{path} {heif.MISSING[kind]}")
        factory = heif.factory(kind)
    else:
        accepting = (Image.OPEN[name] for name in _FORMATS)
        found = next((make for make, accept in accepting if accept is None or accept(head[:16]) is True), None)
        if found is None:
            raise error(_why_not(path, handle, error))
        factory = found
    _check_bytes(path, head, handle, error)
    handle.seek(0)
    image = factory(handle, "")
    _within_limit(path, image.size, error, _MAX_WEBP_PIXELS if image.format == "WEBP" else MAX_PIXELS)
    return image


def _check_bytes(path: Path, head: bytes, handle: IO[bytes], error: type[ImageError] | type[Exception]) -> None:
    """Refuses a file whose decoder would read it whole, or byte by byte, where it is larger than such photos are.

    Files may have holes of terabytes, which take no room on the disk they come from.
    """
    bytewise = head.startswith(b"GIF8")
    whole = bytewise or head[4:8] == b"ftyp" or head[8:12] == b"WEBP"
    size, most = handle.seek(0, io.SEEK_END), _MOST_BYTES if whole else MAX_BYTES
    if size > most:
        raise error(f"{path} is larger than any photo of its format ({size / 1e6:,.0f} MB); get a fresh copy of it.")
    if head.startswith(b"\xff\xd8"):
        _check_markers(handle)


def _check_markers(handle: IO[bytes]) -> None:
    """Raises ValueError for a JPEG with a desert between its segments, in which Pillow would look at every byte."""
    at, junk = 2, 0
    while junk < _MOST_JUNK:
        handle.seek(at)
        head = handle.read(4)
        if len(head) < 4 or head[1] in (0xD9, 0xDA):  # its end, or its pixels
            return
        if head[0] != 0xFF or head[1] in (0x00, 0xFF):
            at, junk = at + 1, junk + 1
        elif head[1] == 0x01 or 0xD0 <= head[1] <= 0xD8:  # markers that stand alone
            at += 2
        else:
            at += 2 + max(2, int.from_bytes(head[2:], "big"))
    raise ValueError("no picture behind its head")


def _within_limit(
    path: Path, size: tuple[int, int], error: type[ImageError] | type[Exception], most: int = MAX_PIXELS
) -> None:
    width, height = size
    if width * height > most:
        raise error(
            f"{path} has {width * height / 1e6:.0f} megapixels ({width} x {height}), over the limit of "
            f"{most / 1e6:.0f}{'' if most == MAX_PIXELS else ' for its format'}; save a smaller copy and open that."
        )


def _why_not(path: Path, handle: IO[bytes], error: type[ImageError] | type[Exception]) -> str:
    if handle.seek(0, io.SEEK_END) == 0:
        return f"{path} is empty (zero bytes); {_renewing(error)}."
    return f"{path} is not a picture that can be read ({_READABLE}), whatever its name says; export it as one of these."


def _renewing(error: type[ImageError] | type[Exception]) -> str:
    """What to do about a damaged file: nobody has a mask of one's own a second time, but for what was saved before."""
    return "bring back an earlier mask, or paint it anew" if issubclass(error, MaskError) else "get a fresh copy of it"


def _reason(error: BaseException) -> str:
    text = str(error).strip().rstrip(".")
    return text.splitlines()[0][:120] if text else type(error).__name__


def orientation_of(image: Image.Image) -> int:
    """EXIF orientation 1-8 still to be applied; unreadable EXIF counts as 1."""
    if image.format in ("TIFF", "HEIF"):  # their decoders turn them themselves
        return 1
    try:
        value = exif_of(image).get(_ORIENTATION, 1)
    except BROKEN:
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def exif_of(image: Image.Image) -> Image.Exif:
    """The EXIF of an opened picture, from its header; raises one of BROKEN."""
    return _png_exif(image) if isinstance(image, PngImagePlugin.PngImageFile) else image.getexif()


def _png_exif(image: PngImagePlugin.PngImageFile) -> Image.Exif:
    """The EXIF of a PNG from wherever it stands; Pillow would decode the whole picture to look behind the pixels."""
    exif = Image.Exif()
    handle = image.fp
    if handle is None:  # its pixels were read already
        return image.getexif()
    position = handle.tell()
    try:
        handle.seek(8)
        while len(header := handle.read(8)) == 8:
            length, kind = struct.unpack(">I4s", header)
            if kind == b"eXIf":
                exif.load(b"Exif\0\0" + handle.read(length))
                break
            handle.seek(length + 4, io.SEEK_CUR)
    finally:
        handle.seek(position)
    return exif


def _reduced(image: ImageFile.ImageFile, path: Path, edge: int) -> Pixels:
    """An opened picture as ``read_thumbnail`` gives it."""
    orientation = orientation_of(image)
    width, height = _fit(image.size, edge)
    image.draft(None, (width * 2, height * 2))
    small = reduced(image, path, _fit(image.size, edge))
    converted, _ = to_srgb(small, image.info.get("icc_profile"))
    return turn(_shrunk(np.array(over_white(converted)), edge), orientation)


def _shrunk(pixels: Pixels, edge: int) -> Pixels:
    if max(pixels.shape[:2]) <= edge:
        return pixels
    small = cv2.resize(pixels, _fit((pixels.shape[1], pixels.shape[0]), edge), interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8)


@contextmanager
def _raw_in_words(path: Path) -> Iterator[None]:
    """For blocks that read camera RAW: its size checked first, what goes wrong as ImageError."""
    with _in_words(path, ImageError):
        with reading.opened(path) as handle:  # also for the system's own words on what is missing or forbidden
            if handle.seek(0, io.SEEK_END) == 0:
                raise ImageError(f"{path} is empty (zero bytes); get a fresh copy of it.")
        if not raw.installed():
            raise ImageError(f"{path} {raw.MISSING}")
        try:
            height, width = raw.size(path)
            _within_limit(path, (width, height), ImageError)
            yield
        except raw.Unsupported as unsupported:
            raise ImageError(
                f"{path} is no camera RAW that can be read ({_reason(unsupported)}); "
                "convert it to DNG or export it as TIFF."
            ) from unsupported


def _read_raw(path: Path) -> Photo:
    with _raw_in_words(path):
        samples, meaning = raw.develop(path), raw.source(path)
        return Photo(path, raw.shown(samples, meaning), meaning.name, samples, meaning)


def _raw_thumbnail(path: Path, edge: int) -> Pixels:
    """From the JPEG inside when it is large enough, else developed at half the size."""
    with _raw_in_words(path):
        data = raw.preview(path)
        if data is not None:
            image = _picture(path, io.BytesIO(data), ImageError)
            if max(image.size) >= edge:
                return _reduced(image, path, edge)
        samples = raw.develop(path, half=True)
        return _shrunk(raw.shown(samples, raw.source(path)), edge)


def _fit(size: tuple[int, int], edge: int) -> tuple[int, int]:
    """``size`` scaled down (never up) until its longer edge is ``edge``."""
    scale = min(1.0, edge / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def file_hash(path: Path) -> str:
    """SHA-256 of the file's bytes in hex. Raises ImageError when it cannot be read."""
    try:
        with reading.opened(path) as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError as error:
        raise ImageError(f"{path} cannot be read ({error.strerror or error}); check that it is still there.") from error
