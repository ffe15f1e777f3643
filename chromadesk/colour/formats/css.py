"""CSS custom properties (.css): each colour as hex and, beside it, as oklch().

A colour beyond sRGB is hex for old browsers, and oklch() for those that know it. The properties are called by
group and name; the name itself stands in a comment behind, the trust line above.
"""

from __future__ import annotations

import re
import unicodedata

from chromadesk.colour.formats.swatchfile import Malformed, Reading, SwatchFile, one_line, rgb_of_hex
from chromadesk.colour.formats.text import decoded
from chromadesk.colour.swatch import Swatch

_FINE = "-oklch"
_TRUST, _GREY, _GROUP = "Trust: ", "Grey point: ", "Group: "
_PART = re.compile(r"/\*(?P<comment>.*?)\*/|--(?P<name>[\w-]+)\s*:\s*(?P<value>[^;{}/]*)|[;{}]", re.DOTALL)
_NUMBER = r"\s*([-+]?[\d.]+(?:e[-+]?\d+)?)(%|deg)?"
_OKLCH = re.compile(rf"oklch\({_NUMBER}\s+{_NUMBER[3:]}\s+{_NUMBER[3:]}\s*\)$", re.IGNORECASE | re.ASCII)
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})\b[^)]*\)$", re.IGNORECASE | re.ASCII)


def encode(file: SwatchFile) -> bytes:
    """``file`` as .css, UTF-8."""
    head = [one_line(file.title)] if file.title else []
    head += [mark + one_line(text) for mark, text in ((_TRUST, file.trust), (_GREY, file.grey)) if text]
    lines = [_comment(line) for line in head] + [":root {"]
    beyond = []
    taken: set[str] = set()
    for group in file.groups:
        if group.title:
            lines.append(f"  {_comment(_GROUP + one_line(group.title))}")
        for swatch in group.swatches:
            name = _free("-".join(filter(None, (_slug(group.title), _slug(swatch.name)))) or "colour", taken)
            lines.append(f"  --{name}: {swatch.hex}; {_comment(one_line(swatch.name))}")
            lines.append(f"  --{name}{_FINE}: {_oklch(swatch)};")
            if not swatch.in_srgb:
                beyond.append(f"    --{name}: {_oklch(swatch)};")
    lines.append("}")
    if beyond:
        lines += ["@supports (color: oklch(0 0 0)) {", "  :root {", *beyond, "  }", "}"]
    return "\n".join([*lines, ""]).encode()


def decode(data: bytes) -> SwatchFile:
    """Every custom property that is a hex, rgb() or oklch() colour, the first of each name. Raises Malformed."""
    reading = Reading()
    named: dict[str, tuple[str, str]] = {}  # property -> value, name
    groups: list[tuple[str, list[str]]] = [("", [])]
    last = ""
    for part in _PART.finditer(decoded(data)):
        comment = one_line(part["comment"] or "")
        if comment.startswith(_GROUP):
            groups.append((comment.removeprefix(_GROUP), []))
        elif comment.startswith(_TRUST):
            reading.trust = comment.removeprefix(_TRUST)
        elif comment.startswith(_GREY):
            reading.grey = comment.removeprefix(_GREY)
        elif comment and last:
            named[last] = (named[last][0], comment)
            last = ""
        elif comment and not named and not reading.title:
            reading.title = comment
        elif part["name"] and part["name"] not in named:
            last = part["name"]
            named[last] = (part["value"].strip(), "")
            groups[-1][1].append(last)
        elif part[0] in "{}":
            last = ""
    for title, properties in groups:
        reading.group(title)
        for name in properties:
            base = name.removesuffix(_FINE)
            if base != name and base in named:
                continue  # the finer value of a colour already taken
            value, words = named[name]
            fine, _ = named.get(name + _FINE, (value, ""))
            _add(reading, value if _OKLCH.match(fine) is None else fine, words or name)
    return reading.finish()


def _add(reading: Reading, value: str, title: str) -> None:
    """Add ``value`` where it is a colour; other properties are left alone."""
    rgb = rgb_of_hex(value) if value.startswith("#") else None
    if rgb is not None:
        reading.colour("rgb", rgb, title)
    elif found := _RGB.match(value):
        red, green, blue = (int(each) / 255 for each in found.groups())
        reading.colour("rgb", (red, green, blue), title)
    elif found := _OKLCH.match(value):
        try:
            lightness, chroma, hue = (float(found[place]) for place in (1, 3, 5))
        except ValueError:
            raise Malformed(f"{value[:40]!r} is no colour") from None
        if found[2] == "%":
            lightness /= 100
        if found[4] == "%":  # 100 % is a chroma of 0.4
            chroma *= 0.004
        reading.colour("oklch", (lightness, chroma, hue), title)


def _oklch(swatch: Swatch) -> str:
    lightness, chroma, hue = swatch.oklch
    return f"oklch({lightness:.5f} {chroma:.5f} {hue:.3f})"


def _comment(text: str) -> str:
    return f"/* {text.replace('*/', '* /')} */"


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", one_line(text)).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60]


def _free(name: str, taken: set[str]) -> str:
    """``name``, or with the first number behind it that is free; neither it nor its fine twin is taken then."""
    wanted, number = name, 1
    while wanted in taken or wanted + _FINE in taken or wanted.removesuffix(_FINE) in taken:
        number += 1
        wanted = f"{name}-{number}"
    taken.add(wanted)
    return wanted
