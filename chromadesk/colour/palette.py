"""The colours of a region of a photo: weighted k-means in OKLab over a histogram of the region's colours.

Nothing here is random: the same pixels give the same swatches on every run. The histogram makes the cost of the
clustering independent of the photo's size, so that a palette can follow a brush.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from chromadesk import classes
from chromadesk.colour import spaces
from chromadesk.colour.spaces import Floats

_BITS = 6  # per channel: bins of four levels, each represented by the mean colour found in it
_BINS = 1 << (3 * _BITS)
_EXACT_BELOW = 512  # a region of fewer bins than this is flat enough to count every colour by itself
_BLOCK = 1 << 21  # pixels counted at a time, to bound memory
_ROUNDS = 100


@dataclass(frozen=True)
class Swatch:
    """One colour: ``rgb`` is sRGB 0-255, ``lab`` CIE Lab (D65) of that rgb, ``share`` its part of the region, 0-1."""

    hex: str
    rgb: tuple[int, int, int]
    lab: tuple[float, float, float]
    share: float

    def to_json(self) -> dict[str, object]:
        """JSON values, for files other programs read."""
        return {"hex": self.hex, "rgb": list(self.rgb), "lab": list(self.lab), "share": self.share}


def palette(pixels: npt.NDArray[np.uint8], mask: npt.NDArray[np.bool_] | None = None, k: int = 5) -> list[Swatch]:
    """The ``k`` colours (fewer when there are fewer) of the (H, W, 3) sRGB ``pixels`` where (H, W) ``mask`` is true.

    Largest share first; the shares sum to 1. An empty region gives an empty list. Raises ValueError when the shapes
    do not fit or ``k`` is below 1.
    """
    region = np.zeros(pixels.shape[:2], dtype=np.uint8) if mask is None else np.where(mask, 0, 1).astype(np.uint8)
    return _palettes(pixels, region, 1, k)[0]


def palettes(pixels: npt.NDArray[np.uint8], labels: npt.NDArray[np.uint8], k: int = 5) -> dict[str, list[Swatch]]:
    """``palette`` of each of the five classes in (H, W) ``labels``, by class name, all names present, in id order."""
    return dict(zip(classes.NAMES, _palettes(pixels, labels, classes.COUNT, k), strict=True))


def _palettes(pixels: npt.NDArray[np.uint8], region: npt.NDArray[np.uint8], count: int, k: int) -> list[list[Swatch]]:
    if pixels.ndim != 3 or pixels.shape[2] != 3 or pixels.shape[:2] != region.shape:
        raise ValueError(f"pixels {pixels.shape} and region {region.shape} do not fit")
    if k < 1:
        raise ValueError("k must be at least 1")
    flat, where = pixels.reshape(-1, 3), region.reshape(-1)
    result = []
    for index, (colours, counts) in enumerate(_histograms(flat, where, count)):
        if 0 < len(colours) < _EXACT_BELOW:
            colours, counts = _exact(flat[where == index])
        result.append(_swatches(colours, counts, k))
    return result


def _histograms(flat: npt.NDArray[np.uint8], where: npt.NDArray[np.uint8], count: int) -> list[tuple[Floats, Floats]]:
    """For each region 0..count-1 of (N, 3) pixels: its bins' mean colours (M, 3), 0-255, and pixel counts (M,)."""
    counts = np.zeros(count * _BINS)
    sums = np.zeros((3, count * _BINS))
    shift = 8 - _BITS
    for start in range(0, len(flat), _BLOCK):
        block, region = flat[start : start + _BLOCK], where[start : start + _BLOCK]
        if count == 1 or int(region.max()) >= count:  # drop what belongs to no region
            inside = region < count
            if not inside.all():
                block, region = block[inside], region[inside]
        bins = (block[:, 0] >> shift).astype(np.intp) << (2 * _BITS)
        bins |= (block[:, 1] >> shift).astype(np.intp) << _BITS
        bins |= block[:, 2] >> shift
        if count > 1:
            bins |= region.astype(np.intp) << (3 * _BITS)
        counts += np.bincount(bins, minlength=len(counts))
        for channel in range(3):
            sums[channel] += np.bincount(bins, weights=block[:, channel], minlength=len(counts))
    result = []
    for index in range(count):
        part = slice(index * _BINS, (index + 1) * _BINS)
        used = np.flatnonzero(counts[part])
        weights = counts[part][used]
        result.append(((sums[:, part][:, used] / weights).T, weights))
    return result


def _exact(flat: npt.NDArray[np.uint8]) -> tuple[Floats, Floats]:
    """Every colour of (N, 3) pixels: (M, 3), 0-255, and its count (M,)."""
    packed = flat[:, 0].astype(np.intp) << 16 | flat[:, 1].astype(np.intp) << 8 | flat[:, 2]
    if len(packed) > _BLOCK:  # sorting would cost more than a table of all colours
        table = np.bincount(packed)
        values = np.flatnonzero(table)
        counts = table[values]
    else:
        values, counts = np.unique(packed, return_counts=True)
    return np.stack([values >> 16, values >> 8 & 255, values & 255], axis=1).astype(np.float64), counts.astype(float)


