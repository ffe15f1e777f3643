"""Classes as polygons and back. Points are corners of pixels: (0, 0) is the corner of the picture, not the first pixel.

A region's outline is followed along the edges between pixels, so that unsimplified it gives back every pixel. Holes are
joined to the outline round them by a cut there and back, which the even-odd rule cancels.
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
import numpy.typing as npt

Bools = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int32]
#: (n, 2) x, y.
Polygon = npt.NDArray[np.float64]

#: How far, in pixels, a simplified outline may lie from the true one.
TOLERANCE = 0.75
# Direction of an edge: right, down, left, up, as (x, y).
_STEPS = ((1, 0), (0, 1), (-1, 0), (0, -1))


def follow(mask: Bools, tolerance: float = TOLERANCE) -> list[Polygon]:
    """The outlines of an (H, W) plane, one polygon for each region (pixels that share an edge), simplified.

    ``tolerance`` 0 keeps every corner. Regions whose outline vanishes by it are kept whole.
    """
    count, found = cv2.connectedComponents(mask.astype(np.uint8), connectivity=4)
    regions = np.asarray(found, np.int32)
    outer: dict[int, Numbers] = {}
    holes: dict[int, list[Numbers]] = {}
    for loop, region, is_hole in _loops(mask, regions):
        if is_hole:
            holes.setdefault(region, []).append(loop)
        else:
            outer[region] = loop
    return [_joined(outer[region], holes.get(region, []), tolerance) for region in range(1, count)]


def fill(polygons: list[Polygon], size: tuple[int, int]) -> Bools:
    """The (height, width) plane of pixels whose centre lies in one of the polygons, each by the even-odd rule."""
    result = np.zeros(size, bool)
    for polygon in polygons:
        _fill(polygon, result)
    return result


def _fill(polygon: Polygon, result: Bools) -> None:
    """Set what lies in one polygon: crossings with the middle of each row, sorted into columns, counted by parity."""
    height, width = result.shape
    points = np.clip(polygon, -1e7, 1e7)
    ends = np.roll(points, -1, axis=0)
    upper, lower = np.minimum(points[:, 1], ends[:, 1]), np.maximum(points[:, 1], ends[:, 1])
    first = np.clip(np.ceil(upper - 0.5), 0, height).astype(np.int64)
    last = np.clip(np.ceil(lower - 0.5), 0, height).astype(np.int64)
    counts = last - first
    edges = np.repeat(np.arange(len(points)), counts)
    if not len(edges):
        return
    rows = np.arange(len(edges)) - np.repeat(np.cumsum(counts) - counts, counts) + np.repeat(first, counts)
    across, down = (ends - points)[edges].T
    x = points[edges, 0] + (rows + 0.5 - points[edges, 1]) * across / down
    columns = np.clip(np.ceil(x - 0.5), 0, width).astype(np.int64)
    top, bottom = int(rows.min()), int(rows.max()) + 1
    crossings = np.zeros((bottom - top, width + 1), np.int32)
    np.add.at(crossings, (rows - top, columns), 1)
    result[top:bottom] |= (np.cumsum(crossings, axis=1)[:, :width] & 1).astype(bool)


def _loops(mask: Bools, regions: Numbers) -> Iterator[tuple[Numbers, int, bool]]:
    """(corners, region, whether it is a hole) of every closed path along the edges, the region on its right."""
    stride = mask.shape[1] + 1  # corners are numbered row by row
    starts = _edges(mask, regions, stride)
    while any(starts):
        direction = next(number for number in range(4) if starts[number])
        corner = next(iter(starts[direction]))
        region, first = starts[direction][corner], (corner, direction)
        turns: list[tuple[int, int]] = []
        area, heading = 0, -1
        while True:
            x, y = corner % stride, corner // stride
            across, down = _STEPS[direction]
            if direction != heading:
                turns.append((x, y))
                heading = direction
            area += x * down - y * across
            corner += across + down * stride
            # Right first, so that pixels that touch at a corner only stay apart.
            for way in (direction + 1, direction, direction + 3):
                if corner in starts[way % 4]:
                    direction = way % 4
                    break
            del starts[direction][corner]
            if (corner, direction) == first:
                break
        yield np.array(turns, np.int32), region, area < 0


def _edges(mask: Bools, regions: Numbers, stride: int) -> list[dict[int, int]]:
    """By direction: the corner where each edge begins, and the region on its right."""
    solid, ours = np.pad(mask, 1), np.pad(regions, 1)
    found = []
    for direction in range(4):
        # Of the two pixels at each edge, the one on its right and the one on its left.
        along = (slice(None, -1), slice(1, -1)) if direction in (0, 2) else (slice(1, -1), slice(None, -1))
        beyond = (slice(1, None), slice(1, -1)) if direction in (0, 2) else (slice(1, -1), slice(1, None))
        right, left = (beyond, along) if direction in (0, 3) else (along, beyond)
        rows, columns = np.nonzero(solid[right] & ~solid[left])
        region = ours[right][rows, columns]
        corners = (rows + (direction == 3)) * stride + columns + (direction == 2)
        found.append(dict(zip(corners.tolist(), region.tolist(), strict=True)))
    return found


def _joined(outer: Numbers, holes: list[Numbers], tolerance: float) -> Polygon:
    """One polygon of an outline and its holes, simplified; each hole is joined to the nearest corner there is."""
    polygon = _simplified(outer, tolerance)
    for hole in holes:
        ring = _simplified(hole, tolerance)
        distances = ((polygon[:, None] - ring[None]) ** 2).sum(axis=2) if len(polygon) * len(ring) < 1 << 22 else None
        at, on = (0, 0) if distances is None else np.unravel_index(int(distances.argmin()), distances.shape)
        turned = np.roll(ring, -int(on), axis=0)
        polygon = np.concatenate([polygon[: int(at) + 1], turned, turned[:1], polygon[int(at) :]])
    return polygon.astype(np.float64)


def _simplified(loop: Numbers, tolerance: float) -> Numbers:
    if not tolerance:
        return loop
    simple = cv2.approxPolyDP(loop.reshape(-1, 1, 2), tolerance, True).reshape(-1, 2)
    return np.asarray(simple if len(simple) > 2 else loop, np.int32)
