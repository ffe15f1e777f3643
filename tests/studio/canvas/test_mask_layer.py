"""The overlay: its pyramid, its outline, and that a small repaint shows what a whole one does."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect

from chromadesk.classes import CLASSES
from chromadesk.editing.patch import Box
from chromadesk.studio.canvas.mask_layer import MaskLayer
from chromadesk.studio.canvas.transform import Transform


def commonest(labels: np.ndarray) -> np.ndarray:
    """2 x 2 by plain counting; ties to the first in reading order."""
    height, width = labels.shape
    out = np.zeros(((height + 1) // 2, (width + 1) // 2), np.uint8)
    for row, column in np.ndindex(out.shape):
        rows = [min(2 * row + i, height - 1) for i in (0, 1)]
        columns = [min(2 * column + i, width - 1) for i in (0, 1)]
        values = [int(labels[i, j]) for i in rows for j in columns]
        out[row, column] = max(values, key=lambda value: (values.count(value), -values.index(value)))
    return out


def channels(picture: np.ndarray) -> np.ndarray:
    """Alpha, red, green, blue of premultiplied 0xAARRGGBB."""
    return np.stack([picture >> shift & 255 for shift in (24, 16, 8, 0)], axis=-1)


@given(st.integers(0, 20), st.integers(128, 141), st.integers(128, 141), st.data())
def test_the_pyramid_follows_changes_only_where_they_are(
    seed: int, height: int, width: int, data: st.DataObject
) -> None:
    generator = np.random.default_rng(seed)
    labels = generator.integers(0, 5, (height, width), np.uint8)
    layer = MaskLayer(labels)
    assert np.array_equal(layer.level(1), commonest(labels))
    for _ in range(2):
        top, left = data.draw(st.integers(0, height - 1)), data.draw(st.integers(0, width - 1))
        box = Box(top, left, data.draw(st.integers(top + 1, height)), data.draw(st.integers(left + 1, width)))
        labels[box.slices] = generator.integers(0, 5)
        layer.changed(box)
    assert np.array_equal(layer.level(1), commonest(labels))


def test_fill_and_outline_have_the_design_s_strength() -> None:
    labels = np.zeros((40, 40), np.uint8)
    labels[10:30, 10:30] = 3
    picture = channels(MaskLayer(labels).render(Transform(), QRect(0, 0, 40, 40)))
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
    layer = MaskLayer(labels)
    for scale in (0.25, 0.5, 1.0, 3.0, 8.0):
        middle = round(128 * scale)
        strip = channels(layer.render(Transform(scale), QRect(0, middle, round(256 * scale), 1)))[0, :, 0]
        assert (strip == 255).sum() == 2
        assert (strip == 128).sum() == 2


def test_hidden_classes_are_left_out() -> None:
    labels = np.full((20, 20), 4, np.uint8)
    layer = MaskLayer(labels)
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
    layer = MaskLayer(labels)
    transform = Transform(scale, offset, offset)
    whole = layer.render(transform, QRect(0, 0, 160, 140))
    part = layer.render(transform, QRect(x, y, edge, edge))
    assert np.array_equal(whole[y : y + edge, x : x + edge], part[: whole.shape[0] - y, : whole.shape[1] - x])


def test_a_photo_of_one_pixel() -> None:
    picture = MaskLayer(np.full((1, 1), 1, np.uint8)).render(Transform(16, 4, 4), QRect(0, 0, 24, 24))
    assert (channels(picture)[4:20, 4:20, 0] > 0).all()
    assert not picture[:3].any()
