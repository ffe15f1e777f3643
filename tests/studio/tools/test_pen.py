"""Brush and eraser under a pen, with the events Qt sends: each of the tablet, then the mouse event made of it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QMouseEvent, QPointingDevice, QTabletEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chromadesk.editing.brush import dab, taper
from chromadesk.studio.canvas.photo_layer import PhotoLayer
from chromadesk.studio.canvas.view import Canvas
from chromadesk.studio.window import Window

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
Kind = QEvent.Type
MOUSE = {
    Kind.TabletPress: Kind.MouseButtonPress,
    Kind.TabletMove: Kind.MouseMove,
    Kind.TabletRelease: Kind.MouseButtonRelease,
}


def stylus(*, pressure: bool = True) -> QPointingDevice:
    has = QInputDevice.Capability.Position
    return QPointingDevice(
        "pen",
        7,
        QInputDevice.DeviceType.Stylus,
        QPointingDevice.PointerType.Pen,
        has | QInputDevice.Capability.Pressure if pressure else has,
        1,
        3,
    )


class Hand:
    """A pen over the canvas."""

    def __init__(self, canvas: Canvas, device: QPointingDevice) -> None:
        self.canvas, self.device = canvas, device

    def send(self, kind: QEvent.Type, place: QPoint, pressure: float) -> None:
        where, none = QPointF(place), Qt.KeyboardModifier.NoModifier
        button = NONE if kind == Kind.TabletMove else LEFT
        buttons = LEFT if kind == Kind.TabletPress or (kind == Kind.TabletMove and pressure) else NONE
        event = QTabletEvent(kind, self.device, where, where, pressure, 0, 0, 0, 0, 0, none, button, buttons)
        QApplication.sendEvent(self.canvas, event)
        assert not event.isAccepted()  # or Qt makes no mouse event of it
        QApplication.sendEvent(self.canvas, QMouseEvent(MOUSE[kind], where, where, button, buttons, none))


@pytest.fixture
def pen(canvas: Canvas) -> Hand:
    return Hand(canvas, stylus())


def test_pressure_is_size(canvas: Canvas, pen: Hand, at: Callable[[float, float], QPoint]) -> None:
    assert canvas.document is not None
    way = [(at(40, 50), 0.25), (at(60, 60), 0.5), (at(90, 60), 1.0)]
    pen.send(Kind.TabletPress, *way[0])
    for place, pressure in way[1:]:
        pen.send(Kind.TabletMove, place, pressure)
    pen.send(Kind.TabletRelease, way[-1][0], 0.0)
    points = [canvas.transform.to_photo(place.x(), place.y()) for place, _ in way]
    wanted = np.zeros(canvas.document.size, np.uint8)
    for box, mask in (
        dab(points[0], 10),
        taper(points[0], 10, points[1], 20),
        taper(points[1], 20, points[2], 40),
    ):
        wanted[box.slices][mask] = 3
    assert np.array_equal(canvas.document.labels, wanted)
    assert len(canvas.document.history.done) == 1


def test_the_ring_follows_and_is_whole_again_for_the_mouse(
    qtbot: QtBot, canvas: Canvas, pen: Hand, at: Callable[[float, float], QPoint]
) -> None:
    assert canvas.document is not None
    canvas.state.set_tool("eraser")
    canvas.document.predict(np.full(canvas.document.size, 2, np.uint8))

    def ring() -> int:
        """How wide the ring is painted, in canvas pixels: from the middle to white at its right."""
        line = canvas.grab().toImage()
        row = at(70, 90).y()
        white = [x for x in range(at(70, 90).x(), line.width()) if line.pixelColor(x, row).lightness() > 110]
        return white[0] - at(70, 90).x()

    canvas.state.set_overlay(False)
    canvas.show_document(canvas.document, PhotoLayer(np.zeros((*canvas.document.size, 3), np.uint8), []))
    pen.send(Kind.TabletMove, at(70, 90), 0.0)
    full = ring()
    pen.send(Kind.TabletPress, at(70, 90), 0.5)
    assert ring() == pytest.approx(full / 2, abs=2)
    pen.send(Kind.TabletRelease, at(70, 90), 0.0)
    assert ring() == full
    painted = int((canvas.document.labels == 0).sum())
    assert painted == int(dab((0, 0), 20)[1].sum())
    qtbot.mouseClick(canvas, LEFT, pos=at(70, 90))
    assert int((canvas.document.labels == 0).sum()) == int(dab((0, 0), 40)[1].sum())


def test_the_switch_turns_it_off(canvas: Canvas, pen: Hand, at: Callable[[float, float], QPoint]) -> None:
    assert canvas.document is not None
    canvas.state.set_pressure_size(False)
    pen.send(Kind.TabletPress, at(70, 90), 0.1)
    pen.send(Kind.TabletRelease, at(70, 90), 0.0)
    assert int((canvas.document.labels == 3).sum()) == int(dab((0, 0), 40)[1].sum())


def test_the_switch_appears_with_the_first_pen_that_feels_pressure(window: Window) -> None:
    switch, canvas = window.paint.options.tool_options.pressure, window.paint.canvas
    place = QPoint(100, 100)
    Hand(canvas, stylus(pressure=False)).send(Kind.TabletMove, place, 0.0)
    assert switch.isHidden()
    Hand(canvas, stylus()).send(Kind.TabletMove, place, 0.0)
    assert switch.isVisible()
    assert switch.isChecked()
    switch.click()
    assert not window.tool_state.pressure_size
    window.tool_state.set_tool("hand")
    assert not switch.isVisible()
    window.tool_state.set_tool("eraser")
    assert switch.isVisible()
    assert not switch.isChecked()
