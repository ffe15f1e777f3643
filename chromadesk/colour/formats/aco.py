"""Adobe Photoshop colour swatches (.aco), versions 1 and 2, as Adobe's "Photoshop File Formats Specification" has them.

Version 1 holds colours, version 2 after it the same with names. Colours that sRGB can show are written as RGB, the
others as Lab (D50). There are no groups and there is no room for a trust line.
"""

from __future__ import annotations

import struct

import numpy as np

from chromadesk.colour import spaces
from chromadesk.colour.formats.cursor import Cursor
from chromadesk.colour.formats.swatchfile import Malformed, Model, Reading, SwatchFile, one_line
from chromadesk.colour.swatch import Swatch
from chromadesk.errors import SwatchError

_RGB, _HSB, _CMYK, _LAB, _GREY = 0, 1, 2, 7, 8
_MOST = 0xFFFF


def encode(file: SwatchFile) -> bytes:
    """``file`` as .aco: version 1, then version 2. Raises SwatchError for more colours than the format can count."""
    swatches = file.swatches
    if len(swatches) > _MOST:
        raise SwatchError(f"An .aco file holds at most {_MOST:,} colours; choose .ase for these {len(swatches):,}.")
    plain = b"".join(_values(swatch) for swatch in swatches)
    named = b"".join(_values(swatch) + _named(swatch.name) for swatch in swatches)
    return struct.pack(">HH", 1, len(swatches)) + plain + struct.pack(">HH", 2, len(swatches)) + named


def decode(data: bytes) -> SwatchFile:
    """The swatches of an .aco file, with names where it has them. Raises Malformed."""
    cursor = Cursor(data)
    version, count = cursor.unpack("HH")
    if version not in (1, 2):
        raise Malformed("it does not begin as an .aco file does")
    if version == 1 and cursor.left >= 10 * count + 4 and data[4 + 10 * count : 6 + 10 * count] == b"\0\2":
        cursor.take(10 * count)
        version, count = cursor.unpack("HH")
    reading = Reading()
    for _ in range(count):
        space, *words = cursor.unpack("HHHHH")
        title = ""
        if version == 2:
            (length,) = cursor.unpack("I")
            title = cursor.text(length)
        reading.colour(*_colour(space, words), title)
    return reading.finish()


def _colour(space: int, words: list[int]) -> tuple[Model, tuple[float, ...]]:
    if space == _RGB:
        return "rgb", tuple(word / _MOST for word in words[:3])
    if space == _HSB:
        return "hsb", tuple(word / _MOST for word in words[:3])
    if space == _CMYK:  # 0 is full ink
        return "cmyk", tuple(1 - word / _MOST for word in words)
    if space == _LAB:
        signed = [word - 0x10000 if word > 0x7FFF else word for word in words]
        return "lab50", tuple(word / 100 for word in signed[:3])
    if space == _GREY:
        return "grey", (words[0] / 10000,)
    raise Malformed(f"it has a colour in space {space}, not RGB, HSB, CMYK, Lab or grey")


def _values(swatch: Swatch) -> bytes:
    if swatch.in_srgb:
        rgb = np.rint(np.clip(spaces.lab_to_srgb(np.array(swatch.lab)), 0, 1) * _MOST).astype(int)
        return struct.pack(">HHHHH", _RGB, *rgb.tolist(), 0)
    lab = np.rint(np.clip(swatch.lab_d50, [0, -128, -128], [100, 127, 127]) * 100).astype(int)
    return struct.pack(">HHhhH", _LAB, *lab.tolist(), 0)


def _named(text: str) -> bytes:
    coded = (one_line(text) + "\0").encode("utf-16-be")
    return struct.pack(">I", len(coded) // 2) + coded
