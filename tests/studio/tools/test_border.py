"""Redraw border with a real pointer and real keys."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from chromadesk.editing import border
from chromadesk.studio.canvas.view import Canvas

LEFT = Qt.MouseButton.LeftButton
At = Callable[[float, float], QPoint]
#: Out of the coat's right side at x = 80 and back to it.
LINE = ((80, 60), (100, 65), (100, 110), (80, 120))


@pytest.fixture
def coat(qtbot: QtBot, canvas: Canvas) -> np.ndarray:
    assert canvas.document is not None
    labels = np.zeros(canvas.document.size, np.uint8)
    labels[30:170, 40:80] = 3
    canvas.document.predict(labels)
    qtbot.keyClick(canvas, Qt.Key.Key_P)
    assert canvas.tool.name == "border"
    return labels


def labels(canvas: Canvas) -> np.ndarray:
    assert canvas.document is not None
    return canvas.document.labels


def redrawn(canvas: Canvas, before: np.ndarray, places: list[QPoint]) -> np.ndarray:
    """The labels when the line through these canvas positions is the border."""
    found = border.redraw(before, [canvas.transform.to_photo(place.x(), place.y()) for place in places])
    assert found is not None
    after = before.copy()
    after[found[0].slices] = found[1]
    return after


def drag(qtbot: QtBot, canvas: Canvas, places: list[QPoint]) -> None:
    qtbot.mousePress(canvas, LEFT, pos=places[0])
    for place in places[1:]:
        qtbot.mouseMove(canvas, place)
    qtbot.mouseRelease(canvas, LEFT, pos=places[-1])


def click_all(qtbot: QtBot, canvas: Canvas, places: list[QPoint]) -> None:
    for place in places:
        qtbot.mouseMove(canvas, place)
        qtbot.mouseClick(canvas, LEFT, pos=place)


def test_a_drag_moves_the_border_whatever_class_is_chosen(
    qtbot: QtBot, canvas: Canvas, at: At, coat: np.ndarray
) -> None:
    canvas.state.set_class(1)
    places = [at(*corner) for corner in LINE]
    drag(qtbot, canvas, places)
    after = labels(canvas).copy()
    assert np.array_equal(after, redrawn(canvas, coat, places))
    assert (after[70:105, 82:98] == 3).all()
    assert set(np.unique(after)) == {0, 3}
    assert canvas.state.class_id == 1
    document = canvas.document
    assert document is not None
    assert (document.touched == (after != coat)).all()
    assert [patch.kind for patch in document.history.done] == ["prediction", "border"]
    assert document.undo() == "border"
    assert np.array_equal(labels(canvas), coat)
    assert document.redo() == "border"
    assert np.array_equal(labels(canvas), after)


def test_corners_enter_and_backspace(qtbot: QtBot, canvas: Canvas, at: At, coat: np.ndarray) -> None:
    places = [at(*corner) for corner in LINE]
    click_all(qtbot, canvas, [*places, at(140, 190)])
    qtbot.keyClick(canvas, Qt.Key.Key_Backspace)
    assert np.array_equal(labels(canvas), coat)
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    assert np.array_equal(labels(canvas), redrawn(canvas, coat, places))


def test_a_click_on_the_first_corner_is_a_corner_like_any_other(
    qtbot: QtBot, canvas: Canvas, at: At, coat: np.ndarray
) -> None:
    places = [at(*corner) for corner in (*LINE, LINE[0])]
    click_all(qtbot, canvas, places)
    assert np.array_equal(labels(canvas), coat)
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    assert np.array_equal(labels(canvas), coat)


def test_nothing_says_why(qtbot: QtBot, canvas: Canvas, at: At, coat: np.ndarray) -> None:
    drag(qtbot, canvas, [at(50, 80), at(60, 90), at(55, 100)])
    assert canvas.saying == "The line cuts nothing off"
    click_all(qtbot, canvas, [at(90, 90)])
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    assert canvas.saying == "A border needs two corners"
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    canvas.state.toggle_lock(0)
    drag(qtbot, canvas, [at(*corner) for corner in LINE])
    assert canvas.saying == "Background is locked"
    canvas.state.toggle_lock(0)
    canvas.state.toggle_over(3)
    drag(qtbot, canvas, [at(*corner) for corner in LINE])
    assert canvas.saying == "Paints over clothes only"
    assert np.array_equal(labels(canvas), coat)
