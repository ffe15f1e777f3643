"""Adobe Swatch Exchange (.ase): what Illustrator, InDesign and Photoshop share.

No specification is public; the layout is as Carl Camera described it and the PyPI package ``swatch`` reads it. Colours
that sRGB can show are written as RGB, which every Adobe program takes as it is; those beyond as LAB (D50, as Adobe
means it), so that nothing is clipped. There is no room for a trust line.
"""

from __future__ import annotations

import struct
from typing import Literal

import numpy as np

from chromadesk.colour import spaces
from chromadesk.colour.formats.cursor import Cursor
from chromadesk.colour.formats.swatchfile import Malformed, Model, Reading, SwatchFile, one_line
from chromadesk.colour.swatch import Swatch

MAGIC = b"ASEF"
_GROUP, _END, _COLOUR = 0xC001, 0xC002, 0x0001
_PROCESS = 2  # neither global nor a spot colour
_MODELS: dict[bytes, tuple[Model, int]] = {
    b"RGB ": ("rgb", 3),
    b"LAB ": ("lab50", 3),
    b"CMYK": ("cmyk", 4),
    b"Gray": ("grey", 1),
}


def encode(file: SwatchFile, model: Literal["fitting", "rgb", "lab"] = "fitting") -> bytes:
    """``file`` as .ase; ``model`` writes every colour as RGB (clipped to sRGB) or as LAB instead of as fits it."""
    blocks = []
    for group in file.groups:
        colours = [_block(_COLOUR, _named(swatch.name) + _values(swatch, model)) for swatch in group.swatches]
        if group.title:
            colours = [_block(_GROUP, _named(group.title)), *colours, _block(_END, b"")]
        blocks += colours
    return MAGIC + struct.pack(">HHI", 1, 0, len(blocks)) + b"".join(blocks)


def decode(data: bytes) -> SwatchFile:
    """The swatches of an .ase file; blocks of unknown kinds are passed over. Raises Malformed."""
    cursor = Cursor(data)
    if cursor.take(4) != MAGIC:
        raise Malformed("it does not begin as an .ase file does")
    _, _, count = cursor.unpack("HHI")
    reading = Reading()
    for _ in range(count):
        kind, length = cursor.unpack("HI")
        block = Cursor(cursor.take(length))
        if kind == _GROUP:
            reading.group(block.text(*block.unpack("H")))
        elif kind == _END:
            reading.group("")
        elif kind == _COLOUR:
            title = block.text(*block.unpack("H"))
            code = block.take(4)
            if code not in _MODELS:
                raise Malformed(f"it has a colour in {code.decode('ascii', 'replace')!r}, not RGB, LAB, CMYK or Gray")
            model, numbers = _MODELS[code]
            values = block.unpack(f"{numbers}f")
            if model == "lab50":  # lightness is a fraction
                values = (values[0] * 100, *values[1:])
            reading.colour(model, values, title)
    return reading.finish()


def _block(kind: int, content: bytes) -> bytes:
    return struct.pack(">HI", kind, len(content)) + content


def _named(text: str) -> bytes:
    coded = (one_line(text) + "\0").encode("utf-16-be")
    return struct.pack(">H", len(coded) // 2) + coded


def _values(swatch: Swatch, model: str) -> bytes:
    if model == "lab" or (model == "fitting" and not swatch.in_srgb):
        lightness, a, b = swatch.lab_d50
        return b"LAB " + struct.pack(">fffH", lightness / 100, a, b, _PROCESS)
    rgb = np.clip(spaces.lab_to_srgb(np.array(swatch.lab)), 0, 1)
    return b"RGB " + struct.pack(">fffH", *rgb.tolist(), _PROCESS)
