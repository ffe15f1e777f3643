"""Which pixels of the open photo a swatch stands for, and which swatch a pixel belongs to."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from chromadesk.colour import spaces
from chromadesk.colour.difference import delta_e00
from chromadesk.colour.histogram import BINS
from chromadesk.colour.kept import Region
from chromadesk.colour.regions import told_apart
from chromadesk.colour.swatch import Swatch, Triple, triple
from chromadesk.editing.document import Document
from chromadesk.studio.palettes import LivePalettes
from chromadesk.studio.session import Session

if TYPE_CHECKING:
    from chromadesk.images import Photo

#: What is lit is found on a grid of at most so many pixels.
MOST = 1_000_000


@dataclass(frozen=True)
class Place:
    """A pixel: the class or region it lies in, its own colour, its swatch's number there and the CIEDE2000 between."""

    region: str
    own: Swatch
    number: int
    away: float


class Lit:
    """Reads the photo on its grid when first asked, and the mask when it has changed since."""

    def __init__(self, session: Session, live: LivePalettes) -> None:
        self._session = session
        self._live = live
        self._photo: Photo | None = None
        self._bins = np.zeros((0, 0), np.int32)
        self._ids = np.zeros((0, 0), np.uint8)
        self._ids_of: tuple[Document, int, tuple[Region, ...]] | None = None

    @property
    def step(self) -> int:
        """The grid has every so-many-th row and column of the photo."""
        photo = self._session.photo
        return 1 if photo is None else max(1, math.ceil(math.sqrt(photo.pixels[..., 0].size / MOST)))

    def pixels(self, region: str, number: int | None = None) -> npt.NDArray[np.bool_] | None:
        """The grid's pixels of a swatch of a class or region, or of all of it; None while colours are not known."""
        found, ids = self._live.found.get(region), self._labels()
        own = next((each for each, name in self._live.names.items() if name == region), None)
        if found is None or ids is None or own is None:
            return None
        inside: npt.NDArray[np.bool_] = ids == own
        if number is None:
            return inside
        if not self._bin():
            return None
        lit = np.zeros(BINS, bool)
        lit[found.bins[found.which == number]] = True
        inside &= lit[self._bins]
        return inside

    def region_at(self, row: int, column: int) -> str | None:
        """The class or region that a pixel lies in."""
        ids = self._labels()
        if ids is None or self._session.document is None:
            return None
        if self._live.kept.regions:
            return self._live.names.get(int(ids[row // self.step, column // self.step]))
        return self._live.names[int(self._session.document.labels[row, column])]

    def at(self, row: int, column: int) -> Place | None:
        """What is to be said of a pixel; None while its class's colours are not known."""
        photo, source, histogram = self._session.photo, self._live.source, self._live.histogram
        region = self.region_at(row, column)
        found = self._live.found.get(region or "")
        if photo is None or source is None or histogram is None or region is None or not found or not found.swatches:
            return None
        sample = photo.samples[row, column]
        lab = spaces.xyz_to_lab(source.xyz(sample / float(np.iinfo(sample.dtype).max)))
        here = np.flatnonzero(found.bins == histogram.bins_of(sample[None])[0])
        number = int(found.which[here[0]]) if len(here) else -1
        apart = delta_e00(np.array([swatch.lab for swatch in found.swatches]), lab)
        if number < 0:  # of the border, or of what is left out: the swatch that looks most like it
            number = int(apart.argmin())
        return Place(region, Swatch(triple(lab)), number, float(apart[number]))

    def mean(self, row: int, column: int, reach: int, *, grey: bool = True) -> Triple | None:
        """XYZ of the pixels at most ``reach`` away, in the light of the grey point or, not ``grey``, without it."""
        photo, source = self._session.photo, self._live.source
        if photo is None or source is None:
            return None
        part = photo.samples[max(0, row - reach) : row + reach + 1, max(0, column - reach) : column + reach + 1]
        values = part.reshape(-1, 3) / float(np.iinfo(part.dtype).max)
        return triple((source if grey else photo.source).xyz(values).mean(axis=0))

    def _bin(self) -> bool:
        photo, histogram = self._session.photo, self._live.histogram
        if photo is None or histogram is None:
            return False
        if photo is not self._photo:
            self._photo, self._bins = photo, histogram.bins_of(photo.samples[:: self.step, :: self.step])
        return True

    def _labels(self) -> npt.NDArray[np.uint8] | None:
        photo, document, regions = self._session.photo, self._session.document, self._live.kept.regions
        if photo is None or document is None:
            return None
        now = document, document.revision, regions
        if now != self._ids_of:
            step = self.step
            self._ids_of, self._ids = now, np.ascontiguousarray(document.labels[::step, ::step])
            if regions:
                seen = [
                    replace(each, seeds=tuple((row // step, column // step) for row, column in each.seeds))
                    for each in regions
                ]
                self._ids = told_apart(np.ascontiguousarray(photo.pixels[::step, ::step]), self._ids, seen)
        return self._ids
