"""The round brush, exact to the pixel: one dab and the swept line between two points.

Points are (x, y) in photo coordinates, where pixel (row, column) covers [column, column + 1) x [row, row + 1). A pixel
belongs to a dab when its centre lies within half the diameter of the dab's centre. Odd diameters sit on pixel centres,
even ones on pixel corners, so a dab is always ``diameter`` pixels wide.
"""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from chromadesk.editing.patch import Box, bounding_box

Mask = npt.NDArray[np.bool_]
Point = tuple[float, float]
Columns = npt.NDArray[np.int16]
MIN_DIAMETER, MAX_DIAMETER = 1, 1000


def snap(point: Point, diameter: int) -> Point:
    """The centre of the dab painted for ``point``: a pixel centre (odd diameter) or corner (even)."""
    if diameter % 2:
        return math.floor(point[0]) + 0.5, math.floor(point[1]) + 0.5
    return float(math.floor(point[0] + 0.5)), float(math.floor(point[1] + 0.5))


@functools.lru_cache(maxsize=32)
def stamp(diameter: int) -> Mask:
    """The dab as bool (diameter, diameter), read-only."""
    offsets = np.arange(diameter) + 0.5 - diameter / 2
    mask: Mask = offsets[:, None] ** 2 + offsets[None, :] ** 2 <= (diameter / 2) ** 2
    mask.flags.writeable = False
    return mask


def dab(point: Point, diameter: int) -> tuple[Box, Mask]:
    """The box and mask of one dab at ``point``; the box may reach outside the photo."""
    x, y = snap(point, diameter)
    left, top = round(x - diameter / 2), round(y - diameter / 2)
    return Box(top, left, top + diameter, left + diameter), stamp(diameter)


def segment(start: Point, end: Point, diameter: int) -> tuple[Box, Mask]:
    """Everything a dab covers on its way from ``start`` to ``end``, both snapped."""
    if snap(start, diameter) == snap(end, diameter):
        return dab(start, diameter)
    box, first, last = _runs(start, end, diameter)
    since = _since(box.width)
    mask = since[first]
    mask ^= since[last + 1]
    return box, mask


def onward(start: Point, end: Point, diameter: int) -> tuple[Box, Mask] | None:
    """What ``segment`` covers and the dab at ``start`` did not: what a brush adds; None where it stays."""
    if snap(start, diameter) == snap(end, diameter):
        return None
    box, mask = segment(start, end, diameter)
    there, covered = dab(start, diameter)
    part = mask[there.top - box.top : there.bottom - box.top, there.left - box.left : there.right - box.left]
    part ^= covered  # all of it lies within the segment
    fresh = bounding_box(mask)
    assert fresh is not None
    return (
        Box(box.top + fresh.top, box.left + fresh.left, box.top + fresh.bottom, box.left + fresh.right),
        mask[fresh.slices],
    )


def _since(width: int) -> Mask:
    """Row k of (width + 1, width) is True from column k on: windows on one row, so that a row costs no more to take
    than to copy.
    """
    edge = np.zeros(2 * width, bool)
    edge[width:] = True
    windows: Mask = np.ndarray((width + 1, width), bool, edge, strides=(1, 1))
    return windows[::-1]


def _runs(start: Point, end: Point, diameter: int) -> tuple[Box, Columns, Columns]:
    """The first and the last column, within the box, of each row of a ``segment`` between two different places: a
    swept disc is convex, each of its rows is one run of pixels.
    """
    (x0, y0), (x1, y1) = snap(start, diameter), snap(end, diameter)
    radius = diameter / 2
    left, top = round(min(x0, x1) - radius), round(min(y0, y1) - radius)
    right, bottom = round(max(x0, x1) + radius), round(max(y0, y1) + radius)
    box = Box(top, left, bottom, right)
    first, last = _between((x0, y0), (x1, y1), radius, box)
    dab_first, dab_last = _spans(diameter)
    for x, y in ((x0, y0), (x1, y1)):
        rows = slice(round(y - radius) - top, round(y + radius) - top)
        column = round(x - radius) - left
        first[rows] = np.minimum(first[rows], dab_first + column)
        last[rows] = np.maximum(last[rows], dab_last + column)
    return box, first, last


