"""What the eye sees, what the ring holds, what is painted and what is written are the same pixels: at every zoom, at
the photo's edges, for odd sizes, for a photo of one pixel, for photos that lie on their side.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chromadesk.classes import PALETTE
from chromadesk.editing.brush import dab, outline, stamp
from chromadesk.editing.document import Document
from chromadesk.editing.pyramid import LabelPyramid
from chromadesk.studio.canvas import cursor
from chromadesk.studio.canvas.mask_layer import MaskLayer
from chromadesk.studio.canvas.photo_layer import GRID_FROM, PhotoLayer
from chromadesk.studio.canvas.transform import MAX_SCALE, Transform
from chromadesk.studio.canvas.view import Canvas
from chromadesk.studio.window import Window

ZOOMS = [0.5, 1.0, 1.25, 2.44, 5.0, MAX_SCALE]
SIZES = [(1, 1), (1, 7), (333, 1), (35, 21), (128, 129)]


def show(canvas: Canvas, size: tuple[int, int], pixels: np.ndarray | None = None) -> None:
    pixels = np.full((*size, 3), 128, np.uint8) if pixels is None else pixels
    canvas.show_document(Document(Path("b.jpg"), np.zeros(size, np.uint8)), PhotoLayer(pixels, []))


def place(canvas: Canvas, scale: float, screen: tuple[int, int], photo: tuple[float, float]) -> None:
    """Zoom to ``scale`` with ``photo`` under the screen pixel ``screen``."""
    transform = canvas.transform
    transform.scale = scale
    transform.left = round(screen[0] - photo[0] * scale)
    transform.top = round(screen[1] - photo[1] * scale)
    canvas.update()


def click(canvas: Canvas, at: QPointF) -> None:
    for kind, held in (
        (QEvent.Type.MouseButtonPress, Qt.MouseButton.LeftButton),
        (QEvent.Type.MouseButtonRelease, Qt.MouseButton.NoButton),
    ):
        event = QMouseEvent(
            kind, at, QPointF(canvas.mapToGlobal(at)), Qt.MouseButton.LeftButton, held, Qt.KeyboardModifier.NoModifier
        )
        QApplication.sendEvent(canvas, event)


def picture(canvas: Canvas) -> np.ndarray:
    """What the canvas shows, (height, width, 3)."""
    image = canvas.grab().toImage().convertToFormat(canvas.grab().toImage().Format.Format_RGB32)
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)[..., 2::-1].copy()


def centres(transform: Transform, size: tuple[int, int], view: tuple[int, int]) -> Iterator[tuple[int, int, int, int]]:
    """(row, column, x, y) of photo pixels and the screen pixel in the middle of each, those that are in view."""
    for row, column in np.ndindex(size):
        x, y = (math.floor(value) for value in transform.to_screen(column + 0.5, row + 0.5))
        if 0 <= y < view[0] and 0 <= x < view[1]:
            yield row, column, x, y


@pytest.mark.parametrize("diameter", [1, 2, 7, 10, 33])
@pytest.mark.parametrize("zoom", ZOOMS)
@pytest.mark.parametrize("photo", [(75.3, 61.9), (0.0, 0.0), (149.99, 199.99), (-3.2, 80.0), (154.6, 203.1)])
def test_a_click_paints_what_the_ring_held(
    canvas: Canvas, diameter: int, zoom: float, photo: tuple[float, float]
) -> None:
    """At the photo's edges, and beyond them, the ring reaches outside and the paint does not."""
    place(canvas, zoom, (250, 230), photo)
    canvas.state.set_size(diameter)
    at = QPointF(*canvas.transform.to_screen(*photo))
    QApplication.sendEvent(
        canvas,
        QMouseEvent(
            QEvent.Type.MouseMove,
            at,
            QPointF(canvas.mapToGlobal(at)),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
        ),
    )
    assert canvas.pointer is not None
    ring = cursor.ring(canvas.transform.to_photo(*canvas.pointer), diameter, canvas.transform)
    click(canvas, at)
    assert canvas.document is not None
    height, width = canvas.document.size
    held = np.zeros((height, width), bool)
    reach = diameter + 2
    for row in range(max(0, int(photo[1]) - reach), min(height, int(photo[1]) + reach)):
        for column in range(max(0, int(photo[0]) - reach), min(width, int(photo[0]) + reach)):
            held[row, column] = ring.contains(QPointF(*canvas.transform.to_screen(column + 0.5, row + 0.5)))
    assert np.array_equal(canvas.document.labels == 3, held)


