"""The connected regions of a label plane, and which of them touch, found from its runs: the cost follows the edges.

A run is a stretch of equal pixels in one row. A 24-megapixel mask has some 100,000 of them, so everything after the
first look at the pixels is cheap.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from chromadesk.editing.patch import Box, Plane

Ids = npt.NDArray[np.intp]


class Borders(NamedTuple):
    """Which regions touch: ``one`` and ``other`` (each pair once, any order), and along how many pixel sides."""

    one: Ids
    other: Ids
    length: Ids


class Regions:
    """The 4-connected regions of equal value in a plane, numbered from 0 in reading order of their first pixels.

    ``values`` (uint8), ``areas`` (pixels), ``boxes`` (n, 4: top, left, bottom, right; half-open) hold one row a region.
    """

    def __init__(self, plane: Plane) -> None:
        self.shape: tuple[int, int] = plane.shape
        width = self.shape[1]
        flat = np.ascontiguousarray(plane)
        differs = np.empty(plane.shape, bool)
        differs[:, 0] = True
        np.not_equal(flat[:, 1:], flat[:, :-1], out=differs[:, 1:])
        self._starts = np.flatnonzero(differs)
        del differs
        ends = np.append(self._starts[1:], plane.size)
        self._lengths = ends - self._starts
        run_values = flat.reshape(-1)[self._starts]
        upper, lower = _below(self._starts, ends, width, plane.size)
        same = run_values[upper] == run_values[lower]
        firsts, self._of_run = np.unique(connected(self._starts.size, upper[same], lower[same]), return_inverse=True)
        self.values: Plane = run_values[firsts]
        self.areas: Ids = np.bincount(self._of_run, self._lengths, firsts.size).astype(np.intp)
        rows, columns = np.divmod(self._starts, width)
        self.boxes = self._bounds(rows, columns)
        apart = ~same
        beside = np.flatnonzero(rows[1:] == rows[:-1])
        overlap = np.minimum(ends[upper] + width, ends[lower]) - np.maximum(
            self._starts[upper] + width, self._starts[lower]
        )
        self.borders = _merged(
            np.concatenate([self._of_run[upper[apart]], self._of_run[beside]]),
            np.concatenate([self._of_run[lower[apart]], self._of_run[beside + 1]]),
            np.concatenate([overlap[apart], np.ones(beside.size, np.intp)]),
            firsts.size,
        )

    def __len__(self) -> int:
        return self.values.size

    def at(self, row: int, column: int) -> int:
        """The region of a pixel."""
        place = np.searchsorted(self._starts, row * self.shape[1] + column, side="right") - 1
        return int(self._of_run[place])

    def paint(self, values: npt.NDArray[np.uint8]) -> Plane:
        """A plane in which each region has its entry of ``values``."""
        plane: Plane = np.repeat(values[self._of_run], self._lengths).reshape(self.shape)
        return plane

    def inside(self, box: Box) -> npt.NDArray[np.bool_]:
        """Which regions lie wholly in ``box``."""
        low, high = self.boxes[:, :2] >= (box.top, box.left), self.boxes[:, 2:] <= (box.bottom, box.right)
        return np.asarray(low.all(axis=1) & high.all(axis=1))

    def _bounds(self, rows: Ids, columns: Ids) -> Ids:
        boxes = np.empty((self.values.size, 4), np.intp)
        boxes[:, :2] = np.iinfo(np.intp).max
        boxes[:, 2:] = 0
        np.minimum.at(boxes[:, 0], self._of_run, rows)
        np.minimum.at(boxes[:, 1], self._of_run, columns)
        np.maximum.at(boxes[:, 2], self._of_run, rows + 1)
        np.maximum.at(boxes[:, 3], self._of_run, columns + self._lengths)
        return boxes


def connected(count: int, one: Ids, other: Ids) -> Ids:
    """The smallest node that each of ``count`` nodes hangs together with through the links ``one``-``other``."""
    root = np.arange(count)
    while one.size:
        low, high = np.minimum(root[one], root[other]), np.maximum(root[one], root[other])
        apart = low != high
        one, other = one[apart], other[apart]
        np.minimum.at(root, high[apart], low[apart])
        while not np.array_equal(further := root[root], root):
            root = further
    return root


def _below(starts: Ids, ends: Ids, width: int, size: int) -> tuple[Ids, Ids]:
    """Each pair of runs of which the second lies, at least in part, right below the first."""
    above = np.flatnonzero(ends + width <= size)
    first = np.searchsorted(starts, starts[above] + width, side="right") - 1
    last = np.searchsorted(starts, ends[above] - 1 + width, side="right") - 1
    counts = last - first + 1
    offsets = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    return np.repeat(above, counts), np.repeat(first, counts) + offsets


def _merged(one: Ids, other: Ids, length: Ids, count: int) -> Borders:
    pairs, which = np.unique(np.minimum(one, other) * count + np.maximum(one, other), return_inverse=True)
    low, high = np.divmod(pairs, max(count, 1))
    return Borders(low, high, np.bincount(which, length, pairs.size).astype(np.intp))
