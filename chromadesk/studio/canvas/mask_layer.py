"""The mask over the photo: fill and outline at the screen's own pixels, at a cost that follows the rectangle drawn.

The label plane is sampled where each screen pixel's centre falls (from a pyramid when zoomed out, updated only where
the document changed), the outline is found among the samples, so that it is equally wide at every zoom, and a table
turns class and kind of edge into colour.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter

from chromadesk.classes import CLASSES, COUNT
from chromadesk.editing.patch import Box
from chromadesk.studio.canvas.transform import Transform
from chromadesk.studio.tools.state import USUAL_FILL

Plane = npt.NDArray[np.uint8]
#: Kinds of pixel, times COUNT, in the colour table.
_INSIDE, _EDGE, _NEAR_EDGE, _OUTSIDE = range(4)
#: Screen pixels around a rectangle that decide its outline.
REACH = 4


def _table(fill: float) -> npt.NDArray[np.uint32]:
    """Premultiplied 0xAARRGGBB by kind and class; insides are ``fill`` opaque."""
    table = np.zeros(4 * COUNT, np.uint32)
    for fashion_class in CLASSES[1:]:
        for kind, alpha in ((_INSIDE, fill), (_EDGE, 1.0), (_NEAR_EDGE, (1 + fill) / 2)):
            red, green, blue = (round(value * alpha) for value in fashion_class.colour)
            table[kind * COUNT + fashion_class.id] = round(255 * alpha) << 24 | red << 16 | green << 8 | blue
    table[_OUTSIDE * COUNT] = 128 << 24
    return table


class MaskLayer:
    """Draws a document's label plane (uint8 (H, W), read at each drawing)."""

    def __init__(self, labels: Plane) -> None:
        self._levels = [labels]
        self._stale: list[Box | None] = [None]
        while min(self._levels[-1].shape) >= 128:
            height, width = self._levels[-1].shape
            self._levels.append(np.zeros(((height + 1) // 2, (width + 1) // 2), np.uint8))
            self._stale.append(Box(0, 0, height, width))
        self._visible = np.arange(COUNT, dtype=np.uint8)
        self._fill = USUAL_FILL
        self._table = _table(USUAL_FILL / 100)

    @property
    def levels(self) -> int:
        """How many planes the pyramid has."""
        return len(self._levels)

    def show(self, hidden: frozenset[int], fill: int) -> None:
        """Leave out the classes in ``hidden``, fill the others with so many per cent of their colour."""
        if fill != self._fill:
            self._fill, self._table = fill, _table(fill / 100)
        self._visible = np.array([0 if i in hidden else i for i in range(COUNT)], np.uint8)

    def changed(self, box: Box) -> None:
        """The labels in ``box`` are new; the pyramid follows when it is next looked at."""
        for level in range(1, len(self._levels)):
            stale = self._stale[level]
            self._stale[level] = box if stale is None else stale.union(box)
            box = _halved(box)

    def level(self, level: int) -> Plane:
        """The plane halved ``level`` times, up to date."""
        for index in range(1, level + 1):
            stale = self._stale[index]
            if stale is not None:
                _halve(self._levels[index - 1], self._levels[index], _halved(stale))
                self._stale[index] = None
        return self._levels[level]

    def draw(self, painter: QPainter, transform: Transform, rectangle: QRect) -> None:
        """Draw the device pixels of ``rectangle``; the painter works in device pixels."""
        if rectangle.isEmpty():
            return
        image = self.render(transform, rectangle)
        height, width = image.shape
        painter.drawImage(
            rectangle.topLeft(), QImage(image.data, width, height, width * 4, QImage.Format.Format_ARGB32_Premultiplied)
        )

    def render(self, transform: Transform, rectangle: QRect) -> npt.NDArray[np.uint32]:
        """The overlay of ``rectangle`` (device pixels) as premultiplied 0xAARRGGBB, (height, width)."""
        sampled = self.sample(transform, rectangle.adjusted(-REACH, -REACH, REACH, REACH))
        if self._hides:
            sampled = self._visible[sampled]
        kinds = _outlined(sampled)
        picture: npt.NDArray[np.uint32] = np.take(self._table, kinds[REACH:-REACH, REACH:-REACH])
        return picture

    def sample(self, transform: Transform, rectangle: QRect) -> Plane:
        """The class at each device pixel of ``rectangle``, (height, width); background beyond the photo."""
        level = min(self._level_for(transform.scale), len(self._levels) - 1)
        plane = self.level(level)
        height, width = self._levels[0].shape
        columns = np.floor(
            (np.arange(rectangle.left(), rectangle.right() + 1) + 0.5 - transform.left) / transform.scale
        )
        rows = np.floor((np.arange(rectangle.top(), rectangle.bottom() + 1) + 0.5 - transform.top) / transform.scale)
        row_index = np.clip(rows, 0, height - 1).astype(np.intp) >> level
        column_index = np.clip(columns, 0, width - 1).astype(np.intp) >> level
        if row_index.size == 0 or column_index.size == 0:
            return np.zeros((row_index.size, column_index.size), np.uint8)
        # Cut first, then pick: both picks then run along memory that lies close together.
        part = plane[row_index[0] : row_index[-1] + 1, column_index[0] : column_index[-1] + 1]
        picked = np.take(part, row_index - row_index[0], axis=0)
        sampled: Plane = np.take(picked, column_index - column_index[0], axis=1)
        sampled[(rows < 0) | (rows >= height), :] = 0
        sampled[:, (columns < 0) | (columns >= width)] = 0
        return sampled

    def _level_for(self, scale: float) -> int:
        """The smallest plane that still has a pixel for each of the screen's."""
        return max(int(-math.log2(scale)), 0)

    @property
    def _hides(self) -> bool:
        return bool((self._visible != np.arange(COUNT)).any())


def _outlined(labels: Plane) -> Plane:
    """Class and kind of edge of each sample, as index into the table; right from two samples within the border on."""
    differs = np.zeros(labels.shape, bool)
    down = labels[1:] != labels[:-1]
    across = labels[:, 1:] != labels[:, :-1]
    differs[1:] |= down
    differs[:-1] |= down
    differs[:, 1:] |= across
    differs[:, :-1] |= across
    near = np.zeros(labels.shape, bool)
    near[1:] |= differs[:-1]
    near[:-1] |= differs[1:]
    near[:, 1:] |= differs[:, :-1]
    near[:, :-1] |= differs[:, 1:]
    background = labels == 0
    kinds = np.where(differs, np.uint8(_EDGE * COUNT), np.where(near, np.uint8(_NEAR_EDGE * COUNT), np.uint8(0)))
    kinds[background] = 0
    kinds[background & differs] = _OUTSIDE * COUNT
    kinds += labels
    return kinds


def _halved(box: Box) -> Box:
    return Box(box.top // 2, box.left // 2, (box.bottom + 1) // 2, (box.right + 1) // 2)


def _halve(source: Plane, target: Plane, box: Box) -> None:
    """Fill ``box`` of ``target`` with the commonest of each 2 x 2 of ``source``; ties go to the upper left."""
    part = source[2 * box.top : 2 * box.bottom, 2 * box.left : 2 * box.right]
    if part.shape != (2 * box.height, 2 * box.width):
        part = np.pad(part, ((0, 2 * box.height - part.shape[0]), (0, 2 * box.width - part.shape[1])), mode="edge")
    a, b, c, d = part[::2, ::2], part[::2, 1::2], part[1::2, ::2], part[1::2, 1::2]
    out = np.where((b == c) | (b == d), b, np.where(c == d, c, a))
    target[box.slices] = np.where((a == b) | (a == c) | (a == d), a, out)
