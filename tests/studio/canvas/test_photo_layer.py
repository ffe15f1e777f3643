"""The photo as it is copied to the screen."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from chromadesk.editing.decoded import halves
from chromadesk.studio.canvas.photo_layer import GRID_FROM, PhotoLayer
from chromadesk.studio.canvas.transform import Transform

VIEW, GROUND = QSize(120, 90), QColor(58, 58, 58)


def drawn(
    layer: PhotoLayer, transform: Transform, view: QSize = VIEW, ground: QColor = GROUND, lifted: bool = False
) -> np.ndarray:
    image = QImage(view, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    layer.draw(painter, transform, view, ground, lifted=lifted)
    painter.end()
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(view.height(), view.width(), 4)
    return pixels[..., 2::-1].copy()


@pytest.fixture
def pixels() -> np.ndarray:
    return np.random.default_rng(0).integers(0, 256, (60, 50, 3), np.uint8)


def test_actual_pixels_are_the_photo_s_own_on_the_ground(qapp: QApplication, pixels: np.ndarray) -> None:
    shown = drawn(PhotoLayer(pixels, []), Transform(1.0, 10, 20))
    assert np.array_equal(shown[20:80, 10:60], pixels)
    shown[20:80, 10:60] = 58
    assert (shown == 58).all()


def test_a_view_that_moved_is_drawn_anew(qapp: QApplication, pixels: np.ndarray) -> None:
    layer = PhotoLayer(pixels, [])
    transform = Transform(1.0, 10, 20)
    for change in (lambda: setattr(transform, "left", 12.0), lambda: setattr(transform, "scale", 2.0)):
        drawn(layer, transform)
        change()
        assert np.array_equal(drawn(layer, transform), drawn(PhotoLayer(pixels, []), transform))
    other = drawn(layer, transform, QSize(200, 160), QColor(119, 119, 119))
    assert np.array_equal(other, drawn(PhotoLayer(pixels, []), transform, QSize(200, 160), QColor(119, 119, 119)))


def test_levels_take_a_third_of_the_photo_or_so(qapp: QApplication) -> None:
    big = np.zeros((1024, 1024, 3), np.uint8)
    layer = PhotoLayer(big, halves(big))
    assert 0.3 < layer.nbytes / big.nbytes < 0.34


def test_lifting_brightens_shadows_and_leaves_black_white_and_the_ground(qapp: QApplication) -> None:
    grey = np.repeat(np.arange(256, dtype=np.uint8)[None, :, None], 3, axis=2)
    layer = PhotoLayer(np.ascontiguousarray(np.repeat(grey, 4, axis=0)), [])
    view, transform = QSize(256, 8), Transform(1.0, 0, 2)
    plain, lifted = drawn(layer, transform, view), drawn(layer, transform, view, lifted=True)
    row = lifted[3, :, 0].astype(int)
    assert row[0] == 0
    assert row[16] > 50
    assert row[255] == 255
    assert (np.diff(row) >= 0).all()
    assert (row[1:250] > plain[3, 1:250, 0]).all()
    assert (lifted[[0, 1, 6, 7]] == 58).all()
    assert np.array_equal(drawn(layer, transform, view), plain)


def test_the_grid_appears_when_pixels_are_large(qapp: QApplication) -> None:
    layer = PhotoLayer(np.full((3, 2, 3), 255, np.uint8), [])
    white = drawn(layer, Transform(GRID_FROM - 0.5, 4, 4), QSize(64, 64), QColor("white"))
    assert (white == 255).all()
    lines = drawn(layer, Transform(10.0, 4, 4), QSize(64, 64), QColor("white"))[..., 0] < 255
    assert list(np.flatnonzero(lines[10])) == [4, 14, 24]  # two columns have three lines
    assert list(np.flatnonzero(lines[:, 9])) == [4, 14, 24, 34]
    assert not lines[:, 26:].any()
