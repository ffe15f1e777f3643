"""The lookbook page: a photo with the outlines of its classes, its swatches beside it, the trust line below."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from chromadesk import files
from chromadesk.classes import CLASSES, FashionClass
from chromadesk.colour.formats import pdf, png
from chromadesk.colour.formats.chips import MARGIN, WIDTH, Flow, lab_line, percent
from chromadesk.colour.formats.drawing import INK, QUIET, Box, Item, Outline, Picture, Polygon, Sheet, Text
from chromadesk.colour.formats.swatchfile import Group, SwatchFile, one_line
from chromadesk.colour.swatch import Swatch
from chromadesk.errors import InputError

_GUTTER = 24.0
_LIST = 190.0  # the width of the swatches' column
_HEADING, _BETWEEN, _ROW, _LEAST_ROW = 18.0, 8.0, 44.0, 21.0
_SHADOW = (30, 30, 30)


def write(path: Path, pixels: npt.NDArray[np.uint8], labels: npt.NDArray[np.uint8], file: SwatchFile) -> None:
    """Write the page as .pdf or .png, by ``path``'s suffix: of a photo, (H, W, 3) sRGB ``pixels``, with its (H, W)
    class ids and the palettes in ``file``. Raises InputError for another suffix, StorageError.
    """
    suffix = check_suffix(path)
    pages = sheets(pixels, labels, file, paged=suffix == ".pdf")
    title = file.title or "Lookbook"
    files.write_bytes(path, pdf.encode(pages, title) if suffix == ".pdf" else png.encode(pages[0], title))


def check_suffix(path: Path) -> str:
    """``path``'s suffix in lower case. Raises InputError when the page cannot be written so."""
    suffix = path.suffix.lower()
    if suffix not in (".pdf", ".png"):
        raise InputError(f"A lookbook page cannot be written as {path.name}; choose a name that ends in .pdf or .png.")
    return suffix


def sheets(
    pixels: npt.NDArray[np.uint8], labels: npt.NDArray[np.uint8], file: SwatchFile, *, paged: bool
) -> list[Sheet]:
    """The page: the swatches beside the photo; of a wide photo, or where they are too many for that, below it, and on
    further pages or, not ``paged``, on a longer one.
    """
    if pixels.shape[:2] != labels.shape:
        raise ValueError(f"pixels {pixels.shape} and labels {labels.shape} do not fit")
    groups = [group for group in file.groups if group.swatches]
    flow = Flow(file.title, file.notes, paged=paged, most=max((len(group.swatches) for group in groups), default=0))
    top, room = flow.y, flow.left - 8
    row = min(_ROW, (room - (_HEADING + _BETWEEN) * len(groups)) / max(sum(len(group.swatches) for group in groups), 1))
    below = pixels.shape[1] > 1.15 * pixels.shape[0] or row < _LEAST_ROW
    wide, high = (WIDTH, room * 0.5) if below else (WIDTH - _LIST - _GUTTER, room)
    scale = min(wide / pixels.shape[1], high / pixels.shape[0])
    width, height = pixels.shape[1] * scale, pixels.shape[0] * scale
    flow.sheet.items.append(Picture(MARGIN, top, width, height, pixels))
    flow.sheet.items += outlines(labels, MARGIN, top, scale)
    if below:
        flow.y += height + _GUTTER
        for group in groups:
            flow.chips(group)
    else:
        _list(flow, groups, MARGIN + width + _GUTTER, row)
        flow.y = max(flow.y, top + height) + 8
    return flow.finish()


def outlines(labels: npt.NDArray[np.uint8], x: float, y: float, scale: float) -> list[Item]:
    """The borders of every class but the background, in its colour over a dark line; ``scale`` is points a pixel."""
    items: list[Item] = []
    for fashion_class in CLASSES[1:]:
        polygons = _borders(labels == fashion_class.id, x, y, scale)
        if polygons:
            items += [Outline(polygons, _SHADOW, 1.6), Outline(polygons, fashion_class.colour, 0.9)]
    return items


def _borders(region: npt.NDArray[np.bool_], x: float, y: float, scale: float) -> list[Polygon]:
    found, _ = cv2.findContours(region.astype(np.uint8), cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
    polygons = []
    for border in found:
        smooth = cv2.approxPolyDP(border, 0.35 / scale, closed=True)[:, 0, :]  # a third of a point: not to be seen
        if len(smooth) > 2:
            polygons.append([(x + (column + 0.5) * scale, y + (row + 0.5) * scale) for column, row in smooth.tolist()])
    return polygons


def _list(flow: Flow, groups: list[Group], x: float, row: float) -> None:
    """The swatches from ``flow.y`` down, in a column at ``x`` as wide as the margin leaves, each ``row`` high."""
    wide = MARGIN + WIDTH - x
    for group in groups:
        if group.title:
            _heading(flow, group.title, _class_of(group.title), x, wide)
        for swatch in group.swatches:
            _row(flow, swatch, x, wide, row)
        flow.y += _BETWEEN


def _heading(flow: Flow, title: str, fashion_class: FashionClass | None, x: float, wide: float) -> None:
    indent = 0.0
    if fashion_class is not None:  # the colour of its outline
        flow.sheet.items.append(Box(x, flow.y + 3, 7, 7, fashion_class.colour))
        indent = 12.0
    flow.sheet.items.append(Text(x + indent, flow.y + 10, one_line(title), 9.5, wide - indent, INK))
    flow.y += _HEADING


def _row(flow: Flow, swatch: Swatch, x: float, wide: float, height: float) -> None:
    edge = height - 5
    flow.sheet.items.append(
        Box(x, flow.y, edge * 1.3, edge, swatch.rgb, (206, 206, 206) if swatch.lab[0] > 92 else None)
    )
    share = f"   {percent(swatch.share)}" if 0 < swatch.share < 1 else ""
    at, room = x + edge * 1.3 + 8, wide - edge * 1.3 - 8
    lines = [(one_line(swatch.name), 8.0, INK), (swatch.hex + share, 6.5, QUIET), (lab_line(swatch), 6.5, QUIET)]
    lines = lines[: 3 if height >= 34 else 2]
    first = flow.y + edge / 2 - (len(lines) - 1) * 4.75 + 2.6
    for index, (line, size, ink) in enumerate(lines):
        flow.sheet.items.append(Text(at, first + 9.5 * index, line, size, room, ink))
    flow.y += height


def _class_of(title: str) -> FashionClass | None:
    return next((each for each in CLASSES[1:] if each.name.lower() == title.lower()), None)
