"""The filmstrip's cells: places by arithmetic, keys, several selected, and thousands of photos without a pause."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chromadesk.studio.panels.photo_grid import CELL, PhotoGrid
from chromadesk.studio.panels.photos import PhotosPanel
from chromadesk.studio.window import Window

MANY = 4000
LEFT = Qt.MouseButton.LeftButton
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def many(folder: Path) -> Path:
    """Thousands of photos; most are links to one."""
    for number in range(6, MANY + 1):
        (folder / "A" / f"{number:02}.jpg").hardlink_to(folder / "A" / "05.jpg")
    return folder


def opened(qtbot: QtBot, window: Window, folder: Path) -> PhotosPanel:
    assert window.session.open_dataset(folder)
    qtbot.waitUntil(lambda: window.session.document is not None)
    return window.paint.photos


def at(grid: PhotoGrid, row: int) -> QPoint:
    return grid.visualRect(grid.model().index(row, 0)).center()


def test_every_cell_is_found_where_it_stands(qtbot: QtBot, window: Window, folder: Path) -> None:
    grid = opened(qtbot, window, folder).view
    assert grid.columns == 2
    for row in range(5):
        place = grid.visualRect(grid.model().index(row, 0))
        assert place.size() == CELL
        assert place.topLeft() == QPoint(row % 2 * CELL.width(), row // 2 * CELL.height())
        for corner in (place.topLeft(), place.bottomRight()):
            assert grid.indexAt(corner).row() == row
    assert not grid.indexAt(at(grid, 4) + QPoint(CELL.width(), 0)).isValid()
    assert not grid.indexAt(QPoint(5, 4 * CELL.height())).isValid()
    assert grid.verticalScrollBar().maximum() == 0


def test_arrows_walk_and_stop_at_the_ends(qtbot: QtBot, window: Window, many: Path) -> None:
    grid = opened(qtbot, window, many).view
    grid.setFocus()
    for key, row in (
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_Down, 3),
        (Qt.Key.Key_Left, 2),
        (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_End, MANY - 1),
        (Qt.Key.Key_Down, MANY - 1),
        (Qt.Key.Key_Home, 0),
    ):
        qtbot.keyClick(grid, key)
        assert grid.currentIndex().row() == row
        assert grid.viewport().rect().contains(grid.visualRect(grid.currentIndex()))


def test_shift_and_ctrl_select_several(qtbot: QtBot, window: Window, many: Path) -> None:
    grid = opened(qtbot, window, many).view
    qtbot.mouseClick(grid.viewport(), LEFT, pos=at(grid, 5))
    qtbot.mouseClick(grid.viewport(), LEFT, SHIFT, at(grid, 2))  # up and to the left of it
    assert grid.selected_rows() == [2, 3, 4, 5]
    qtbot.mouseClick(grid.viewport(), LEFT, SHIFT, at(grid, 8))
    assert grid.selected_rows() == [5, 6, 7, 8]
    qtbot.mouseClick(grid.viewport(), LEFT, CTRL, at(grid, 6))
    qtbot.mouseClick(grid.viewport(), LEFT, CTRL, at(grid, 0))
    assert grid.selected_rows() == [0, 5, 7, 8]
    grid.setFocus()
    qtbot.keyClick(grid, Qt.Key.Key_A, CTRL)
    assert grid.selected_count() == MANY
    grid.viewport().grab()


def test_nothing_grows_with_the_number_of_photos(qtbot: QtBot, window: Window, many: Path) -> None:
    panel = opened(qtbot, window, many)
    grid, bar = panel.view, panel.view.verticalScrollBar()
    assert bar.maximum() == MANY // 2 * CELL.height() - grid.viewport().height()
    spent = []
    for place in range(0, bar.maximum(), bar.maximum() // 60):
        began = time.process_time()
        bar.setValue(place)
        QApplication.processEvents()
        spent.append(time.process_time() - began)
    assert sorted(spent)[len(spent) // 2] < 0.05
    assert len(panel.thumbnails._waiting) <= 64
    began = time.process_time()
    for number in range(1, 200):
        window.session.states.show(f"A/{number:02}.jpg", "edited")
    assert time.process_time() - began < 0.5
    assert "0 of 4,000 photos approved" in window.top.progress.toolTip()
    panel._sorted("state")
    assert panel.model.row_of("A/06.jpg") == 5
    panel.filter.setText("399")
    assert panel.model.rowCount() == 14
    grid.selectionModel().select(grid.model().index(3, 0), QItemSelectionModel.SelectionFlag.ClearAndSelect)
    assert grid.selected_rows() == [3]


def test_a_key_with_ctrl_that_opens_a_photo_selects_that_photo_alone(
    qtbot: QtBot, window: Window, folder: Path
) -> None:
    grid = opened(qtbot, window, folder).view
    for key, row in ((Qt.Key.Key_Return, 3), (Qt.Key.Key_Return, 4)):
        before = window.session.item
        qtbot.keyClick(window.paint.canvas, key, CTRL)
        qtbot.waitUntil(lambda before=before: window.session.item != before)
        assert grid.currentIndex().row() == row
        assert grid.selected_rows() == [row]
