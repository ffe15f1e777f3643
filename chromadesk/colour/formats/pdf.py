"""Sheets as PDF 1.4: rectangles, lines, text in Helvetica (which every reader has), pictures as JPEG.

Colours are sRGB by its ICC profile, so that a sheet looks on paper and in Acrobat as the hex codes on it say. The same
sheets give the same bytes.
"""

from __future__ import annotations

import functools
import zlib

import cv2
import numpy as np
import numpy.typing as npt
from PIL import ImageCms

from chromadesk.colour.formats import helvetica
from chromadesk.colour.formats.drawing import Box, Item, Outline, Picture, Rgb, Sheet, Text, fitted

_DPI = 300  # finer than print can show; larger pictures are reduced to it
_QUALITY = 90


def encode(sheets: list[Sheet], title: str = "") -> bytes:
    """``sheets`` as one document, whose title is ``title``."""
    document = _Document()
    profile = document.add(_stream(_srgb_profile(), "/N 3 /Alternate /DeviceRGB", packed=True))
    font = document.add(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    tree = document.reserve()
    pages = []
    for sheet in sheets:
        pictures: dict[str, int] = {}
        parts = [f"1 0 0 -1 0 {_n(sheet.height)} cm /S cs /S CS 0 J 1 j"]
        for item in sheet.items:
            if isinstance(item, Picture):
                name = f"P{len(pictures)}"
                pictures[name] = document.add(_picture(item, profile))
                parts.append(
                    f"q {_n(item.width)} 0 0 {_n(-item.height)} {_n(item.x)} {_n(item.y + item.height)} cm /{name} Do Q"
                )
            else:
                parts.append(_drawn(item))
        content = document.add(_stream("\n".join(parts).encode("latin-1"), packed=True))
        images = " ".join(f"/{name} {number} 0 R" for name, number in pictures.items())
        resources = (
            f"<< /ColorSpace << /S [/ICCBased {profile} 0 R] >> /Font << /F {font} 0 R >> /XObject << {images} >> >>"
        )
        box = f"[0 0 {_n(sheet.width)} {_n(sheet.height)}]"
        page = f"<< /Type /Page /Parent {tree} 0 R /MediaBox {box} /Resources {resources} /Contents {content} 0 R >>"
        pages.append(document.add(page.encode()))
    kids = " ".join(f"{number} 0 R" for number in pages)
    document.put(tree, f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    info = document.add(
        b"<< /Title <"
        + ("\ufeff" + title).encode("utf-16-be", "replace").hex().encode()
        + b"> /Producer (ChromaDesk) >>"
    )
    return document.finish(document.add(f"<< /Type /Catalog /Pages {tree} 0 R >>".encode()), info)


class _Document:
    """Numbered objects, and the table of where each begins."""

    def __init__(self) -> None:
        self._objects: list[bytes] = []

    def reserve(self) -> int:
        """The number of an object that ``put`` brings later."""
        return self.add(b"")

    def add(self, content: bytes) -> int:
        self._objects.append(content)
        return len(self._objects)

    def put(self, number: int, content: bytes) -> None:
        self._objects[number - 1] = content

    def finish(self, root: int, info: int) -> bytes:
        data = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")  # bytes above 127 say that the file is binary
        table = [b"0000000000 65535 f \n"]
        for number, content in enumerate(self._objects, 1):
            table.append(b"%010d 00000 n \n" % len(data))
            data += b"%d 0 obj\n%b\nendobj\n" % (number, content)
        start, size = len(data), len(table)
        data += b"xref\n0 %d\n%b" % (size, b"".join(table))
        data += b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
            size,
            root,
            info,
            start,
        )
        return bytes(data)


def _stream(data: bytes, entries: str = "", *, packed: bool = False) -> bytes:
    if packed:
        data, entries = zlib.compress(data, 9), f"{entries} /Filter /FlateDecode"
    return f"<< {entries} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


def _drawn(item: Item) -> str:
    if isinstance(item, Box):
        shape = f"{_n(item.x)} {_n(item.y)} {_n(item.width)} {_n(item.height)} re"
        if item.rim is None:
            return f"{_colour(item.fill)} sc {shape} f"
        return f"{_colour(item.fill)} sc {_colour(item.rim)} SC 0.5 w {shape} B"
    if isinstance(item, Outline):
        lines = [f"{_colour(item.ink)} SC {_n(item.width)} w"]
        for (x, y), *rest in item.polygons:
            lines.append(f"{_n(x)} {_n(y)} m " + " ".join(f"{_n(x)} {_n(y)} l" for x, y in rest) + " s")
        return "\n".join(lines)
    assert isinstance(item, Text)
    shown = helvetica.coded(fitted(item.text, item.room, lambda text: helvetica.width(text, item.size)))
    place = f"1 0 0 -1 {_n(item.x)} {_n(item.y)} Tm"  # the sheet's y goes down, letters stand upright
    return f"BT {_colour(item.ink)} sc /F {_n(item.size)} Tf {place} <{shown.hex()}> Tj ET"


def _picture(item: Picture, profile: int) -> bytes:
    """A picture as an object, no finer than _DPI."""
    pixels = reduced(item.pixels, item.width / 72 * _DPI)
    _, coded = cv2.imencode(".jpg", cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    height, width = pixels.shape[:2]
    entries = f"/Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace [/ICCBased {profile} 0 R]"
    return _stream(coded.tobytes(), f"{entries} /BitsPerComponent 8 /Filter /DCTDecode")


def reduced(pixels: npt.NDArray[np.uint8], width: float) -> npt.NDArray[np.uint8]:
    """(H, W, 3) ``pixels`` made at most ``width`` wide, in their proportions."""
    scale = width / pixels.shape[1]
    if scale >= 1:
        return pixels
    size = (max(1, round(width)), max(1, round(pixels.shape[0] * scale)))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


@functools.cache
def _srgb_profile() -> bytes:
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[24:36] = bytes.fromhex("07e800010001000000000000")  # its date would be that of this moment
    return bytes(profile)


def _colour(rgb: Rgb) -> str:
    return " ".join(_n(value / 255) for value in rgb)


def _n(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".") or "0"
