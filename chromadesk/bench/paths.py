"""Where a hand would go to mend a wrong region of a mask: its centre line, ways along its edge, its outline.

Points are (x, y) in photo coordinates, as in ``editing.brush``. No torch.
"""

from __future__ import annotations

import heapq
import itertools
import math
from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from chromadesk.editing.brush import Point
from chromadesk.editing.patch import Box, bounding_box

Mask = npt.NDArray[np.bool_]
Field = npt.NDArray[np.float32]
Path = tuple[Point, ...]

#: The widest brush that is tried, photo pixels, and how far round a region is looked for room for it.
WIDEST = 90
_MARGIN = WIDEST // 2 + 3
#: Centre lines are sought among at most so many pixels.
_NODES = 800
_STEPS = tuple((down, across) for down in (-1, 0, 1) for across in (-1, 0, 1) if down or across)


class Region(NamedTuple):
    """Pixels of one class that bear another, near each other: ``wrong`` (which), ``whole`` (with what joins them) and
    ``free`` (what the class may be painted on without harm), all bool (height, width) of the window ``box``.
    """

    class_id: int
    box: Box
    wrong: Mask
    whole: Mask
    free: Mask


def regions(wrong: Mask, free: Mask, class_id: int, reach: int, value: Field, most: int) -> list[tuple[float, Region]]:
    """The parts of ``wrong`` (H, W) that hang together across gaps of up to twice ``reach`` within ``free``, with the
    sum of ``value`` over their pixels: the ``most`` dearest.
    """
    around = bounding_box(wrong)
    if around is None:
        return []
    height, width = wrong.shape
    room = 2 * reach + 1
    part = Box(around.top - room, around.left - room, around.bottom + room, around.right + room)
    part = part.intersection(Box(0, 0, height, width))
    mine: Mask = wrong[part.slices]
    joined: Mask = mine
    if reach:
        grown = depth(~mine) <= reach
        joined = np.asarray(mine | ((depth(grown) > reach) & free[part.slices]))
    _, parts, figures, _ = cv2.connectedComponentsWithStats(joined.view(np.uint8), connectivity=8)
    values = np.bincount(parts[mine], value[part.slices][mine], len(figures))
    found = []
    for number in np.argsort(-values, kind="stable")[:most]:
        if values[number] <= 0:
            break
        left, top, wide, tall, _ = (int(figure) for figure in figures[number])
        tight = Box(top, left, top + tall, left + wide)
        box = Box(
            max(part.top + top - _MARGIN, 0),
            max(part.left + left - _MARGIN, 0),
            min(part.top + top + tall + _MARGIN, height),
            min(part.left + left + wide + _MARGIN, width),
        )
        whole = np.zeros((box.height, box.width), bool)
        down, across = part.top + top - box.top, part.left + left - box.left
        whole[down : down + tall, across : across + wide] = parts[tight.slices] == number
        found.append((float(values[number]), Region(class_id, box, whole & wrong[box.slices], whole, free[box.slices])))
    return found


def depth(mask: Mask) -> Field:
    """How far each True pixel is from the next False one; outside the array counts as True."""
    return np.asarray(cv2.distanceTransform(mask.view(np.uint8), cv2.DIST_L2, 5), np.float32)


