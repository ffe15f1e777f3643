"""A sheet as PNG, at 216 dots an inch, tagged as sRGB; in Helvetica's kin where the system has one, else in the
font that Pillow brings, which knows plain letters only.
"""

from __future__ import annotations

import contextlib
import functools
import io
import unicodedata

from PIL import Image, ImageDraw, ImageFont, PngImagePlugin

from chromadesk.colour.formats.drawing import Box, Outline, Picture, Sheet, Text, fitted

_SCALE = 3  # pixels a point
_FONTS = ("Helvetica.ttc", "Arial.ttf", "arial.ttf", "LiberationSans-Regular.ttf", "DejaVuSans.ttf")
_FINER = 2  # outlines are drawn larger by this and reduced: smooth edges


def encode(sheet: Sheet, title: str = "") -> bytes:
    """``sheet`` as .png; ``title`` goes into its metadata."""
    image = Image.new("RGB", (round(sheet.width * _SCALE), round(sheet.height * _SCALE)), "white")
    for item in sheet.items:
        if isinstance(item, Outline):
            _outline(image, item)
        else:
            _draw(image, item)
    data, info = io.BytesIO(), PngImagePlugin.PngInfo()
    info.add(b"sRGB", b"\1")  # relative colorimetric
    if title:
        info.add_itxt("Title", title.encode("utf-8", "replace").decode())
    image.save(data, "PNG", pnginfo=info, dpi=(72 * _SCALE, 72 * _SCALE), optimize=True)
    return data.getvalue()


def _draw(image: Image.Image, item: Box | Text | Picture) -> None:
    if isinstance(item, Text):
        font = _font(item.size * _SCALE)
        ours = not isinstance(font, ImageFont.FreeTypeFont) or not isinstance(font.path, str)  # no file: Pillow's own
        text = _plain(item.text) if ours else item.text
        shown = fitted(text, item.room * _SCALE, font.getlength)
        ImageDraw.Draw(image).text((item.x * _SCALE, item.y * _SCALE), shown, item.ink, font, anchor="ls")
        return
    left, top = round(item.x * _SCALE), round(item.y * _SCALE)
    right, bottom = round((item.x + item.width) * _SCALE), round((item.y + item.height) * _SCALE)
    if right <= left or bottom <= top:
        return
    if isinstance(item, Picture):
        size = (right - left, bottom - top)
        image.paste(Image.fromarray(item.pixels).resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0), (left, top))
    else:
        ImageDraw.Draw(image).rectangle((left, top, right - 1, bottom - 1), item.fill, item.rim)


def _outline(image: Image.Image, item: Outline) -> None:
    points = [point for polygon in item.polygons for point in polygon]
    if not points:
        return
    margin = item.width + 1
    left, top = (int((min(point[axis] for point in points) - margin) * _SCALE) for axis in (0, 1))
    right, bottom = (int((max(point[axis] for point in points) + margin) * _SCALE) + 1 for axis in (0, 1))
    scale = _SCALE * _FINER
    cover = Image.new("L", ((right - left) * _FINER, (bottom - top) * _FINER))
    draw = ImageDraw.Draw(cover)
    for polygon in item.polygons:
        line = [(x * scale - left * _FINER, y * scale - top * _FINER) for x, y in [*polygon, polygon[0]]]
        draw.line(line, 255, max(1, round(item.width * scale)), joint="curve")
    cover = cover.resize((right - left, bottom - top), Image.Resampling.BOX)
    image.paste(item.ink, (left, top), cover)


@functools.cache
def _font(size: float) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    for name in _FONTS:
        with contextlib.suppress(OSError):  # the system has none of that name
            return ImageFont.truetype(name, size)
    return ImageFont.load_default(size)


def _plain(text: str) -> str:
    """``text`` in letters without accents; "?" for those that are none."""
    letters = (unicodedata.normalize("NFKD", letter).encode("ascii", "ignore").decode() or "?" for letter in text)
    return "".join(letters)