def _swatches(colours: Floats, counts: Floats, k: int) -> list[Swatch]:
    if not len(colours):
        return []
    points = spaces.srgb_to_oklab(colours / 255.0)
    centres, assigned = _cluster(points, counts, k)
    weights = np.bincount(assigned, weights=counts, minlength=len(centres))
    shares: dict[tuple[int, int, int], float] = {}
    rounded = spaces.to_bytes(spaces.oklab_to_srgb(centres)).tolist()
    for (red, green, blue), weight in zip(rounded, weights, strict=True):
        if weight:
            shares[red, green, blue] = shares.get((red, green, blue), 0.0) + float(weight)
    total = float(counts.sum())
    result = []
    for rgb, weight in sorted(shares.items(), key=lambda item: (-item[1], item[0])):
        lightness, a, b = spaces.srgb_to_lab(np.array(rgb) / 255.0).round(6).tolist()
        # + 0.0 turns a rounded -0.0 into 0.0
        lab = (lightness + 0.0, a + 0.0, b + 0.0)
        result.append(Swatch("#{:02x}{:02x}{:02x}".format(*rgb), rgb, lab, weight / total))
    return result


def _cluster(points: Floats, weights: Floats, k: int) -> tuple[Floats, npt.NDArray[np.intp]]:
    """Centres (at most k, 3) and the centre of each of (M, 3) points: the better of two deterministic starts."""
    if len(points) <= k:
        return points, np.arange(len(points))
    runs = [_lloyd(points, weights, start(points, weights, k)) for start in (_split_start, _far_start)]
    _, centres, assigned = min(runs, key=lambda run: run[0])
    return centres, assigned


def _split_start(points: Floats, weights: Floats, k: int) -> Floats:
    """Cut the part of greatest weighted spread in two, at its mean along its principal axis, until there are k."""
    parts = [np.arange(len(points))]
    while len(parts) < k:
        spreads = [_spread(points[part], weights[part]) for part in parts]
        part = parts.pop(int(np.argmax(spreads)))
        centred = points[part] - np.average(points[part], axis=0, weights=weights[part])
        axis = np.linalg.eigh((centred * weights[part, None]).T @ centred)[1][:, -1]
        along = _along(centred.T, axis)
        upper = along > 0
        if upper.all() or not upper.any():  # all points alike but for rounding
            upper = np.arange(len(part)) < len(part) // 2
        parts += [part[~upper], part[upper]]
        parts = [part for part in parts if len(part)]
    return np.array([np.average(points[part], axis=0, weights=weights[part]) for part in parts])


def _far_start(points: Floats, weights: Floats, k: int) -> Floats:
    """From the heaviest point on, add the point whose weight times squared distance to those chosen is the greatest."""
    chosen = [points[int(np.argmax(weights))]]
    nearest = np.full(len(points), np.inf)
    while len(chosen) < k:
        nearest = np.minimum(nearest, ((points - chosen[-1]) ** 2).sum(axis=1))
        chosen.append(points[int(np.argmax(nearest * weights))])
    return np.array(chosen)


def _spread(points: Floats, weights: Floats) -> float:
    if len(points) < 2:
        return -1.0
    centred = points - np.average(points, axis=0, weights=weights)
    return float(((centred**2).sum(axis=1) * weights).sum())


def _lloyd(points: Floats, weights: Floats, centres: Floats) -> tuple[float, Floats, npt.NDArray[np.intp]]:
    """Weighted inertia, centres and assignment after Lloyd's iteration has settled."""
    channels = points.T.copy()
    weighted = channels * weights
    squares = (channels**2).sum(axis=0)
    assigned = np.full(len(points), -1, dtype=np.intp)
    for _ in range(_ROUNDS):
        previous, (assigned, nearest) = assigned, _nearest(channels, centres)
        if np.array_equal(previous, assigned):
            break
        mass = np.bincount(assigned, weights=weights, minlength=len(centres))
        sums = [np.bincount(assigned, weights=channel, minlength=len(centres)) for channel in weighted]
        centres = np.where(mass[:, None] > 0, np.stack(sums, axis=1) / np.maximum(mass, 1e-300)[:, None], centres)
        for empty in np.flatnonzero(mass == 0):  # put it where it helps most
            error = (nearest + squares) * weights
            centres[empty] = points[int(np.argmax(error))]
            break
    remaining = ((points - centres[assigned]) ** 2).sum(axis=1)
    return float((remaining * weights).sum()), centres, assigned


def _nearest(channels: Floats, centres: Floats) -> tuple[npt.NDArray[np.intp], Floats]:
    """Which centre is the nearest to each of (3, M) points, the first of equals; its squared distance, less the
    point's own square.

    Not by a product of matrices: for so few columns that would only wake a pool of threads.
    """
    nearest = (centres[0] ** 2).sum() - 2.0 * _along(channels, centres[0])
    which = np.zeros(nearest.shape, np.intp)
    for index, centre in enumerate(centres[1:], 1):
        distance = (centre**2).sum() - 2.0 * _along(channels, centre)
        which[distance < nearest] = index
        np.minimum(nearest, distance, out=nearest)
    return which, nearest


def _along(channels: Floats, direction: Floats) -> Floats:
    """The scalar product of each of (3, M) points with ``direction``."""
    return np.asarray(channels[0] * direction[0] + channels[1] * direction[1] + channels[2] * direction[2])
