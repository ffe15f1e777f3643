"""GIMP palettes (.gpl), which Inkscape, Krita and Scribus read too: text, 8 bits of sRGB a channel.

Groups and the trust line stand in comments, where other programs pass over them.
"""

from __future__ import annotations

import re

from chromadesk.colour.formats.swatchfile import Malformed, Reading, SwatchFile, one_line
from chromadesk.colour.formats.text import decoded

MAGIC = b"GIMP Palette"
_GROUP, _TRUST, _GREY = "# Group: ", "# Trust: ", "# Grey point: "
_ENTRY = re.compile(r"\s*(\d{1,3})\s+(\d{1,3})\s+(\d{1,3})(?:\s+(.*))?$", re.ASCII)


def encode(file: SwatchFile) -> bytes:
    """``file`` as .gpl, UTF-8."""
    lines = ["GIMP Palette", f"Name: {one_line(file.title) or 'ChromaDesk'}", "Columns: 0", "#"]
    lines += [mark + one_line(text) for mark, text in ((_TRUST, file.trust), (_GREY, file.grey)) if text]
    for group in file.groups:
        if group.title:
            lines.append(_GROUP + one_line(group.title))
        for swatch in group.swatches:
            red, green, blue = swatch.rgb
            lines.append(f"{red:3d} {green:3d} {blue:3d}\t{one_line(swatch.name)}")
    return "\n".join([*lines, ""]).encode()


def decode(data: bytes) -> SwatchFile:
    """The swatches of a .gpl file. Raises Malformed."""
    lines = re.split(r"\r\n|\r|\n", decoded(data))
    if not lines[0].startswith("GIMP Palette"):
        raise Malformed("it does not begin as a .gpl file does")
    reading = Reading()
    for number, line in enumerate(lines[1:], 2):
        if line.startswith(_GROUP):
            reading.group(line.removeprefix(_GROUP))
        elif line.startswith(_TRUST):
            reading.trust = line.removeprefix(_TRUST)
        elif line.startswith(_GREY):
            reading.grey = line.removeprefix(_GREY)
        elif line.startswith("Name:"):
            reading.title = one_line(line.removeprefix("Name:"))
        elif line.strip() and not line.startswith(("#", "Columns:")):
            entry = _ENTRY.match(line)
            if not entry or any(int(value) > 255 for value in entry.groups()[:3]):
                raise Malformed(f"line {number} is no colour (three numbers, 0 to 255, and a name)")
            red, green, blue = (int(value) / 255 for value in entry.groups()[:3])
            title = entry[4] or ""
            reading.colour("rgb", (red, green, blue), "" if title == "Untitled" else title)
    return reading.finish()
