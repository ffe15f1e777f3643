"""The photo on the canvas: lifted shadows and the grid."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter

from chromadesk.editing.decoded import halves
from chromadesk.studio.canvas.photo_layer import GRID_FROM, PhotoLayer, draw_grid
from chromadesk.studio.canvas.transform import Transform

PIXELS = np.random.default_rng(3).integers(0, 256, (700, 611, 3), np.uint8)


def painted(layer: PhotoLayer, transform: Transform, places: list[QRect], lifted: bool) -> np.ndarray:
    """Red, green and blue of a screen of 180 x 150 pixels."""
    picture = QImage(180, 150, QImage.Format.Format_RGB32)
    picture.fill(QColor("#3A3A3A"))
    painter = QPainter(picture)
    for place in places:
        layer.draw(painter, transform, place, lifted=lifted)
    painter.end()
    return np.frombuffer(picture.constBits(), np.uint8).reshape(150, 180, 4)[:, :, 2::-1].copy()


@pytest.mark.parametrize("lifted", [False, True])
@pytest.mark.parametrize("transform", [Transform(0.21, 5, -3), Transform(1.0, -30, 7), Transform(6.0, -200, -100)])
def test_a_screen_drawn_in_parts_is_the_screen_drawn_at_once(transform: Transform, lifted: bool) -> None:
    layer = PhotoLayer(PIXELS, halves(PIXELS))
    whole = painted(layer, transform, [QRect(0, 0, 180, 150)], lifted)
    parts = painted(layer, transform, [QRect(0, 0, 73, 150), QRect(73, 0, 107, 40), QRect(73, 40, 107, 110)], lifted)
    assert np.abs(whole.astype(int) - parts).max() <= 8  # noise; Qt interpolates in fixed point from where it starts


def test_lifting_brightens_shadows_and_leaves_black_and_white() -> None:
    grey = np.repeat(np.arange(256, dtype=np.uint8)[None, :, None], 3, axis=2)
    layer = PhotoLayer(np.ascontiguousarray(np.repeat(grey, 4, axis=0)), [])
    row = painted(layer, Transform(), [QRect(0, 0, 180, 150)], True)[1, :, 0].astype(int)
    assert row[0] == 0
    assert row[16] > 50
    assert (np.diff(row) >= 0).all()
    assert (row[1:] > np.arange(1, 180)).all()
    assert painted(layer, Transform(left=-100), [QRect(0, 0, 180, 150)], True)[1, 155, 0] == 255


def test_the_grid_appears_when_pixels_are_large() -> None:
    def lines(scale: float) -> np.ndarray:
        picture = QImage(64, 64, QImage.Format.Format_RGB32)
        picture.fill(QColor("white"))
        painter = QPainter(picture)
        draw_grid(painter, Transform(scale, 4, 4), QRect(0, 0, 64, 64), (3, 2))
        painter.end()
        return np.frombuffer(picture.constBits(), np.uint8).reshape(64, 64, 4)[:, :, 0] < 255

    assert not lines(GRID_FROM - 0.1).any()
    drawn = lines(10.0)
    assert list(np.flatnonzero(drawn[10])) == [4, 14, 24]  # two columns have three lines
    assert list(np.flatnonzero(drawn[:, 9])) == [4, 14, 24, 34]
    assert not drawn[:, 26:].any()
