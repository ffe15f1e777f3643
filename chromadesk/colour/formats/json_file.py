"""JSON (.json): every field of every swatch, and the white beside each Lab.

Read back are our own files, what ``chromadesk palette --json`` writes, and plain lists of colours: hex strings, or
objects with ``hex``, ``rgb`` or ``lab`` (with ``white`` "D65" or "D50", D65 unless it is said) and ``name``.
"""

from __future__ import annotations

import json
from typing import Any

from chromadesk.colour.formats.swatchfile import Malformed, Reading, SwatchFile, rgb_of_hex
from chromadesk.colour.formats.text import decoded
from chromadesk.colour.swatch import Swatch


def encode(file: SwatchFile) -> bytes:
    """``file`` as .json, UTF-8."""
    groups = [
        {"title": group.title, "swatches": [_swatch(swatch) for swatch in group.swatches]} for group in file.groups
    ]
    value = {"title": file.title, "trust": file.trust, "grey": file.grey, "groups": groups}
    return (json.dumps(value, indent=2) + "\n").encode()


def _swatch(swatch: Swatch) -> dict[str, Any]:
    print_lab = {"lab": [round(value, 4) + 0.0 for value in swatch.lab_d50], "white": "D50"}
    return {**swatch.to_json(), "print": print_lab}


def decode(data: bytes) -> SwatchFile:
    """The swatches of a .json file. Raises Malformed and RecursionError."""
    try:
        value = json.loads(decoded(data))
    except json.JSONDecodeError as error:
        raise Malformed(f"it is no JSON (line {error.lineno})") from None
    reading = Reading()
    if isinstance(value, dict):
        reading.title, reading.trust, reading.grey = (_text(value.get(key)) for key in ("title", "trust", "grey"))
    for title, colours in _groups(value):
        reading.group(title)
        for colour in colours:
            _add(reading, colour)
    return reading.finish()


def _groups(value: Any) -> list[tuple[str, list[Any]]]:
    """(title, colours) of each group, in whichever of the accepted shapes."""
    if isinstance(value, list):
        return [("", value)]
    if isinstance(value, dict):
        groups, by_class = value.get("groups"), value.get("classes")
        if isinstance(groups, list) and all(isinstance(group, dict) for group in groups):
            found = [(_text(group.get("title")), group.get("swatches")) for group in groups]
        elif isinstance(by_class, dict):
            garments = value.get("garments")
            apart = garments.items() if isinstance(garments, dict) else ()
            found = [
                *by_class.items(),
                *((name, each.get("swatches") if isinstance(each, dict) else None) for name, each in apart),
            ]
        else:
            found = [("", value.get("swatches", value.get("colours", value.get("colors"))))]
        if all(isinstance(colours, list) for _, colours in found):
            return found
    raise Malformed("it has no list of colours")


def _add(reading: Reading, colour: Any) -> None:
    if isinstance(colour, str):
        colour = {"hex": colour}
    if not isinstance(colour, dict):
        raise Malformed(f"{str(colour)[:40]!r} is no colour")
    title, fields = _text(colour.get("name", colour.get("title"))), _fields(colour)
    if "lab" in colour:
        white = colour.get("white", "D65")
        if white not in ("D65", "D50"):
            raise Malformed(f"its white {str(white)[:20]!r} is unknown; D65 and D50 are known")
        reading.colour("lab" if white == "D65" else "lab50", _three(colour["lab"]), title, **fields)
        return
    if "hex" in colour:
        rgb = rgb_of_hex(_text(colour["hex"]))
    else:
        red, green, blue = _three(colour.get("rgb"))
        rgb = (red / 255, green / 255, blue / 255)
    if rgb is None:
        raise Malformed(f"{_text(colour['hex'])[:20]!r} is no hex colour")
    reading.colour("rgb", rgb, title, **fields)


def _fields(colour: dict[str, Any]) -> dict[str, Any]:
    """What else a swatch of ours says, as far as it is sound."""
    fields: dict[str, Any] = {}
    for key in ("share", "area"):
        if _is_number(colour.get(key)) and 0 <= colour[key] <= 1:
            fields[key] = float(colour[key])
    if type(colour.get("pixels")) is int and 0 <= colour["pixels"] < 2**63:
        fields["pixels"] = colour["pixels"]
    if colour.get("origin") in ("picked", "locked"):
        fields["origin"] = colour["origin"]
    medoid = colour.get("medoid")
    if medoid is not None:
        lightness, a, b = _three(medoid)
        if all(-300 <= value <= 300 for value in (lightness, a, b)):
            fields["medoid"] = (lightness, a, b)
    return fields


def _three(value: Any) -> tuple[float, float, float]:
    if not isinstance(value, list) or len(value) != 3 or not all(_is_number(each) for each in value):
        raise Malformed(f"{str(value)[:40]!r} is no colour of three numbers")
    try:
        one, two, three = (float(each) for each in value)
    except OverflowError:
        raise Malformed("it has a number that no colour can have") from None
    return one, two, three


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
