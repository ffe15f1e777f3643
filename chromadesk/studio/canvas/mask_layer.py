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
#: Bits beside the class in an index of the colour table: a neighbour is of another class; one is among the neighbours.
_DIFFERS, _NEAR = np.uint8(8), np.uint8(16)
_CROSS = np.array([[0, 1, 0], [1, 1, 1], [0, 1, 0]], np.uint8)
#: Screen pixels around a rectangle that decide its outline.
REACH = 4


def _table(fill: float) -> npt.NDArray[np.int32]:
    """Premultiplied 0xAARRGGBB by class and kind of edge (an edge is near itself); insides are ``fill`` opaque."""
    table = np.zeros(256, np.uint32)
    for fashion_class in CLASSES[1:]:
        for kind, alpha in ((0, fill), (_DIFFERS | _NEAR, 1.0), (_NEAR, (1 + fill) / 2)):
            red, green, blue = (round(value * alpha) for value in fashion_class.colour)
            table[fashion_class.id | kind] = round(255 * alpha) << 24 | red << 16 | green << 8 | blue
    table[_DIFFERS | _NEAR] = 128 << 24
    return table.view(np.int32)


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

    @property
    def nbytes(self) -> int:
        """Memory that the levels take beside the label plane itself."""
        return sum(level.nbytes for level in self._levels[1:])

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
        import cv2  # kept out of the window's start

        kinds = _outlined(sampled)[REACH:-REACH, REACH:-REACH]
        picture: npt.NDArray[np.uint32] = np.asarray(cv2.LUT(kinds, self._table)).view(np.uint32)
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
    import cv2  # kept out of the window's start

    # A sample differs from one of its four neighbours where the largest and the smallest class about it do.
    largest, smallest = cv2.dilate(labels, _CROSS), cv2.erode(labels, _CROSS)
    differs: Plane = np.asarray(cv2.compare(largest, smallest, cv2.CMP_NE), np.uint8)
    near: Plane = np.asarray(cv2.dilate(differs, _CROSS), np.uint8)
    kinds: Plane = labels | (differs & _DIFFERS) | (near & _NEAR)
    return kinds


def _halved(box: Box) -> Box:
    return Box(box.top // 2, box.left // 2, (box.bottom + 1) // 2, (box.right + 1) // 2)


def _halve(source: Plane, target: Plane, box: Box) -> None:
    """Fill ``box`` of ``target`` with the commonest of each 2 x 2 of ``source``; ties go to the upper left."""
    part = source[2 * box.top : 2 * box.bottom, 2 * box.left : 2 * box.right]
    if part.shape != (2 * box.height, 2 * box.width):
        part = np.pad(part, ((0, 2 * box.height - part.shape[0]), (0, 2 * box.width - part.shape[1])), mode="edge")
    # Two neighbours are read as one number; where all four are alike, as nearly everywhere, that is the answer.
    above, below = part[::2].view("<u2"), part[1::2].view("<u2")
    out = above.astype(np.uint8)
    mixed = np.nonzero((above != below) | (above != out * np.uint16(257)))
    upper, lower = above[mixed], below[mixed]
    a, b, c, d = upper & 255, upper >> 8, lower & 255, lower >> 8
    later = np.where((b == c) | (b == d), b, np.where(c == d, c, a))
    out[mixed] = np.where((a == b) | (a == c) | (a == d), a, later)
    target[box.slices] = out
