"""Clean-ups in the real window: preview, strength, yes, no, and what cuts in."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from chromadesk.editing import cleanup
from chromadesk.editing.document import Document
from chromadesk.editing.store import open_document
from chromadesk.masks import write_mask
from chromadesk.studio.actions import CLEAN_UP, TABLE
from chromadesk.studio.cleaning import Cleaning
from chromadesk.studio.cleanups import BY_NAME, CLEAN_UPS
from chromadesk.studio.window import Window

LEFT = Qt.MouseButton.LeftButton
KEYS = {"smooth": Qt.Key.Key_F7, "holes": Qt.Key.Key_F5, "specks": Qt.Key.Key_F8, "person": Qt.Key.Key_F9}


def untidy() -> np.ndarray:
    """A person with a hole, a speck and a bystander."""
    labels = np.zeros((120, 80), np.uint8)
    labels[10:25, 30:50] = 4
    labels[25:40, 32:48] = 2
    labels[40:110, 25:55] = 3
    labels[60:62, 30:32] = 0
    labels[80:81, 40:42] = 1
    labels[41:109:2, 54] = 0
    labels[20:100, 2:12] = 3
    return labels


@pytest.fixture
def tidying(qtbot: QtBot, window: Window, folder: Path) -> Window:
    """The window on the untidy mask."""
    write_mask(folder / "B" / "01.png", untidy())
    assert window.session.open_dataset(folder)
    qtbot.waitUntil(lambda: window.session.document is not None)
    window.session.active.path = None
    return window


def document(window: Window) -> Document:
    assert window.session.document is not None
    return window.session.document


def look(qtbot: QtBot, window: Window, name: str) -> Cleaning:
    cleaning = window.paint.cleaning
    qtbot.keyClick(window.paint.canvas, KEYS[name], Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: cleaning.ready)
    return cleaning


def at(window: Window, row: float, column: float) -> QPoint:
    x, y = window.paint.canvas.transform.to_screen(column, row)
    return QPoint(round(x), round(y))


@pytest.mark.parametrize("name", KEYS)
def test_a_key_shows_it_enter_makes_it_one_step(qtbot: QtBot, tidying: Window, name: str) -> None:
    before, canvas = document(tidying).labels.copy(), tidying.paint.canvas
    plain = canvas.grab().toImage()
    cleaning = look(qtbot, tidying, name)
    bar, preview = cleaning.bar, canvas.preview
    assert preview is not None
    assert bar.isVisible()
    assert bar.title.text() == BY_NAME[name].title
    assert bar.count.text() == f"{preview.count:,} px change"
    assert canvas.grab().toImage() != plain
    assert np.array_equal(document(tidying).labels, before)
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    changed = document(tidying).labels != before
    assert changed.sum() == preview.count > 0
    assert np.array_equal(document(tidying).touched, changed)
    assert canvas.preview is None
    assert not bar.isVisible()
    history = tidying.paint.history.model
    assert history.data(history.index(1)) == BY_NAME[name].title
    assert document(tidying).undo() == name
    assert np.array_equal(document(tidying).labels, before)


@pytest.mark.parametrize("name", KEYS)
def test_escape_leaves_the_mask_as_it_was(qtbot: QtBot, tidying: Window, name: str) -> None:
    before = document(tidying).labels.copy()
    cleaning = look(qtbot, tidying, name)
    assert not tidying.paint.options.approve.objectName()  # one primary button at a time
    qtbot.keyClick(tidying.paint.canvas, Qt.Key.Key_Escape)
    assert cleaning.active is None
    assert tidying.paint.options.approve.objectName() == "primary"
    assert np.array_equal(document(tidying).labels, before)
    assert document(tidying).history.done == []


def test_the_slider_looks_again_and_is_remembered(qtbot: QtBot, tidying: Window) -> None:
    cleaning = look(qtbot, tidying, "holes")
    preview = tidying.paint.canvas.preview
    assert preview is not None
    cleaning.bar.slider.setValue(1)
    assert not cleaning.ready
    qtbot.waitUntil(lambda: cleaning.ready)
    assert cleaning.bar.count.text() == "Nothing to clean up"
    assert tidying.paint.canvas.saying == "Nothing to clean up"
    assert not cleaning.bar.apply.isEnabled()
    qtbot.keyClick(tidying.paint.canvas, Qt.Key.Key_BracketRight)
    assert cleaning.bar.slider.value() == 2
    qtbot.keyClick(tidying.paint.canvas, Qt.Key.Key_Return)  # applied as soon as it is there
    qtbot.waitUntil(lambda: cleaning.active is None)
    assert np.array_equal(document(tidying).labels, cleanup.fill_holes(untidy(), 4))
    assert look(qtbot, tidying, "holes").bar.slider.value() == 2


def test_a_stroke_cancels_and_paints_hand_and_zoom_only_look(qtbot: QtBot, tidying: Window) -> None:
    cleaning, canvas = look(qtbot, tidying, "specks"), tidying.paint.canvas
    for tool in ("hand", "zoom"):
        tidying.tool_state.set_tool(tool)
        qtbot.mouseClick(canvas, LEFT, pos=at(tidying, 60, 70))
        assert cleaning.active is not None
    canvas.fit()
    tidying.tool_state.set_tool("brush")
    tidying.tool_state.set_size(5)
    qtbot.mouseClick(canvas, LEFT, pos=at(tidying, 60, 70))
    assert cleaning.active is None
    assert document(tidying).labels[60, 70] == 3
    assert [step.kind for step in document(tidying).history.done] == ["brush"]


def test_a_click_says_who_stays(qtbot: QtBot, tidying: Window) -> None:
    cleaning, canvas = look(qtbot, tidying, "person"), tidying.paint.canvas
    assert canvas.cursor().shape() == Qt.CursorShape.PointingHandCursor
    qtbot.mouseClick(canvas, LEFT, pos=at(tidying, 60, 7))
    qtbot.waitUntil(lambda: cleaning.ready)
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    kept = np.zeros((120, 80), np.uint8)
    kept[20:100, 2:12] = 3
    assert np.array_equal(document(tidying).labels, kept)
    assert [step.kind for step in document(tidying).history.done] == ["person"]


def test_locks_are_honoured_also_when_they_close_meanwhile(qtbot: QtBot, tidying: Window) -> None:
    cleaning = look(qtbot, tidying, "person")
    tidying.tool_state.toggle_lock(3)
    qtbot.waitUntil(lambda: cleaning.ready)
    assert cleaning.bar.count.text() == "Nothing to clean up"
    cleaning.cancel()
    tidying.tool_state.toggle_lock(0)
    cleaning.begin("person")
    assert cleaning.active is None
    assert tidying.paint.canvas.saying == "Background is locked"


def test_another_step_is_taken_into_account(qtbot: QtBot, tidying: Window) -> None:
    cleaning = look(qtbot, tidying, "specks")
    everything = np.full((120, 80), 2, np.uint8)
    everything[5, 5] = 1
    document(tidying).predict(everything)
    assert not cleaning.ready
    qtbot.waitUntil(lambda: cleaning.ready)
    qtbot.keyClick(tidying.paint.canvas, Qt.Key.Key_Return)
    assert (document(tidying).labels == 2).all()


def test_only_what_is_in_view(qtbot: QtBot, tidying: Window) -> None:
    canvas = tidying.paint.canvas
    canvas.zoom_at(6, canvas.transform.to_screen(40, 81))
    cleaning = look(qtbot, tidying, "specks")
    cleaning.bar.view_only.setChecked(True)
    qtbot.waitUntil(lambda: cleaning.ready)
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    changed = np.argwhere(document(tidying).labels != untidy())
    assert {(int(row), int(column)) for row, column in changed} >= {(80, 40), (80, 41)}
    assert (60, 30) not in {(int(row), int(column)) for row, column in changed}


def test_another_photo_ends_it(qtbot: QtBot, tidying: Window, show) -> None:
    cleaning = look(qtbot, tidying, "holes")
    show(tidying.session, "A/02.jpg")
    assert cleaning.active is None
    assert tidying.paint.canvas.preview is None
    assert document(tidying).history.done == []


def test_the_bar_keeps_clicks_and_gives_the_keyboard_back(qtbot: QtBot, tidying: Window) -> None:
    cleaning, canvas = look(qtbot, tidying, "holes"), tidying.paint.canvas
    tidying.activateWindow()
    qtbot.mouseClick(cleaning.bar, LEFT, pos=QPoint(3, 3))
    assert cleaning.active is not None
    assert document(tidying).history.done == []
    cleaning.bar.slider.setFocus()
    qtbot.keyClick(cleaning.bar.slider, Qt.Key.Key_Return)
    assert document(tidying).history.done[0].kind == "holes"
    assert tidying.focusWidget() is canvas
    cleaning = look(qtbot, tidying, "specks")
    qtbot.mouseClick(cleaning.bar.cancel, LEFT)
    assert cleaning.active is None
    assert tidying.focusWidget() is canvas


@pytest.mark.parametrize("width", [960, 1440])
def test_the_bar_has_room_for_its_words(qtbot: QtBot, tidying: Window, width: int) -> None:
    tidying.resize(width, 700)
    for name in KEYS:
        bar = look(qtbot, tidying, name).bar
        assert bar.width() == tidying.paint.canvas.width()
        for label in (bar.title, bar.amount, bar.count):
            assert label.width() >= label.fontMetrics().horizontalAdvance(label.text())
            assert bar.rect().contains(label.geometry())
        assert bar.rect().contains(bar.apply.geometry())


def test_the_step_survives_in_the_journal(qtbot: QtBot, tidying: Window) -> None:
    look(qtbot, tidying, "holes")
    qtbot.keyClick(tidying.paint.canvas, Qt.Key.Key_Return)
    cleaned = document(tidying).labels.copy()
    item, dataset = tidying.session.item, tidying.session.dataset
    assert item is not None
    assert dataset is not None
    tidying.session.save()
    tidying.session.flush()
    again = open_document(item, dataset.state)
    assert np.array_equal(again.document.labels, cleaned)
    again.close()


def test_menu_and_table_agree() -> None:
    in_menu = {spec.name: spec.text for spec in TABLE if spec.group == CLEAN_UP}
    assert in_menu == {each.name: each.title for each in CLEAN_UPS}
