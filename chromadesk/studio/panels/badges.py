"""The state of a photo as a badge, 12 px on a dark disc; and the classes that a model could not tell apart in it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from chromadesk.classes import CLASSES
from chromadesk.dataset.index import Status
from chromadesk.studio import theme

SIZE = 12
_PATHS = {
    "pencil": ((3.6, 8.4), (4.1, 6.5), (7.6, 3.0), (9.0, 4.4), (5.5, 7.9), (3.6, 8.4)),
    "tick": ((3.3, 6.2), (5.2, 8.2), (8.8, 4.0)),
}


def draw(painter: QPainter, place: QRectF, status: Status) -> None:
    """Draw the badge of ``status`` into ``place`` (12 x 12): ring, half, pencil, tick or flag."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(place.topLeft())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.CHROME))
    painter.drawEllipse(QRectF(-2, -2, SIZE + 4, SIZE + 4))
    ink = QColor(theme.TEXT)
    if status == "approved":
        painter.setBrush(QColor(theme.ACCENT))
        painter.drawEllipse(QRectF(0, 0, SIZE, SIZE))
        ink = QColor(theme.ON_ACCENT)
    pen = QPen(ink, 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if status in ("new", "proposed"):
        painter.drawEllipse(QRectF(1.75, 1.75, 8.5, 8.5))
    if status == "proposed":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawPie(QRectF(1.75, 1.75, 8.5, 8.5), 90 * 16, 180 * 16)
    elif status in ("edited", "approved"):
        points = _PATHS["pencil" if status == "edited" else "tick"]
        path = QPainterPath(QPointF(*points[0]))
        for point in points[1:]:
            path.lineTo(QPointF(*point))
        painter.drawPath(path)
    elif status == "excluded":
        painter.drawLine(QPointF(3.8, 2.4), QPointF(3.8, 9.8))
        painter.setBrush(ink)
        painter.drawPolygon([QPointF(3.8, 2.6), QPointF(9.0, 4.3), QPointF(3.8, 6.2)])
    painter.restore()


def draw_classes(painter: QPainter, place: QRectF, reason: str) -> None:
    """Draw the colours of the classes named in ``reason`` as squares side by side, the first in ``place``; a hollow one
    where it names none.
    """
    named = sorted((reason.index(each.name), each.colour) for each in CLASSES if each.name in reason)
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.CHROME))
    ground = place.adjusted(-2, -2, 2 + place.width() * max(0, len(named) - 1), 2)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.drawRoundedRect(ground, 3, 3)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for number, (_, colour) in enumerate(named):
        painter.fillRect(place.translated(number * place.width(), 0), QColor(*colour))
    if not named:
        painter.setPen(QPen(QColor(theme.TEXT), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(place.adjusted(1, 1, -2, -2))
    painter.restore()
