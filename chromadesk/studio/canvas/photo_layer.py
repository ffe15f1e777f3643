"""The photo on the canvas: smooth when zoomed out, crisp pixels when in; its shadows can be lifted."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from chromadesk.studio.canvas.transform import Transform

#: Screen pixels to a photo pixel from which on a grid is drawn.
GRID_FROM = 8.0
_GRID = QColor(128, 128, 128, 96)


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

    def draw(self, painter: QPainter, transform: Transform, place: QRect, *, lifted: bool = False) -> None:
        """Draw the device pixels of ``place``; the painter works in device pixels. ``lifted``: shadows are brightened,
        on the screen only.
        """
        level = 0
        while level + 1 < len(self._images) and transform.scale * 2 ** (level + 1) <= 1.0:
            level += 1
        image = self._images[level]
        # Odd edges round up at each level, so the level's own size says how much of the photo one of its pixels spans.
        height, width = self._planes[0].shape[:2]
        painter.save()
        painter.setClipRect(place, Qt.ClipOperation.IntersectClip)
        painter.translate(QPointF(transform.left, transform.top))
        painter.scale(width * transform.scale / image.width(), height * transform.scale / image.height())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, transform.scale < 1.0)
        if lifted:
            part = self._part(image, transform, place)
            if not part.isEmpty():
                painter.drawImage(part.topLeft(), _lift(self._planes[level], part))
        else:
            painter.drawImage(0, 0, image)
        painter.restore()

    def _part(self, image: QImage, transform: Transform, place: QRect) -> QRect:
        """What ``place`` shows of ``image``, a level of the photo, and two pixels around it for smoothing."""
        height, width = self._planes[0].shape[:2]
        across, down = (
            side / photo / transform.scale for side, photo in ((image.width(), width), (image.height(), height))
        )
        seen = QRectF(
            (place.left() - transform.left) * across,
            (place.top() - transform.top) * down,
            place.width() * across,
            place.height() * down,
        )
        return seen.toAlignedRect().adjusted(-2, -2, 2, 2).intersected(image.rect())


#: A root, as an underexposed print is dodged: black stays black, a value of 16 becomes 54, of 128 becomes 175.
_LIFT = np.round(255 * (np.arange(256) / 255) ** 0.56).astype(np.uint8)


def draw_grid(painter: QPainter, transform: Transform, place: QRect, size: tuple[int, int]) -> None:
    """Hair lines between the photo's pixels (``size``: height and width) once they are large on the screen."""
    if transform.scale < GRID_FROM:
        return
    height, width = size
    left, top = transform.to_photo(place.left(), place.top())
    right, bottom = transform.to_photo(place.right() + 1, place.bottom() + 1)
    columns = range(max(0, int(left)), min(width, int(right) + 1) + 1)
    rows = range(max(0, int(top)), min(height, int(bottom) + 1) + 1)
    (x0, y0), (x1, y1) = (
        transform.to_screen(columns.start, rows.start),
        transform.to_screen(columns.stop - 1, rows.stop - 1),
    )
    painter.save()
    painter.setClipRect(place, Qt.ClipOperation.IntersectClip)  # a line drawn twice would be darker
    painter.setPen(QPen(_GRID, 0))
    painter.drawLines([QLineF(x, y0, x, y1) for x in (transform.to_screen(column, 0)[0] for column in columns)])
    painter.drawLines([QLineF(x0, y, x1, y) for y in (transform.to_screen(0, row)[1] for row in rows)])
    painter.restore()


def _lift(plane: npt.NDArray[np.uint8], part: QRect) -> QImage:
    """``part`` of ``plane`` with lifted shadows."""
    import cv2  # kept out of the window's start

    cut = plane[part.top() : part.bottom() + 1, part.left() : part.right() + 1]
    lifted = np.asarray(cv2.LUT(np.ascontiguousarray(cut), _LIFT), np.uint8)
    return _wrap(lifted).copy()


def _wrap(pixels: npt.NDArray[np.uint8]) -> QImage:
    """A QImage over the array's own memory; the array must live as long."""
    height, width = pixels.shape[:2]
    return QImage(pixels.data, width, height, pixels.strides[0], QImage.Format.Format_RGB888)
