"""Refine after the stroke: the outline of what was painted moves to the photo's edges within a band around it.

What lies deeper inside the stroke than the band is wide stays painted, what lies farther outside stays as it was, and
between the two the photo is flooded from both sides (watershed): they meet at the strongest edge, or about where the
outline was when there is none.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from chromadesk.editing.patch import Box
from chromadesk.editing.stroke import Stroke

Pixels = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]

#: The band reaches so far to either side: this share of the photo's longer side, pixels at least, and of the stroke's
#: depth (where it is thickest) at most.
_BAND, _NARROWEST, _OF_DEPTH = 0.015, 4.0, 0.5
#: Bands narrower than this are not worth it, pixels.
_LEAST = 2.0
#: Windows larger than this are flooded at a smaller size, pixels.
_MODERATE = 1_500_000


def snap(stroke: Stroke, pixels: Pixels) -> None:
    """Move the outline of ``stroke``, which has not ended, to the edges of ``pixels`` (H, W, 3); the stroke stays one
    step and honours its locks. What bore its class before the stroke keeps it.
    """
    import cv2  # kept out of the window's start

    document, box = stroke.document, stroke.box
    if box is None:
        return
    limit = max(_BAND * max(document.size), _NARROWEST)
    room = round(limit) + 2
    box = Box(box.top - room, box.left - room, box.bottom + room, box.right + room).intersection(document.bounds)
    mine = document.labels[box.slices] == stroke.class_id
    painted = mine & (stroke.before(box)[0] != stroke.class_id)
    if not painted.any():
        return
    depth = cv2.distanceTransform(mine.astype(np.uint8), cv2.DIST_L2, 5)
    band = min(limit, _OF_DEPTH * float(depth[painted].max()))
    if band < _LEAST:
        return
    away = cv2.distanceTransform((~painted).astype(np.uint8), cv2.DIST_L2, 5)
    # Thin parts keep their middle, or they would be flooded from outside as a whole.
    middle = (depth >= cv2.dilate(depth, np.ones((3, 3), np.uint8))) & (depth >= band / 2)
    markers = np.zeros(mine.shape, np.uint8)
    markers[(mine & ~painted) | (mine & ((depth >= band) | middle))] = 1
    markers[~mine & (away >= band)] = 2
    flooded = _flooded(pixels[box.slices], markers)
    stroke.add(box, (flooded == 1) & ~mine)
    stroke.take_back(box, (flooded == 2) & painted)


def _flooded(pixels: Pixels, markers: npt.NDArray[np.uint8]) -> npt.NDArray[np.int32]:
    """The marker each pixel is reached by first; -1 along the border."""
    import cv2  # kept out of the window's start

    height, width = markers.shape
    scale = min(1.0, (_MODERATE / (height * width)) ** 0.5)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    seen = np.ascontiguousarray(pixels)
    if scale < 1:
        seen = np.asarray(cv2.resize(seen, size, interpolation=cv2.INTER_AREA), np.uint8)
        markers = np.asarray(cv2.resize(markers, size, interpolation=cv2.INTER_NEAREST), np.uint8)
    found = markers.astype(np.int32)
    cv2.watershed(np.asarray(cv2.medianBlur(seen, 5)), found)
    _join_lines(found, seen)
    if scale < 1:
        found = np.asarray(cv2.resize(found, (width, height), interpolation=cv2.INTER_NEAREST), np.int32)
    return found


def _join_lines(found: npt.NDArray[np.int32], pixels: Pixels) -> None:
    """Give the pixels between two floods, -1, to that of the neighbour they look most like; in place."""
    rows, columns = np.nonzero(found[1:-1, 1:-1] == -1)
    rows, columns = rows + 1, columns + 1
    here = pixels[rows, columns].astype(np.int32)
    least = np.full(rows.size, np.iinfo(np.int32).max)
    joined = found[rows, columns]
    for down, across in ((-1, 0), (0, -1), (0, 1), (1, 0)):
        beside = found[rows + down, columns + across]
        differs = np.abs(here - pixels[rows + down, columns + across]).sum(axis=1)
        better = (beside > 0) & (differs < least)
        least[better], joined[better] = differs[better], beside[better]
    found[rows, columns] = joined
