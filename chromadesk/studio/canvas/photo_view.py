"""The open photo without its mask, on the grey that colours are judged on; one class can stand out."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from chromadesk.studio import theme
from chromadesk.studio.canvas.view import Canvas
from chromadesk.studio.canvas.viewport import Viewport
from chromadesk.studio.words import tr

#: How much of the ground lies over the rest of the photo while one class stands out.
_VEIL = 0.85


def _premultiplied(colour: QColor, alpha: float) -> int:
    red, green, blue = (round(value * alpha) for value in (colour.red(), colour.green(), colour.blue()))
    return round(255 * alpha) << 24 | red << 16 | green << 8 | blue


class PhotoView(Viewport):
    """Draws what ``canvas`` has read and sampled already, so that nothing is kept twice."""

    def __init__(self, canvas: Canvas, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._class_id: int | None = None
        self._ground = QColor(theme.COLOURS)
        self._veil = np.uint32(_premultiplied(self._ground, _VEIL))
        self.setMinimumWidth(160)
        self.setAccessibleName(tr("Photo"))

    def show_photo(self) -> None:
        """Show the photo that the canvas shows now."""
        if self.photo_size != self._canvas.photo_size:
            self.photo_size = self._canvas.photo_size
            self.fit()
        self.update()

    def stand_out(self, class_id: int | None) -> None:
        """Let the pixels of one class stand out; None shows the whole photo."""
        if class_id != self._class_id:
            self._class_id = class_id
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        photo, mask, size = self._canvas.photo_layer, self._canvas.mask_layer, self.photo_size
        if photo is None or mask is None or size is None:
            painter.fillRect(event.rect(), self._ground)
            return
        painter.scale(1 / self.ratio, 1 / self.ratio)
        rows, columns = self.extent
        photo.draw(painter, self.transform, QSize(columns, rows), self._ground)
        if self._class_id is None:
            return
        height, width = size
        scale = self.transform.scale
        place = QRectF(self.transform.left, self.transform.top, width * scale, height * scale).toAlignedRect()
        place = place.intersected(QRect(0, 0, columns, rows))
        if place.isEmpty():
            return
        labels = mask.sample(self.transform, place)
        veil = np.where(labels == self._class_id, np.uint32(0), self._veil)
        painter.drawImage(
            place.topLeft(),
            QImage(
                veil.data, place.width(), place.height(), 4 * place.width(), QImage.Format.Format_ARGB32_Premultiplied
            ),
        )
