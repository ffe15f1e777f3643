"""The overlay: its outline, and that a small repaint shows what a whole one does."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QImage, QPainter

from chromadesk.classes import CLASSES
from chromadesk.editing.patch import Box
from chromadesk.editing.pyramid import LabelPyramid
from chromadesk.studio.canvas.mask_layer import MaskLayer
from chromadesk.studio.canvas.transform import Transform


def channels(picture: np.ndarray) -> np.ndarray:
    """Alpha, red, green, blue of premultiplied 0xAARRGGBB."""
    return np.stack([picture >> shift & 255 for shift in (24, 16, 8, 0)], axis=-1)


def test_fill_and_outline_have_the_design_s_strength() -> None:
    labels = np.zeros((40, 40), np.uint8)
    labels[10:30, 10:30] = 3
    picture = channels(MaskLayer(LabelPyramid(labels)).render(Transform(), QRect(0, 0, 40, 40)))
    red, green, blue = CLASSES[3].colour
    assert list(picture[20, 20]) == [89, round(red * 0.35), round(green * 0.35), round(blue * 0.35)]
    assert list(picture[10, 20]) == [255, red, green, blue]
    assert picture[11, 20, 0] == round(255 * 0.675)
    assert list(picture[9, 20]) == [128, 0, 0, 0]
    assert list(picture[8, 20]) == [0, 0, 0, 0]
    assert list(picture[12, 20]) == list(picture[20, 20])


def test_the_outline_is_equally_wide_at_every_zoom() -> None:
    labels = np.zeros((256, 256), np.uint8)
    labels[64:192, 64:192] = 2
    layer = MaskLayer(LabelPyramid(labels))
    for scale in (0.25, 0.5, 1.0, 3.0, 8.0):
        middle = round(128 * scale)
        strip = channels(layer.render(Transform(scale), QRect(0, middle, round(256 * scale), 1)))[0, :, 0]
        assert (strip == 255).sum() == 2
        assert (strip == 128).sum() == 2


def test_hidden_classes_are_left_out() -> None:
    labels = np.full((20, 20), 4, np.uint8)
    layer = MaskLayer(LabelPyramid(labels))
    layer.show(frozenset({4}), 35)
    assert not layer.render(Transform(), QRect(0, 0, 20, 20)).any()


@given(
    st.sampled_from([0.21, 0.5, 0.9, 1.0, 1.7, 6.0]),
    st.integers(-40, 60),
    st.integers(0, 100),
    st.integers(0, 80),
    st.integers(1, 40),
)
def test_a_part_is_drawn_as_in_the_whole(scale: float, offset: int, x: int, y: int, edge: int) -> None:
    labels = np.random.default_rng(1).integers(0, 3, (300, 260), np.uint8).repeat(1, 0)
    layer = MaskLayer(LabelPyramid(labels))
    transform = Transform(scale, offset, offset)
    whole = layer.render(transform, QRect(0, 0, 160, 140))
    part = layer.render(transform, QRect(x, y, edge, edge))
    assert np.array_equal(whole[y : y + edge, x : x + edge], part[: whole.shape[0] - y, : whole.shape[1] - x])


def test_a_photo_of_one_pixel() -> None:
    picture = MaskLayer(LabelPyramid(np.full((1, 1), 1, np.uint8))).render(Transform(16, 4, 4), QRect(0, 0, 24, 24))
    assert (channels(picture)[4:20, 4:20, 0] > 0).all()
    assert not picture[:3].any()


def shown(layer: MaskLayer, transform: Transform, parts: list[QRect]) -> np.ndarray:
    """What a canvas of 120 x 90 has after ``parts`` of it were drawn, one after the other."""
    image = QImage(120, 90, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    with QPainter(image) as painter:
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        for part in parts:
            layer.draw(painter, transform, QSize(120, 90), part)
    return np.frombuffer(image.constBits(), np.uint32).reshape(90, 120).copy()


@given(st.integers(0, 10_000), st.sampled_from([0.2, 0.5, 0.7, 1.0, 2.5, 7.0]))
def test_what_is_kept_is_what_would_be_drawn_anew(seed: int, scale: float) -> None:
    generator = np.random.default_rng(seed)
    labels = generator.integers(0, 5, (13, 11), np.uint8).repeat(20, 0).repeat(20, 1)
    layer = MaskLayer(LabelPyramid(labels))
    whole = [QRect(0, 0, 120, 90)]
    transform = Transform(scale, 3, -5)
    shown(layer, transform, [QRect(0, 0, 50, 90), QRect(30, 20, 60, 30)])  # some of it is there already
    for step in range(4):
        top, left = int(generator.integers(0, 250)), int(generator.integers(0, 210))
        box = Box(top, left, min(260, top + int(generator.integers(1, 60))), min(220, left + 40))
        labels[box.slices] = generator.integers(0, 5)
        layer.pyramid.changed(box)
        layer.changed(box)
        if step == 2:
            transform.left += 7
        if step == 3:
            layer.show(frozenset({int(generator.integers(0, 5))}), 60)
        fresh = MaskLayer(LabelPyramid(labels))
        if step == 3:
            fresh.show(frozenset(np.flatnonzero(layer._visible != np.arange(5)).tolist()), 60)
        assert np.array_equal(shown(layer, transform, whole), shown(fresh, transform, whole))
