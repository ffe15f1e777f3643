from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from chromadesk.studio.panels.confusion import ConfusionMap, cell_colour, row_shares, text_colour


def luminance(colour: QColor) -> float:
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.getRgbF()[:3]]
    return float(np.dot((0.2126, 0.7152, 0.0722), parts))


@pytest.mark.parametrize("share", [0, 0.001, 0.02, 0.1, 0.3, 0.4, 0.5, 0.7, 1])
def test_figures_can_be_read_on_every_cell(share: float) -> None:
    cell = cell_colour(share)
    high, low = sorted((luminance(cell), luminance(text_colour(cell))), reverse=True)
    assert (high + 0.05) / (low + 0.05) >= 4.2
    assert cell.red() == cell.green() == cell.blue()  # neutral


def test_rows_are_normalised_and_an_absent_class_has_no_shares() -> None:
    matrix = np.arange(25, dtype=np.int64).reshape(5, 5)
    matrix[2] = 0
    shares = row_shares(matrix)
    assert np.isnan(shares[2]).all()
    assert np.allclose(shares[[0, 1, 3, 4]].sum(axis=1), 1)


def test_cells_know_what_they_stand_for(qtbot: QtBot) -> None:
    widget = ConfusionMap()
    qtbot.addWidget(widget)
    widget.resize(400, 300)
    matrix = np.zeros((5, 5), np.int64)
    matrix[4] = [25, 0, 0, 50, 925]
    widget.set_confusion(matrix.tolist())
    # The paper's order: Null, Hair, Clothes, Skin, Accs.; rows are the truth.
    assert widget.cell_at(widget._cell(1, 2).center()) == (4, 3)
    assert widget.cell_at(widget._cell(4, 0).center()) == (1, 0)
    assert widget.cell_at(QPointF(1, 1)) is None
    assert widget.describe(4, 3) == "5.00 % of hair is taken for clothes (50 pixels)."
    assert widget.describe(4, 4) == "92.50 % of hair is found (925 pixels)."
    assert widget.describe(1, 0) == "These photos hold no accessories."


def test_it_paints_its_cells(qtbot: QtBot) -> None:
    widget = ConfusionMap()
    qtbot.addWidget(widget)
    widget.resize(400, 300)
    widget.set_confusion((np.eye(5, dtype=np.int64) * 7).tolist())
    picture = widget.grab().toImage()
    for line in range(5):
        corner = widget._cell(line, line).topLeft() + QPointF(6, 6)
        assert picture.pixelColor(corner.toPoint()) == cell_colour(1.0)
    assert picture.pixelColor((widget._cell(0, 1).topLeft() + QPointF(6, 6)).toPoint()) == cell_colour(0.0)


def test_a_cell_is_chosen_by_mouse_and_by_keyboard(qtbot: QtBot) -> None:
    widget = ConfusionMap()
    qtbot.addWidget(widget)
    widget.resize(400, 300)
    widget.show()
    widget.set_confusion(np.full((5, 5), 20).tolist())
    said: list[object] = []
    widget.chosen.connect(said.append)
    place = widget._cell(1, 2).center().toPoint()
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place)
    assert said == [(4, 3), None]
    said.clear()
    widget.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Return):
        qtbot.keyClick(widget, key)
    assert said == [(3, 2)]  # clothes taken for skin
    assert widget.accessibleDescription() == "20.00 % of clothes is taken for skin (20 pixels)."
    qtbot.keyClick(widget, Qt.Key.Key_Escape)
    assert said[-1] is None
    for _ in range(6):
        qtbot.keyClick(widget, Qt.Key.Key_Up)
        qtbot.keyClick(widget, Qt.Key.Key_Left)
    qtbot.keyClick(widget, Qt.Key.Key_Space)
    assert said[-1] == (0, 0)
