"""The studio's child processes, for real: the segmenter that answers, crashes and comes back; jobs that outlive us."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pytest
from pytestqt.qtbot import QtBot

from chromadesk.errors import JobError
from chromadesk.jobs import record
from chromadesk.jobs.messages import Failed, Finished, Message, Metrics, Started
from chromadesk.jobs.record import Request
from chromadesk.studio.process import LOADING, PREDICTING, JobProcess, SegmenterProcess

#: Importing torch on a busy machine takes its time, milliseconds.
PATIENCE = 120_000


@pytest.fixture
def segmenter(qtbot: QtBot) -> Iterator[SegmenterProcess]:
    made = SegmenterProcess()
    yield made
    made.shutdown()
    made.deleteLater()


class Heard:
    """What a segmenter said."""

    def __init__(self, segmenter: SegmenterProcess) -> None:
        self.predicted: list[tuple[str, np.ndarray]] = []
        self.failed: list[tuple[str, str]] = []
        self.doing: list[str] = []
        segmenter.predicted.connect(lambda photo, labels: self.predicted.append((photo.name, labels)))
        segmenter.failed.connect(lambda photo, sentence: self.failed.append((photo.name, sentence)))
        segmenter.doing.connect(self.doing.append)


def segmenter_children() -> list[psutil.Process]:
    children = psutil.Process().children(recursive=True)
    return [child for child in children if "chromadesk.jobs.segmenter" in " ".join(child.cmdline())]


def test_the_segmenter_answers_the_latest_survives_and_ends(
    qtbot: QtBot, segmenter: SegmenterProcess, folder: Path, tiny_weights: Path
) -> None:
    heard = Heard(segmenter)
    photos = [folder / "A" / f"{number:02}.jpg" for number in (1, 2, 3, 4)]
    for photo in photos:
        segmenter.predict(photo, tiny_weights)
    qtbot.waitUntil(lambda: len(heard.predicted) == 2, timeout=PATIENCE)
    # The first was under way at once; of the others only the last was still wanted.
    assert [name for name, _ in heard.predicted] == ["01.jpg", "04.jpg"]
    labels = heard.predicted[0][1]
    assert (labels.shape, labels.dtype) == ((120, 80), np.uint8)
    assert labels.flags.writeable
    assert heard.doing == [LOADING, PREDICTING, ""]

    broken = folder / "A" / "broken.jpg"
    broken.write_text("no photo")
    segmenter.predict(broken, tiny_weights)
    qtbot.waitUntil(lambda: len(heard.failed) == 1, timeout=PATIENCE)
    assert "broken.jpg" in heard.failed[0][1]

    (child,) = segmenter_children()
    child.suspend()  # so that it dies with a request in its hands
    segmenter.predict(photos[0], tiny_weights)
    segmenter.predict(photos[1], tiny_weights)
    child.kill()
    qtbot.waitUntil(lambda: len(heard.predicted) == 3, timeout=PATIENCE)
    assert heard.failed[1] == (
        "01.jpg",
        "The segmenter stopped unexpectedly and will be restarted; predict again (Ctrl+R).",
    )
    assert heard.predicted[2][0] == "02.jpg"  # by a new child, without being asked again

    scratch = Path(segmenter._folder.name)
    segmenter.shutdown()
    assert segmenter_children() == []
    assert not scratch.exists()
    segmenter.predict(photos[0], tiny_weights)  # too late, and no harm
    assert segmenter_children() == []


def test_preparing_says_nothing_and_predicting_then_works(
    qtbot: QtBot, segmenter: SegmenterProcess, folder: Path, tiny_weights: Path
) -> None:
    heard = Heard(segmenter)
    segmenter.prepare(tiny_weights)
    assert heard.doing == []
    segmenter.predict(folder / "A" / "01.jpg", tiny_weights)
    assert heard.doing == [LOADING]  # the person waits from here on, though the child is not asked yet
    segmenter.prepare(tiny_weights)  # and is not sent away for less
    qtbot.waitUntil(lambda: len(heard.predicted) == 1, timeout=PATIENCE)
    assert heard.doing == [LOADING, PREDICTING, ""]
    assert heard.failed == []


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
