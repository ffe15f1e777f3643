"""The season board: chosen swatches with names, notes and the photos they come from, as PDF and .ase."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from chromadesk import files
from chromadesk.colour.formats import ase, helvetica, pdf
from chromadesk.colour.formats.chips import A4, MARGIN, WIDTH, Flow
from chromadesk.colour.formats.drawing import QUIET, Picture, Sheet, Text, wrapped
from chromadesk.colour.formats.swatchfile import Group, SwatchFile, one_line
from chromadesk.colour.swatch import Swatch
from chromadesk.errors import InputError

_STRIP, _GAP, _WIDEST = 132.0, 10.0, 170.0  # the photos' height, between them, the widest
_NOTE_LINES = 8


@dataclass(frozen=True)
class Entry:
    """A swatch on the board (its ``title`` is the person's name for it) and their note."""

    swatch: Swatch
    note: str = ""


@dataclass(frozen=True, eq=False)
class Source:
    """A photo that colours come from: (H, W, 3) sRGB ``pixels`` and its name."""

    pixels: npt.NDArray[np.uint8]
    name: str = ""


@dataclass(frozen=True, eq=False)
class Board:
    """``note`` is on the board as a whole; ``trust`` and ``grey`` as SwatchFile has them."""

    title: str
    entries: list[Entry]
    sources: list[Source] = field(default_factory=list)
    note: str = ""
    trust: str = ""
    grey: str = ""

    @property
    def file(self) -> SwatchFile:
        """Its colours alone."""
        group = Group(self.title, [entry.swatch for entry in self.entries])
        return SwatchFile([group], self.title, self.trust, self.grey)


def write(path: Path, board: Board) -> None:
    """Write ``board`` as .ase or .pdf, by ``path``'s suffix. Raises InputError for another, StorageError."""
    suffix = path.suffix.lower()
    if suffix not in (".ase", ".pdf"):
        raise InputError(f"A board cannot be written as {path.name}; choose a name that ends in .ase or .pdf.")
    files.write_bytes(path, ase.encode(board.file) if suffix == ".ase" else pdf.encode(sheets(board), board.title))


def sheets(board: Board) -> list[Sheet]:
    """The board on A4 pages: its note, the chips with theirs, the photos at the end."""
    flow = Flow(board.title, board.file.notes, paged=True)
    for line in wrapped(one_line(board.note), WIDTH, _NOTE_LINES, lambda text: helvetica.width(text, 9)):
        flow.sheet.items.append(Text(MARGIN, flow.y + 2, line, 9, WIDTH, QUIET))
        flow.y += 13
    flow.y += 8 if board.note else 0
    if board.entries:
        group = Group("", [entry.swatch for entry in board.entries])
        flow.chips(group, notes=[entry.note for entry in board.entries], shares=False)
    _photos(flow, board.sources)
    return flow.finish()


def _photos(flow: Flow, sources: list[Source]) -> None:
    """Rows of photos of one height, with their names below."""
    x = A4[0]  # the first begins a row
    for source in sources:
        height, width = source.pixels.shape[:2]
        scale = min(_STRIP / height, _WIDEST / width)
        if x + width * scale > MARGIN + WIDTH:
            flow.y += _STRIP + 24 if x < A4[0] else 0
            flow.room_for(_STRIP + 24)
            x = MARGIN
        below = flow.y + _STRIP
        flow.sheet.items += [
            Picture(x, below - height * scale, width * scale, height * scale, source.pixels),
            Text(x, below + 10, one_line(source.name), 6.5, width * scale, QUIET),
        ]
        x += width * scale + _GAP
    flow.y += _STRIP + 24 if sources else 0
