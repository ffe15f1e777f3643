"""What a swatch stands for, lit: a veil in the ground's colour over all the rest of the photo."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from chromadesk.studio.canvas.transform import Transform

#: How much of the ground lies over the rest of the photo.
VEIL = 0.85


def premultiplied(colour: QColor, alpha: float) -> int:
    """0xAARRGGBB as Qt's premultiplied pictures have it."""
    red, green, blue = (round(value * alpha) for value in (colour.red(), colour.green(), colour.blue()))
    return round(255 * alpha) << 24 | red << 16 | green << 8 | blue


class Veil:
    """``lit`` (h, w): the pixels of the photo, every ``step``-th, that stay as they are; ``size`` (height, width) of
    the photo; ``ground`` is what lies over the others.
    """

    def __init__(self, lit: npt.NDArray[np.bool_], step: int, size: tuple[int, int], ground: QColor) -> None:
        self._pixels = np.where(lit, np.uint32(0), np.uint32(premultiplied(ground, VEIL)))
        height, width = lit.shape
        self._picture = QImage(self._pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied)
        self._step, self._size = step, size

    def draw(self, painter: QPainter, transform: Transform) -> None:
        """Draw it where the photo lies; the painter counts in device pixels."""
        height, width = self._size
        # the last column of the grid may stand for less than a step
        part = QRectF(0, 0, width / self._step, height / self._step)
        left, top, scale = transform.left, transform.top, transform.scale
        painter.drawImage(QRectF(left, top, width * scale, height * scale), self._picture, part)
