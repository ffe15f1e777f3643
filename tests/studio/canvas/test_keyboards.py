"""UK and German keyboards: brackets by their place, letters and signs by what is printed on the key.

The events are those that X11 sends (``setxkbmap gb`` and ``de``): key, text and the scan code of the key's place.
"""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chromadesk.studio.canvas.view import Canvas
from chromadesk.studio.window import Window

_NONE, _SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
_CTRL, _ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
_ALT_GR = Qt.KeyboardModifier.GroupSwitchModifier

#: What stands at the places of the American [ and ], and of the American Z and Y.
_PLACES = {
    "uk": {
        34: (Qt.Key.Key_BracketLeft, "["),
        35: (Qt.Key.Key_BracketRight, "]"),
        52: (Qt.Key.Key_Z, "z"),
        29: (Qt.Key.Key_Y, "y"),
    },
    "german": {
        34: (Qt.Key.Key_Udiaeresis, "ü"),
        35: (Qt.Key.Key_Plus, "+"),
        29: (Qt.Key.Key_Z, "z"),
        52: (Qt.Key.Key_Y, "y"),
    },
}
#: Shift and a digit, from 0 to 4.
_SHIFTED = {
    "uk": [Qt.Key.Key_ParenRight, Qt.Key.Key_Exclam, Qt.Key.Key_QuoteDbl, Qt.Key.Key_sterling, Qt.Key.Key_Dollar],
    "german": [Qt.Key.Key_Equal, Qt.Key.Key_Exclam, Qt.Key.Key_QuoteDbl, Qt.Key.Key_section, Qt.Key.Key_Dollar],
}
_DIGITS = [19, 10, 11, 12, 13]
#: Where Windows and macOS have the places of [ and ].
_ELSEWHERE = {"win32": {34: 26, 35: 27}, "darwin": {34: 33, 35: 30}}.get(sys.platform, {})


def tap(
    canvas: Canvas, key: Qt.Key, text: str, place: int, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """A key goes down and up at ``place``, an X11 key code."""
    native = _ELSEWHERE.get(place, place)
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(canvas, QKeyEvent(kind, key, held, native, native, 0, text))


@pytest.mark.parametrize("layout", _PLACES)
def test_the_brush_grows_and_shrinks_by_the_places_of_the_brackets(canvas: Canvas, layout: str) -> None:
    assert canvas.state.size == 40
    tap(canvas, *_PLACES[layout][35], 35)
    assert canvas.state.size == 45
    tap(canvas, *_PLACES[layout][34], 34)
    tap(canvas, *_PLACES[layout][34], 34)
    assert canvas.state.size == 35


@pytest.mark.parametrize("held", [_ALT_GR, _CTRL | _ALT], ids=["X11", "Windows"])
def test_a_german_bracket_typed_with_alt_gr_is_a_bracket(canvas: Canvas, held: Qt.KeyboardModifier) -> None:
    tap(canvas, Qt.Key.Key_BracketRight, "]", 18, held)
    assert canvas.state.size == 45
    tap(canvas, Qt.Key.Key_BracketLeft, "[", 17, held)
    assert canvas.state.size == 40
    tap(canvas, Qt.Key.Key_At, "@", 24, held)  # AltGr+Q
    assert canvas.state.overlay


def test_ctrl_and_alt_with_a_letter_are_no_sign(canvas: Canvas) -> None:
    tap(canvas, Qt.Key.Key_E, "", 26, _CTRL | _ALT)
    tap(canvas, Qt.Key.Key_E, "\x05", 26, _CTRL)
    assert canvas.state.tool == "brush"


@pytest.mark.parametrize("layout", _PLACES)
def test_digits_choose_classes_and_shifted_ones_do_nothing(canvas: Canvas, layout: str) -> None:
    for digit, place in enumerate(_DIGITS):
        tap(canvas, Qt.Key(Qt.Key.Key_0 + digit), str(digit), place)
        assert canvas.state.class_id == digit
    for place, key in zip(_DIGITS, _SHIFTED[layout], strict=True):
        tap(canvas, key, chr(key), place, _SHIFT)
        assert (canvas.state.class_id, canvas.state.tool, canvas.state.size) == (4, "brush", 40)
    tap(canvas, Qt.Key.Key_2, "2", 88, Qt.KeyboardModifier.KeypadModifier)
    assert canvas.state.class_id == 2


@pytest.mark.parametrize("layout", _PLACES)
def test_z_and_y_are_the_letters_wherever_they_lie(canvas: Canvas, layout: str) -> None:
    for place, (key, text) in _PLACES[layout].items():
        if text in ("z", "y"):
            tap(canvas, key, text, place)
            assert canvas.state.tool == {"z": "zoom", "y": "history"}[text]


def test_an_umlaut_can_be_a_tool_s_key_and_is_no_bracket_then(qtbot: QtBot, window: Window) -> None:
    canvas = window.paint.canvas
    try:
        assert window.keymap.bind("tool.lasso", QKeySequence("Ü")) == ""
        tap(canvas, *_PLACES["german"][34], 34)
        assert window.tool_state.tool == "lasso"
        assert window.tool_state.size == 40
        window.tool_state.set_tool("brush")
        tap(canvas, *_PLACES["german"][35], 35)
        assert window.tool_state.size == 45
    finally:
        window.keymap.reset_all()


def test_a_sign_typed_with_alt_gr_can_be_recorded_as_a_key(qtbot: QtBot, window: Window) -> None:
    page = window.overlays.keys
    page.toggle()
    row = page.row("tool.lasso")
    try:
        row.chip.setChecked(True)
        QApplication.sendEvent(row.chip, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_At, _ALT_GR, 24, 0, 0, "@"))
        assert window.keymap.keys("tool.lasso") == ("@",)
        tap(window.paint.canvas, Qt.Key.Key_At, "@", 24, _ALT_GR)
        assert window.tool_state.tool == "lasso"
    finally:
        window.keymap.reset_all()


@pytest.mark.parametrize(
    ("key", "held", "name"),
    [
        (Qt.Key.Key_Z, _CTRL, "undo"),
        (Qt.Key.Key_Y, _CTRL, "redo"),
        (Qt.Key.Key_Z, _CTRL | _SHIFT, "redo"),
        (Qt.Key.Key_0, _CTRL, "fit"),
        (Qt.Key.Key_1, _CTRL, "actual"),
        (Qt.Key.Key_Plus, _CTRL, "zoom_in"),  # German; UK with Shift
        (Qt.Key.Key_Equal, _CTRL, "zoom_in"),  # UK
        (Qt.Key.Key_Minus, _CTRL, "zoom_out"),
        (Qt.Key.Key_R, _CTRL | _SHIFT, "predict_all"),
        (Qt.Key.Key_X, _CTRL | _SHIFT, "exclude_selected"),
    ],
)
def test_shortcuts_go_by_the_letter(window: Window, key: Qt.Key, held: Qt.KeyboardModifier, name: str) -> None:
    pressed = QKeySequence(int(held.value) | int(key.value))
    assert pressed in window.actions_table[name].shortcuts()
