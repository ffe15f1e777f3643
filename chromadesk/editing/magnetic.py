"""Magnetic brush: of what lies under the stamp, only what belongs with the pixels at its centre.

A pixel belongs when little stands between it and the centre: edges of the photo on the best way there (geodesic
distance), another colour than the centre's, and the border of what the mask says is there now. The three costs and
their weights were fitted on dabs into wrong regions of proposals; ``sensitivity`` says how much of them stops.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from chromadesk.editing import brush, geodesic
from chromadesk.editing.likeness import lab, sample, unlikeness
from chromadesk.editing.patch import Box, Plane

Pixels = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]
Field = npt.NDArray[np.float32]

LEAST, MOST, USUAL = 1, 100, 50
#: The centre is a disc whose radius is this share of the stamp's diameter, and this many pixels at least.
_CORE, _LEAST_CORE = 0.2, 1.5
#: What the centre's disc holds of other colours than the pixel in its middle does not count, Lab units.
_ALIKE = 18.0
#: Differences between neighbours up to this are grain, Lab units.
_GRAIN = 1.0
#: What another label than the centre's costs, beside the roots of edges and of colour.
_OTHER_LABEL = 1.2
#: Costs up to this belong at the usual sensitivity; twice as much a quarter of the scale below it.
_ENOUGH = 8.5
#: Colours that stand for the centre.
_EXAMPLES = 8
#: Dabs of a drag lie so far apart, in diameters.
_SPACING = 0.25
#: Stamps are looked at with at most so many pixels a side; only colours are compared at full size.
_SIDE = 96


def dab(pixels: Pixels, labels: Plane, point: brush.Point, diameter: int, sensitivity: int = USUAL) -> tuple[Box, Mask]:
    """The box and mask of one dab at ``point``, cut to the photo; empty when the centre lies outside it.

    ``pixels`` uint8 (H, W, 3), ``labels`` uint8 (H, W). Cost follows ``diameter``, not the photo.
    """
    whole, stamp = brush.dab(point, diameter)
    bounds = Box(0, 0, *labels.shape)
    box = whole.intersection(bounds)
    row, column = int(point[1] // 1), int(point[0] // 1)
    if box.empty or not (0 <= row < bounds.bottom and 0 <= column < bounds.right):
        return Box(0, 0, 0, 0), np.zeros((0, 0), bool)
    cut = stamp[box.top - whole.top : box.bottom - whole.top, box.left - whole.left : box.right - whole.left]
    if diameter <= 2 * _LEAST_CORE:
        return box, cut
    enough = _ENOUGH * 2 ** ((USUAL - sensitivity) / 25)
    cost = _cost(pixels[box.slices], labels[box.slices], (row - box.top, column - box.left), diameter)
    return box, _connected(cost <= enough, cut, row - box.top, column - box.left)


def way(start: brush.Point, end: brush.Point, diameter: int) -> list[brush.Point]:
    """The places of the dabs of a drag after ``start`` up to ``end``."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    count = math.ceil(math.hypot(dx, dy) / max(diameter * _SPACING, 1.0))
    return [(start[0] + dx * step / count, start[1] + dy * step / count) for step in range(1, count + 1)]


def _cost(pixels: Pixels, labels: Plane, centre: tuple[int, int], diameter: int) -> Field:
    """What stands between each pixel and the centre."""
    import cv2  # kept out of the window's start

    height, width = labels.shape
    scale = min(1.0, _SIDE / diameter)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    small = pixels if scale == 1 else np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
    colours = lab(small)
    middle = min(int(centre[0] * scale), size[1] - 1), min(int(centre[1] * scale), size[0] - 1)
    core = _core(colours, middle, max(diameter * _CORE * scale, _LEAST_CORE))
    between = np.sqrt(geodesic.distance(core, *geodesic.steps(colours, _GRAIN), rounds=2))
    examples = sample(colours[core], _EXAMPLES)
    if scale < 1:
        between = np.asarray(cv2.resize(between, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)
        colours = lab(pixels, 3)
    between += np.sqrt(unlikeness(colours, examples))
    between += np.float32(_OTHER_LABEL) * (labels != labels[centre])
    return between


def _core(colours: Field, centre: tuple[int, int], radius: float) -> Mask:
    """The pixels within ``radius`` of the centre that look as it does: what the dab goes by."""
    rows, columns = np.arange(colours.shape[0])[:, None], np.arange(colours.shape[1])
    near: Mask = (rows - centre[0]) ** 2 + (columns - centre[1]) ** 2 <= radius * radius
    near[near] = np.square(colours[near] - colours[centre]).sum(axis=1) <= _ALIKE * _ALIKE
    return near


def _connected(belongs: Mask, stamp: Mask, row: int, column: int) -> Mask:
    """The part of ``belongs`` in ``stamp`` that hangs together with the centre, its outline and its grain calmed."""
    import cv2  # kept out of the window's start

    inside = belongs & stamp
    inside[row, column] = True
    padded = cv2.copyMakeBorder(inside.view(np.uint8), 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    cv2.floodFill(padded, None, (column + 1, row + 1), 2, flags=4)
    # What lies outside the stamp has no say: it neither shaves the stamp's own outline nor fills its corners.
    painted = padded[1:-1, 1:-1] == 2
    kept: Mask = painted & cv2.medianBlur((painted | ~stamp).astype(np.uint8), 5).astype(bool)
    kept |= stamp & cv2.medianBlur(painted.astype(np.uint8), 5).astype(bool)
    kept[row, column] = True
    return kept
