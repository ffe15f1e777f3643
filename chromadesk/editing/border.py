"""Redraw a border: one line along where it should be, and what lies between it and the old one changes sides.

The line cuts the regions of the mask it runs through. Of each that falls apart the largest part stays as it is; every
other part takes the class it has the longest border with. So a line through the background along a sleeve adds to the
sleeve, one through the sleeve takes away from it, and one that wanders across does both. No class has to be chosen.

Points are (x, y) in photo coordinates, as in ``brush``; the line runs between pixels, not over them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from chromadesk.classes import COUNT
from chromadesk.editing.brush import Point
from chromadesk.editing.patch import Box, Plane, bounding_box
from chromadesk.editing.regions import connected
from chromadesk.editing.stroke import Stroke

Mask = npt.NDArray[np.bool_]
Parts = npt.NDArray[np.int32]
Corners = npt.NDArray[np.float64]

#: A line that ends so near a border is drawn on to it: share of the photo's longer side, and pixels at least.
_REACH, _LEAST_REACH = 0.012, 3
#: Round the line is looked at least so far, pixels, and so far in lengths of it; farther when that does not tell which
#: part is the larger one.
_AROUND, _OF_LENGTH = 16, 0.5
#: No hand puts its points like this, so the line goes through no pixel's very centre.
_ASIDE = (0.00131, 0.00071)


def redraw(labels: Plane, points: Sequence[Point]) -> tuple[Box, Plane] | None:
    """The box inside the photo that changes and its new labels, when the line through ``points`` is the border in
    ``labels`` (uint8 (H, W)); None: the line cuts nothing off.
    """
    bounds = Box(0, 0, *labels.shape)
    line = _line(labels, points)
    if line is None:
        return None
    low, high = np.floor(line.min(axis=0)).astype(int), np.ceil(line.max(axis=0)).astype(int)
    room = max(_AROUND, round(_OF_LENGTH * float((high - low).max())))
    while True:
        box = Box(int(low[1]) - room, int(low[0]) - room, int(high[1]) + room, int(high[0]) + room).intersection(bounds)
        if box.empty:
            return None
        after = _sides_changed(labels[box.slices], box, line, bounds)
        if after is not None:
            break
        room *= 2
    changed = bounding_box(after != labels[box.slices])
    if changed is None:
        return None
    inner = Box(box.top + changed.top, box.left + changed.left, box.top + changed.bottom, box.left + changed.right)
    return inner, after[changed.slices]


def lay(stroke: Stroke, box: Box, after: Plane) -> None:
    """Paint what ``redraw`` found; the stroke's locks hold for each of its classes."""
    changed = after != stroke.document.labels[box.slices]
    for class_id in np.unique(after[changed]).tolist():
        stroke.class_id = class_id
        stroke.add(box, changed & (after == class_id))


def _line(labels: Plane, points: Sequence[Point]) -> Corners | None:
    """The line as drawn, drawn on to the border at either end."""
    if len(points) < 2:
        return None
    drawn = [tuple(point) for point in points]
    first, last = _nearest_border(labels, points[0]), _nearest_border(labels, points[-1])
    line = np.array(([first] if first else []) + drawn + ([last] if last else []), float)
    return line + _ASIDE


def _nearest_border(labels: Plane, point: Point) -> Point | None:
    """The centre of the nearest pixel of another class than that at ``point``; None: there is none in reach."""
    height, width = labels.shape
    row, column = math.floor(point[1]), math.floor(point[0])
    if not (0 <= row < height and 0 <= column < width):
        return None
    reach = max(round(_REACH * max(height, width)), _LEAST_REACH)
    top, left = max(row - reach, 0), max(column - reach, 0)
    rows, columns = np.nonzero(labels[top : row + reach + 1, left : column + reach + 1] != labels[row, column])
    if rows.size == 0:
        return None
    x, y = columns + (left + 0.5), rows + (top + 0.5)
    away = np.hypot(x - point[0], y - point[1])
    nearest = int(np.argmin(away))
    return (float(x[nearest]), float(y[nearest])) if away[nearest] <= reach else None


