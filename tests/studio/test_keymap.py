"""Keys: their own, a person's, conflicts, and that the table names every key the canvas knows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from pytestqt.qtbot import QtBot

from chromadesk import settings
from chromadesk.studio.actions import TABLE
from chromadesk.studio.keymap import CANVAS_KEYS, Keymap
from chromadesk.studio.tools.box import TOOLS
from chromadesk.studio.window import Window

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """No settings before and after."""
    settings.path().unlink(missing_ok=True)
    yield
    settings.path().unlink(missing_ok=True)


def press(window: Window, key: int) -> bool:
    """Whether the canvas took the key."""
    keys = window.paint.canvas.keys
    down = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)
    taken = keys.press(down)
    keys.release(QKeyEvent(QEvent.Type.KeyRelease, key, Qt.KeyboardModifier.NoModifier))
    return taken


def test_no_two_commands_share_a_key() -> None:
    keys = [QKeySequence(key).toString() for spec in TABLE for key in spec.keys]
    keys += [tool.key for tool in TOOLS] + [each.key for each in CANVAS_KEYS]
    assert len(set(keys)) == len(keys)


def test_every_key_the_canvas_takes_is_in_the_table(window: Window) -> None:
    """A key that is added to canvas/keys.py but to no table would be missing on the page of keys."""
    named = {tool.key for tool in TOOLS} | {each.key for each in CANVAS_KEYS}
    signs = [*map(chr, range(ord("!"), ord("a"))), *"{|}~"]
    assert {sign for sign in signs if press(window, ord(sign))} == named


@pytest.mark.parametrize(
    ("name", "key", "why"),
    [
        ("save", "Ctrl+O", "Open folder"),
        ("save", "Ctrl+Y", "Redo"),
        ("save", "P", "belongs to the canvas"),
        ("save", "Space", "cannot be given away"),
        ("tool.brush", "E", "Eraser"),
        ("tool.brush", "3", "Paint clothes"),
        ("tool.brush", "Ctrl+P", "key of the canvas"),
        ("tool.brush", "Esc", "cannot be given away"),
        ("tool.brush", "Ctrl+K, Ctrl+B", "no key"),
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(qtbot: QtBot, name: str, key: str, why: str) -> None:
    keymap = Keymap()
    before = keymap.keys(name)
    assert why in keymap.bind(name, QKeySequence(key))
    assert keymap.keys(name) == before
    assert not settings.path().exists()


def test_a_changed_action_works_and_is_kept(qtbot: QtBot, window: Window) -> None:
    with qtbot.waitSignal(window.keymap.changed):
        assert window.keymap.bind("show_model", QKeySequence("Ctrl+M")) == ""
    assert window.actions_table["show_model"].toolTip() == "Model (Ctrl+M)"
    qtbot.keyClick(window, Qt.Key.Key_F4)
    assert window.workspaces.currentIndex() == 0
    qtbot.keyClick(window, Qt.Key.Key_M, CTRL)
    assert window.workspaces.currentIndex() == 2
    assert Keymap().keys("show_model") == ("Ctrl+M",)
    assert Keymap().bind("save", QKeySequence("F4")) == ""  # it is free now
    assert "Save mask" in Keymap().reset("show_model")


def test_a_changed_key_of_the_canvas_works_and_the_old_one_is_free(window: Window) -> None:
    state, keymap = window.tool_state, window.keymap
    assert keymap.bind("tool.eraser", QKeySequence("U")) == ""
    assert not press(window, Qt.Key.Key_E)
    assert press(window, Qt.Key.Key_U)
    assert state.tool == "eraser"
    assert window.paint.tools.buttons["eraser"].toolTip() == "Eraser (U)"
    assert keymap.bind("class.4", QKeySequence("E")) == ""
    press(window, Qt.Key.Key_E)
    assert state.class_id == 4
    assert window.paint.classes.rows[4].toolTip() == "Paint hair (E)"
    assert keymap.bind("canvas.size_up", QKeySequence(".")) == ""
    before = state.size
    press(window, Qt.Key.Key_Period)
    assert state.size > before
    assert not press(window, Qt.Key.Key_BracketRight)
    assert keymap.reset_all() == ""
    assert press(window, Qt.Key.Key_E)
    assert state.tool == "eraser"
    assert settings.get("keys") == {}


def test_two_keys_can_change_places(window: Window) -> None:
    for name, key in (("tool.brush", "U"), ("tool.eraser", "B"), ("tool.brush", "E")):
        assert window.keymap.bind(name, QKeySequence(key)) == ""
    press(window, Qt.Key.Key_B)
    assert window.tool_state.tool == "eraser"
    press(window, Qt.Key.Key_E)
    assert window.tool_state.tool == "brush"


def test_nonsense_in_the_settings_does_not_stop_the_window(qtbot: QtBot) -> None:
    settings.put("keys", {"save": 3, "tool.brush": "", "gone": "Ctrl+J", "undo": "Ctrl+U"})
    keymap = Keymap()
    assert keymap.keys("save") == ("Ctrl+S",)
    assert keymap.keys("tool.brush") == ("B",)
    assert keymap.keys("undo") == ("Ctrl+U",)
    assert keymap.meaning(Qt.Key.Key_B) == Qt.Key.Key_B


def test_hints_say_the_keys_there_are(window: Window) -> None:
    hint = window.paint.options.hint
    assert "[ ]: size    X: swap classes" in hint.text()
    assert window.keymap.bind("canvas.swap", QKeySequence("K")) == ""
    assert window.keymap.bind("canvas.size_up", QKeySequence("X")) == ""
    assert "[ X: size    K: swap classes" in hint.text()
    assert "Alt: pick class    Shift-click: straight line" in hint.toolTip()
    assert "([ and X)" in window.paint.options.slider.toolTip()
    window.tool_state.set_tool("zoom")
    assert window.keymap.bind("fit", QKeySequence("Ctrl+9")) == ""
    assert "Ctrl+9: fit    Ctrl+1: 100 %" in hint.text()
    assert window.keymap.reset_all() == ""
    window.tool_state.set_tool("brush")
    assert "[ ]: size    X: swap classes" in hint.text()
