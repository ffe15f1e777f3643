"""Closing the window while a job runs: keep it, stop it, or stay."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from chromadesk.jobs import record
from chromadesk.studio.leaving import CANCEL, KEEP, STOP, LeavingQuestion
from chromadesk.studio.window import Window

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def job(folder: Path) -> Iterator[Path]:
    """A training that another studio left running."""
    left = record.create(folder / ".chromadesk", record.Request("improve", {"model": "unet", "epochs": 2}))
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    record.claim(left, child.pid)
    yield left
    child.kill()
    child.wait()


@pytest.fixture
def question(window: Window, folder: Path, job: Path) -> LeavingQuestion:
    """The question, asked."""
    assert window.session.open_dataset(folder)
    assert window.close() is False
    assert window.isVisible()
    assert window.question is not None
    return window.question


def test_kept_it_goes_on(qtbot: QtBot, window: Window, job: Path, question: LeavingQuestion) -> None:
    assert question.text() == "A training is running."
    assert question.defaultButton() is question.choices[KEEP]
    qtbot.mouseClick(question.choices[KEEP], LEFT)
    assert not window.isVisible()
    assert record.running(job)
    assert not record.stop_asked(job)


def test_stopped_it_is_asked_and_the_window_goes(
    qtbot: QtBot, window: Window, job: Path, question: LeavingQuestion
) -> None:
    qtbot.mouseClick(question.choices[STOP], LEFT)
    assert not window.isVisible()
    assert record.stop_asked(job)


def test_cancel_stays_and_the_next_close_asks_again(
    qtbot: QtBot, window: Window, job: Path, question: LeavingQuestion
) -> None:
    assert window.close() is False
    assert window.question is question  # one at a time
    qtbot.keyClick(question, Qt.Key.Key_Escape)
    assert window.isVisible()
    assert window.question is None
    assert not record.stop_asked(job)
    assert window.session.document is not None or window.session.dataset is not None
    assert window.close() is False
    assert window.question is not None


def test_a_job_that_cannot_be_asked_keeps_the_window(
    qtbot: QtBot, window: Window, job: Path, question: LeavingQuestion, notices: list[tuple[str, str]]
) -> None:
    (job / record.STOP).mkdir()
    qtbot.mouseClick(question.choices[STOP], LEFT)
    assert window.isVisible()
    assert notices[-1][1] == "error"


def test_nothing_runs_nothing_is_asked(window: Window, folder: Path) -> None:
    assert window.session.open_dataset(folder)
    assert window.close() is True
    assert window.question is None


@pytest.mark.parametrize(
    ("kinds", "text", "keep"),
    [
        (["evaluate"], "An evaluation is running.", "Keep it running"),
        (["train", "evaluate"], "A training and an evaluation are running.", "Keep them running"),
    ],
)
def test_it_says_what_runs(qtbot: QtBot, dressed: object, kinds: list[str], text: str, keep: str) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    asked = LeavingQuestion(kinds, parent)
    answers: list[str] = []
    asked.answered.connect(answers.append)
    assert (asked.text(), asked.choices[KEEP].text()) == (text, keep)
    asked.open()
    asked.close()
    assert answers == [CANCEL]
