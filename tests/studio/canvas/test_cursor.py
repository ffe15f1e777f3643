"""The cursor ring is the stamp."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage, QPainter

from chromadesk.editing import brush
from chromadesk.studio.canvas import cursor
from chromadesk.studio.canvas.transform import Transform


@pytest.mark.parametrize("diameter", [1, 2, 3, 8, 15, 40])
@pytest.mark.parametrize("point", [(20.2, 17.9), (-3.4, 5.0)])
def test_the_ring_holds_exactly_the_pixels_painted(diameter: int, point: tuple[float, float]) -> None:
    transform = Transform(4.0, 30, 50)
    path = cursor.ring(point, diameter, transform)
    box, mask = brush.dab(point, diameter)
    for row, column in np.ndindex(mask.shape):
        centre = transform.to_screen(box.left + column + 0.5, box.top + row + 0.5)
        assert path.contains(QPointF(*centre)) == mask[row, column]


@pytest.mark.parametrize(("diameter", "locked"), [(2, False), (30, False), (30, True)])
def test_everything_drawn_lies_within_the_bounds(qapp, diameter: int, locked: bool) -> None:
    image = QImage(200, 200, QImage.Format.Format_ARGB32)
    image.fill(0)
    transform = Transform(1.0, 60, 60)
    painter = QPainter(image)
    cursor.draw(painter, (30.0, 40.0), diameter, transform, 3, locked, 1.0)
    painter.end()
    drawn = np.frombuffer(image.constBits(), np.uint32).reshape(200, 200) != 0
    rows, columns = np.nonzero(drawn)
    bounds = cursor.bounds((30.0, 40.0), diameter, transform, 1.0)
    assert drawn.any()
    assert bounds.contains(QPointF(columns.min(), rows.min()))
    assert bounds.contains(QPointF(columns.max(), rows.max()))


@pytest.mark.parametrize(("diameter", "scale"), [(200, 1.0), (201, 1.0), (90, 2.0), (400, 0.4)])
def test_a_large_ring_stands_where_a_stroked_one_would(qapp, diameter: int, scale: float) -> None:
    transform = Transform(scale, 40, 30)
    point = (110.3, 120.8)
    image = QImage(300, 300, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    cursor.draw(painter, point, diameter, transform, 3, False, 1.0)
    painter.end()
    drawn = np.frombuffer(image.constBits(), np.uint32).reshape(300, 300) >> 24 > 100
    path = cursor.ring(point, diameter, transform)
    inside = np.array([[path.contains(QPointF(x + 0.5, y + 0.5)) for x in range(300)] for y in range(300)])
    border = np.zeros((300, 300), bool)
    border[1:-1, 1:-1] = inside[1:-1, 1:-1] & ~(
        inside[:-2, 1:-1] & inside[2:, 1:-1] & inside[1:-1, :-2] & inside[1:-1, 2:]
    )
    rows, columns = np.nonzero(border)
    near = np.lib.stride_tricks.sliding_window_view(np.pad(drawn, 1), (3, 3)).any(axis=(2, 3))
    assert len(rows) > 100
    assert near[rows, columns].all()
    # Nothing is drawn well inside, where the eye works.
    middle = transform.to_screen(*brush.snap(point, diameter))
    assert not drawn[round(middle[1]) - 20 : round(middle[1]) + 20, round(middle[0]) - 20 : round(middle[0]) + 20].any()
