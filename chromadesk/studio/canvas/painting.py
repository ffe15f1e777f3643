"""What the canvas shows, from the ground up: photo, grid, mask or preview, outline in progress, cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QRegion

from chromadesk.studio import theme
from chromadesk.studio.canvas import cursor
from chromadesk.studio.canvas.mask_layer import rectangles

if TYPE_CHECKING:
    from chromadesk.studio.canvas.view import Canvas


def paint(canvas: Canvas, painter: QPainter, region: QRegion) -> None:
    """Paint ``region`` (logical pixels) of ``canvas``."""
    painter.setClipRegion(region)
    photo, mask, transform, ratio = canvas.photo_layer, canvas.mask_layer, canvas.transform, canvas.ratio
    if photo is None or mask is None or canvas.photo_size is None:
        painter.fillRect(region.boundingRect(), QColor(theme.CANVAS))
        return
    painter.scale(1 / ratio, 1 / ratio)
    layers = [canvas.coarse or mask]
    if canvas.preview is not None:
        layers = [canvas.preview.layer, canvas.preview.hatching]
    height, width = canvas.extent
    view = QSize(width, height)
    photo.draw(painter, transform, view, QColor(theme.CANVAS), lifted=canvas.state.lifted)
    # At 125 % neighbours share a row of device pixels, and what lets the photo through must not be laid on it twice.
    places = QRegion()
    for rectangle in rectangles(region):
        places += QRegion(_device(rectangle, ratio))
    overlay = canvas.state.overlay and canvas.veil is None  # what is lit is seen in its own colours
    for place in rectangles(places):
        if overlay and canvas.wipe is not None:
            before, place = canvas.wipe.parts(place, transform)
            canvas.wipe.layer.draw(painter, transform, view, before)
        if overlay:
            for layer in layers:
                layer.draw(painter, transform, view, place)
    if overlay and canvas.wipe is not None:
        canvas.wipe.draw(painter, transform, (height, width), ratio)
    if canvas.veil is not None:
        canvas.veil.draw(painter, transform)
    canvas.tool.paint(painter, transform, ratio)
    if canvas.ring_shown and canvas.pointer is not None:
        class_id = canvas.tool.painted_class() if canvas.tool.paints else None
        cursor.draw(
            painter,
            transform.to_photo(*canvas.pointer),
            canvas.state.pressed_size(canvas.pen.pressure),
            transform,
            class_id,
            class_id in canvas.state.locked,
            ratio,
        )


def _device(rectangle: QRect, ratio: float) -> QRect:
    """The device pixels a rectangle of logical ones covers."""
    return QRectF(
        rectangle.x() * ratio, rectangle.y() * ratio, rectangle.width() * ratio, rectangle.height() * ratio
    ).toAlignedRect()
