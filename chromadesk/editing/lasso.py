"""The lasso: the pixels inside a closed outline, exact to the pixel.

Points are (x, y) in photo coordinates, as in ``brush``. A pixel belongs to the region when its centre lies inside; of a
centre that lies on the outline itself, the left and upper edges count as inside, the right and lower ones do not, so
that two outlines that share an edge share no pixel.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from chromadesk.editing.brush import Mask, Point
from chromadesk.editing.patch import Box


def region(points: Sequence[Point], bounds: Box) -> tuple[Box, Mask] | None:
    """The box and mask of what the closed outline through ``points`` goes round within ``bounds``; None: no pixel.

    What it goes round twice is inside as well (the non-zero rule): a hand that overshoots the point where it began must
    not punch a hole. Time and memory follow the box of the outline, not the photo.
    """
    corners = np.asarray(points, float).reshape(-1, 2)
    if len(corners) < 3:
        return None
    box = _box(corners, bounds)
    if box.empty:
        return None
    rows, columns, winding = _crossings(corners, box)
    # Along each row the winding number changes at the crossings only: sort them, add up, and keep where it becomes
    # something and where it becomes nothing again. A row's sum is nought, so every row ends outside.
    order = np.lexsort((columns, rows))
    rows, columns = rows[order], columns[order]
    total = np.cumsum(winding[order])
    before = np.concatenate(([0], total[:-1]))
    starts, ends = (before == 0) & (total != 0), (before != 0) & (total == 0)
    first = rows[starts] * box.width + columns[starts]
    last = rows[ends] * box.width + columns[ends]
    mask: Mask = np.zeros((box.height, box.width), bool)
    flat = mask.reshape(-1)
    # A loop over the spans is memory's own speed; a running sum over the box would take ten times as long.
    for start, end in zip(first.tolist(), last.tolist(), strict=True):
        flat[start:end] = True
    return (box, mask) if bool((first < last).any()) else None


def _box(corners: npt.NDArray[np.float64], bounds: Box) -> Box:
    """Every pixel whose centre the outline may hold."""
    (left, top), (right, bottom) = np.ceil(corners.min(axis=0) - 0.5), np.ceil(corners.max(axis=0) - 0.5)
    return Box(int(top), int(left), int(bottom), int(right)).intersection(bounds)


def _crossings(
    corners: npt.NDArray[np.float64], box: Box
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Where the outline crosses the rows' middle lines: row, first column to its right (both in the box), direction."""
    x0, y0 = corners.T
    x1, y1 = np.roll(corners, -1, axis=0).T
    down = y1 > y0
    # Always computed from the upper end, so that an edge walked both ways crosses at the very same places.
    top_x, top_y, low_x, low_y = (np.where(down, a, b) for a, b in ((x0, x1), (y0, y1), (x1, x0), (y1, y0)))
    first = np.clip(np.ceil(top_y - 0.5), box.top, box.bottom).astype(np.int64)
    last = np.clip(np.ceil(low_y - 0.5), box.top, box.bottom).astype(np.int64)
    counts = last - first  # nought for level edges
    edge = np.repeat(np.arange(len(corners)), counts)
    row = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts) + first[edge]
    share = (row + 0.5 - top_y[edge]) / (low_y - top_y)[edge]
    x = top_x[edge] + share * (low_x - top_x)[edge]
    column = np.clip(np.ceil(x - 0.5), box.left, box.right).astype(np.int64)
    return row - box.top, column - box.left, np.where(down, 1, -1)[edge]
