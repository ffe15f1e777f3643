"""The photo on the canvas: smooth when zoomed out, crisp pixels when in."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage, QPainter

from chromadesk.studio.canvas.transform import Transform


class PhotoLayer:
    """Draws ``pixels``, uint8 (H, W, 3), from the level of ``smaller`` (halved ever again) that suits the scale."""

    def __init__(self, pixels: npt.NDArray[np.uint8], smaller: list[npt.NDArray[np.uint8]]) -> None:
        self._planes = [np.ascontiguousarray(pixels), *smaller]
        self._images = [_wrap(self._planes[0])] + [
            _wrap(p).convertToFormat(QImage.Format.Format_RGB32) for p in smaller
        ]

    @property
    def pixels(self) -> npt.NDArray[np.uint8]:
        """The photo at its own size, (H, W, 3)."""
        return self._planes[0]

    def draw(self, painter: QPainter, transform: Transform) -> None:
        """Draw inside the painter's clip; the painter works in device pixels."""
        level = 0
        while level + 1 < len(self._images) and transform.scale * 2 ** (level + 1) <= 1.0:
            level += 1
        image = self._images[level]
        # Odd edges round up at each level, so the level's own size says how much of the photo one of its pixels spans.
        height, width = self._planes[0].shape[:2]
        painter.save()
        painter.translate(QPointF(transform.left, transform.top))
        painter.scale(width * transform.scale / image.width(), height * transform.scale / image.height())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, transform.scale < 1.0)
        painter.drawImage(0, 0, image)
        painter.restore()


def _wrap(pixels: npt.NDArray[np.uint8]) -> QImage:
    """A QImage over the array's own memory; the array must live as long."""
    height, width = pixels.shape[:2]
    return QImage(pixels.data, width, height, pixels.strides[0], QImage.Format.Format_RGB888)
