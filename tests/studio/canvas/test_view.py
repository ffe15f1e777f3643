"""The canvas with a real pointer and real keys."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QKeyEvent, QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chromadesk.editing.brush import dab, segment
from chromadesk.editing.document import Document
from chromadesk.studio.canvas.photo_layer import PhotoLayer
from chromadesk.studio.canvas.view import Canvas

SIZE = (200, 150)
LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton


def at(canvas: Canvas, x: float, y: float) -> QPoint:
    """The canvas position of a place on the photo."""
    screen = canvas.transform.to_screen(x, y)
    return QPoint(round(screen[0]), round(screen[1]))


def key(canvas: Canvas, kind: QEvent.Type, code: Qt.Key, when: int) -> None:
    event = QKeyEvent(kind, code, Qt.KeyboardModifier.NoModifier)
    event.setTimestamp(when)
    QApplication.sendEvent(canvas, event)


def hold(canvas: Canvas, code: Qt.Key, milliseconds: int) -> None:
    key(canvas, QEvent.Type.KeyPress, code, 1000)
    key(canvas, QEvent.Type.KeyRelease, code, 1000 + milliseconds)


def labels(canvas: Canvas) -> np.ndarray:
    assert canvas.document is not None
    return canvas.document.labels


def picture(image: QImage) -> np.ndarray:
    pixels = image.convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(pixels.constBits(), np.uint8).reshape(pixels.height(), pixels.width(), 4)[..., :3].astype(int)


def painted(box, mask, class_id: int) -> np.ndarray:
    plane = np.zeros(SIZE, np.uint8)
    plane[box.slices][mask] = class_id
    return plane


def test_a_click_paints_exactly_the_ring(qtbot: QtBot, canvas: Canvas) -> None:
    where = at(canvas, 70, 90)
    qtbot.mouseClick(canvas, LEFT, pos=where)
    point = canvas.transform.to_photo(where.x(), where.y())
    assert np.array_equal(labels(canvas), painted(*dab(point, 40), 3))


def test_a_drag_is_one_step(qtbot: QtBot, canvas: Canvas) -> None:
    canvas.state.set_size(9)
    qtbot.mousePress(canvas, LEFT, pos=at(canvas, 30, 30))
    for x in (40, 60, 90):
        qtbot.mouseMove(canvas, at(canvas, x, 50))
    qtbot.mouseRelease(canvas, LEFT, pos=at(canvas, 90, 50))
    assert canvas.document is not None
    assert len(canvas.document.history.done) == 1
    assert labels(canvas)[50, 50] == 3
    assert canvas.document.undo() == "brush"
    assert not labels(canvas).any()


def test_shift_click_draws_a_straight_line(qtbot: QtBot, canvas: Canvas) -> None:
    canvas.state.set_size(5)
    start, end = at(canvas, 20, 20), at(canvas, 120, 160)
    qtbot.mouseClick(canvas, LEFT, pos=start)
    qtbot.mouseClick(canvas, LEFT, Qt.KeyboardModifier.ShiftModifier, pos=end)
    line = segment(canvas.transform.to_photo(start.x(), start.y()), canvas.transform.to_photo(end.x(), end.y()), 5)
    assert np.array_equal(labels(canvas), painted(*line, 3))


def test_alt_picks_the_class_under_the_cursor(qtbot: QtBot, canvas: Canvas) -> None:
    assert canvas.document is not None
    canvas.document.predict(np.full(SIZE, 2, np.uint8))
    for tool in ("brush", "eraser", "fill"):
        canvas.state.set_class(4)
        canvas.state.set_tool(tool)
        qtbot.mouseClick(canvas, LEFT, Qt.KeyboardModifier.AltModifier, pos=at(canvas, 50, 50))
        assert canvas.state.class_id == 2
    assert len(canvas.document.history.done) == 1


def test_the_eraser_paints_background_and_fill_a_region(qtbot: QtBot, canvas: Canvas) -> None:
    assert canvas.document is not None
    canvas.document.predict(np.full(SIZE, 2, np.uint8))
    qtbot.keyClick(canvas, Qt.Key.Key_E)
    canvas.state.set_size(11)
    qtbot.mouseClick(canvas, LEFT, pos=at(canvas, 50, 50))
    assert labels(canvas)[50, 50] == 0
    qtbot.keyClick(canvas, Qt.Key.Key_G)
    qtbot.keyClick(canvas, Qt.Key.Key_1)
    qtbot.mouseClick(canvas, LEFT, pos=at(canvas, 50, 50))
    assert labels(canvas)[50, 50] == 1
    assert labels(canvas)[5, 5] == 2


def test_a_stroke_that_changes_nothing_says_why(qtbot: QtBot, canvas: Canvas) -> None:
    canvas.state.toggle_lock(3)
    qtbot.mouseClick(canvas, LEFT, pos=at(canvas, 50, 50))
    assert canvas.saying == "Clothes is locked"
    canvas.state.toggle_lock(3)
    canvas.state.set_class(0)
    qtbot.mouseClick(canvas, LEFT, pos=at(canvas, 50, 50))
    assert canvas.saying == "Already background"
    qtbot.waitUntil(lambda: canvas.saying == "", timeout=4000)


def test_keys_choose_class_size_and_tool(qtbot: QtBot, canvas: Canvas) -> None:
    for digit in range(5):
        qtbot.keyClick(canvas, str(digit))
        assert canvas.state.class_id == digit
    qtbot.keyClick(canvas, Qt.Key.Key_X)
    assert canvas.state.class_id == 3
    qtbot.keyClick(canvas, Qt.Key.Key_X)
    assert canvas.state.class_id == 4
    qtbot.keyClick(canvas, Qt.Key.Key_BracketRight)
    assert canvas.state.size == 45
    qtbot.keyClick(canvas, Qt.Key.Key_BracketLeft)
    assert canvas.state.size == 40
    for letter, name in (("E", "eraser"), ("G", "fill"), ("H", "hand"), ("Z", "zoom"), ("B", "brush")):
        hold(canvas, getattr(Qt.Key, f"Key_{letter}"), 80)
        assert canvas.state.tool == name


def test_a_tool_key_held_is_a_loan(canvas: Canvas) -> None:
    hold(canvas, Qt.Key.Key_E, 500)
    assert canvas.state.tool == "brush"
    key(canvas, QEvent.Type.KeyPress, Qt.Key.Key_H, 100)
    assert canvas.state.tool == "hand"
    canvas.clearFocus()
    assert canvas.state.tool == "brush"


def test_q_taps_the_overlay_off_and_on_and_holds_it_off(canvas: Canvas) -> None:
    hold(canvas, Qt.Key.Key_Q, 50)
    assert not canvas.state.overlay
    hold(canvas, Qt.Key.Key_Q, 50)
    assert canvas.state.overlay
    key(canvas, QEvent.Type.KeyPress, Qt.Key.Key_Q, 100)
    assert not canvas.state.overlay
    key(canvas, QEvent.Type.KeyRelease, Qt.Key.Key_Q, 900)
    assert canvas.state.overlay


def test_space_pans_in_mid_stroke_and_the_stroke_goes_on(qtbot: QtBot, canvas: Canvas) -> None:
    canvas.state.set_size(5)
    qtbot.mousePress(canvas, LEFT, pos=at(canvas, 30, 30))
    left = canvas.transform.left
    key(canvas, QEvent.Type.KeyPress, Qt.Key.Key_Space, 100)
    start = at(canvas, 30, 30)
    qtbot.mouseMove(canvas, start)
    qtbot.mouseMove(canvas, start + QPoint(60, 0))
    assert canvas.transform.left == left + 60
    key(canvas, QEvent.Type.KeyRelease, Qt.Key.Key_Space, 400)
    qtbot.mouseMove(canvas, at(canvas, 100, 100))
    qtbot.mouseRelease(canvas, LEFT, pos=at(canvas, 100, 100))
    assert canvas.document is not None
    assert len(canvas.document.history.done) == 1
    assert labels(canvas)[30, 30] == 3
    assert labels(canvas)[100, 100] == 3
    assert labels(canvas)[65, 65] == 0  # no line across what was only panned over


def test_the_middle_button_and_the_hand_pan(qtbot: QtBot, canvas: Canvas) -> None:
    for button, tool in ((MIDDLE, "brush"), (LEFT, "hand")):
        canvas.state.set_tool(tool)
        left, top = canvas.transform.left, canvas.transform.top
        qtbot.mousePress(canvas, button, pos=QPoint(200, 200))
        qtbot.mouseMove(canvas, QPoint(230, 190))
        qtbot.mouseRelease(canvas, button, pos=QPoint(230, 190))
        assert (canvas.transform.left, canvas.transform.top) == (left + 30, top - 10)
    assert not labels(canvas).any()


def test_the_wheel_zooms_at_the_cursor(canvas: Canvas) -> None:
    place = QPointF(180, 210)
    before = canvas.transform.to_photo(180, 210)
    none, up = Qt.MouseButton.NoButton, QPoint(0, 120)
    wheel = QWheelEvent(
        place, place, QPoint(), up, none, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False
    )
    scale = canvas.transform.scale
    QApplication.sendEvent(canvas, wheel)
    assert canvas.transform.scale == pytest.approx(scale * 1.25)
    assert canvas.transform.to_screen(*before) == pytest.approx((180, 210), abs=0.51)


def test_escape_takes_the_stroke_back(qtbot: QtBot, canvas: Canvas) -> None:
    qtbot.mousePress(canvas, LEFT, pos=at(canvas, 50, 50))
    assert labels(canvas).any()
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    qtbot.mouseRelease(canvas, LEFT, pos=at(canvas, 60, 60))
    assert not labels(canvas).any()
    assert canvas.document is not None
    assert canvas.document.history.done == []


@pytest.mark.parametrize("zoom", [0.4, 1.0, 3.0])
def test_a_dab_repaints_what_a_whole_repaint_shows(qtbot: QtBot, canvas: Canvas, zoom: float) -> None:
    canvas.zoom_at(zoom, (250, 230))
    QApplication.processEvents()
    canvas.grab()
    qtbot.mouseClick(canvas, LEFT, pos=QPoint(250, 230))
    QApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave))
    QApplication.processEvents()
    shown = picture(canvas.screen().grabWindow(canvas.winId()).toImage())
    whole = picture(canvas.grab().toImage())
    assert shown.shape == whole.shape
    assert np.abs(shown - whole).max() <= 2  # smooth scaling rounds differently in a part


def test_photos_of_odd_sizes_are_painted(qtbot: QtBot, canvas: Canvas) -> None:
    for size in ((1, 1), (1, 7), (333, 1), (35, 21)):
        canvas.show_document(
            Document(Path("b.jpg"), np.zeros(size, np.uint8)), PhotoLayer(np.zeros((*size, 3), np.uint8), [])
        )
        where = at(canvas, size[1] / 2, size[0] / 2)
        qtbot.mouseClick(canvas, LEFT, pos=where)
        assert labels(canvas)[size[0] // 2, size[1] // 2] == 3
        canvas.grab()


def test_f_shows_outlines_only_and_o_lifts_shadows_while_held(canvas: Canvas) -> None:
    hold(canvas, Qt.Key.Key_F, 50)
    assert canvas.state.fill == 0
    hold(canvas, Qt.Key.Key_F, 50)
    assert canvas.state.fill == 35
    hold(canvas, Qt.Key.Key_O, 900)
    assert not canvas.state.lifted
    key(canvas, QEvent.Type.KeyPress, Qt.Key.Key_O, 100)
    assert canvas.state.lifted
    canvas.clearFocus()
    assert not canvas.state.lifted


def test_an_error_while_painting_does_not_end_the_process(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.photo_layer = PhotoLayer(np.zeros((*SIZE, 3), np.uint8), [])
    canvas.photo_layer._images.clear()
    with qtbot.captureExceptions() as caught:
        canvas.update()
        QApplication.processEvents()
    assert [kind for kind, _, _ in caught] == [IndexError]


def test_a_pinch_zooms_where_the_fingers_are(canvas: Canvas) -> None:
    before = canvas.transform.to_photo(120.0, 90.0)
    scale = canvas.transform.scale
    place = QPointF(120, 90)
    pinch = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture,
        QPointingDevice.primaryPointingDevice(),
        2,
        place,
        place,
        place,
        0.5,
        QPointF(),
    )
    QApplication.sendEvent(canvas, pinch)
    assert canvas.transform.scale == pytest.approx(1.5 * scale)
    assert canvas.transform.to_photo(120.0, 90.0) == pytest.approx(before)
