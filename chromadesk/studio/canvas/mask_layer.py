"""The mask over the photo: fill and outline at the screen's own pixels, at a cost that follows the rectangle drawn.

The labels are sampled where each screen pixel's centre falls (from a smaller level when zoomed out), the outline is
found among the samples, so that it is equally wide at every zoom, and a table turns class and kind of edge into colour.
What was made for a place and zoom is kept and only copied from then on: a cursor as large as the window moves freely.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from typing import cast

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QImage, QPainter, QRegion

from chromadesk.classes import CLASSES, COUNT
from chromadesk.editing.patch import Box, Plane
from chromadesk.editing.pyramid import LabelPyramid
from chromadesk.studio.canvas.transform import Transform
from chromadesk.studio.tools.state import USUAL_FILL

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
    """Draws the labels of ``pyramid``, read at each drawing."""

    def __init__(self, pyramid: LabelPyramid) -> None:
        self.pyramid = pyramid
        self._visible = np.arange(COUNT, dtype=np.uint8)
        self._fill = USUAL_FILL
        self._table = _table(USUAL_FILL / 100)
        self._pixels = np.zeros((0, 0), np.uint32)
        self._picture = QImage()
        self._transform = Transform()
        #: Where ``_pixels`` are what ``_transform`` shows.
        self._made = QRegion()

    def show(self, hidden: frozenset[int], fill: int) -> None:
        """Leave out the classes in ``hidden``, fill the others with so many per cent of their colour."""
        visible = np.array([0 if i in hidden else i for i in range(COUNT)], np.uint8)
        if fill != self._fill or not np.array_equal(visible, self._visible):
            self._fill, self._table, self._visible = fill, _table(fill / 100), visible
            self._made = QRegion()

    def changed(self, box: Box) -> QRect:
        """The labels in ``box`` are new. The device pixels, as last drawn, that show it."""
        left, top = self._transform.to_screen(box.left, box.top)
        right, bottom = self._transform.to_screen(box.right, box.bottom)
        # When zoomed out a screen pixel speaks for several photo pixels, so the outline reaches a little farther.
        far = REACH + 2
        place = QRectF(left, top, right - left, bottom - top).toAlignedRect().adjusted(-far, -far, far, far)
        self._made -= QRegion(place)
        return place

    def draw(self, painter: QPainter, transform: Transform, view: QSize, rectangle: QRect) -> None:
        """Draw ``rectangle`` of a ``view``; the painter and both count in device pixels."""
        rectangle = rectangle.intersected(QRect(0, 0, view.width(), view.height()))
        if rectangle.isEmpty():
            return
        if self._picture.size() != view or transform != self._transform:
            self._transform, self._made = replace(transform), QRegion()
            if self._picture.size() != view:
                self._pixels = np.zeros((view.height(), view.width()), np.uint32)
                self._picture = QImage(
                    self._pixels.data, *view.toTuple(), 4 * view.width(), QImage.Format.Format_ARGB32_Premultiplied
                )
        for part in rectangles(QRegion(rectangle) - self._made):
            rows, columns = slice(part.top(), part.bottom() + 1), slice(part.left(), part.right() + 1)
            self._pixels[rows, columns] = self.render(transform, part)
        self._made += QRegion(rectangle)
        painter.drawImage(rectangle.topLeft(), self._picture, rectangle)

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
        level = min(self._level_for(transform.scale), len(self.pyramid) - 1)
        plane = self.pyramid.level(level)
        height, width = self.pyramid.level(0).shape
        rows, columns = places(transform, rectangle)
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


def places(transform: Transform, rectangle: QRect) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """The rows and columns of a photo, whole numbers, in which the device pixels of ``rectangle`` have their centres;
    also beyond it.
    """
    rows = (np.arange(rectangle.top(), rectangle.bottom() + 1) + 0.5 - transform.top) / transform.scale
    columns = (np.arange(rectangle.left(), rectangle.right() + 1) + 0.5 - transform.left) / transform.scale
    return np.floor(rows), np.floor(columns)


def rectangles(region: QRegion) -> Iterable[QRect]:
    """The rectangles of a region (PySide6's types do not know that it can be iterated)."""
    return cast("Iterable[QRect]", region)


def _outlined(labels: Plane) -> Plane:
    """Class and kind of edge of each sample, as index into the table; right from two samples within the border on."""
    import cv2  # kept out of the window's start

    # A sample differs from one of its four neighbours where the largest and the smallest class about it do.
    largest, smallest = cv2.dilate(labels, _CROSS), cv2.erode(labels, _CROSS)
    differs: Plane = np.asarray(cv2.compare(largest, smallest, cv2.CMP_NE), np.uint8)
    near: Plane = np.asarray(cv2.dilate(differs, _CROSS), np.uint8)
    kinds: Plane = labels | (differs & _DIFFERS) | (near & _NEAR)
    return kinds