def centre_line(mask: Mask) -> Path:
    """A way through the middle of (h, w) ``mask`` (8-connected) from one of its far ends to the other."""
    box = bounding_box(mask)
    assert box is not None
    part = mask[box.slices]
    step = max(1, math.ceil(math.sqrt(np.count_nonzero(part) / _NODES)))
    if step > 1:
        padded = np.pad(part, ((0, -part.shape[0] % step), (0, -part.shape[1] % step)))
        blocks = padded.reshape(padded.shape[0] // step, step, padded.shape[1] // step, step)
        part = np.asarray(blocks.any(axis=(1, 3)))
    padded = np.pad(part, 1)
    # The middle is cheap to walk in, the rim is dear.
    dear = 1 + 6 / np.square(depth(padded))[1:-1, 1:-1].clip(min=1)
    nodes = {(int(row), int(column)): float(dear[row, column]) for row, column in np.argwhere(part)}
    start = next(iter(nodes))
    first, _ = _farthest(nodes, start)
    last, came = _farthest(nodes, first)
    way = [last]
    while way[-1] != first:
        way.append(came[way[-1]])
    return tuple((box.left + (column + 0.5) * step, box.top + (row + 0.5) * step) for row, column in way)


def _farthest(
    nodes: dict[tuple[int, int], float], start: tuple[int, int]
) -> tuple[tuple[int, int], dict[tuple[int, int], tuple[int, int]]]:
    """The node that is dearest to reach from ``start``, and where each node is reached from."""
    best = {start: 0.0}
    came: dict[tuple[int, int], tuple[int, int]] = {}
    waiting = [(0.0, start)]
    last = start
    while waiting:
        cost, node = heapq.heappop(waiting)
        if cost > best[node]:
            continue
        last = node
        for down, across in _STEPS:
            beside = (node[0] + down, node[1] + across)
            if beside in nodes:
                total = cost + nodes[beside] * (1.414 if down and across else 1.0)
                if total < best.get(beside, math.inf):
                    best[beside] = total
                    came[beside] = node
                    heapq.heappush(waiting, (total, beside))
    return last, came


def beside(line: Path, centres: Mask, reach: float) -> Path:
    """``line`` moved to the nearest of the True pixels of ``centres`` point by point; what would have to move farther
    than ``reach`` is left out.
    """
    if not centres.any():
        return ()
    away, nearest = cv2.distanceTransformWithLabels(
        (~centres).view(np.uint8), cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )
    rows, columns = np.nonzero(centres)
    place = np.zeros(int(nearest.max()) + 1, np.intp)
    place[nearest[rows, columns]] = np.arange(rows.size)
    moved: list[Point] = []
    for x, y in line:
        row, column = min(int(y), centres.shape[0] - 1), min(int(x), centres.shape[1] - 1)
        if away[row, column] <= reach:
            which = place[nearest[row, column]]
            point = (float(columns[which]) + 0.5, float(rows[which]) + 0.5)
            if not moved or point != moved[-1]:
                moved.append(point)
    return tuple(moved)


def outlines(mask: Mask) -> list[Path]:
    """The outer border of each part of (h, w) ``mask``, largest first, through its outermost pixels' centres."""
    found, _ = cv2.findContours(mask.view(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    ways = sorted(found, key=len, reverse=True)
    return [tuple((float(x) + 0.5, float(y) + 0.5) for x, y in way[:, 0]) for way in ways]


def border(mask: Mask) -> Path:
    """The outer border of the largest part of (h, w) ``mask`` along the pixels' own sides, so that a lasso round it
    holds just that part.
    """
    # At twice the size the border pixels' centres lie a quarter of a pixel inside the sides.
    double = np.repeat(np.repeat(mask, 2, axis=0), 2, axis=1)
    way = outlines(double)[0]
    return tuple((x / 2, y / 2) for x, y in way)


def borders(mask: Mask) -> list[Path]:
    """Every border of (h, w) ``mask``, closed, along the pixels' own sides; of its holes, too."""
    double: Mask = np.repeat(np.repeat(mask, 2, axis=0), 2, axis=1)
    found, _ = cv2.findContours(double.view(np.uint8), cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
    # The border of a hole goes through the pixels round it, as the outer one does.
    return [tuple((float(x) / 2 + 0.25, float(y) / 2 + 0.25) for x, y in way[:, 0]) for way in found if len(way) > 7]


def stretches(way: Path, beside: Field) -> list[tuple[Path, float]]:
    """Parts of the closed ``way`` along which ``beside`` (h, w) is not nought, with its sum there; then those nearest
    each other in one, and so on.
    """
    points = np.asarray(way)
    values = beside[points[:, 1].astype(int), points[:, 0].astype(int)]
    count = len(way)
    if not values.any():
        return []
    if values.all():
        return [((*way, way[0]), float(values.sum()))]
    # Begin where all is well, so that no part goes over the end.
    order = np.roll(np.arange(count), -int(np.argmin(values > 0)))
    bad, sums = values[order] > 0, np.concatenate(([0], np.cumsum(values[order])))
    edges = np.flatnonzero(np.diff(np.concatenate(([0], bad.astype(np.int8), [0]))))
    spans = list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
    found = list(spans)
    while len(spans) > 1:
        gaps = [after[0] - before[1] for before, after in itertools.pairwise(spans)]
        nearest = int(np.argmin(gaps))
        spans[nearest : nearest + 2] = [(spans[nearest][0], spans[nearest + 1][1])]
        found.append(spans[nearest])
    return [
        (
            tuple(way[order[place % count]] for place in range(first - 2, end + 2)),
            float(sums[end] - sums[first]),
        )
        for first, end in found
    ]


def simplified(way: Sequence[Point], tolerance: float, closed: bool = False) -> Path:
    """``way`` with fewer corners, nowhere farther than ``tolerance`` from what it was."""
    if len(way) < 3:
        return tuple(way)
    corners = np.asarray(way, np.float32).reshape(-1, 1, 2)
    kept = cv2.approxPolyDP(corners, tolerance, closed)[:, 0]
    return tuple((float(x), float(y)) for x, y in kept)


def length(way: Sequence[Point], closed: bool = False) -> float:
    """How far it is along ``way``, in photo pixels."""
    if len(way) < 2:
        return 0.0
    points = np.asarray(way, float)
    if closed:
        points = np.vstack([points, points[:1]])
    return float(np.hypot(*np.diff(points, axis=0).T).sum())


def shifted(way: Path, box: Box) -> Path:
    """A way in the window ``box`` as one on the photo."""
    return tuple((x + box.left, y + box.top) for x, y in way)