@pytest.mark.parametrize("diameter", [9, 70])
@pytest.mark.parametrize("zoom", [1.0, 2.0, 5.0])
def test_the_ring_is_drawn_on_the_border_of_what_is_painted(canvas: Canvas, diameter: int, zoom: float) -> None:
    canvas.state.set_size(diameter)
    canvas.state.set_fill(0)
    place(canvas, zoom, (250, 230), (75, 100))
    QApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave))
    bare = picture(canvas).astype(int)
    at = QPointF(250.0, 230.0)
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        at,
        QPointF(canvas.mapToGlobal(at)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(canvas, event)
    ringed = np.abs(picture(canvas).astype(int) - bare).max(axis=2) > 4
    box, mask = dab(canvas.transform.to_photo(250.0, 230.0), diameter)
    x, y = np.meshgrid(np.arange(ringed.shape[1]) + 0.5, np.arange(ringed.shape[0]) + 0.5)
    columns = np.floor((x - canvas.transform.left) / zoom).astype(int) - box.left
    rows = np.floor((y - canvas.transform.top) / zoom).astype(int) - box.top
    inside = np.zeros(ringed.shape, bool)
    within = (rows >= 0) & (rows < box.height) & (columns >= 0) & (columns < box.width)
    inside[within] = mask[rows[within], columns[within]]
    padded = np.pad(inside, 2, mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, (5, 5))
    near = windows.any(axis=(2, 3)) & ~windows.all(axis=(2, 3))  # within two pixels of the border
    dot = 5 + 4 + 2 + max(diameter * zoom / 2 * 0.7072, 6)
    elsewhere = ringed & ~near & ~((x - 250 > dot - 14) & (y - 230 > dot - 14))
    assert not elsewhere.any()
    tight = np.lib.stride_tricks.sliding_window_view(np.pad(inside, 1, mode="edge"), (3, 3))
    border = inside & ~tight.all(axis=(2, 3))
    assert ringed[border].mean() > 0.97


@pytest.mark.parametrize("diameter", range(1, 60))
def test_the_stamp_is_the_disc_and_its_outline_the_stamp_s(diameter: int) -> None:
    middle = diameter / 2
    mask = stamp(diameter)
    for row, column in np.ndindex(mask.shape):
        away = (row + 0.5 - middle) ** 2 + (column + 0.5 - middle) ** 2
        assert mask[row, column] == (away <= middle**2)
    corners = outline(diameter)
    assert {x for x, _ in corners} | {y for _, y in corners} <= set(range(diameter + 1))


@pytest.mark.parametrize("zoom", [zoom for zoom in ZOOMS if zoom >= 1])
@pytest.mark.parametrize("size", SIZES)
def test_the_mask_lies_on_the_photo_s_own_pixels(canvas: Canvas, size: tuple[int, int], zoom: float) -> None:
    """Photo and mask change colour at the same screen pixel: in the middle of each photo pixel both show it."""
    draw = np.random.default_rng(3)
    pixels = draw.integers(0, 256, (*size, 3), np.uint8)
    show(canvas, size, pixels)
    assert canvas.document is not None
    canvas.document.predict(draw.integers(0, 5, size, np.uint8))
    place(canvas, zoom, (250, 230), (size[1] / 2, size[0] / 2))
    canvas.state.set_overlay(False)
    bare = picture(canvas)
    canvas.state.set_overlay(True)
    canvas.state.set_fill(100)
    masked = picture(canvas)
    seen = 0
    for row, column, x, y in centres(canvas.transform, size, bare.shape[:2]):
        assert tuple(bare[y, x]) == tuple(pixels[row, column])
        class_id = canvas.document.labels[row, column]
        assert class_id == 0 or tuple(masked[y, x]) == tuple(PALETTE[class_id])
        seen += 1
    assert seen >= min(size[0] * size[1], 12)


@pytest.mark.parametrize("zoom", [GRID_FROM + 0.3, 11.7, 19.53, MAX_SCALE])
def test_the_grid_the_photo_and_the_mask_part_at_the_same_screen_pixel(canvas: Canvas, zoom: float) -> None:
    size = (9, 7)
    labels = (np.indices(size).sum(axis=0) % 2 + 1).astype(np.uint8)
    layer, transform = MaskLayer(LabelPyramid(labels)), Transform(zoom, 13, 17)
    width, height = math.ceil(size[1] * zoom), math.ceil(size[0] * zoom)
    sampled = layer.sample(transform, QRect(13, 17, width, height))
    columns = np.floor((np.arange(width) + 0.5) / zoom).astype(int)
    rows = np.floor((np.arange(height) + 0.5) / zoom).astype(int)
    expected = np.zeros((height, width), np.uint8)
    there = np.ix_(rows < size[0], columns < size[1])
    expected[there] = labels[np.ix_(rows[rows < size[0]], columns[columns < size[1]])]
    assert np.array_equal(sampled, expected)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("corner", [(0, 0), (0, 1), (1, 0), (1, 1)])
def test_the_last_pixel_of_every_corner_can_be_painted_alone(
    canvas: Canvas, size: tuple[int, int], corner: tuple[int, int]
) -> None:
    show(canvas, size)
    canvas.state.set_size(1)
    row, column = corner[0] * (size[0] - 1), corner[1] * (size[1] - 1)
    place(canvas, 8.0, (250, 230), (column, row))
    assert canvas.document is not None
    for edge in (0.02, 0.98):  # anywhere within it, however near to its border
        click(canvas, QPointF(*canvas.transform.to_screen(column + edge, row + edge)))
        assert np.argwhere(canvas.document.labels).tolist() == [[row, column]]
    past = -0.02 if corner[1] == 0 else 1.02
    canvas.document.undo()
    click(canvas, QPointF(*canvas.transform.to_screen(column + past, row + 0.5)))
    assert not canvas.document.labels.any()
    assert canvas.saying == "Outside the photo"


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_turned_photo_is_painted_and_saved_as_it_is_shown(
    qtbot: QtBot, window: Window, tmp_path: Path, orientation: int
) -> None:
    """The upper left of what is shown is red; painting there reaches the mask's upper left, at the shown size."""
    shown = np.full((47, 31, 3), 90, np.uint8)
    shown[:16, :12] = (220, 30, 30)
    turned = {1: shown, 2: shown[:, ::-1], 3: shown[::-1, ::-1], 4: shown[::-1]}
    sideways = shown.transpose(1, 0, 2)
    turned |= {5: sideways, 6: sideways[::-1], 7: sideways[::-1, ::-1], 8: sideways[:, ::-1]}
    exif = Image.Exif()
    exif[0x0112] = orientation
    (tmp_path / "A").mkdir()
    stored = Image.fromarray(np.ascontiguousarray(turned[orientation]))
    stored.save(tmp_path / "A" / "1.png", exif=exif)
    window.session.open_dataset(tmp_path)
    qtbot.waitUntil(lambda: window.session.document is not None)
    canvas, document = window.paint.canvas, window.session.document
    assert document is not None
    assert document.size == (47, 31)
    assert window.session.photo is not None
    assert np.array_equal(window.session.photo.pixels, shown)
    window.tool_state.set_size(3)
    click(canvas, QPointF(*canvas.transform.to_screen(4.5, 6.5)))
    x, y = (math.floor(value) for value in canvas.transform.to_screen(8.5, 12.5))
    assert tuple(picture(canvas)[y, x]) == (220, 30, 30)
    window.session.save()
    qtbot.waitUntil(lambda: not document.dirty)
    with Image.open(tmp_path / "B" / "1.png") as mask:
        assert mask.size == (31, 47)
        assert mask.getexif().get(0x0112, 1) == 1
        assert np.array_equal(np.asarray(mask), document.labels)
    assert np.argwhere(document.labels).mean(axis=0).tolist() == [6.0, 4.0]


def test_a_photo_of_one_pixel_goes_through_everything(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    (tmp_path / "A").mkdir()
    Image.new("RGB", (1, 1), (10, 200, 30)).save(tmp_path / "A" / "1.png")
    window.session.open_dataset(tmp_path)
    qtbot.waitUntil(lambda: window.session.document is not None)
    canvas, document = window.paint.canvas, window.session.document
    assert document is not None
    for tool in ("brush", "magnetic", "scribble", "fill", "lasso"):
        window.tool_state.set_tool(tool)
        window.tool_state.set_class(1 + window.tool_state.class_id % 4)
        qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(*map(int, canvas.transform.to_screen(0.5, 0.5))))
    canvas.state.set_tool("brush")
    for name in ("smooth", "holes", "specks", "person"):
        window.paint.cleaning.begin(name)
        window.paint.cleaning.cancel()
    canvas.zoom_at(0.01, (10, 10))
    canvas.grab()
    canvas.zoom_at(1000, (10, 10))
    canvas.grab()
    assert document.labels[0, 0] > 0
    window.session.save()
    qtbot.waitUntil(lambda: not document.dirty)
    with Image.open(tmp_path / "B" / "1.png") as mask:
        assert np.asarray(mask).tolist() == document.labels.tolist()
