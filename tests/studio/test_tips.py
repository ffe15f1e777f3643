"""Whatever names a key names the one there is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

import chromadesk.studio
from chromadesk import settings
from chromadesk.studio.actions import TABLE
from chromadesk.studio.keymap import CANVAS_KEYS, shown
from chromadesk.studio.tips import plain, set_tip, with_keys
from chromadesk.studio.tools.box import TOOLS
from chromadesk.studio.window import COLOURS, MODEL, PAINT, Window

#: The tables of keys, and hints, which ``Keymap.in_words`` puts into the present ones.
_TABLES = ("actions.py", "keymap.py", "tools/", "exchange/form_words.py")
#: A key that can be changed, written out.
_KEY = re.compile(r"Ctrl\+|\bF([1-9]|1[0-2])\b|Page (Up|Down)|\((\[ and|[A-Z0-9]\b[,)])|\t[A-Z]$")


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """No settings before and after."""
    settings.path().unlink(missing_ok=True)
    yield
    settings.path().unlink(missing_ok=True)


def texts() -> Iterator[tuple[str, str]]:
    """(file, text) of every string in the studio's code that is no documentation."""
    root = Path(chromadesk.studio.__file__).parent
    for path in sorted(root.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
                yield path.relative_to(root).as_posix(), node.value


def test_no_text_writes_out_a_key_that_can_be_changed() -> None:
    assert _KEY.search("Open a folder (Ctrl+O)")
    assert _KEY.search("Brush size ([ and ])")
    found = [(file, text) for file, text in texts() if _KEY.search(text) and not file.startswith(_TABLES)]
    assert found == []


def test_every_command_that_a_text_names_is_there() -> None:
    named = {name for _, text in texts() for name in re.findall(r"@([a-z_]+(?:\.[a-z0-9_]+)?)(?!@)\b", text)}
    assert len(named) > 15
    assert {name for name in named if not shown(name)} <= {"class", "tool"}  # @class.{id}


def test_tips_follow_the_keys(qtbot: QtBot, window: Window, folder: Path) -> None:
    window.session.open_dataset(folder)
    qtbot.waitUntil(lambda: window.session.document is not None)
    for workspace in (COLOURS, MODEL, PAINT):
        window.show_workspace(workspace)
    old = {name: shown(name) for name in (spec.name for spec in TABLE)}
    old |= {f"tool.{tool.name}": shown(f"tool.{tool.name}") for tool in TOOLS}
    old |= {each.name: shown(each.name) for each in CANVAS_KEYS}
    before = {widget: widget.toolTip() for widget in window.findChildren(QWidget) if "(" in widget.toolTip()}
    signs = iter("!$%&;:?^~{}|°§ßäöüéèàçñåøæµ¿¡«»")
    for number, name in enumerate(old):
        if "." in name:
            key = next(signs)
        else:
            key = f"Ctrl+Alt+{chr(ord('A') + number % 26)}" if number < 26 else f"Ctrl+Alt+Shift+F{number - 25}"
        assert window.keymap.bind(name, QKeySequence(key)) == "", (name, key)
    stale: list[tuple[str, str]] = []
    for widget, tip in before.items():
        keys = re.findall(r"\(([^()]+)\)", tip)
        named = {word for part in keys for word in re.split(r", | and | swaps", part)} & set(old.values())
        stale += [
            (tip, widget.toolTip()) for word in named if re.search(rf"[( ]{re.escape(word)}[), ]", widget.toolTip())
        ]
    assert stale == []
    assert window.paint.options.approve.toolTip() == f"Approve and go on ({shown('approve')})"
    assert window.paint.tools.buttons["eraser"].toolTip() == f"Eraser ({shown('tool.eraser')})"
    view = window.paint.options.view
    view.menu().aboutToShow.emit()
    assert view.shown.text() == f"Mask\t{shown('canvas.overlay')}"
    assert window.keymap.reset_all() == ""
    assert {widget: widget.toolTip() for widget in before} == before


def test_an_address_is_no_command(qtbot: QtBot) -> None:
    assert with_keys("ada@home.org wrote; save with @save") == "ada@home.org wrote; save with Ctrl+S"
    widget = QWidget()
    qtbot.addWidget(widget)
    set_tip(widget, "Save (@save)")
    assert widget.toolTip() == "Save (Ctrl+S)"


def test_a_clean_up_s_slider_goes_by_the_keys_of_the_brush_s_size(qtbot: QtBot, window: Window, folder: Path) -> None:
    window.session.open_dataset(folder)
    qtbot.waitUntil(lambda: window.session.document is not None)
    assert window.keymap.bind("canvas.size_up", QKeySequence(".")) == ""
    window.paint.cleaning.begin("smooth")
    bar = window.paint.cleaning.bar
    assert "[ and ." in bar.slider.toolTip()
    bar.slider.setValue(1)

    def press(key: int) -> int:
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(window.paint.canvas, event)
        return bar.slider.value()

    assert press(Qt.Key.Key_Period) == 2
    assert press(Qt.Key.Key_BracketRight) == 2
    assert press(Qt.Key.Key_BracketLeft) == 1
    window.paint.cleaning.cancel()


def test_a_tip_shows_what_was_typed_as_it_is() -> None:
    assert plain("Ink\n#123456") == "Ink\n#123456"
    assert "&lt;b&gt;x" in plain("<b>x</b>\n#123456")
