"""The notice of long work: how far it is, a way to stop it, and nothing that takes it away before."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from chromadesk.jobs.messages import Progress
from chromadesk.studio.notices import MOST, Notices
from chromadesk.studio.working import Working


def test_it_says_how_far_it_is_and_is_stopped_once(qtbot: QtBot, dressed: QApplication) -> None:
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(800, 600)
    over.show()
    notices = Notices(over)
    stopped: list[bool] = []
    working = Working(over, "Exporting…", lambda: stopped.append(True))
    notices.put(working)
    assert (working.bar.maximum(), working.cross.isVisible()) == (0, False)
    working.follow(Progress(3, 0, "a.jpg"))
    assert working.state.text() == "3 · a.jpg"
    working.follow(Progress(12, 641, "b.jpg", 130.0))
    assert (working.bar.value(), working.bar.maximum()) == (12, 641)
    assert working.state.text() == "12 of 641 · about 2 min left · b.jpg"
    for number in range(MOST + 2):
        notices.show(f"Something happened {number}.", "error")
    assert working in notices.shown
    assert len(notices.shown) == MOST
    assert working.answer is not None
    for _ in range(2):
        working.answer.click()
    assert stopped == [True]
    assert working.state.text().startswith("Stopping")
    notices.dismiss(working)
    assert working not in notices.shown
