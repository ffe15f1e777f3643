from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chromadesk.learning.metrics import scores
from chromadesk.learning.palette_error import PaletteError, summary
from chromadesk.studio import words
from chromadesk.studio.panels.score_table import ScoreTable, class_title, lines


def evaluation(seed: int = 0) -> dict[str, object]:
    matrix = np.random.default_rng(seed).integers(0, 1000, (5, 5)) + np.eye(5, dtype=np.int64) * 3000
    return scores(matrix)


def column(table: ScoreTable, place: int) -> list[str]:
    found = [table.item(row, place) for row in range(table.rowCount())]
    return [item.text() for item in found if item is not None]


def test_classes_stand_in_the_papers_order_with_their_full_names() -> None:
    names = [name for name, index, _, _ in lines(evaluation()) if index is not None]
    assert names == ["Background (Null)", "Hair", "Clothes", "Skin", "Accessories (Accs.)"]
    assert class_title(4) == "Hair"


def test_one_evaluation(qtbot: QtBot) -> None:
    table = ScoreTable()
    qtbot.addWidget(table)
    one = evaluation()
    table.show_one(one)
    assert column(table, 1)[0] == f"{one['iou']['background']:.3f}"
    assert column(table, 2)[1] == f"{one['class_accuracy']['hair']:.3f}"
    assert column(table, 1)[5] == f"{one['miou']:.3f}"
    assert column(table, 2)[7] == f"{one['pixel_accuracy']:.3f}"


def test_palette_errors_stand_beside_the_iou(qtbot: QtBot) -> None:
    table = ScoreTable()
    qtbot.addWidget(table)
    found = [PaletteError({"hair": 2.0, "skin": 3.26}, {"hair": 1.0, "skin": 2.0}, missed=("clothes",))]
    table.show_one(evaluation() | {"palette_error": summary(found)})
    assert column(table, 3) == ["–", "2.0", "–", "3.3", "–", "–", "2.6", "–", "–"]
    assert column(table, 4)[1] == "1.0"
    hair = table.item(1, 3)
    assert hair is not None
    assert hair.toolTip() == "Photos compared: 1. Class missed altogether: 0, invented: 0."
    table.show_one(evaluation())  # one kept by an older version
    assert table.columnCount() == 3


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_no_heading_is_cut_off(qtbot: QtBot, dressed: QApplication, language: str) -> None:
    words.use(language)
    try:
        table = ScoreTable()
        qtbot.addWidget(table)
        table.show_one(evaluation() | {"palette_error": summary([PaletteError({"hair": 2.0}, {"hair": 1.0})])})
        table.resize(table.minimumWidth(), 300)
        table.show()
        above = table.horizontalHeader()
        for place in range(table.columnCount()):
            assert above.sectionSize(place) >= above.sectionSizeHint(place)
        assert above.length() <= table.viewport().width() + 2
    finally:
        words.use("en")


def test_old_and_new_side_by_side_and_the_change_adds_up(qtbot: QtBot) -> None:
    table = ScoreTable()
    qtbot.addWidget(table)
    old, new = evaluation(1), evaluation(2)
    table.show_two(old, new)
    for before, after, change in zip(*(column(table, place)[:7] for place in (1, 2, 3)), strict=True):
        assert float(change.replace("−", "-")) == round(float(after) - float(before), 3)
    table.show_two(old, old)
    assert set(column(table, 3)[:7]) == {"0"}


def test_nothing_to_compare_with_and_a_class_that_does_not_occur(qtbot: QtBot) -> None:
    table = ScoreTable()
    qtbot.addWidget(table)
    matrix = np.zeros((5, 5), np.int64)
    matrix[0, 0] = matrix[3, 3] = 10
    table.show_two(None, scores(matrix))
    assert column(table, 1) == ["–"] * 9
    assert column(table, 2)[:2] == ["1.000", "–"]
    assert column(table, 3) == ["–"] * 9


def test_copy_takes_the_whole_table_along(qtbot: QtBot) -> None:
    table = ScoreTable()
    qtbot.addWidget(table)
    table.show_one(evaluation())
    table.copy()
    copied = [line.split("\t") for line in QGuiApplication.clipboard().text().split("\n")]
    assert copied[0] == ["Class", "IoU", "Accuracy"]
    assert len(copied) == 10
    assert {len(line) for line in copied} == {3}
