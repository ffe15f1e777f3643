"""The open photo without its mask, on the grey that colours are judged on; a class or a colour can stand out."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QLineF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from chromadesk.editing.brush import Point
from chromadesk.studio import theme
from chromadesk.studio.canvas.transform import STEP
from chromadesk.studio.canvas.veil import VEIL, Veil, premultiplied
from chromadesk.studio.canvas.view import Canvas
from chromadesk.studio.canvas.viewport import Viewport
from chromadesk.studio.words import tr

_ARROWS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
#: How far an arrow moves the cross, logical pixels; with Shift.
_NUDGE, _FAR = 4, 40


class PhotoView(Viewport):
    """Draws what ``canvas`` has read and sampled already, so that nothing is kept twice.

    The wheel zooms, the middle button moves the photo; the arrow keys move a cross, Enter clicks there.
    """

    #: (row, column) of the photo's pixel that was clicked.
    clicked = Signal(int, int)

    def __init__(self, canvas: Canvas, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._class_id: int | None = None
        self._veil: Veil | None = None
        #: What lies round the photo, and over what does not stand out.
        self.ground = QColor(theme.COLOURS)
        self._over = np.uint32(premultiplied(self.ground, VEIL))
        self._panning: Point | None = None
        #: The cross that the arrow keys move, device pixels; None until one does.
        self._cross: Point | None = None
        #: The (row, column) that was said to be neutral.
        self.grey_at: tuple[int, int] | None = None
        self.setMinimumWidth(160)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Photo"))

    def show_photo(self) -> None:
        """Show the photo that the canvas shows now."""
        self._cross = None
        if self.photo_size != self._canvas.photo_size:
            self.photo_size = self._canvas.photo_size
            self.fit()
        self.update()

    def stand_out(self, class_id: int | None) -> None:
        """Let the pixels of one class stand out; None shows the whole photo."""
        if class_id != self._class_id or self._veil is not None:
            self._class_id, self._veil = class_id, None
            self.update()

    def light(self, veil: Veil | None) -> None:
        """Let what ``veil`` leaves clear stand out; None shows the whole photo."""
        if veil is not self._veil or self._class_id is not None:
            self._class_id, self._veil = None, veil
            self.update()

    def mark_grey(self, at: tuple[int, int] | None) -> None:
        """Show where the grey point is, (row, column)."""
        if at != self.grey_at:
            self.grey_at = at
            self.update()

    # -- pointer and keyboard --------------------------------------------------------------------------------------

    def pixel_at(self, screen: Point) -> tuple[int, int] | None:
        """(row, column) under a device pixel; None beside the photo."""
        if self.photo_size is None:
            return None
        x, y = self.transform.to_photo(*screen)
        row, column = math.floor(y), math.floor(x)
        inside = 0 <= row < self.photo_size[0] and 0 <= column < self.photo_size[1]
        return (row, column) if inside else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.MiddleButton:
            self._panning = self._at(event)
        elif event.button() == Qt.MouseButton.LeftButton:
            self._click(self._at(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pointer = self._at(event)
        if self._panning is not None:
            self.pan_by(self.pointer[0] - self._panning[0], self.pointer[1] - self._panning[1])
            self._panning = self.pointer

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.MiddleButton:
            self._panning = None

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.photo_size is not None and event.angleDelta().y():
            ratio = self.ratio
            self.zoom_at(
                STEP ** (event.angleDelta().y() / 120), (event.position().x() * ratio, event.position().y() * ratio)
            )
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _ARROWS and self.photo_size is not None:
            height, width = self.extent
            x, y = self._cross or (width / 2, height / 2)
            far = (_FAR if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else _NUDGE) * self.ratio
            down, across = _ARROWS[key]
            self._cross = min(max(x + across * far, 0), width - 1), min(max(y + down * far, 0), height - 1)
            self.update()
        elif key in _ENTER and self._cross is not None:
            self._click(self._cross)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _click(self, screen: Point) -> None:
        pixel = self.pixel_at(screen)
        if pixel is not None:
            self.clicked.emit(*pixel)

    def _at(self, event: QMouseEvent) -> Point:
        return event.position().x() * self.ratio, event.position().y() * self.ratio

    # -- painting --------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        photo, size = self._canvas.photo_layer, self.photo_size
        if photo is None or size is None:
            painter.fillRect(event.rect(), self.ground)
            return
        painter.scale(1 / self.ratio, 1 / self.ratio)
        rows, columns = self.extent
        photo.draw(painter, self.transform, QSize(columns, rows), self.ground)
        if self._veil is not None:
            self._veil.draw(painter, self.transform)
        elif self._class_id is not None:
            self._veil_class(painter, size)
        if self.grey_at is not None:
            row, column = self.grey_at
            self._draw_cross(painter, self.transform.to_screen(column + 0.5, row + 0.5), 7)
        if self.hasFocus() and self._cross is not None:
            self._draw_cross(painter, self._cross, 12)

    def _veil_class(self, painter: QPainter, size: tuple[int, int]) -> None:
        mask = self._canvas.mask_layer
        if mask is None:
            return
        scale = self.transform.scale
        place = QRectF(self.transform.left, self.transform.top, size[1] * scale, size[0] * scale).toAlignedRect()
        place = place.intersected(QRect(0, 0, *reversed(self.extent)))
        if place.isEmpty():
            return
        labels = mask.sample(self.transform, place)
        veil = np.where(labels == self._class_id, np.uint32(0), self._over)
        painter.drawImage(
            place.topLeft(),
            QImage(
                veil.data, place.width(), place.height(), 4 * place.width(), QImage.Format.Format_ARGB32_Premultiplied
            ),
        )

    def _draw_cross(self, painter: QPainter, at: Point, arm: int) -> None:
        """White on black, so that it is seen on everything."""
        x, y, long = round(at[0]) + 0.5, round(at[1]) + 0.5, arm * self.ratio
        for colour, wide in (("#000000", 3), ("#ffffff", 1)):
            painter.setPen(QPen(QColor(colour), wide * self.ratio))
            painter.drawLines([QLineF(x - long, y, x + long, y), QLineF(x, y - long, x, y + long)])
