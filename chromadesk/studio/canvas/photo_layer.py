"""The photo on the canvas: smooth when zoomed out, crisp pixels when in."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QColor, QImage, QPainter

from chromadesk.studio.canvas.transform import Transform


class PhotoLayer:
    """Draws ``pixels``, uint8 (H, W, 3), from the level of ``smaller`` (halved ever again) that suits the scale."""

    def __init__(self, pixels: npt.NDArray[np.uint8], smaller: list[npt.NDArray[np.uint8]]) -> None:
        self._planes = [np.ascontiguousarray(plane) for plane in (pixels, *smaller)]
        self._images = [_wrap(plane) for plane in self._planes]
        self._picture = QImage()
        self._seen: tuple[float, ...] = ()

    @property
    def nbytes(self) -> int:
        """Memory that the levels take beside the photo itself."""
        return sum(plane.nbytes for plane in self._planes[1:])

    def draw(self, painter: QPainter, transform: Transform, view: QSize, ground: QColor) -> None:
        """Draw photo and ``ground`` inside the painter's clip; painter and ``view`` count in device pixels.

        What is seen is scaled once for a place and zoom and copied from then on: a dab repaints its rectangle only.
        """
        seen = (transform.scale, transform.left, transform.top, view.width(), view.height(), ground.rgb())
        if seen != self._seen:
            if self._picture.size() != view:
                self._picture = QImage(view, QImage.Format.Format_RGB32)
            self._picture.fill(ground)
            self._render(transform)
            self._seen = seen
        painter.drawImage(0, 0, self._picture)

    def _render(self, transform: Transform) -> None:
        level = 0
        while level + 1 < len(self._images) and transform.scale * 2 ** (level + 1) <= 1.0:
            level += 1
        image = self._images[level]
        # Odd edges round up at each level, so the level's own size says how much of the photo one of its pixels spans.
        height, width = self._planes[0].shape[:2]
        painter = QPainter(self._picture)
        painter.translate(QPointF(transform.left, transform.top))
        painter.scale(width * transform.scale / image.width(), height * transform.scale / image.height())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, transform.scale < 1.0)
        painter.drawImage(0, 0, image)
        painter.end()


def _wrap(pixels: npt.NDArray[np.uint8]) -> QImage:
    """A QImage over the array's own memory; the array must live as long."""
    height, width = pixels.shape[:2]
    return QImage(pixels.data, width, height, pixels.strides[0], QImage.Format.Format_RGB888)
