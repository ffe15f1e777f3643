"""A sheet as SVG, in Helvetica or what stands in for it."""

from __future__ import annotations

import base64
from xml.sax.saxutils import escape

import cv2

from chromadesk.colour.formats import helvetica
from chromadesk.colour.formats.drawing import Box, Item, Outline, Picture, Rgb, Sheet, Text, fitted
from chromadesk.colour.formats.pdf import reduced


def encode(sheet: Sheet, title: str = "") -> bytes:
    """``sheet`` as .svg, UTF-8; its pictures lie in it."""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{sheet.width:g}pt" height="{sheet.height:g}pt" '
        f'viewBox="0 0 {sheet.width:g} {sheet.height:g}" font-family="Helvetica, Arial, sans-serif">'
    )
    parts = [head, f"<title>{_escaped(title)}</title>", *(_drawn(item) for item in sheet.items), "</svg>", ""]
    return "\n".join(parts).encode("utf-8", "replace")


def _drawn(item: Item) -> str:
    if isinstance(item, Box):
        rim = f' stroke="{_hex(item.rim)}" stroke-width="0.5"' if item.rim else ""
        return f'<rect {_place(item)} fill="{_hex(item.fill)}"{rim}/>'
    if isinstance(item, Text):
        shown = fitted(item.text, item.room, lambda text: helvetica.width(text, item.size))
        look = f'font-size="{item.size:g}" fill="{_hex(item.ink)}"'
        return f'<text x="{item.x:.3f}" y="{item.y:.3f}" {look}>{_escaped(shown)}</text>'
    if isinstance(item, Outline):
        path = "".join("M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in polygon) + "Z" for polygon in item.polygons)
        look = f'stroke="{_hex(item.ink)}" stroke-width="{item.width:g}" stroke-linejoin="round"'
        return f'<path d="{path}" fill="none" {look}/>'
    assert isinstance(item, Picture)
    pixels = cv2.cvtColor(reduced(item.pixels, item.width * 3), cv2.COLOR_RGB2BGR)
    _, coded = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, 90])
    data = base64.b64encode(coded.tobytes()).decode()
    return f'<image {_place(item)} preserveAspectRatio="none" href="data:image/jpeg;base64,{data}"/>'


def _place(item: Box | Picture) -> str:
    return f'x="{item.x:.3f}" y="{item.y:.3f}" width="{item.width:.3f}" height="{item.height:.3f}"'


def _hex(rgb: Rgb) -> str:
    return "#{:02x}{:02x}{:02x}".format(*rgb)


def _escaped(text: str) -> str:
    """``text`` as XML may hold it: no control characters, nor the two code points that XML forbids."""
    return escape("".join(letter for letter in text if letter >= " " and letter not in "\ufffe\uffff"))
