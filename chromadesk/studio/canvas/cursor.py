"""The brush cursor: the exact stamp as a ring, with the class it paints."""

from __future__ import annotations

import functools

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from chromadesk.classes import CLASSES
from chromadesk.editing import brush
from chromadesk.studio.canvas.transform import Transform

#: Below this many screen pixels a ring hides what it encloses, so a cross stands in.
SMALL = 6
HALO = QColor(0, 0, 0, 153)
WHITE = QColor(255, 255, 255)


_outline = functools.lru_cache(maxsize=64)(brush.outline)


def ring(point: brush.Point, diameter: int, transform: Transform) -> QPainterPath:
    """The border of the dab painted for ``point`` (photo coordinates), in device pixels."""
    box, _ = brush.dab(point, diameter)
    path = QPainterPath()
    place = QPolygonF([QPointF(*transform.to_screen(x + box.left, y + box.top)) for x, y in _outline(diameter)])
    path.addPolygon(place)
    path.closeSubpath()
    return path


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
    path = ring(point, diameter, transform)
    extent = path.boundingRect()
    middle = extent.center()
    if extent.width() < SMALL * ratio:
        path = QPainterPath()
        for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            path.moveTo(middle + QPointF(dx, dy) * 3 * ratio)
            path.lineTo(middle + QPointF(dx, dy) * 8 * ratio)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    ink(painter, path, ratio)
    reach = max(extent.width() / 2 * 0.7072, 6 * ratio) + 5 * ratio
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