def _sides_changed(part: Plane, box: Box, line: Corners, bounds: Box) -> Plane | None:
    """The labels of ``box`` with what the line cuts off given away; None: of some region more than one part goes on
    beyond the box.
    """
    across, down = _cut(line, box), _cut(line[:, ::-1], Box(box.left, box.top, box.right, box.bottom)).T
    parts = _hanging_together(part, across, down)
    one, other = [], []
    for cut, here, there in (
        (across, np.s_[:, :-1], np.s_[:, 1:]),
        (down, np.s_[:-1], np.s_[1:]),
    ):
        severed = cut & (part[here] == part[there])
        one.append(parts[here][severed])
        other.append(parts[there][severed])
    areas = np.bincount(parts.ravel())
    # What was one region before the line has one number here: that of its first part.
    of_whole = connected(areas.size, np.concatenate(one), np.concatenate(other))
    torn = np.flatnonzero(np.bincount(of_whole, minlength=areas.size) > 1)
    if torn.size == 0:
        return part.copy()
    goes_on = np.zeros(areas.size, bool)
    for edge, ends in (
        (parts[0], box.top == bounds.top),
        (parts[-1], box.bottom == bounds.bottom),
        (parts[:, 0], box.left == bounds.left),
        (parts[:, -1], box.right == bounds.right),
    ):
        if not ends:
            goes_on[edge] = True
    cut_off: list[int] = []
    for region in torn.tolist():
        members = np.flatnonzero(of_whole == region)
        if np.count_nonzero(goes_on[members]) > 1:
            return None
        largest = members[np.argmax(np.where(goes_on[members], part.size + 1, areas[members]))]
        cut_off += members[members != largest].tolist()
    return _given_away(part, parts, cut_off)


def _given_away(part: Plane, parts: Parts, cut_off: list[int]) -> Plane:
    """``part`` with each of ``cut_off`` given the class of most pixels along its border."""
    count = int(parts.max()) + 1
    votes = np.zeros((count, COUNT), np.intp)
    for one, other in (
        ((slice(None), slice(1, None)), (slice(None), slice(None, -1))),
        ((slice(1, None), slice(None)), (slice(None, -1), slice(None))),
    ):
        differ = part[one] != part[other]
        for here, there in ((one, other), (other, one)):
            np.add.at(votes, (parts[here][differ], part[there][differ]), 1)
    takes = np.full(count, 255, np.uint8)
    for number in cut_off:
        if votes[number].any():
            takes[number] = votes[number].argmax()
    given = takes[parts]
    return np.where(given == 255, part, given)


def _cut(line: Corners, box: Box) -> Mask:
    """Between which pixels of ``box`` and their right neighbours the line passes, (height, width - 1)."""
    (x0, y0), (x1, y1) = line[:-1].T, line[1:].T
    up = y1 < y0
    top_x, top_y, low_x, low_y = (np.where(up, b, a) for a, b in ((x0, x1), (y0, y1), (x1, x0), (y1, y0)))
    first = np.clip(np.ceil(top_y - 0.5), box.top, box.bottom).astype(np.int64)
    last = np.clip(np.ceil(low_y - 0.5), box.top, box.bottom).astype(np.int64)
    counts = last - first  # nought for level pieces
    piece = np.repeat(np.arange(counts.size), counts)
    row = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts) + first[piece]
    share = (row + 0.5 - top_y[piece]) / (low_y - top_y)[piece]
    column = np.ceil(top_x[piece] + share * (low_x - top_x)[piece] - 0.5).astype(np.int64) - 1 - box.left
    cut: Mask = np.zeros((box.height, max(box.width - 1, 0)), bool)
    inside = (column >= 0) & (column < cut.shape[1])
    cut[row[inside] - box.top, column[inside]] = True
    return cut


def _hanging_together(part: Plane, across: Mask, down: Mask) -> Parts:
    """A number from 1 for each pixel: the same for pixels of one class that are joined through their four neighbours
    without passing a cut.
    """
    import cv2  # kept out of the window's start

    height, width = part.shape
    # Every other pixel of the grid stands for the way between two.
    grid = np.zeros((2 * height - 1, 2 * width - 1), np.uint8)
    grid[::2, ::2] = 1
    grid[::2, 1::2] = (part[:, 1:] == part[:, :-1]) & ~across
    grid[1::2, ::2] = (part[1:] == part[:-1]) & ~down
    _, found = cv2.connectedComponents(grid, connectivity=4)
    return np.ascontiguousarray(found[::2, ::2])
