"""Where notices lie and how many there are."""

from __future__ import annotations

import itertools

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from chromadesk.studio.notices import MOST, Notices


def test_notices_stay_inside_and_apart(dressed: QApplication, qtbot: QtBot) -> None:
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(900, 700)
    over.show()
    notices = Notices(over)
    for number in range(MOST + 2):
        notices.show(f"Sentence {number}. " + "It goes on for a while and needs more than one line. " * number, "error")
    over.resize(800, 600)
    assert len(notices.shown) == MOST
    qtbot.wait(200)
    places = [notice.geometry() for notice in notices.shown]
    for above, below in itertools.pairwise(places):
        assert above.bottom() < below.top()
    assert all(over.rect().contains(place) for place in places)
    for notice in notices.shown:
        assert notice.label.heightForWidth(notice.label.width()) <= notice.label.height()


def test_an_answer_is_given_once_and_goes(dressed: QApplication, qtbot: QtBot) -> None:
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(900, 700)
    notices = Notices(over)
    given: list[int] = []
    notices.show("Replace it?", "warning", "Replace", lambda: given.append(1))
    answer = notices.shown[0].answer
    assert answer is not None
    answer.click()
    assert given == [1]
    assert notices.shown == []


def test_several_answers_stand_below_the_sentence(dressed: QApplication, qtbot: QtBot) -> None:
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(900, 700)
    over.show()
    notices = Notices(over)
    given: list[int] = []
    notices.show("It ended.", "info", "Show", lambda: given.append(1), ("Save", lambda: given.append(2)))
    notice = notices.shown[0]
    qtbot.wait(200)
    assert all(button.y() >= notice.label.geometry().bottom() for button in notice.answers)
    notice.answers[1].click()
    assert given == [2]
    assert notices.shown == []


def test_an_answer_stands_below_a_long_sentence_and_beside_a_short_one(dressed: QApplication, qtbot: QtBot) -> None:
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(900, 700)
    over.show()
    notices = Notices(over)
    notices.show("Replace it?", "info", "Replace", lambda: None)
    notices.show("A sentence that says more than fits beside its button. " * 3, "info", "Replace it now", lambda: None)
    qtbot.wait(200)
    short, long = notices.shown
    assert short.answers[0].x() >= short.label.geometry().right()
    assert long.answers[0].y() >= long.label.geometry().bottom()
    assert long.rect().contains(long.answers[0].geometry())
