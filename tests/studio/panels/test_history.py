"""The history panel of the real window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from chromadesk.editing.brush import dab
from chromadesk.editing.patch import Box, Patch
from chromadesk.editing.stroke import Stroke
from chromadesk.studio.window import Window

ONE, TWO = "A/01.jpg", "A/02.jpg"


@pytest.fixture
def painted(window: Window, folder: Path, show: Callable) -> Window:
    """The window on a photo with five strokes."""
    assert window.session.open_dataset(folder)
    show(window.session, ONE)
    document = window.session.document
    assert document is not None
    for number in range(5):
        stroke = Stroke(document, 1 + number % 4)
        stroke.add(*dab((12.0 * number + 8, 60.0), 9))
        stroke.finish()
    return window


def test_it_says_how_much_of_its_budget_is_spent(painted: Window) -> None:
    panel = painted.paint.history
    assert panel.size_label.text() == "5 steps, 0.0 of 256 MB"
    document = painted.session.document
    assert document is not None
    noise = np.random.default_rng(0).integers(0, 5, document.size, np.uint8)
    document.history.budget = 2 * 1024 * 1024
    for _ in range(150):
        document.history.push(Patch("brush", Box(0, 0, *document.size), noise, noise))
    panel._follow()
    assert panel.size_label.text() == "155 steps, 1.1 of 2 MB"


def test_a_click_goes_back_and_forth(qtbot: QtBot, painted: Window) -> None:
    panel, document = painted.paint.history, painted.session.document
    assert document is not None
    last = document.labels.copy()
    for row in (2, 5, 0):
        place = panel.view.visualRect(panel.model.index(row)).center()
        qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert len(document.history.done) == row
        assert np.array_equal(document.labels, last) == (row == 5)
    assert panel.size_label.text().startswith("0 steps")


def test_it_is_there_again_after_another_photo(painted: Window, show: Callable) -> None:
    panel = painted.paint.history
    rows = [panel.model.data(panel.model.index(row)) for row in range(panel.model.rowCount())]
    assert rows == ["Opened", *["Brush"] * 5]
    show(painted.session, TWO)
    assert panel.model.rowCount() == 1
    assert panel.size_label.text() == ""
    show(painted.session, ONE)
    assert panel.model.rowCount() == 6


def test_every_kind_of_step_has_a_name_and_an_icon(painted: Window) -> None:
    panel, document = painted.paint.history, painted.session.document
    assert document is not None
    plane = np.zeros((1, 1), np.uint8)
    for kind in Patch.KINDS:
        document.history.push(Patch(kind, Box(0, 0, 1, 1), plane, plane))
        panel._follow()
        row = panel.view.currentIndex()
        assert panel.model.data(row)
        assert not panel.model.data(row, Qt.ItemDataRole.DecorationRole).isNull()
