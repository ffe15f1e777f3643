"""The colours of a region of a photo: weighted k-means in OKLab over the region's histogram.

Nothing here is random: the same pixels give the same swatches on every run. The histogram makes the cost of the
clustering independent of the photo's size, so that a palette can follow a brush.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from chromadesk import classes
from chromadesk.colour import clusters, source, spaces
from chromadesk.colour.difference import delta_e00
from chromadesk.colour.histogram import Counted, Histogram, neighbours
from chromadesk.colour.source import Source
from chromadesk.colour.spaces import Floats
from chromadesk.colour.swatch import Origin, Swatch, Triple, triple

if TYPE_CHECKING:
    from chromadesk.images import Photo

#: The most colours that are looked for where their number is left to the photo.
MOST = 8
# Then so many are tried, those nearer than this (CIEDE2000, 2:1) taken for one, and small ones sooner.
_TRIED, _ALIKE, _SPECK, _SOONER = 16, 7.0, 0.02, 20
# Beside what a person arranged only a colour farther than this from all of it comes up.
_BESIDE = 15.0
# A bin this light and this little coloured is a highlight, one this dark a deep shadow (OKLab's L, chroma).
_HIGHLIGHT, _HIGHLIGHT_CHROMA, _SHADOW = 0.95, 0.03, 0.18
#: More bins than this are brought together before they are clustered.
_POINTS = 4096


@dataclass(frozen=True)
class Settings:
    """How colours are read: ``k`` of them, or as many as the photo has (None).

    Two nearer than ``merge`` (CIEDE2000) become one. ``border`` pixels along a class's edge are left out, counted in a
    photo of 1,000 pixels and in proportion. ``highlights`` and ``shadows`` tell whether the specular and the nearly
    black count.
    """

    k: int | None = 5
    merge: float = 3.0
    border: float = 2.0
    highlights: bool = True
    shadows: bool = True


@dataclass(frozen=True)
class Anchor:
    """What a person decided on a swatch, so that it stands when the colours are read again.

    The pixels nearest to one of ``members`` (CIE Lab, D65) are its own. ``colour`` is held whatever they are; None:
    it is their mean. ``title`` is the person's name for it.
    """

    members: tuple[Triple, ...]
    colour: Triple | None = None
    title: str = ""
    picked: bool = False


@dataclass(frozen=True, eq=False)
class Found:
    """The swatches of a region that was ``counted``, and ``which`` (M,) of them each of its bins belongs to (-1: none).

    ``each`` and ``worn`` are those of ``find``.
    """

    swatches: list[Swatch]
    which: npt.NDArray[np.intp]
    counted: Counted
    each: int = 1
    worn: float = 0.0

    @property
    def bins(self) -> npt.NDArray[np.int64]:
        """The bins (M,) of the region."""
        return self.counted.bins

    def again(self, source: Source, settings: Settings, anchors: Sequence[Anchor]) -> Found:
        """The same pixels read otherwise."""
        return find(self.counted, source, settings, anchors, self.each, self.worn)


def find(
    counted: Counted,
    source: Source,
    settings: Settings = Settings(),
    anchors: Sequence[Anchor] = (),
    each: int = 1,
    worn: float = 0.0,
) -> Found:
    """The colours of a region, anchors first and in their order, then the largest first; the shares sum to 1.

    A counted pixel stands for ``each`` of the photo; ``worn`` pixels of the photo are clothes or accessories, 0 when
    the region is neither. Raises ValueError when ``settings.k`` is below 1.
    """
    if settings.k is not None and settings.k < 1:
        raise ValueError("k must be at least 1")
    if not len(counted):
        return Found([], np.empty(0, np.intp), counted, each, worn)
    points = spaces.xyz_to_oklab(source.xyz(counted.values))
    kept = _kept(points, settings)
    weights = counted.pixels[kept]
    which = np.full(len(points), -1, np.intp)
    near = neighbours(counted.bins[kept], _POINTS)
    together = _means(points[kept], weights, near, int(near.max()) + 1)
    which[kept] = _assigned(together, np.asarray(np.bincount(near, weights), np.float64), settings, anchors)[near]
    mass = np.bincount(which[kept], weights)
    means = _means(points[kept], weights, which[kept], len(mass))
    # Those a person decided on stay in their order, found or not; then the largest, and of equals the lighter.
    free = sorted(range(len(anchors), len(mass)), key=lambda one: (-mass[one], *(-means[one]).tolist()))
    order = [*range(len(anchors)), *(one for one in free if mass[one])]
    places = np.full(max(len(mass), len(anchors)) + 1, -1, np.intp)  # the last: -1 stays -1
    places[order] = np.arange(len(order))
    examples, total = source.xyz(counted.examples), float(weights.sum())
    swatches = []
    for one in order:
        anchor = anchors[one] if one < len(anchors) else None
        own = np.flatnonzero(which == one)
        pixels = float(mass[one]) if one < len(mass) else 0.0
        if anchor is not None and (anchor.colour is not None or not pixels):
            colour = anchor.colour or anchor.members[0]
        else:
            colour = triple(spaces.oklab_to_lab(means[one]))
        swatches.append(
            Swatch(
                lab=colour,
                share=pixels / total,
                area=pixels * each / worn if worn else 0.0,
                pixels=round(pixels) * each,
                medoid=_medoid(examples[own], colour) if len(own) else None,
                title=anchor.title if anchor else "",
                origin=_origin(anchor),
            )
        )
    return Found(swatches, places[which], counted, each, worn)


def palette(pixels: npt.NDArray[np.uint8], mask: npt.NDArray[np.bool_] | None = None, k: int = 5) -> list[Swatch]:
    """The ``k`` colours (fewer when there are fewer) of the (H, W, 3) sRGB ``pixels`` where (H, W) ``mask`` is true.

    Largest share first. An empty region gives an empty list. Raises ValueError when the shapes do not fit or ``k`` is
    below 1.
    """
    labels = np.zeros(pixels.shape[:2], np.uint8) if mask is None else np.where(mask, 0, 1).astype(np.uint8)
    histogram = Histogram(pixels, source.srgb(), labels, border=0)
    return find(histogram.counted(0), source.srgb(), Settings(k)).swatches


def photo_palettes(
    photo: Photo, labels: npt.NDArray[np.uint8], settings: Settings = Settings()
) -> dict[str, list[Swatch]]:
    """The colours of each of the five classes in (H, W) ``labels``, by class name, all names present, in id order."""
    histogram = Histogram(photo.samples, photo.source, labels, settings.border)
    return {
        fashion_class.name: of_class(histogram, photo.source, fashion_class.id, settings).swatches
        for fashion_class in classes.CLASSES
    }


def of_class(
    histogram: Histogram,
    meaning: Source,
    class_id: int,
    settings: Settings = Settings(),
    anchors: Sequence[Anchor] = (),
) -> Found:
    """The colours of one class, or region, of a photo that was counted."""
    area = histogram.worn if class_id in histogram.worn_ids else 0
    return find(histogram.counted(class_id), meaning, settings, anchors, histogram.pixels_each, area)


def _kept(points: Floats, settings: Settings) -> npt.NDArray[np.bool_]:
    """Which of (M, 3) OKLab colours count; all of them when hardly any would be left."""
    kept = np.ones(len(points), bool)
    if not settings.highlights:
        kept &= (points[:, 0] < _HIGHLIGHT) | (np.hypot(points[:, 1], points[:, 2]) > _HIGHLIGHT_CHROMA)
    if not settings.shadows:
        kept &= points[:, 0] > _SHADOW
    return kept if kept.any() else np.ones(len(points), bool)


def _assigned(points: Floats, weights: Floats, settings: Settings, anchors: Sequence[Anchor]) -> clusters.Indices:
    """The swatch of each of (M, 3) OKLab points: anchors by their index, then what was found besides."""
    members = [spaces.lab_to_oklab(np.array(member)) for anchor in anchors for member in anchor.members]
    owners = np.array([number for number, anchor in enumerate(anchors) for _ in anchor.members], np.intp)
    wanted = (settings.k or _TRIED) if not anchors else max(0, MOST - len(anchors))
    held = np.array(members).reshape(-1, 3)
    centres, groups = clusters.cluster(points, weights, len(held) + wanted, held)
    owners = np.concatenate([owners, np.arange(len(centres) - len(held)) + len(anchors)])
    return _merged(points, weights, owners[groups], anchors, settings)


def _merged(
    points: Floats, weights: Floats, groups: clusters.Indices, anchors: Sequence[Anchor], settings: Settings
) -> clusters.Indices:
    """``groups`` (M,) after those that look alike have become one, the two nearest first; anchors never join."""
    arranged = len(anchors)
    near = settings.merge if settings.k is not None and not anchors else max(settings.merge, _ALIKE)
    count = max(arranged, int(groups.max()) + 1)
    labs = spaces.oklab_to_lab(_means(points, weights, groups, count))
    between = delta_e00(labs[:, None], labs[None], lightness=2)
    while True:
        mass = np.bincount(groups, weights, count)
        apart = between.copy()
        apart[mass == 0] = apart[:, mass == 0] = np.inf
        apart[np.triu_indices(count)] = np.inf  # each pair once: the later into the earlier
        for one, anchor in enumerate(anchors):  # whose members may be of very different colours
            members = np.array(anchor.members)
            apart[:, one] = delta_e00(labs[:, None], members[None], lightness=2).min(axis=1)
        apart[:, :arranged] *= near / _BESIDE if near else 0.0
        apart[:arranged] = np.inf
        apart[mass == 0] = np.inf
        if settings.k is None or arranged:
            small = mass < _SPECK * weights.sum()
            apart[small] /= _SOONER
        later, earlier = np.unravel_index(int(apart.argmin()), apart.shape)
        free = int((mass[arranged:] > 0).sum())
        if not (apart[later, earlier] < near or (settings.k is None and free > max(1, MOST - arranged))):
            return groups
        groups = np.where(groups == later, earlier, groups)
        labs = spaces.oklab_to_lab(_means(points, weights, groups, count))
        between[earlier] = between[:, earlier] = delta_e00(labs[earlier], labs, lightness=2)


def _origin(anchor: Anchor | None) -> Origin:
    if anchor is None:
        return "found"
    if anchor.colour is None:
        return "arranged"
    return "picked" if anchor.picked else "locked"


def _means(points: Floats, weights: Floats, groups: clusters.Indices, count: int) -> Floats:
    mass = np.maximum(np.bincount(groups, weights, count), 1e-300)
    return np.stack([np.bincount(groups, weights * points[:, axis], count) / mass for axis in range(3)], axis=1)


def _medoid(examples: Floats, colour: Triple) -> Triple:
    """Of (M, 3) colours that are in the photo (XYZ) the one that looks most like ``colour``, in Lab."""
    labs = spaces.xyz_to_lab(examples)
    return triple(labs[int(delta_e00(labs, np.array(colour)).argmin())])
