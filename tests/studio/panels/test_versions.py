"""Versions beside each other: what is compared, what is missing, what has to be known."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from chromadesk.jobs import record
from chromadesk.jobs.messages import Finished
from chromadesk.studio.background import Background
from chromadesk.studio.jobs import Jobs
from chromadesk.studio.panels.versions import VersionsPanel
from chromadesk.studio.session import Session

LEFT = Qt.MouseButton.LeftButton


def measure(state: Path, model: Path, keys: list[str], miou: float, seen: int = 0) -> None:
    """The job of an evaluation that was made."""
    folder = record.create(state, record.Request("evaluate", {"model": str(model)}))
    result: dict[str, Any] = {
        "split": "test",
        "miou": miou,
        "miou_without_background": miou - 0.05,
        "quality": "paper",
        "size": "64x32",
        "per_photo": [{"key": key} for key in keys],
        "seen": keys[:seen],
    }
    record.append(folder, Finished(result))


@pytest.fixture
def panel(
    qtbot: QtBot, session: Session, folder: Path, versions: Callable[[Path, int], list[Path]]
) -> Iterator[VersionsPanel]:
    """Two versions, of which the second was not measured; 01 to 03 are approved, none is kept for testing."""
    state = folder / ".chromadesk"
    first, second = versions(state, 2)
    measure(state, first, ["A/01.jpg", "A/02.jpg", "A/03.jpg"], 0.5, seen=2)
    session.open_dataset(folder)
    session.active.use(second)
    jobs, background = Jobs(session), Background()
    jobs.find()
    made = VersionsPanel(session, jobs, background)
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.show()
    qtbot.waitUntil(lambda: len(made.survey.versions) == 2)
    yield made
    for folder in jobs.waiting:
        jobs.remove(folder)
    for job in jobs.running:
        process = record.worker(job.folder)
        if process is not None:
            process.kill()
    jobs.close()
    background.finish(drop=True)


def test_what_was_measured_is_shown_and_what_is_missing_is_run(qtbot: QtBot, panel: VersionsPanel) -> None:
    assert panel.caption.text() == "On 3 test photos, 64 × 32, stretched as in the paper"
    cells = [[panel.table.item(row, column).text() for column in range(4)] for row in range(2)]
    assert cells == [["tiny-v1", "0.500", "0.450", "–"], ["tiny-v2", "–", "–", "–"]]
    assert panel.table.item(1, 0).font().bold() or panel.table.item(1, 0).font().weight() > 500  # the active one
    assert "tiny-v1 was trained on 2 of these 3 photos" in panel.remarks.text()
    assert "not measured" in panel.remarks.text()
    assert [(point.label, point.seen) for point in panel.chart.points] == [("v1", True)]
    assert panel.evaluate_button.text() == "Evaluate 1 missing"
    qtbot.mouseClick(panel.evaluate_button, LEFT)
    (job,) = panel._jobs.running
    config = job.request.config
    assert config["model"].endswith("tiny-v2.safetensors")
    assert (config["keys"], config["split"]) == (["A/01.jpg", "A/02.jpg", "A/03.jpg"], "test")
    assert (config["quality"], config["size"], config["native"]) == ("paper", [64, 32], False)
    qtbot.waitUntil(lambda: panel.evaluate_button.text() == "Evaluating…")
    assert not panel.evaluate_button.isEnabled()


def test_other_photos_by_now_mean_measuring_all_anew(qtbot: QtBot, panel: VersionsPanel, session: Session) -> None:
    session.states.set("A/03.jpg", "excluded")
    qtbot.waitUntil(lambda: "others by now (2)" in panel.caption.text())
    assert panel.evaluate_button.text() == "Evaluate all versions"
    assert [entry.path.stem for entry in panel.missing()] == ["tiny-v1", "tiny-v2"]
    qtbot.mouseClick(panel.evaluate_button, LEFT)
    assert len(panel._jobs.running) == 1
    assert len(panel._jobs.waiting) == 1
