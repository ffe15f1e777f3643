"""The swatches of many photos in one pool, and marks: parts of the pool that are drawn and know their photos."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from chromadesk.colour import spaces
from chromadesk.colour.clusters import cluster
from chromadesk.colour.difference import delta_e00
from chromadesk.colour.gathered import PhotoColours
from chromadesk.colour.spaces import Floats
from chromadesk.colour.swatch import Swatch

#: Each photo counts the same, or each pixel does.
Weighting = Literal["photo", "pixel"]
WEIGHTINGS: tuple[Weighting, ...] = ("photo", "pixel")


@dataclass(frozen=True)
class Mark:
    """A part of a collection: its mean colour, its ``share`` of the whole (0-1), and the photos behind it, those of
    which it takes the most first: (key, its share of that photo's region).

    ``at`` says where it is drawn: the hues of a sector from and to (degrees); lightness and chroma of a cell (OKLCh).
    """

    name: str
    swatch: Swatch
    share: float
    photos: tuple[tuple[str, float], ...]
    at: tuple[float, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The photos behind it."""
        return tuple(key for key, _ in self.photos)

    def to_json(self) -> dict[str, Any]:
        """JSON values."""
        return {
            "name": self.name,
            "share": round(self.share, 6),
            "swatch": self.swatch.to_json(),
            "photos": [[key, round(share, 4)] for key, share in self.photos],
            **({"at": [round(value, 4) for value in self.at]} if self.at else {}),
        }


class Pool:
    """The swatches of ``photos`` that have any, N of P photos; their weights sum to 1."""

    def __init__(self, photos: Sequence[PhotoColours], weighting: Weighting = "photo") -> None:
        self.photos = [photo for photo in photos if photo.swatches]
        self.weighting = weighting
        self.keys = [photo.key for photo in self.photos]
        swatches = [swatch for photo in self.photos for swatch in photo.swatches]
        #: (N, 3) CIE Lab; (N,) share of the photo's region; (N,) which photo.
        self.lab: Floats = np.array([swatch.lab for swatch in swatches], np.float64).reshape(-1, 3)
        self.shares: Floats = np.array([swatch.share for swatch in swatches], np.float64)
        self.photo: npt.NDArray[np.intp] = np.repeat(
            np.arange(len(self.photos)), [len(photo.swatches) for photo in self.photos]
        )
        pixels = np.array([photo.pixels for photo in self.photos], np.float64)
        #: (P,) what a photo counts for.
        self.counts: Floats = pixels if weighting == "pixel" else np.ones(len(self.photos))
        self.weights: Floats = self.shares * self.counts[self.photo] / max(self.counts.sum(), 1.0)

    @cached_property
    def oklab(self) -> Floats:
        """(N, 3)."""
        return spaces.lab_to_oklab(self.lab)

    @cached_property
    def oklch(self) -> Floats:
        """(N, 3)."""
        return spaces.to_polar(self.oklab)

    def colours(self, k: int, merge: float) -> npt.NDArray[np.intp]:
        """The main colour that each swatch belongs to, (N,): at most ``k`` by weighted k-means in OKLab, of which those
        nearer than ``merge`` (CIEDE2000) are one. The same photos always give the same.
        """
        if not len(self.lab):
            return np.zeros(0, np.intp)
        centres, assigned = cluster(self.oklab, self.weights, k)
        mass = np.bincount(assigned, weights=self.weights, minlength=len(centres))
        into = np.arange(len(centres))
        while True:
            left = np.flatnonzero(mass > 0)
            lab = spaces.oklab_to_lab(centres[left])
            apart = delta_e00(lab[:, None], lab[None])
            apart[np.tril_indices(len(left))] = np.inf
            one, two = np.unravel_index(int(apart.argmin()), apart.shape)
            if apart[one, two] >= merge:
                return np.asarray(into[assigned], np.intp)
            kept, gone = left[one], left[two]
            centres[kept] = np.average(centres[[kept, gone]], axis=0, weights=mass[[kept, gone]])
            mass[kept], mass[gone] = mass[kept] + mass[gone], 0.0
            into[into == gone] = kept

    def marks(self, assigned: npt.NDArray[np.intp]) -> dict[int, Mark]:
        """A mark for each number in (N,) ``assigned``; negative ones are left out. Names are those of the colours."""
        inside = np.flatnonzero((assigned >= 0) & (self.weights > 0))
        pairs, where = np.unique(assigned[inside] * max(len(self.photos), 1) + self.photo[inside], return_inverse=True)
        of_photo = np.bincount(where, weights=self.shares[inside], minlength=len(pairs))
        number, photo = np.divmod(pairs, max(len(self.photos), 1))
        order = np.lexsort((photo, -of_photo, number))
        result = {}
        for part in np.split(order, np.flatnonzero(np.diff(number[order])) + 1):
            if len(part):
                index = int(number[part[0]])
                behind = tuple((self.keys[photo[at]], float(of_photo[at])) for at in part.tolist())
                swatch = self._swatch(np.flatnonzero(assigned == index))
                result[index] = Mark(swatch.name, swatch, swatch.share, behind)
        return result

    def matrix(self, assigned: npt.NDArray[np.intp], count: int) -> Floats:
        """(P, count): the share of each photo's region that each number takes."""
        flat = np.bincount(self.photo * count + assigned, weights=self.shares, minlength=len(self.photos) * count)
        return flat.reshape(len(self.photos), count)

    def _swatch(self, members: npt.NDArray[np.intp]) -> Swatch:
        """One swatch for several: their mean in OKLab; the nearest that a photo has is the medoid."""
        weights = self.weights[members]
        mean = np.average(self.oklab[members], axis=0, weights=weights)
        nearest = members[int(((self.oklab[members] - mean) ** 2).sum(axis=1).argmin())]
        light, a, b = spaces.oklab_to_lab(mean).tolist()
        medoid = self.lab[nearest].tolist()
        pixels = np.array([self.photos[at].pixels for at in self.photo[members].tolist()])
        return Swatch(
            (light, a, b),
            float(weights.sum()),
            pixels=round(float((self.shares[members] * pixels).sum())),
            medoid=(medoid[0], medoid[1], medoid[2]),
        )
