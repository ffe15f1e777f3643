"""The brush cursor: the exact stamp as a ring, with the class it paints."""

from __future__ import annotations

import functools
import math

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QPolygonF, QTransform

from chromadesk.classes import CLASSES
from chromadesk.editing import brush
from chromadesk.studio.canvas.transform import Transform

#: Below this many screen pixels a ring hides what it encloses, so a cross stands in.
SMALL = 6
HALO = QColor(0, 0, 0, 153)
WHITE = QColor(255, 255, 255)


#: Stamps wider than this are drawn once and kept as a picture, unless it were larger than ``_LARGEST`` screen pixels:
#: stroking a border of thousands of corners takes longer than all the rest of a dab.
_DETAILED, _LARGEST = 64, 1200


@functools.lru_cache(maxsize=64)
def _outline(diameter: int) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in brush.outline(diameter)])


def ring(point: brush.Point, diameter: int, transform: Transform) -> QPainterPath:
    """The border of the dab painted for ``point`` (photo coordinates), in device pixels."""
    box, _ = brush.dab(point, diameter)
    return _ring(diameter, transform.scale, transform.to_screen(box.left, box.top))


def _ring(diameter: int, scale: float, corner: tuple[float, float]) -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(QTransform(scale, 0, 0, scale, *corner).map(_outline(diameter)))
    path.closeSubpath()
    return path


@functools.lru_cache(maxsize=2)
def _picture(diameter: int, scale: float, ratio: float) -> QImage:
    """The ring about the upper left corner of its stamp, with room for its halo all round."""
    room = _room(ratio)
    edge = math.ceil(diameter * scale) + 2 * room
    image = QImage(edge, edge, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ink(painter, _ring(diameter, scale, (room, room)), ratio)
    painter.end()
    return image


def _room(ratio: float) -> int:
    return math.ceil(2 * ratio)


def bounds(point: brush.Point, diameter: int, transform: Transform, ratio: float) -> QRectF:
    """Everything the cursor draws, in device pixels."""
    box, _ = brush.dab(point, diameter)
    left, top = transform.to_screen(box.left, box.top)
    edge = diameter * transform.scale
    room = 22 * ratio
    return QRectF(left, top, edge, edge).adjusted(-room, -room, room, room)


def ink(painter: QPainter, path: QPainterPath, ratio: float) -> None:
    """Draw ``path`` as 1 px of white over 3 px of black at 60 %, to be seen on anything."""
    painter.strokePath(path, QPen(HALO, 3 * ratio))
    painter.strokePath(path, QPen(WHITE, ratio))


def draw(
    painter: QPainter,
    point: brush.Point,
    diameter: int,
    transform: Transform,
    class_id: int | None,
    locked: bool,
    ratio: float,
) -> None:
    """Draw the cursor for a brush at ``point``, in device pixels, ``ratio`` of them to a logical one.

    ``class_id`` is what it paints; None: no one class.
    """
    box, _ = brush.dab(point, diameter)
    corner = transform.to_screen(box.left, box.top)
    edge = diameter * transform.scale
    middle = QPointF(corner[0] + edge / 2, corner[1] + edge / 2)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if edge < SMALL * ratio:
        cross = QPainterPath()
        for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            cross.moveTo(middle + QPointF(dx, dy) * 3 * ratio)
            cross.lineTo(middle + QPointF(dx, dy) * 8 * ratio)
        ink(painter, cross, ratio)
    elif diameter > _DETAILED and edge <= _LARGEST * ratio:
        # To the nearest screen pixel, as the mask's own pixels are.
        at = QPoint(round(corner[0]), round(corner[1])) - QPoint(1, 1) * _room(ratio)
        painter.drawImage(at, _picture(diameter, transform.scale, ratio))
    else:
        ink(painter, _ring(diameter, transform.scale, corner), ratio)
    reach = max(edge / 2 * 0.7072, 6 * ratio) + 5 * ratio
    dot = middle + QPointF(reach, reach)
    if class_id is not None:
        painter.setPen(QPen(WHITE, ratio))
        painter.setBrush(QColor(*CLASSES[class_id].colour))
        painter.drawEllipse(dot, 4 * ratio, 4 * ratio)
    if locked:
        slash = QPainterPath(middle - QPointF(7, -7) * ratio)
        slash.lineTo(middle + QPointF(7, -7) * ratio)
        ink(painter, slash, ratio)
    painter.restore()
