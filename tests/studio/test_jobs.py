"""Jobs take turns: one runs, the others wait, are removed, or are found again after a restart. Real processes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from chromadesk.dataset.lock import Holder
from chromadesk.jobs import record
from chromadesk.studio.background import Background
from chromadesk.studio.jobs import Jobs
from chromadesk.studio.panels.jobs_list import JobsPanel, moment
from chromadesk.studio.session import Session
from chromadesk.studio.window import MODEL, Window

PATIENCE = 120_000
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def occupied(folder: Path) -> Iterator[Callable[[], None]]:
    """A training that another studio left running in the folder; called, it ends."""
    left = record.create(folder / ".chromadesk", record.Request("improve", {"model": "unet", "epochs": 2}))
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    record.claim(left, child.pid)

    def end() -> None:
        child.kill()
        child.wait()

    yield end
    end()


@pytest.fixture
def jobs(session: Session, folder: Path, occupied: Callable[[], None]) -> Iterator[Jobs]:
    session.open_dataset(folder)
    made = Jobs(session)
    made.find()
    yield made
    made.close()
    made.deleteLater()


def test_the_second_waits_and_starts_when_the_first_has_ended(
    qtbot: QtBot, jobs: Jobs, occupied: Callable[[], None], notices: list[tuple[str, str]]
) -> None:
    assert [job.request.kind for job in jobs.running] == ["improve"]
    assert jobs.start("fly", {"high": (1, 2)}) is None
    assert notices[-1] == ("Fly waits for its turn; see the jobs in Model (F4).", "info")
    assert len(jobs.waiting) == 1
    assert jobs.waits("fly")
    assert jobs.start("fly", {"high": (1, 2)}) is None  # the very same
    assert len(jobs.waiting) == 1
    jobs.start("fly", {"high": 3}, quiet=True)
    first, second = jobs.waiting
    jobs.remove(second)
    assert jobs.waiting == [first]
    assert not second.exists()

    started: list[Path] = []
    jobs.followed.connect(lambda job: started.append(job.folder))
    occupied()
    qtbot.waitUntil(lambda: record.outcome(first) is not None and not jobs.busy, timeout=PATIENCE)
    assert started == [first]
    assert jobs.waiting == []
    assert record.times(first)[1] is not None


def test_what_waits_is_found_again_and_waits_for_another_data_sets_job(
    qtbot: QtBot, jobs: Jobs, session: Session, folder: Path, tmp_path: Path, occupied: Callable[[], None]
) -> None:
    jobs.start("fly", {})
    (waiting,) = jobs.waiting
    other = tmp_path / "other"
    (other / "A").mkdir(parents=True)
    (other / "A" / "01.jpg").write_bytes((folder / "A" / "01.jpg").read_bytes())
    session.open_dataset(other)
    assert jobs.running == []
    assert jobs.busy  # two never run at once
    jobs.start("swim", {})
    (swims,) = jobs.waiting
    occupied()
    qtbot.waitUntil(lambda: record.outcome(swims) is not None and not jobs.busy, timeout=PATIENCE)
    assert record.queued(waiting)
    session.open_dataset(folder)
    qtbot.waitUntil(lambda: record.outcome(waiting) is not None, timeout=PATIENCE)


def test_one_that_names_another_data_set_is_not_started(
    jobs: Jobs, occupied: Callable[[], None], qtbot: QtBot, tmp_path: Path, notices: list[tuple[str, str]]
) -> None:
    assert jobs._state is not None
    strangers = record.create(jobs._state, record.Request("fly", {"dataset": str(tmp_path / "taxes")}))
    record.enqueue(strangers)
    started: list[Path] = []
    jobs.followed.connect(lambda job: started.append(job.folder))
    occupied()
    qtbot.waitUntil(lambda: not record.queued(strangers), timeout=PATIENCE)
    assert "is for another data set, so it was not started" in notices[-1][0]
    assert started == []
    assert (strangers / record.REQUEST).exists()


def test_a_studio_that_looks_on_starts_nothing(
    jobs: Jobs, session: Session, occupied: Callable[[], None], qtbot: QtBot
) -> None:
    jobs.start("fly", {})
    (waiting,) = jobs.waiting
    session.access.holder = Holder(1, 0.0, "elsewhere", "elsewhere", "anna")
    occupied()
    qtbot.waitUntil(lambda: not jobs.running, timeout=PATIENCE)
    qtbot.wait(200)
    assert record.queued(waiting)
    session.access.holder = None
    qtbot.waitUntil(lambda: record.outcome(waiting) is not None, timeout=PATIENCE)


def test_the_list_stops_removes_and_shows(
    qtbot: QtBot, jobs: Jobs, session: Session, folder: Path, occupied: Callable[[], None]
) -> None:
    background = Background()
    panel = JobsPanel(session, jobs, background)
    qtbot.addWidget(panel)
    panel.resize(600, 400)
    jobs.start("evaluate", {"model": "chromanet"}, quiet=True)
    panel.show()
    qtbot.waitUntil(lambda: [row.entry.standing for row in panel.rows] == ["running", "waiting"])
    runs, waits = panel.rows
    assert waits.remove_button.accessibleName() == "Remove from the queue: Evaluation of chromanet"
    qtbot.mouseClick(waits.remove_button, LEFT)
    assert jobs.waiting == []
    qtbot.waitUntil(lambda: len(panel.rows) == 1)
    runs = panel.rows[0]
    qtbot.mouseClick(runs.stop_button, LEFT)
    assert record.stop_asked(runs.entry.folder)
    assert "stopping after this step" in runs.about.text()
    occupied()
    qtbot.waitUntil(lambda: [row.entry.standing for row in panel.rows] == ["failed"])
    shown: list[Path] = []
    jobs.followed.connect(lambda job: shown.append(job.folder))
    with qtbot.waitSignal(panel.opened) as opened:
        qtbot.mouseClick(panel.rows[0].open_button, LEFT)
    assert opened.args == [runs.entry.folder, "improve"]
    assert shown == [runs.entry.folder]
    background.finish(drop=True)


def test_the_top_bar_leads_to_the_list(qtbot: QtBot, window: Window, folder: Path) -> None:
    window.session.open_dataset(folder)
    assert window.top.jobs.text() == "No jobs"
    qtbot.mouseClick(window.top.jobs, LEFT)
    assert window.workspaces.currentIndex() == MODEL
    assert window.model_workspace is not None
    assert window.model_workspace.tabs.shown == "Jobs"
    window.top.show_jobs(1, 2)
    assert window.top.jobs.text() == "1 job running, 2 waiting"
    assert window.top.jobs.accessibleName() == "Jobs: 1 job running, 2 waiting"


def test_moments() -> None:
    noon = 1_780_000_000.0
    assert moment(noon, noon).startswith("today ")
    assert moment(noon - 86_400, noon).startswith("yesterday ")
    assert "2026" in moment(noon - 30 * 86_400, noon)
