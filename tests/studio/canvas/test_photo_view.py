"""The photo in Colours: bare, or with one class standing out of the grey; and what is said over a window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from chromadesk.studio import theme
from chromadesk.studio.canvas.photo_view import PhotoView
from chromadesk.studio.canvas.saying import Saying, say_over
from chromadesk.studio.window import COLOURS, Window


def colour_at(view: PhotoView, x: float, y: float) -> QColor:
    place = QPoint(*(round(value / view.ratio) for value in view.transform.to_screen(x, y)))
    return view.grab().toImage().pixelColor(place * view.ratio)


def distance(one: QColor, other: QColor) -> int:
    return max(abs(a - b) for a, b in zip(one.getRgb()[:3], other.getRgb()[:3], strict=True))


def test_one_class_stands_out(qtbot: QtBot, window: Window, folder: Path, show) -> None:
    assert window.session.open_dataset(folder)
    show(window.session, "A/02.jpg")
    window.show_workspace(COLOURS)
    view, ground = window.colours.photo_page.photo, QColor(theme.COLOURS)
    clothes, background = (40.0, 80.0), (5.0, 5.0)
    bare = [colour_at(view, *place) for place in (clothes, background)]
    assert colour_at(view, -2, -2) == ground
    view.stand_out(3)
    assert colour_at(view, *clothes) == bare[0]
    veiled = colour_at(view, *background)
    assert distance(veiled, ground) <= 0.15 * distance(bare[1], ground) + 2
    view.stand_out(None)
    assert [colour_at(view, *place) for place in (clothes, background)] == bare


def test_hidden_classes_stand_out_all_the_same(qtbot: QtBot, window: Window, folder: Path, show) -> None:
    assert window.session.open_dataset(folder)
    show(window.session, "A/02.jpg")
    window.show_workspace(COLOURS)
    view = window.colours.photo_page.photo
    bare = colour_at(view, 40, 80)
    window.tool_state.toggle_hidden(3)
    view.stand_out(3)
    assert colour_at(view, 40, 80) == bare


def test_a_window_says_one_thing_at_a_time_in_full(qtbot: QtBot, dressed: object) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(400, 300)
    inside = QWidget(window)
    window.show()
    for text in ("Copied #a84934", "Copied #000000"):
        say_over(inside, text)
    (saying,) = window.findChildren(Saying)
    assert saying.text() == "Copied #000000"
    assert saying.width() >= saying.sizeHint().width()
