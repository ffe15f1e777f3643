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
_SHADE = np.array([1.0, 2.0, 2.0])


@dataclass(frozen=True)
class Mark:
    """A part of a collection: its mean colour, its ``share`` of the whole (0-1), and the photos behind it, those of
    which it takes the most first: (key, its share of that photo's region).

    ``label`` is what it is called if not by its colour. ``at`` says where it is drawn: the hues of a sector from and to
    (degrees); lightness and chroma (OKLCh).
    """

    swatch: Swatch
    share: float
    photos: tuple[tuple[str, float], ...]
    label: str = ""
    at: tuple[float, ...] = ()

    @property
    def name(self) -> str:
        """What it is called."""
        return self.label or self.swatch.name

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
        nearer than ``merge`` (CIEDE2000, 2:1) are one. The same photos always give the same.

        Lightness counts half in both: light and shade make many lightnesses of one cloth, but no green of a brown.
        """
        if not len(self.lab):
            return np.zeros(0, np.intp)
        centres, assigned = cluster(self.oklab * _SHADE, self.weights, k)
        centres = centres / _SHADE
        mass = np.bincount(assigned, weights=self.weights, minlength=len(centres))
        into = np.arange(len(centres))
        while True:
            left = np.flatnonzero(mass > 0)
            lab = spaces.oklab_to_lab(centres[left])
            apart = delta_e00(lab[:, None], lab[None], lightness=2)
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
        numbers, group = np.unique(assigned[inside], return_inverse=True)
        swatches = self._swatches(inside, group, len(numbers))
        pairs, where = np.unique(group * max(len(self.photos), 1) + self.photo[inside], return_inverse=True)
        of_photo = np.bincount(where, weights=self.shares[inside], minlength=len(pairs))
        place, photo = np.divmod(pairs, max(len(self.photos), 1))
        order = np.lexsort((photo, -of_photo, place))
        starts = np.searchsorted(place[order], np.arange(len(numbers) + 1))
        result = {}
        for index, (number, swatch) in enumerate(zip(numbers.tolist(), swatches, strict=True)):
            part = order[starts[index] : starts[index + 1]]
            behind = zip(photo[part].tolist(), of_photo[part].tolist(), strict=True)
            result[number] = Mark(swatch, swatch.share, tuple((self.keys[at], share) for at, share in behind))
        return result

    def matrix(self, assigned: npt.NDArray[np.intp], count: int) -> Floats:
        """(P, count): the share of each photo's region that each number takes."""
        flat = np.bincount(self.photo * count + assigned, weights=self.shares, minlength=len(self.photos) * count)
        return np.asarray(flat, np.float64).reshape(len(self.photos), count)

    def _swatches(self, inside: npt.NDArray[np.intp], group: npt.NDArray[np.intp], count: int) -> list[Swatch]:
        """A swatch for each of ``count`` groups of the swatches ``inside``: their mean in OKLab; the nearest to it that
        a photo has is the medoid.
        """
        weights, points = self.weights[inside], self.oklab[inside]
        mass = np.bincount(group, weights, count)
        means = np.stack([np.bincount(group, weights * channel, count) for channel in points.T], axis=1) / mass[:, None]
        pixels = np.array([photo.pixels for photo in self.photos])[self.photo[inside]]
        counted = np.bincount(group, self.shares[inside] * pixels, count)
        order = np.lexsort((((points - means[group]) ** 2).sum(axis=1), group))
        nearest = inside[order[np.searchsorted(group[order], np.arange(count))]]
        rows = zip(
            spaces.oklab_to_lab(means).tolist(),
            mass.tolist(),
            counted.tolist(),
            self.lab[nearest].tolist(),
            strict=True,
        )
        return [
            Swatch((lab[0], lab[1], lab[2]), share, pixels=round(seen), medoid=(like[0], like[1], like[2]))
            for lab, share, seen, like in rows
        ]
