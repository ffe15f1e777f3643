"""The photo on the canvas: smooth when zoomed out, crisp pixels and a grid when in; its shadows can be lifted."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QLineF, QPointF, QSize
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from chromadesk.studio.canvas.transform import Transform

#: Screen pixels to a photo pixel from which on a grid is drawn.
GRID_FROM = 8.0
_GRID = QColor(128, 128, 128, 96)
#: A root, as an underexposed print is dodged: black stays black, a value of 16 becomes 54, of 128 becomes 175.
_LIFT = np.round(255 * (np.arange(256) / 255) ** 0.56).astype(np.uint8)


class PhotoLayer:
    """Draws ``pixels``, uint8 (H, W, 3), from the level of ``smaller`` (halved ever again) that suits the scale."""

    def __init__(self, pixels: npt.NDArray[np.uint8], smaller: list[npt.NDArray[np.uint8]]) -> None:
        self._planes = [np.ascontiguousarray(plane) for plane in (pixels, *smaller)]
        self._images = [_wrap(plane) for plane in self._planes]
        self._picture = QImage()
        self._seen: tuple[float, ...] = ()

    @property
    def pixels(self) -> npt.NDArray[np.uint8]:
        """The photo at its own size, (H, W, 3)."""
        return self._planes[0]

    @property
    def nbytes(self) -> int:
        """Memory that the levels take beside the photo itself."""
        return sum(plane.nbytes for plane in self._planes[1:])

    def draw(
        self, painter: QPainter, transform: Transform, view: QSize, ground: QColor, *, lifted: bool = False
    ) -> None:
        """Draw photo and ``ground`` inside the painter's clip; painter and ``view`` count in device pixels. ``lifted``:
        shadows are brightened, on the screen only.

        What is seen is scaled once for a place and zoom and copied from then on: a dab repaints its rectangle only.
        """
        seen = (transform.scale, transform.left, transform.top, view.width(), view.height(), ground.rgb(), lifted)
        if seen != self._seen:
            if self._picture.size() != view:
                self._picture = QImage(view, QImage.Format.Format_RGB32)
            self._picture.fill(ground)
            with QPainter(self._picture) as onto:
                self._render(onto, transform)
            if lifted:
                self._lift(transform)
            if transform.scale >= GRID_FROM:
                with QPainter(self._picture) as onto:
                    self._draw_grid(onto, transform)
            self._seen = seen
        painter.drawImage(0, 0, self._picture)

    def _render(self, painter: QPainter, transform: Transform) -> None:
        level = 0
        while level + 1 < len(self._images) and transform.scale * 2 ** (level + 1) <= 1.0:
            level += 1
        image = self._images[level]
        # Odd edges round up at each level, so the level's own size says how much of the photo one of its pixels spans.
        height, width = self._planes[0].shape[:2]
        painter.translate(QPointF(transform.left, transform.top))
        painter.scale(width * transform.scale / image.width(), height * transform.scale / image.height())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, transform.scale < 1.0)
        painter.drawImage(0, 0, image)

    def _lift(self, transform: Transform) -> None:
        """Brighten the shadows of what the picture shows of the photo, not of the ground around it."""
        import cv2  # kept out of the window's start

        picture = self._picture
        shown = np.frombuffer(picture.bits(), np.uint8).reshape(picture.height(), picture.width(), 4)
        height, width = self._planes[0].shape[:2]
        left, top = (max(round(edge), 0) for edge in transform.to_screen(0, 0))
        right, bottom = (max(round(edge), 0) for edge in transform.to_screen(width, height))
        part = shown[top:bottom, left:right]
        if part.size:
            part[:] = cv2.LUT(np.ascontiguousarray(part), _LIFT)

    def _draw_grid(self, painter: QPainter, transform: Transform) -> None:
        """Hair lines between the photo's pixels."""
        height, width = self._planes[0].shape[:2]
        left, top = transform.to_photo(0, 0)
        right, bottom = transform.to_photo(self._picture.width(), self._picture.height())
        columns = range(max(0, int(left)), min(width, int(right) + 1) + 1)
        rows = range(max(0, int(top)), min(height, int(bottom) + 1) + 1)
        x0, y0 = transform.to_screen(columns.start, rows.start)
        x1, y1 = transform.to_screen(columns.stop - 1, rows.stop - 1)
        painter.setPen(QPen(_GRID, 0))
        painter.drawLines([QLineF(x, y0, x, y1) for x in (transform.to_screen(column, 0)[0] for column in columns)])
        painter.drawLines([QLineF(x0, y, x1, y) for y in (transform.to_screen(0, row)[1] for row in rows)])


def _wrap(pixels: npt.NDArray[np.uint8]) -> QImage:
    """A QImage over the array's own memory; the array must live as long."""
    height, width = pixels.shape[:2]
    return QImage(pixels.data, width, height, pixels.strides[0], QImage.Format.Format_RGB888)
