"""Parts of the canvas repainted together: each pixel once, each with the mask that stands there, nothing left over."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage, QPainter, QRegion
from pytestqt.qtbot import QtBot

from chromadesk.editing.document import Document
from chromadesk.studio.canvas import painting
from chromadesk.studio.canvas.photo_layer import PhotoLayer
from chromadesk.studio.canvas.view import Canvas
from chromadesk.studio.canvas.wipe import Wipe
from chromadesk.studio.tools.state import ToolState

SIZE = (200, 150)


class Enlarged(Canvas):
    """On a screen that the desktop enlarges to 125 %."""

    @property
    def ratio(self) -> float:
        return 1.25


def dressed(canvas: Canvas) -> Canvas:
    """All clothes on a grey photo, and no cursor."""
    canvas.show_document(
        Document(Path("a.jpg"), np.full(SIZE, 3, np.uint8)), PhotoLayer(np.full((*SIZE, 3), 90, np.uint8), [])
    )
    canvas.pointer = None
    return canvas


def pixels(image: QImage) -> np.ndarray:
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return rows[:, : image.width(), :3].copy()


def painted(canvas: Canvas, *places: QRect) -> np.ndarray:
    """``places`` (logical pixels), painted together; black elsewhere."""
    image = QImage(canvas.size() * canvas.ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(canvas.ratio)
    image.fill(Qt.GlobalColor.black)
    region = QRegion()
    for place in places:
        region += QRegion(place)
    with QPainter(image) as painter:
        painting.paint(canvas, painter, region)
    return pixels(image)


def test_neighbours_at_125_per_cent_are_painted_once(qtbot: QtBot) -> None:
    state = ToolState()
    canvas = Enlarged(state)
    state.setParent(canvas)
    qtbot.addWidget(canvas)
    canvas.resize(500, 460)
    dressed(canvas)
    part = painted(canvas, QRect(0, 0, 300, 201), QRect(20, 201, 300, 100))
    seen = part.any(axis=2)
    assert seen.sum() > 100_000
    assert np.array_equal(part[seen], painted(canvas, canvas.rect())[seen])


def test_between_two_places_on_one_side_of_the_wipe_s_line_nothing_else_is_drawn(canvas: Canvas) -> None:
    dressed(canvas)
    wipe = Wipe("before", np.full(SIZE, 4, np.uint8))
    canvas.show_wipe(wipe)
    line, whole = round(wipe.at(canvas.transform)), painted(canvas, canvas.rect())
    for offsets in ((15, 60), (-45, -90)):
        part = painted(canvas, *(QRect(line + x, 100 + 20 * n, 30, 60) for n, x in enumerate(offsets)))
        seen = part.any(axis=2)
        assert seen.sum() > 3000
        assert np.array_equal(part[seen], whole[seen])


def test_no_part_of_the_ring_stays_behind_after_a_zoom(qtbot: QtBot, canvas: Canvas) -> None:
    canvas.state.set_size(60)
    qtbot.mouseMove(canvas, canvas.rect().center())
    qtbot.wait(20)
    canvas.zoom_at(4, (canvas.width() / 2, canvas.height() / 2))
    qtbot.wait(20)
    qtbot.mouseMove(canvas, QPoint(5, 5))
    qtbot.wait(20)
    shown = pixels(canvas.screen().grabWindow(canvas.winId()).toImage())
    canvas.repaint()
    assert np.array_equal(shown, pixels(canvas.screen().grabWindow(canvas.winId()).toImage()))
