"""CSV (.csv): a row per swatch, for spreadsheets; trust line and grey point stand in every row.

Read back are columns by their names, in any order: ``name``, and ``hex`` or ``L``, ``a``, ``b`` (``white`` D65 or D50,
D65 unless it is said) or ``r``, ``g``, ``b``; without a line of names, the hex colour of each row and the first other
text. Commas, semicolons (then with decimal commas) and tabs divide.
"""

from __future__ import annotations

import csv
import io

from chromadesk.colour.formats.swatchfile import Malformed, Model, Reading, SwatchFile, one_line, rgb_of_hex
from chromadesk.colour.formats.text import decoded, guarded, unguarded

_COLUMNS = (
    *("group", "name", "hex", "L", "a", "b", "white", "oklch_l", "oklch_c", "oklch_h"),
    *("share", "area", "pixels", "in_srgb", "trust", "grey"),
)
_ALSO = {"colour": "name", "color": "name", "title": "name", "html": "hex", "rgb hex": "hex", "l*": "l", "a*": "a",
         "b*": "b", "red": "r", "green": "g", "blue": "b"}  # fmt: skip


def encode(file: SwatchFile) -> bytes:
    """``file`` as .csv, UTF-8 with the mark that makes Excel take it for that."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow(_COLUMNS)
    for group in file.groups:
        for swatch in group.swatches:
            words = [guarded(one_line(text)) for text in (group.title, swatch.name)]
            lab, oklch = ([f"{value:.4f}" for value in values] for values in (swatch.lab, swatch.oklch))
            numbers = [f"{swatch.share:.6f}", f"{swatch.area:.6f}", swatch.pixels, swatch.in_srgb]
            notes = [guarded(one_line(text)) for text in (file.trust, file.grey)]
            rows.writerow([*words, swatch.hex, *lab, "D65", *oklch, *numbers, *notes])
    return text.getvalue().encode("utf-8-sig")


def decode(data: bytes) -> SwatchFile:
    """The swatches of a .csv file. Raises Malformed and csv.Error."""
    text = decoded(data)
    first = text.partition("\n")[0]
    divider = max(",;\t", key=first.count)
    lines = [
        (number, row) for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=divider), 1) if any(row)
    ]
    if not lines:
        raise Malformed("it holds no colours")
    reading = Reading()
    named = [_ALSO.get(name, name) for name in (cell.strip().lower() for cell in lines[0][1])]
    if "hex" in named or {"l", "a", "b"} <= set(named) or {"r", "g", "b"} <= set(named):
        group = ""
        for number, row in lines[1:]:
            cells = {name: unguarded(cell.strip()) for name, cell in zip(named, row, strict=False)}
            if cells.get("group", "") != group:
                group = cells["group"]
                reading.group(group)
            reading.trust = reading.trust or cells.get("trust", "")
            reading.grey = reading.grey or cells.get("grey", "")
            model, values = _colour(cells, number, divider)
            reading.colour(model, values, cells.get("name", ""), **_fields(cells, divider))
    else:
        for number, row in lines:
            code = next((cell for cell in row if rgb_of_hex(cell)), None)
            if code is None:
                raise Malformed(f"line {number} has no hex colour, and there are no columns hex, L, a, b or r, g, b")
            rest = [cell for cell in row if cell is not code and cell.strip()]
            reading.colour("rgb", rgb_of_hex(code) or (0.0, 0.0, 0.0), rest[0] if rest else "")
    return reading.finish()


def _colour(cells: dict[str, str], number: int, divider: str) -> tuple[Model, tuple[float, ...]]:
    lab = tuple(_number(cells.get(name, ""), divider) for name in "lab")
    if all(value is not None for value in lab):
        white = cells.get("white", "").upper() or "D65"
        if white not in ("D65", "D50"):
            raise Malformed(f"line {number} has a white {white[:20]!r}; D65 and D50 are known")
        return "lab" if white == "D65" else "lab50", tuple(value for value in lab if value is not None)
    rgb = rgb_of_hex(cells.get("hex", ""))
    if rgb is None:
        parts = [_number(cells.get(name, ""), divider) for name in "rgb"]
        if None in parts:
            raise Malformed(f"line {number} has no colour that can be read")
        return "rgb", tuple(part / 255 for part in parts if part is not None)
    return "rgb", rgb


def _fields(cells: dict[str, str], divider: str) -> dict[str, float | int]:
    fields: dict[str, float | int] = {}
    for name in ("share", "area"):
        value = _number(cells.get(name, ""), divider)
        if value is not None and 0 <= value <= 1:
            fields[name] = value
    pixels = cells.get("pixels", "")
    if pixels.isascii() and pixels.isdigit() and len(pixels) < 18:
        fields["pixels"] = int(pixels)
    return fields


def _number(text: str, divider: str) -> float | None:
    try:
        return float(text.replace(",", ".") if divider == ";" else text)
    except ValueError:
        return None
