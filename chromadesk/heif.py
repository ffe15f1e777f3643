"""Photos in ISO's box format: HEIC of telephones (the extra ``heic``), AVIF where Pillow has it; told by their head."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from typing import IO, Literal

import numpy as np
import numpy.typing as npt
from PIL import ImageFile, features

Kind = Literal["HEIF", "AVIF"]

#: How far into a file its brands reach, in bytes.
HEAD = 256
#: What is missing, and the cure, by kind; follows the file's name.
MISSING: dict[Kind, str] = {
    "HEIF": 'is a HEIC photo, which takes an extra to read; install it with: pip install "chromadesk[heic]"',
    "AVIF": "is an AVIF photo, which this Pillow cannot read; install a newer one with: pip install --upgrade pillow",
}
_AVIF = {b"avif", b"avis"}
_HEIF = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"}


def kind(head: bytes) -> Kind | None:
    """Which of the two a file is by its first HEAD bytes: its own brand, or, of a general one, its companions."""
    if head[4:8] != b"ftyp":
        return None
    end = min(int.from_bytes(head[:4], "big"), len(head))
    major, others = head[8:12], {head[at : at + 4] for at in range(16, end, 4)}
    if major in _AVIF or (major in (b"mif1", b"msf1") and others & _AVIF):
        return "AVIF"
    return "HEIF" if major in _HEIF else None


def installed(which: Kind) -> bool:
    """It can be decoded here."""
    if which == "AVIF":
        # Pillow before 11.3 does not know the word
        return "avif" in features.modules and bool(features.check_module("avif"))
    return importlib.util.find_spec("pi_heif") is not None


def factory(which: Kind) -> Callable[[IO[bytes], str], ImageFile.ImageFile]:
    """What makes a picture of an open file, as Pillow's own do."""
    if which == "AVIF":
        from PIL import AvifImagePlugin

        return AvifImagePlugin.AvifImageFile
    return _heif


def _heif(handle: IO[bytes], name: str) -> ImageFile.ImageFile:
    import pi_heif

    # depth maps and the like are nothing to us, and each a door
    pi_heif.options.THUMBNAILS = pi_heif.options.DEPTH_IMAGES = pi_heif.options.AUX_IMAGES = False
    _check_items(handle.read())
    image: ImageFile.ImageFile = pi_heif.HeifImageFile(handle, name)
    return image


def _check_items(data: bytes) -> None:
    """Raises ValueError when an item's type or name is no text: pi_heif 1.4 would end the process with it."""
    for box, start, end in _boxes(data, 0, len(data)):
        if box != b"meta":
            continue
        for inner, first, last in _boxes(data, start + 4, end):
            if inner == b"iinf" and first < last:
                for _, at, stop in _boxes(data, first + (8 if data[first] else 6), last):
                    data[at + (10 if data[at : at + 1] == b"\3" else 8) : stop].decode("utf-8")


def _boxes(data: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """(type, start, end of the content) of each box between two offsets (ISO/IEC 14496-12, section 4.2)."""
    while start + 8 <= end:
        size, begin = int.from_bytes(data[start : start + 4], "big"), start + 8
        if size == 1:  # a size of 64 bits follows
            size, begin = int.from_bytes(data[begin : begin + 8], "big"), start + 16
        stop = end if size == 0 else min(end, start + size)
        if stop < begin:
            return
        yield data[start + 4 : start + 8], begin, stop
        start = stop


def sixteen(handle: IO[bytes]) -> npt.NDArray[np.uint16]:
    """A HEIC photo of 10 or 12 bits a channel as (H, W, 3 or 4) of 0-65535, upright; Pillow holds only 8."""
    import pi_heif

    file = pi_heif.open_heif(handle, convert_hdr_to_8bit=False, hdr_to_16bit=False)
    image = file[file.primary_index]
    top = (1 << int(image.info["bit_depth"])) - 1
    values = np.asarray(image)
    result = np.empty(values.shape, np.uint16)
    for row, samples in zip(result, values, strict=True):  # row by row, for the sums take twice the room
        row[:] = (samples.astype(np.uint32) * 65535 + top // 2) // top
    return result
