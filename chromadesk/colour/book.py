"""Colour books: a person's own swatch file, and the entry in it that looks the most like a colour.

Any readable swatch file is a book. ChromaDesk ships none.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from chromadesk.colour.difference import delta_e00
from chromadesk.colour.formats import table
from chromadesk.colour.spaces import Floats
from chromadesk.colour.swatch import Swatch, Triple


@dataclass(frozen=True, eq=False)
class Book:
    """``entries`` are never empty; ``remark`` says what was assumed in reading, such as a plain CMYK conversion."""

    title: str
    entries: list[Swatch]
    remark: str = ""

    @cached_property
    def labs(self) -> Floats:
        """CIE Lab (D65) of the entries, (N, 3)."""
        return np.array([entry.lab for entry in self.entries])

    def nearest(self, lab: Triple, count: int = 1) -> list[tuple[Swatch, float]]:
        """The ``count`` entries that are nearest to ``lab`` (CIE Lab, D65) with their CIEDE2000, the nearest first."""
        differences = delta_e00(self.labs, np.array(lab))
        best = np.argsort(differences, kind="stable")[:count]
        return [(self.entries[place], float(differences[place])) for place in best]


def read_book(path: Path) -> Book:
    """The colour book in a swatch file. Raises SwatchError."""
    read = table.read(path)
    return Book(read.title or path.stem, read.swatches, read.remark)
