"""What panels are made of."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from chromadesk.studio.panels.parts import Sides


def test_sides_go_below_each_other_where_they_need_more_room(qtbot: QtBot) -> None:
    window, body, first, second = QWidget(), Sides(narrow=300), QWidget(), QWidget()
    qtbot.addWidget(window)
    body.setParent(window)
    for part in (first, second):
        part.setMinimumWidth(150)
        body.sides.addWidget(part)
    body.resize(400, 200)
    window.show()
    assert body.sides.direction() == QBoxLayout.Direction.LeftToRight
    first.setMinimumWidth(240)  # as a table that came to show longer words
    QApplication.processEvents()
    assert body.sides.direction() == QBoxLayout.Direction.TopToBottom
    assert body.width() == 400
    first.setMinimumWidth(150)
    QApplication.processEvents()
    assert body.sides.direction() == QBoxLayout.Direction.LeftToRight
    body.resize(299, 200)
    assert body.sides.direction() == QBoxLayout.Direction.TopToBottom
