"""The Model workspace on real jobs in real processes: train, compare, adopt, go back, evaluate, stop, find again."""

from __future__ import annotations

import dataclasses
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from pytestqt.qtbot import QtBot

from chromadesk.jobs import record
from chromadesk.jobs.messages import Finished
from chromadesk.learning.config import TrainConfig
from chromadesk.models import weights
from chromadesk.models.info import read_info
from chromadesk.models.promote import promote
from chromadesk.studio.model_workspace import ModelWorkspace
from chromadesk.studio.session import Session
from chromadesk.studio.window import Window

#: Importing torch on a busy machine takes its time, milliseconds.
PATIENCE = 180_000

Make = Callable[[], ModelWorkspace]


@pytest.fixture
def make(qtbot: QtBot, session: Session, folder: Path) -> Iterator[Make]:
    """Makes workspaces on the session; at the end they go, and every job with them."""
    made: list[ModelWorkspace] = []

    def run() -> ModelWorkspace:
        workspace = ModelWorkspace(session)
        workspace.resize(1440, 836)
        workspace.show()
        qtbot.addWidget(workspace)
        made.append(workspace)
        return workspace

    yield run
    for workspace in made:
        workspace.shutdown()
    for job in record.list_jobs(folder / ".chromadesk"):
        process = record.worker(job)
        if process is not None:
            process.kill()


def ask_for_little(workspace: ModelWorkspace, epochs: int) -> None:
    """Fill in the form so that an epoch takes no time."""
    options = workspace.training.options
    workspace.training.advanced.head.click()
    options.set_size("64x32")
    options.batch.setValue(2)
    options.epochs.setValue(epochs)
    options.patience.setValue(0)
    options.device.setCurrentIndex(options.device.findData("cpu"))


def click(qtbot: QtBot, button: object) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


