"""Outlines in progress: a line in the manner of the cursor, as wide on the screen at any zoom."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPolygonF

from chromadesk.editing.brush import Point
from chromadesk.studio.canvas import cursor
from chromadesk.studio.canvas.transform import Transform

#: Screen pixels: around its points an outline draws nothing farther away.
REACH = 8
_HANDLE = 4


def draw(painter: QPainter, points: Sequence[Point], transform: Transform, ratio: float) -> None:
    """Draw the line through ``points`` (photo coordinates) in device pixels, as far as the painter's clip shows it."""
    if len(points) < 2:
        return
    places = np.asarray(points, float) * transform.scale + (transform.left, transform.top)
    clip = painter.clipBoundingRect().adjusted(-REACH * ratio, -REACH * ratio, REACH * ratio, REACH * ratio)
    lower, upper = np.minimum(places[:-1], places[1:]), np.maximum(places[:-1], places[1:])
    # A long outline is thousands of points, of which a move of the pointer repaints a few.
    seen = (upper >= (clip.left(), clip.top())).all(axis=1) & (lower <= (clip.right(), clip.bottom())).all(axis=1)
    edges = np.flatnonzero(np.diff(np.concatenate(([False], seen, [False])).astype(np.int8)))
    path = QPainterPath()
    for start, end in edges.reshape(-1, 2):
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in places[start : end + 1].tolist()]))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    cursor.ink(painter, path, ratio)
    painter.restore()


def bounds(points: Sequence[Point], transform: Transform, ratio: float) -> QRect:
    """Where, in logical pixels, the line through ``points`` is drawn."""
    places = (np.asarray(points, float) * transform.scale + (transform.left, transform.top)) / ratio
    (left, top), (right, bottom) = places.min(axis=0).tolist(), places.max(axis=0).tolist()
    place = QRectF(left, top, right - left, bottom - top).toAlignedRect()
    return place.adjusted(-REACH, -REACH, REACH, REACH)


def draw_handle(painter: QPainter, point: Point, transform: Transform, ratio: float, filled: bool) -> None:
    """Draw the corner that a click closes on; ``filled`` when it would."""
    path = QPainterPath()
    path.addEllipse(QPointF(*transform.to_screen(*point)), _HANDLE * ratio, _HANDLE * ratio)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    cursor.ink(painter, path, ratio)
    if filled:
        painter.fillPath(path, cursor.WHITE)
    painter.restore()
