"""The palette card: every group's chips under its title, the trust line at the foot; as PDF, SVG and PNG.

The PDF has A4 pages; the two others are one sheet, as long as it must be.
"""

from __future__ import annotations

from chromadesk.colour.formats import pdf as pdf_writer
from chromadesk.colour.formats import png as png_writer
from chromadesk.colour.formats import svg as svg_writer
from chromadesk.colour.formats.chips import Flow
from chromadesk.colour.formats.drawing import Sheet
from chromadesk.colour.formats.swatchfile import SwatchFile
from chromadesk.errors import SwatchError

_MOST = 600  # colours on one picture; more would make a file that no program opens


def sheets(file: SwatchFile, *, paged: bool) -> list[Sheet]:
    """The card on A4 sheets, or, not ``paged``, on one long sheet."""
    flow = Flow(
        file.title, file.notes, paged=paged, most=max((len(group.swatches) for group in file.groups), default=0)
    )
    for group in file.groups:
        if group.swatches:
            flow.chips(group)
    return flow.finish()


def pdf(file: SwatchFile) -> bytes:
    """The card as .pdf."""
    return pdf_writer.encode(sheets(file, paged=True), file.title or "Palette")


def svg(file: SwatchFile) -> bytes:
    """The card as .svg. Raises SwatchError for more than 600 colours."""
    return svg_writer.encode(_long(file), file.title or "Palette")


def png(file: SwatchFile) -> bytes:
    """The card as .png. Raises SwatchError for more than 600 colours."""
    return png_writer.encode(_long(file), file.title or "Palette")


def _long(file: SwatchFile) -> Sheet:
    if len(file.swatches) > _MOST:
        raise SwatchError(f"{len(file.swatches):,} colours do not fit on one picture; choose .pdf, which has pages.")
    return sheets(file, paged=False)[0]
