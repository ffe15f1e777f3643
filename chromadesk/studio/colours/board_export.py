"""A season board as a file: what lies in the state folder, told to the formats, with pictures of its photos."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from chromadesk.colour.board import Board
from chromadesk.colour.formats import board as formats
from chromadesk.errors import ImageError
from chromadesk.images import read_thumbnail
from chromadesk.studio.colours.marks import title_of_swatch
from chromadesk.studio.words import tr

#: Photos on a sheet, and the longer edge of each, pixels.
_MOST, _EDGE = 24, 800


def write(path: Path, board: Board, photos: Mapping[str, Path], dataset: str) -> None:
    """Write ``board`` to ``path``, .pdf or .ase; ``photos`` (key -> file) stand below it, those that can be read.

    Colours without a name of the person's bear their everyday one. Raises InputError, StorageError.
    """
    sources = []
    if path.suffix.lower() == ".pdf":
        for key, file in list(photos.items())[:_MOST]:
            with contextlib.suppress(ImageError):
                sources.append(formats.Source(read_thumbnail(file, _EDGE), key.rpartition("/")[2]))
    entries = [formats.Entry(replace(pin.swatch, title=title_of_swatch(pin.swatch)), pin.note) for pin in board.pins]
    count = len({key for pin in board.pins for key in pin.photos})
    trust = f"{dataset}, {tr('%Ln photo(s)', '', count)}"
    formats.write(path, formats.Board(board.title, entries, sources, board.note, trust))
