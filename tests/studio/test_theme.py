"""The theme in measured pixels: rows, contrast, focus."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from chromadesk.studio import theme
from chromadesk.studio.panels import parts


def luminance(colour: str) -> float:
    def linear(value: int) -> float:
        part = value / 255
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue, _ = QColor(colour).getRgb()
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("ground", [theme.CHROME, theme.PANEL, theme.FIELD])
@pytest.mark.parametrize(("ink", "least"), [(theme.TEXT, 7), (theme.DIM, 4.5), (theme.FAINT, 3)])
def test_everything_can_be_read(ground: str, ink: str, least: float) -> None:
    assert contrast(ink, ground) >= least


def test_the_accent_carries_its_text_and_shows_on_every_ground() -> None:
    assert contrast(theme.ON_ACCENT, theme.ACCENT) >= 4.5
    for ground in (theme.CHROME, theme.PANEL, theme.FIELD):
        assert contrast(theme.ACCENT, ground) >= 3


@pytest.fixture
def fields(qtbot: QtBot, dressed: QApplication) -> Iterator[dict[str, QWidget]]:
    holder = QWidget()
    qtbot.addWidget(holder)
    layout = QVBoxLayout(holder)
    combo = QComboBox()
    combo.addItem("6")
    made: dict[str, QWidget] = {
        "line": QLineEdit("6"),
        "number": parts.number(1, 9),
        "combo": combo,
        "button": QPushButton("6"),
        "tool": QToolButton(text="6"),
    }
    for widget in made.values():
        layout.addWidget(widget)
    layout.addStretch(1)
    holder.resize(300, 300)
    with qtbot.waitExposed(holder):
        holder.show()
    yield made
    holder.close()


def test_fields_are_one_row_high(fields: dict[str, QWidget]) -> None:
    assert {name: fields[name].height() for name in ("line", "number", "combo", "button")} == {
        "line": 28,
        "number": 28,
        "combo": 28,
        "button": 28,
    }


def first_ink(widget: QWidget) -> int:
    """The column in which the text begins."""
    picture = widget.grab().toImage()
    ground = QColor(theme.FIELD).lightness()
    for x in range(2, picture.width()):
        if any(picture.pixelColor(x, y).lightness() > ground + 60 for y in range(4, picture.height() - 4)):
            return x
    raise AssertionError("no text")


def test_texts_of_fields_begin_below_each_other(fields: dict[str, QWidget]) -> None:
    fields["number"].setValue(6)
    starts = [first_ink(fields[name]) for name in ("line", "number", "combo")]
    assert max(starts) - min(starts) <= 1
    assert min(starts) >= 7


@pytest.mark.parametrize("name", ["line", "number", "combo", "button", "tool"])
def test_the_keyboard_shows_where_it_is(fields: dict[str, QWidget], name: str) -> None:
    widget = fields[name]
    widget.activateWindow()
    next(other for other in fields.values() if other is not widget).setFocus()

    def accents() -> int:
        picture = widget.grab().toImage()
        line = QColor(theme.ACCENT)
        return sum(picture.pixelColor(x, 0) == line for x in range(picture.width()))

    assert accents() == 0
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    assert accents() > widget.width() // 2
