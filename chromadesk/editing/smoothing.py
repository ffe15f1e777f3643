"""Smooth the edges of a mask: each pixel takes the class of most pixels around it, but thin parts stay.

A plain majority (or median) eats straps, fingers and strands. What is thinner than the neighbourhood yet clearly
longer keeps its pixels here; bumps, dents and small islands do not.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from chromadesk.editing.patch import Box, Plane
from chromadesk.editing.regions import Regions

#: Edge of the tiles worked on: those without an edge in reach cost nothing.
_TILE = 512
#: Wide neighbourhoods are looked at in a smaller picture, in which they are at most this wide.
_FINE = 5


def smooth(labels: Plane, radius: int, locked: frozenset[int] = frozenset(), box: Box | None = None) -> Plane:
    """Smooth the edges of ``labels`` (uint8 (H, W)) about as far as ``radius`` pixels reach; see ``cleanup``."""
    result = labels.copy()
    if radius < 1:
        return result
    regions = Regions(labels)
    sides = regions.boxes[:, 2:] - regions.boxes[:, :2]
    # Islands this short are no straps, however thin.
    small = regions.paint((sides.max(axis=1) < 3 * (2 * radius + 1)).astype(np.uint8)).view(bool)
    whole = Box(0, 0, *labels.shape)
    factor = 1
    while radius > _FINE * factor:
        factor *= 2
    margin = 4 * radius + 4 * factor
    for tile in _tiles(whole if box is None else whole.intersection(box)):
        window = Box(
            max(tile.top - margin, 0) // factor * factor,
            max(tile.left - margin, 0) // factor * factor,
            min(tile.bottom + margin, whole.bottom),
            min(tile.right + margin, whole.right),
        )
        part = labels[window.slices]
        if (part == part[0, 0]).all():
            continue
        inner = (
            slice(tile.top - window.top, tile.bottom - window.top),
            slice(tile.left - window.left, tile.right - window.left),
        )
        result[tile.slices] = _smoothed(part, inner, small[tile.slices], max(round(radius / factor), 1), factor, locked)
    return result


def _smoothed(
    part: Plane,
    inner: tuple[slice, slice],
    small: npt.NDArray[np.bool_],
    radius: int,
    factor: int,
    locked: frozenset[int],
) -> Plane:
    """What becomes of the ``inner`` of ``part``; ``radius`` counts pixels of the picture ``factor`` times smaller."""
    import cv2  # kept out of the window's start

    before = part[inner]
    free = [int(class_id) for class_id in np.flatnonzero(np.bincount(part.ravel())) if class_id not in locked]
    side = (2 * radius + 1, 2 * radius + 1)
    votes: list[Plane] = []
    kept = np.isin(before, list(locked))
    most = np.zeros(before.shape, np.uint8)
    for class_id in free:
        here = before == class_id
        share = _smaller((part == class_id).view(np.uint8) * np.uint8(255), factor)
        thin = _thin(share, radius)
        # Twice: round enough that edges of any slope stay where they are.
        share = _larger(cv2.blur(cv2.blur(share, side), side).astype(np.uint8, copy=False), factor, part.shape)[inner]
        np.copyto(most, share, where=here)
        votes.append(share)
        if thin.any():
            kept |= here & ~small & _larger(thin.view(np.uint8), factor, part.shape)[inner].view(bool)
    result = before.copy()
    for class_id, share in zip(free, votes, strict=True):
        more = share > most
        np.copyto(most, share, where=more)
        result[more] = class_id
    np.copyto(result, before, where=kept)
    return result


def _thin(share: Plane, radius: int) -> npt.NDArray[np.bool_]:
    """Where the parts of a class lie (``share`` of each pixel, 0-255) that are too slender to hold a square of
    ``radius`` and reach clearly farther than that from where it is held.
    """
    import cv2

    def grown(mask: Plane, reach: int) -> Plane:
        return cv2.dilate(mask, np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)).astype(np.uint8, copy=False)

    core = cv2.erode((share > 127).view(np.uint8), np.ones((2 * radius + 1, 2 * radius + 1), np.uint8)).astype(
        np.uint8, copy=False
    )
    wide = grown(core, radius + 1)
    tips = (share > 0).view(np.uint8) & (1 - grown(wide, radius))
    near: npt.NDArray[np.bool_] = (grown(tips, radius) & (1 - wide)).view(bool)
    return near


def _smaller(mask: Plane, factor: int) -> Plane:
    if factor == 1:
        return mask
    import cv2

    height, width = mask.shape
    padded = cv2.copyMakeBorder(mask, 0, -height % factor, 0, -width % factor, cv2.BORDER_REPLICATE)
    size = (padded.shape[1] // factor, padded.shape[0] // factor)
    return cv2.resize(padded, size, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)


def _larger(mask: Plane, factor: int, shape: tuple[int, ...]) -> Plane:
    if factor == 1:
        return mask
    import cv2

    size = (mask.shape[1] * factor, mask.shape[0] * factor)
    return cv2.resize(mask, size, interpolation=cv2.INTER_LINEAR)[: shape[0], : shape[1]].astype(np.uint8, copy=False)


def _tiles(box: Box) -> Iterator[Box]:
    for top in range(box.top, box.bottom, _TILE):
        for left in range(box.left, box.right, _TILE):
            yield Box(top, left, min(top + _TILE, box.bottom), min(left + _TILE, box.right))