def taper(start: Point, first: int, end: Point, last: int) -> tuple[Box, Mask]:
    """What a dab covers that grows (or shrinks) evenly from diameter ``first`` at ``start`` to ``last`` at ``end``."""
    if first == last:
        return segment(start, end, first)
    if first < last:  # the same both ways
        start, first, end, last = end, last, start, first
    (x0, y0), (x1, y1) = snap(start, first), snap(end, last)
    large, small = dab(start, first), dab(end, last)
    box = large[0].union(small[0])
    mask = np.zeros((box.height, box.width), bool)
    for part, pixels in (large, small):
        mask[part.top - box.top : part.bottom - box.top, part.left - box.left : part.right - box.left] |= pixels
    dx, dy = x1 - x0, y1 - y0
    length, falls = math.hypot(dx, dy), (first - last) / 2
    if length <= falls:
        return box, mask  # the small one lies within the large one
    # Between the two discs lie the lines that touch both: they lean towards the small one by this slope.
    sine = falls / length
    cosine = math.sqrt(1 - sine * sine)
    columns = np.arange(box.left, box.right) + 0.5 - x0
    rows = (np.arange(box.top, box.bottom) + 0.5 - y0)[:, None]
    along = (columns * dx + rows * dy) / length
    across = np.abs(columns * dy - rows * dx) / length
    lean = along * cosine - across * sine
    mask |= (lean >= 0) & (lean <= length * cosine) & (across * cosine + along * sine <= first / 2)
    return box, mask


@functools.lru_cache(maxsize=32)
def _spans(diameter: int) -> tuple[Columns, Columns]:
    """The first and the last column of each row of the stamp."""
    mask = stamp(diameter)
    first = mask.argmax(axis=1).astype(np.int16)
    return first, (diameter - 1 - mask[:, ::-1].argmax(axis=1)).astype(np.int16)


def _between(start: Point, end: Point, radius: float, box: Box) -> tuple[Columns, Columns]:
    """The first and the last column, within ``box``, of each row of what lies beside the way from ``start`` to ``end``;
    a row without any has a last before its first.
    """
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy
    rows = np.arange(box.top, box.bottom) + 0.5 - start[1]
    low, high = np.full(rows.shape, box.left - start[0]), np.full(rows.shape, box.right - start[0])
    reach = radius * math.sqrt(length)
    for slope, near, far in ((dy, rows * dx - reach, rows * dx + reach), (dx, -rows * dy, length - rows * dy)):
        if slope:
            one, other = near / slope, far / slope
            low, high = np.maximum(low, np.minimum(one, other)), np.minimum(high, np.maximum(one, other))
    # The divisions round, so columns one to either side are tried as well. Halves and their products are exact in
    # double precision, and so is the test.
    offset = box.left + 0.5 - start[0]
    edges = np.stack([np.ceil(low - offset), np.floor(high - offset)])
    columns = edges[:, None] + np.arange(-1.0, 2.0)[:, None]
    x = columns + offset
    along, across = x * dx + rows * dy, x * dy - rows * dx
    inside = (across * across <= radius * radius * length) & (along >= 0) & (along <= length)
    first = np.where(inside[0], columns[0], box.width).min(axis=0)
    last = np.where(inside[1], columns[1], -1).max(axis=0)
    return first.astype(np.int16), last.astype(np.int16)


def stroke(points: Sequence[Point], diameter: int) -> tuple[Box, Mask]:
    """The whole way through ``points`` (at least one) in one mask."""
    if len(points) == 1:
        return dab(points[0], diameter)
    parts = [segment(start, end, diameter) for start, end in itertools.pairwise(points)]
    box = functools.reduce(Box.union, (part[0] for part in parts))
    mask = np.zeros((box.height, box.width), bool)
    for part, pixels in parts:
        mask[part.top - box.top : part.bottom - box.top, part.left - box.left : part.right - box.left] |= pixels
    return box, mask


def outline(diameter: int) -> list[Point]:
    """The stamp's border as a closed polygon of pixel corners around (0, 0) at its top left: what the cursor shows."""
    mask = stamp(diameter)
    first = mask.argmax(axis=1)
    last = diameter - mask[:, ::-1].argmax(axis=1)
    right: list[Point] = []
    left: list[Point] = []
    for row in range(diameter):
        right += [(float(last[row]), float(row)), (float(last[row]), float(row + 1))]
        left += [(float(first[row]), float(row)), (float(first[row]), float(row + 1))]
    return right + left[::-1]
