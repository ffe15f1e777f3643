"""The lasso with a real pointer and real keys."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chromadesk.editing import lasso
from chromadesk.editing.document import Document
from chromadesk.studio.canvas.photo_layer import PhotoLayer
from chromadesk.studio.canvas.view import Canvas

LEFT, ALT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier
At = Callable[[float, float], QPoint]
SQUARE = ((20, 30), (90, 35), (80, 120), (25, 110))


@pytest.fixture(autouse=True)
def in_hand(qtbot: QtBot, canvas: Canvas) -> None:
    qtbot.keyClick(canvas, Qt.Key.Key_L)
    assert canvas.tool.name == "lasso"


def region(canvas: Canvas, places: list[QPoint], class_id: int = 3) -> np.ndarray:
    """The labels when the outline through these canvas positions is filled."""
    assert canvas.document is not None
    points = [canvas.transform.to_photo(place.x(), place.y()) for place in places]
    found = lasso.region(points, canvas.document.bounds)
    assert found is not None
    plane = np.zeros(canvas.document.size, np.uint8)
    plane[found[0].slices][found[1]] = class_id
    return plane


def labels(canvas: Canvas) -> np.ndarray:
    assert canvas.document is not None
    return canvas.document.labels


def drag(qtbot: QtBot, canvas: Canvas, places: list[QPoint], modifier: Qt.KeyboardModifier = PLAIN) -> None:
    qtbot.mousePress(canvas, LEFT, pos=places[0])
    for place in places[1:]:
        qtbot.mouseMove(canvas, place)
    qtbot.mouseRelease(canvas, LEFT, modifier, pos=places[-1])


def click_all(qtbot: QtBot, canvas: Canvas, places: list[QPoint]) -> None:
    for place in places:
        qtbot.mouseMove(canvas, place)
        qtbot.mouseClick(canvas, LEFT, pos=place)


def test_a_drag_is_filled_when_it_ends(qtbot: QtBot, canvas: Canvas, at: At) -> None:
    places = [at(*corner) for corner in SQUARE]
    drag(qtbot, canvas, places)
    assert np.array_equal(labels(canvas), region(canvas, places))
    assert canvas.document is not None
    assert [patch.kind for patch in canvas.document.history.done] == ["lasso"]
    assert canvas.document.undo() == "lasso"
    assert not labels(canvas).any()


@pytest.mark.parametrize("how", ["enter", "keypad", "double", "first"])
def test_clicks_make_corners_and_are_filled(qtbot: QtBot, canvas: Canvas, at: At, how: str) -> None:
    places = [at(*corner) for corner in SQUARE]
    click_all(qtbot, canvas, places)
    assert not labels(canvas).any()
    if how == "double":
        qtbot.mouseDClick(canvas, LEFT, pos=places[-1])
    elif how == "first":
        click_all(qtbot, canvas, [places[0] + QPoint(3, -3)])
    else:
        qtbot.keyClick(canvas, Qt.Key.Key_Return if how == "enter" else Qt.Key.Key_Enter)
    assert np.array_equal(labels(canvas), region(canvas, places))
    before = labels(canvas).copy()
    qtbot.keyClick(canvas, Qt.Key.Key_Return)  # nothing is left of it
    assert np.array_equal(labels(canvas), before)


def test_backspace_takes_corners_back(qtbot: QtBot, canvas: Canvas, at: At) -> None:
    places = [at(*corner) for corner in SQUARE]
    click_all(qtbot, canvas, [*places, at(140, 190), at(5, 5)])
    qtbot.keyClick(canvas, Qt.Key.Key_Backspace)
    qtbot.keyClick(canvas, Qt.Key.Key_Backspace)
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    assert np.array_equal(labels(canvas), region(canvas, places))
    click_all(qtbot, canvas, places[:2])
    for _ in range(3):  # the last one too many
        qtbot.keyClick(canvas, Qt.Key.Key_Backspace)
    assert "three corners" not in canvas.saying
    assert canvas.document is not None
    assert len(canvas.document.history.done) == 1


def test_alt_goes_on_after_a_drag_and_drags_go_between_corners(qtbot: QtBot, canvas: Canvas, at: At) -> None:
    hand = [at(20, 20), at(60, 25), at(100, 20)]
    drag(qtbot, canvas, hand, ALT)
    assert not labels(canvas).any()
    click_all(qtbot, canvas, [at(120, 90)])
    more = [at(100, 150), at(80, 140), at(60, 160)]
    drag(qtbot, canvas, more)
    assert not labels(canvas).any()
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    assert np.array_equal(labels(canvas), region(canvas, [*hand, at(120, 90), *more]))


def test_escape_and_another_photo_forget_the_outline(qtbot: QtBot, canvas: Canvas, at: At) -> None:
    places = [at(*corner) for corner in SQUARE]
    click_all(qtbot, canvas, places)
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    assert not labels(canvas).any()
    click_all(qtbot, canvas, places)
    size = (200, 150)
    canvas.show_document(
        Document(Path("b.jpg"), np.zeros(size, np.uint8)), PhotoLayer(np.zeros((*size, 3), np.uint8), [])
    )
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    assert not labels(canvas).any()


def test_locks_are_honoured_and_nothing_says_why(qtbot: QtBot, canvas: Canvas, at: At) -> None:
    assert canvas.document is not None
    canvas.document.predict(np.full(canvas.document.size, 2, np.uint8))
    canvas.state.toggle_lock(2)
    drag(qtbot, canvas, [at(*corner) for corner in SQUARE])
    assert (labels(canvas) == 2).all()
    assert canvas.saying == "Skin is locked"
    canvas.state.toggle_lock(2)
    drag(qtbot, canvas, [at(10, 10), at(40, 10), at(10, 10)])
    assert canvas.saying == "The outline holds no pixel of the photo"
    click_all(qtbot, canvas, [at(50, 50), at(90, 90)])
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    assert canvas.saying == "An outline needs three corners"


def test_an_outline_waits_while_another_tool_is_lent(qtbot: QtBot, canvas: Canvas, at: At) -> None:
    places = [at(*corner) for corner in SQUARE]
    click_all(qtbot, canvas, places)
    canvas.state.set_tool("hand")
    drag(qtbot, canvas, [QPoint(200, 200), QPoint(230, 190)])
    canvas.state.set_tool("lasso")
    wanted = region(canvas, [place + QPoint(30, -10) for place in places])
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    assert np.array_equal(labels(canvas), wanted)


def picture(image: QImage) -> np.ndarray:
    pixels = image.convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(pixels.constBits(), np.uint8).reshape(pixels.height(), pixels.width(), 4)[..., :3].astype(int)


@pytest.mark.parametrize("zoom", [0.5, 1.0, 4.0])
def test_what_is_repainted_is_what_a_whole_repaint_shows(qtbot: QtBot, canvas: Canvas, at: At, zoom: float) -> None:
    canvas.zoom_at(zoom, (250, 230))
    QApplication.processEvents()
    bare = picture(canvas.grab().toImage())

    def shown_is_whole() -> np.ndarray:
        QApplication.processEvents()
        shown = picture(canvas.screen().grabWindow(canvas.winId()).toImage())
        whole = picture(canvas.grab().toImage())
        assert np.abs(shown - whole).max() <= 16  # of 255: lines are smoothed a little differently in a part
        return whole

    click_all(qtbot, canvas, [QPoint(100, 120), QPoint(300, 90), QPoint(320, 330)])
    qtbot.mouseMove(canvas, QPoint(150, 340))
    drawn = shown_is_whole()
    assert drawn[215, 307:315].min(axis=1).max() > 200  # white on the second edge, whatever the zoom
    qtbot.mouseMove(canvas, QPoint(102, 121))  # near the first corner, which fills
    assert np.array_equal(shown_is_whole()[120, 100], (255, 255, 255))
    qtbot.keyClick(canvas, Qt.Key.Key_Backspace)
    shown_is_whole()
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    QApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave))
    assert np.abs(shown_is_whole() - bare).max() <= 2