class Busy:
    """The longest the GUI thread computed at one stretch, in seconds of its own processor time."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._last = time.thread_time()
        self._clock = QTimer(interval=0, timeout=self._tick)
        self._clock.start()

    def _tick(self) -> None:
        now = time.thread_time()
        self.longest = max(self.longest, now - self._last)
        self._last = now


def test_from_nothing_to_an_adopted_model_and_its_evaluation(
    qtbot: QtBot, make: Make, session: Session, folder: Path, tiny_weights: Path, notices: list[tuple[str, str]]
) -> None:
    workspace = make()
    assert workspace._stack.currentWidget() is workspace.empty
    first = promote(tiny_weights, folder / ".chromadesk", "tiny")
    session.open_dataset(folder)
    session.active.use(first)
    assert workspace.run.is_empty
    assert workspace.evaluation.is_empty
    assert workspace.training.count.text() == "None approved since v1"
    assert workspace.training.total.text() == "3 approved photos in all"
    counts: list[int] = []
    workspace.jobs_changed.connect(counts.append)

    ask_for_little(workspace, epochs=2)
    busy = Busy()
    click(qtbot, workspace.training.improve)
    assert counts == [1]
    assert not workspace.training.improve.isEnabled()  # a double click asks once
    qtbot.waitUntil(lambda: len(workspace.run.curves.miou[0]) == 2, timeout=PATIENCE)
    assert len(workspace.run.curves.loss[0]) >= 2
    qtbot.waitUntil(lambda: workspace.run.job is None, timeout=PATIENCE)
    assert busy.longest < 0.1
    assert counts[-1] == 0
    assert not workspace.run.result.isHidden()
    assert workspace.run.verdict.text().startswith("Too close to call on 1 test photo: mIoU over five classes")
    assert workspace.run.table.columnCount() == 7
    assert workspace.run.adopt_button.text() == "Adopt anyway"
    assert workspace.run.adopt_button.objectName() == ""
    assert workspace.training.improve.objectName() == "primary"
    assert workspace.run.back_button.isHidden()
    assert [level for _, level in notices] == ["info"]

    click(qtbot, workspace.run.adopt_button)
    qtbot.waitUntil(lambda: session.active.path != first, timeout=PATIENCE)
    assert session.active.path == folder / ".chromadesk" / "models" / "tiny-v2.safetensors"
    info_path = session.active.path
    info = read_info(session.active.path)
    assert (info.name, info.parent) == ("tiny-v2", "tiny-v1")
    assert workspace.run.adopt_button.isHidden()
    qtbot.waitUntil(lambda: [row.active for row in workspace.models.rows if not row.entry.bundled] == [False, True])
    assert workspace.evaluation.model.currentText() == "tiny-v2"
    assert workspace.run.adopted.text() == "Adopted: it is tiny-v2 and makes the proposals."
    assert workspace.run.back_button.text() == "Back to tiny-v1"
    click(qtbot, workspace.run.back_button)
    assert session.active.path == first
    assert workspace.run.back_button.isHidden()
    assert workspace.run.adopted.text() == "It is kept as tiny-v2."
    qtbot.waitUntil(lambda: [row.active for row in workspace.models.rows if not row.entry.bundled] == [True, False])
    session.active.use(info_path)

    click(qtbot, workspace.evaluation.evaluate_button)
    assert workspace.evaluation.evaluate_button.isHidden()
    qtbot.waitUntil(lambda: not workspace.evaluation.is_empty, timeout=PATIENCE)
    qtbot.waitUntil(lambda: not workspace.jobs.running, timeout=PATIENCE)
    assert workspace.evaluation.caption.text().startswith("tiny-v2 on ")
    worst = workspace.evaluation.worst
    assert worst.count() >= 1
    key = worst.item(0).data(Qt.ItemDataRole.UserRole)
    with qtbot.waitSignal(workspace.show_paint):
        worst.itemClicked.emit(worst.item(0))
    qtbot.waitUntil(lambda: session.item is not None and session.item.key == key)

    again = make()  # as after a restart: the last training and the last evaluation are there
    qtbot.waitUntil(lambda: not again.run.result.isHidden(), timeout=PATIENCE)
    assert "tiny-v2" in again.run.adopted.text()
    assert not again.evaluation.is_empty
    assert again.jobs.running == []
    assert len(again.run.curves.miou[0]) == 2


@pytest.mark.parametrize("better", [True, False, None])
def test_the_button_that_matters_follows_the_verdict(
    qtbot: QtBot, make: Make, session: Session, folder: Path, tiny_weights: Path, better: bool | None
) -> None:
    """The last job of a data set is shown again; here its outcome says how it went."""
    first = promote(tiny_weights, folder / ".chromadesk", "tiny")
    config = TrainConfig("../../..", ".", model="unet", init=str(first), epochs=2)
    job = record.create(folder / ".chromadesk", record.Request("improve", config.to_json()))
    network, info = weights.load(tiny_weights)
    weights.save(network, dataclasses.replace(info, seed=9), job / "model.safetensors")
    trained = {"epochs_done": 2, "epoch_kept": 1, "judged_on": "test", "seconds": 3.0}
    why = "The new model was judged."
    record.append(job, Finished({"train": trained, "new": None, "old": None, "better": better, "why": why}))
    session.open_dataset(folder)
    session.active.use(first)
    workspace = make()
    run = workspace.run
    qtbot.waitUntil(lambda: not run.result.isHidden(), timeout=PATIENCE)
    assert run.verdict.text() == why
    assert run.status.text() == "done in 5 s, the best epoch was 1 of 2"
    assert run.table.isHidden()
    advised = better is not False
    assert run.adopt_button.text() == ("Adopt as tiny-v2" if advised else "Adopt anyway")
    assert run.adopt_button.objectName() == ("primary" if advised else "")
    assert workspace.training.improve.objectName() == ("" if advised else "primary")
    click(qtbot, run.adopt_button)
    qtbot.waitUntil(lambda: session.active.path is not None and session.active.path.stem == "tiny-v2", timeout=PATIENCE)


@pytest.mark.slow
def test_a_training_is_stopped_left_found_again_and_goes_on(
    qtbot: QtBot, make: Make, session: Session, folder: Path, tiny_weights: Path
) -> None:
    session.open_dataset(folder)
    session.active.use(promote(tiny_weights, folder / ".chromadesk", "tiny"))
    workspace = make()
    ask_for_little(workspace, epochs=5000)
    click(qtbot, workspace.run.empty.button)
    qtbot.waitUntil(lambda: len(workspace.run.curves.loss[0]) > 1, timeout=PATIENCE)
    assert "left" in workspace.run.status.text()
    workspace.shutdown()  # the studio closes; the job goes on

    again = make()
    assert len(again.jobs.running) == 1
    qtbot.waitUntil(lambda: len(again.run.curves.loss[0]) > 1, timeout=PATIENCE)
    click(qtbot, again.run.stop_button)
    assert not again.run.stop_button.isEnabled()
    qtbot.waitUntil(lambda: again.run.job is None, timeout=PATIENCE)
    assert again.run.status.text().startswith("stopped after")
    assert not again.run.continue_button.isHidden()
    click(qtbot, again.run.continue_button)
    assert len(again.jobs.running) == 1
    assert again.run.continue_button.isHidden()


def test_another_data_set_shows_its_own_jobs(
    qtbot: QtBot, make: Make, session: Session, folder: Path, tmp_path: Path, tiny_weights: Path
) -> None:
    session.open_dataset(folder)
    session.active.use(promote(tiny_weights, folder / ".chromadesk", "tiny"))
    workspace = make()
    job = workspace.jobs.start("fly", {})
    assert job is not None
    workspace.evaluation.evaluate()
    assert len(workspace.jobs.running) == 1
    assert len(workspace.jobs.waiting) == 1
    other = tmp_path / "other"
    shutil.copytree(folder / "A", other / "A")
    session.open_dataset(other)
    assert workspace.jobs.running == []
    assert workspace.jobs.waiting == []
    assert workspace.run.is_empty
    assert workspace.evaluation.is_empty
    assert not workspace.evaluation.evaluate_button.isHidden()


def test_a_failure_is_told_where_one_looks(
    qtbot: QtBot, make: Make, session: Session, folder: Path, tiny_weights: Path, notices: list[tuple[str, str]]
) -> None:
    session.open_dataset(folder)
    session.active.use(promote(tiny_weights, folder / ".chromadesk", "tiny"))
    for mask in (folder / "B").iterdir():
        mask.write_bytes(b"")
    workspace = make()
    workspace.evaluation.evaluate()
    qtbot.waitUntil(lambda: workspace.evaluation._job is None, timeout=PATIENCE)
    assert notices[-1][1] == "error"
    assert ".png" in notices[-1][0]
    assert workspace.evaluation.warning.text() == notices[-1][0]
    assert not workspace.evaluation.warning.isHidden()
    assert workspace.evaluation.is_empty


def test_a_job_left_running_is_counted_as_soon_as_its_data_set_is_open(
    qtbot: QtBot, window: Window, folder: Path
) -> None:
    left = record.create(folder / ".chromadesk", record.Request("evaluate"))
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    try:
        record.claim(left, child.pid)
        assert record.any_running(folder / ".chromadesk")
        window.session.open_dataset(folder)
        assert window.model_workspace is not None
        assert [job.folder for job in window.model_workspace.jobs.running] == [left]
        qtbot.waitUntil(lambda: window.top.jobs.text().startswith("1 job"))
    finally:
        child.kill()
        child.wait()
