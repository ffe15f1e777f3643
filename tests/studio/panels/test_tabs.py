from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from chromadesk.studio.panels.tabs import Tabs


def test_one_panel_at_a_time_and_the_others_claim_no_room(qtbot: QtBot) -> None:
    wide, small = QLabel("wide"), QLabel("small")
    wide.setText("wide " * 200)
    tabs = Tabs({"Wide": (wide, QLabel("head of wide")), "Small": (small, QLabel())})
    qtbot.addWidget(tabs)
    tabs.resize(900, 300)
    tabs.show()
    assert tabs.shown == "Wide"
    assert tabs.minimumSizeHint().width() > 900
    qtbot.mouseClick(tabs._buttons.button(1), Qt.MouseButton.LeftButton)
    assert tabs.shown == "Small"
    assert small.isVisible()
    assert not wide.isVisible()
    assert tabs.minimumSizeHint().width() < 900
    tabs.set_text("Small", "Small 3")
    assert tabs._buttons.button(1).text() == "Small 3"
