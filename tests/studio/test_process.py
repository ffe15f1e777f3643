"""Jobs in real processes: followed, left, found again, stopped; and those that hang or die."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from pytestqt.qtbot import QtBot

from chromadesk.errors import JobError
from chromadesk.jobs import record
from chromadesk.jobs.messages import Failed, Finished, Message, Metrics, Started
from chromadesk.jobs.record import Request
from chromadesk.studio.process import JobProcess

#: Importing torch on a busy machine takes its time, milliseconds.
PATIENCE = 120_000


def job_on(folder: Path, **config: Any) -> Path:
    tiny = {"model": "unet", "parameters": {"depth": 2, "width": 4}, "size": [64, 32], "batch": 2, "device": "cpu"}
    places = {"dataset": "../../..", "out": "."}
    return record.create(folder / ".chromadesk", Request("train", {**places, **tiny, **config}, nice=1))


@pytest.fixture(autouse=True)
def no_job_is_left(tmp_path: Path) -> Iterator[None]:
    yield
    for note in tmp_path.rglob(record.WORKER):
        process = record.worker(note.parent)
        if process is not None:
            process.kill()


class Followed:
    """What a job said."""

    def __init__(self, job: JobProcess) -> None:
        self.messages: list[Message] = []
        self.ended: list[int] = []
        job.message.connect(self.messages.append)
        job.ended.connect(self.ended.append)


def test_a_job_runs_is_left_found_again_and_stopped(qtbot: QtBot, folder: Path) -> None:
    where = job_on(folder, epochs=10_000)
    job = JobProcess(where)
    heard = Followed(job)
    job.start()
    assert job.is_running
    assert record.running(where)
    qtbot.waitUntil(lambda: any(isinstance(m, Metrics) for m in heard.messages), timeout=PATIENCE)
    assert heard.messages[0] == Started("train", 10_000)
    process = record.worker(where)
    assert process is not None
    if os.name == "posix":
        assert process.nice() == psutil.Process().nice() + 1

    job.leave()  # the studio goes, the job stays
    job.deleteLater()
    second = JobProcess(where)
    again = Followed(second)
    second.attach()
    qtbot.waitUntil(lambda: any(isinstance(m, Metrics) for m in again.messages), timeout=PATIENCE)
    assert again.messages[: len(heard.messages)] == heard.messages
    assert second.attached
    second.stop()
    second.stop()  # impatience changes nothing
    qtbot.waitUntil(lambda: bool(again.ended), timeout=PATIENCE)
    assert again.ended == [0]
    assert isinstance(again.messages[-1], Finished)
    assert again.messages[-1].result["cancelled"]
    process.wait(timeout=60)  # its last word came before its end

    third = JobProcess(where)  # and one that ended long ago is told once more
    past = Followed(third)
    third.attach()
    qtbot.waitUntil(lambda: bool(past.ended), timeout=PATIENCE)
    assert past.messages == again.messages


def test_a_job_that_does_not_listen_is_ended(qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    where = job_on(folder, epochs=10_000)
    job = JobProcess(where)
    heard = Followed(job)
    monkeypatch.setattr(JobProcess, "GRACE_S", 0.2)
    monkeypatch.setattr(JobProcess, "TERMINATE_S", 0.2)
    job.start()
    process = record.worker(where)
    assert process is not None
    process.suspend()  # hears neither the wish nor the signal to terminate
    job.stop()
    qtbot.waitUntil(lambda: bool(heard.ended), timeout=PATIENCE)
    assert heard.ended == [0]
    assert heard.messages[-1] == Finished({"cancelled": True})


@pytest.mark.slow
def test_a_job_that_hangs_is_told_and_so_is_its_going_on(
    qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = job_on(folder, epochs=10_000)
    job = JobProcess(where)
    heard = Followed(job)
    hangs: list[bool] = []
    job.hangs.connect(hangs.append)
    job.start()
    qtbot.waitUntil(lambda: any(isinstance(m, Metrics) for m in heard.messages), timeout=PATIENCE)
    process = record.worker(where)
    assert process is not None
    assert hangs == []
    monkeypatch.setattr(JobProcess, "SILENCE_S", 1.0)
    process.suspend()
    qtbot.waitUntil(lambda: hangs == [True], timeout=5000)
    process.resume()
    qtbot.waitUntil(lambda: hangs == [True, False], timeout=PATIENCE)
    monkeypatch.setattr(JobProcess, "TERMINATE_S", 0.2)
    process.suspend()
    qtbot.waitUntil(lambda: hangs == [True, False, True], timeout=5000)
    job.stop()  # nobody waits for what hangs as long as for what works
    qtbot.waitUntil(lambda: bool(heard.ended), timeout=5000)
    assert heard.ended == [0]


def test_a_job_that_dies_says_so(qtbot: QtBot, folder: Path) -> None:
    where = job_on(folder, epochs=10_000)
    job = JobProcess(where)
    heard = Followed(job)
    job.start()
    process = record.worker(where)
    assert process is not None
    process.kill()
    qtbot.waitUntil(lambda: bool(heard.ended), timeout=PATIENCE)
    assert heard.ended == [1]
    assert isinstance(heard.messages[-1], Failed)
    assert "log.txt" in heard.messages[-1].text


def test_a_long_past_is_told_in_pieces(qtbot: QtBot, tmp_path: Path) -> None:
    where = record.create(tmp_path, Request("train"))
    said: list[Message] = [Metrics(float(step), {"loss": 1.0}) for step in range(5000)]
    said.append(Finished({}))
    for message in said:
        record.append(where, message)
    job = JobProcess(where)
    heard = Followed(job)
    job.attach()
    qtbot.waitUntil(lambda: bool(heard.ended), timeout=PATIENCE)
    assert heard.messages == said
    assert heard.ended == [0]


def test_no_job_in_the_folder(tmp_path: Path) -> None:
    with pytest.raises(JobError):
        JobProcess(tmp_path)
