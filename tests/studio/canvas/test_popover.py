"""The right-click popover in the real window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu, QSlider, QWidgetAction
from pytestqt.qtbot import QtBot

from chromadesk.studio.window import Window

# The offscreen platform says so each time a menu opens.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def opened(qtbot: QtBot, window: Window, folder: Path) -> Window:
    assert window.session.open_dataset(folder)
    qtbot.waitUntil(lambda: window.session.document is not None)
    window.session.active.path = None
    return window


def right_click(qtbot: QtBot, window: Window, row: float, column: float) -> QMenu:
    canvas = window.paint.canvas
    x, y = canvas.transform.to_screen(column, row)
    place = QPoint(round(x), round(y))
    QApplication.sendEvent(canvas, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, canvas.mapToGlobal(place)))
    menu = window.paint.popover.menu
    assert menu is not None
    qtbot.waitUntil(menu.isVisible)
    return menu


def entry(menu: QMenu, text: str) -> QAction:
    return next(action for action in menu.actions() if text in action.text())


def test_a_digit_takes_a_class_and_the_canvas_has_the_keyboard(qtbot: QtBot, opened: Window) -> None:
    opened.activateWindow()
    menu = right_click(qtbot, opened, 5, 5)
    assert entry(menu, "Clothes").isChecked()
    qtbot.keyClick(menu, "1")
    qtbot.waitUntil(lambda: opened.paint.popover.menu is None)
    assert opened.tool_state.class_id == 1
    assert opened.focusWidget() is opened.paint.canvas
    assert opened.session.document is not None
    assert opened.session.document.history.done == []


def test_arrows_walk_it_and_escape_closes_it(qtbot: QtBot, opened: Window) -> None:
    menu = right_click(qtbot, opened, 5, 5)
    passed = []
    for _ in range(8):
        qtbot.keyClick(
            QApplication.focusWidget() if QApplication.activePopupWidget() is None else menu, Qt.Key.Key_Down
        )
        action = menu.activeAction()
        assert action is not None
        passed.append(action.text()[1:2])
    assert passed[:5] == ["0", "1", "2", "3", "4"]
    assert menu.activeAction().text() == "Keep this person only"
    qtbot.keyClick(menu, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: opened.paint.popover.menu is None)
    assert opened.tool_state.class_id == 3


def test_its_slider_sets_the_size(qtbot: QtBot, opened: Window) -> None:
    menu = right_click(qtbot, opened, 5, 5)
    widget = next(action for action in menu.actions() if isinstance(action, QWidgetAction)).defaultWidget()
    slider = widget.findChild(QSlider)
    assert slider is not None
    slider.setValue(100)
    assert opened.tool_state.size == 100
    assert menu.isVisible()
    menu.close()


def test_fill_the_region_under_it(qtbot: QtBot, opened: Window) -> None:
    document = opened.session.document
    assert document is not None
    opened.tool_state.toggle_lock(4)
    menu = right_click(qtbot, opened, 80, 40)
    submenu = entry(menu, "Fill region with").menu()
    assert isinstance(submenu, QMenu)
    names = [action.text().split()[1] for action in submenu.actions()]
    assert names == ["Background", "Accessories", "Skin", "Hair"]  # it is clothes already
    assert not entry(submenu, "Hair").isEnabled()
    entry(submenu, "Skin").trigger()
    menu.close()
    assert document.labels[80, 40] == 2
    assert [step.kind for step in document.history.done] == ["fill"]
    assert opened.tool_state.class_id == 3


def test_keep_this_person_begins_there(qtbot: QtBot, opened: Window) -> None:
    menu = right_click(qtbot, opened, 80, 40)
    entry(menu, "Keep this person only").trigger()
    menu.close()
    cleaning = opened.paint.cleaning
    qtbot.waitUntil(lambda: cleaning.ready)
    assert cleaning.active is not None
    assert cleaning.active.name == "person"


def test_beside_the_photo_and_in_a_stroke(qtbot: QtBot, opened: Window) -> None:
    canvas = opened.paint.canvas
    menu = right_click(qtbot, opened, 5, -4)
    assert not any("Fill region" in action.text() for action in menu.actions())
    menu.close()
    QApplication.processEvents()
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(200, 200))
    opened.paint.popover.open(QPoint(200, 200))
    assert opened.paint.popover.menu is None
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(200, 200))


def test_menus_do_not_pile_up(qtbot: QtBot, opened: Window) -> None:
    before = len(opened.findChildren(QMenu))
    for _ in range(5):
        right_click(qtbot, opened, 30, 40).close()
        qtbot.waitUntil(lambda: opened.paint.popover.menu is None)
    qtbot.waitUntil(lambda: len(opened.findChildren(QMenu)) == before)
