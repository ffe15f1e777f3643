"""The day's count: local days, initials, goal; the same after a restart, and never a scan of all photos."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from chromadesk import settings
from chromadesk.dataset import decisions
from chromadesk.dataset.decisions import Decision
from chromadesk.dataset.pairs import Dataset
from chromadesk.studio.day import Day
from chromadesk.studio.session import Session
from chromadesk.studio.window import Window

ONE, TWO, THREE, FOUR, FIVE = (f"A/{number:02}.jpg" for number in range(1, 6))


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """No settings before and after."""
    settings.path().unlink(missing_ok=True)
    yield
    settings.path().unlink(missing_ok=True)


def decide(folder: Path, key: str, when: datetime, by: str = "", status: decisions.Status = "approved") -> None:
    state = Dataset.open(folder).state
    decisions.write(decisions.path_of(state, key), Decision(status, "", by, when.timestamp()))


def test_only_approvals_of_the_local_day_count(session: Session, folder: Path) -> None:
    midnight = datetime.now().replace(hour=0, minute=0, second=0, microsecond=0)
    monday = midnight - timedelta(midnight.weekday())
    decide(folder, ONE, midnight)
    decide(folder, TWO, midnight - timedelta(seconds=1))
    decide(folder, THREE, monday - timedelta(seconds=1))
    decide(folder, FOUR, midnight, status="excluded")
    day = Day(session)
    assert session.open_dataset(folder, show=False)
    assert day.today == 1  # ground truth that nobody approved here is nobody's work
    assert day.week == (1 if midnight == monday else 2)
    session.states.set(ONE, "edited")
    assert day.today == 0
    session.states.set(ONE, "approved")
    for status in ("edited", "approved"):
        session.states.set(TWO, status)
    assert (day.today, day.week) == (2, 2)
    session.status_changed.emit(THREE)  # as when a photo is kept for testing
    assert day.today == 2


def test_initials_are_signed_and_decide_whose_work_counts(session: Session, folder: Path) -> None:
    now = datetime.now()
    for key, by in ((ONE, "AB"), (TWO, "CD"), (THREE, "")):
        decide(folder, key, now, by)
    day = Day(session)
    assert session.open_dataset(folder, show=False)
    assert day.today == 3
    day.set_initials(" AB ")
    assert day.today == 2
    session.states.set(FOUR, "approved")
    session.flush()
    assert json.loads(decisions.path_of(Dataset.open(folder).state, FOUR).read_text())["by"] == "AB"
    assert settings.get("initials") == "AB"
    assert session.open_dataset(folder, show=False)
    assert day.today == 3
    again = Day(session)
    assert again.initials == "AB"


def test_the_top_bar_counts_towards_the_goal(qtbot: QtBot, window: Window, folder: Path) -> None:
    button = window.top.progress
    assert button.isHidden()
    assert window.session.open_dataset(folder)
    qtbot.waitUntil(lambda: window.session.document is not None)
    assert button.text() == "0 today"
    menu, form = button.menu(), button.form
    menu.popup(button.mapToGlobal(button.rect().bottomLeft()))
    qtbot.waitUntil(form.isVisible)
    form.initials.clear()
    qtbot.keyClicks(form.initials, "EF")
    qtbot.keyClick(form.initials, Qt.Key.Key_Tab)
    form.goal.selectAll()
    qtbot.keyClicks(form.goal, "50")
    menu.close()
    assert (settings.get("initials"), settings.get("daily goal")) == ("EF", 50)
    window.session.open_photo(FOUR)
    qtbot.waitUntil(lambda: window.session.item is not None and window.session.item.key == FOUR)
    window.session.approve()
    assert button.text() == "1 / 50 today"
    assert "4 of 5 photos approved" in button.toolTip()
    assert [label.text() for label in form.counts.values()] == ["1", "1", "4"]


def test_settings_that_cannot_be_written_are_said(
    session: Session, folder: Path, notices: list[tuple[str, str]]
) -> None:
    day, home = Day(session), settings.path().parent
    home.mkdir(parents=True, exist_ok=True)
    home.rename(home.with_suffix(".aside"))
    home.touch()
    try:
        day.set_goal(7)
        day.set_initials("AB")
    finally:
        home.unlink()
        home.with_suffix(".aside").rename(home)
    assert (day.goal, day.initials) == (0, "")
    assert [level for _, level in notices] == ["warning", "warning"]
