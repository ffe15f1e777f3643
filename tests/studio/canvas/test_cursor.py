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
