"""Who has the keyboard: given back to what is still there, and to nobody when the window is closed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from chromadesk import settings
from chromadesk.studio import keyboard
from chromadesk.studio.window import COLOURS, Window
from tests.faults.hearing import hearing


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """No settings before and after."""
    settings.path().unlink(missing_ok=True)
    yield
    settings.path().unlink(missing_ok=True)


def delete(widget: object) -> None:
    widget.deleteLater()  # type: ignore[attr-defined]
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_what_was_deleted_is_nobody(qtbot: QtBot, dressed: QApplication) -> None:
    holder, button = keyboard.Holder(), QPushButton()
    holder.remember(button)
    assert holder.get() is button
    assert holder.take() is button
    assert holder.take() is None
    holder.remember(button)
    delete(button)
    assert holder.get() is None


def test_a_page_outlives_the_notice_that_had_the_keyboard(qtbot: QtBot, window: Window, folder: Path) -> None:
    window.activateWindow()
    window.session.open_dataset(folder)
    qtbot.waitUntil(lambda: window.session.document is not None)
    overlays, notices = window.overlays, window.notices
    for way in (overlays.finder.toggle, overlays.keys.shut):
        notices.show("Something happened.", "warning", "Do it", lambda: None)
        notices.shown[0].cross.setFocus()
        overlays.keys.unfold()
        notices.dismiss(notices.shown[0])
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        way()
        overlays.finder.shut()
        overlays.keys.shut()
        assert QApplication.focusWidget() is window.paint.canvas


@pytest.mark.parametrize("closed", [False, True], ids=["open", "closed already"])
def test_what_popped_up_goes_with_the_window(qtbot: QtBot, dressed: QApplication, folder: Path, closed: bool) -> None:
    window = Window()
    window.session.active.path = None
    window.show()
    window.session.open_dataset(folder, show=False)
    if closed:
        window.leave()
    button = window.top.progress
    menu = button.menu()
    menu.popup(window.pos())
    button.form.goal.setFocus()
    button.form.goal.setValue(7)
    window.leave()
    assert menu.isHidden()
    assert button.day.goal == settings.get("daily goal") == 7
    with hearing() as wrong:
        delete(window)
    assert wrong == []


def test_a_name_that_is_being_typed_is_kept_before_the_window_goes(
    qtbot: QtBot, dressed: QApplication, folder: Path
) -> None:
    window = Window()
    window.session.active.path = None
    window.show()
    window.activateWindow()
    window.session.open_dataset(folder)
    qtbot.waitUntil(lambda: window.session.document is not None)
    window.show_workspace(COLOURS)
    field, done = QLineEdit(window.colours), []
    field.editingFinished.connect(lambda: done.append(window.session.dataset is not None))
    field.show()
    field.setFocus()
    qtbot.keyClicks(field, "Coat")
    window.leave()
    assert done == [True]
    with hearing() as wrong:
        delete(window)
    assert wrong == []
