"""A job folder from a stranger writes into itself or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from chromadesk.errors import JobError
from chromadesk.jobs import record
from chromadesk.jobs.messages import Failed, Message
from chromadesk.jobs.record import Request
from chromadesk.jobs.worker import run_job


def job(folder: Path, **config: object) -> Path:
    folder.mkdir(parents=True)
    (folder / record.REQUEST).write_text(json.dumps({"kind": "train", "config": config}))
    return folder


@pytest.mark.parametrize("out", ["..", "../../elsewhere", "/tmp/elsewhere", "sub/../..", "way/out"])
def test_out_lies_in_the_folder(tmp_path: Path, out: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    folder = job(tmp_path / "jobs" / "job", dataset=str(tmp_path), out=out.replace("/tmp", str(tmp_path)))
    if out == "way/out":
        (folder / "way").symlink_to(elsewhere)
        with pytest.raises(JobError, match="is a link"):
            run_job(folder)
        return
    heard: list[Message] = []
    assert run_job(folder, heard.append) == 2
    assert isinstance(heard[-1], Failed)
    assert "outside its own folder" in heard[-1].text
    assert not list(elsewhere.iterdir())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["elsewhere", "jobs"]


@pytest.mark.parametrize("name", [record.MESSAGES, record.LOG, record.OUTCOME, record.WORKER, "checkpoint"])
def test_what_it_appends_to_is_no_link(tmp_path: Path, name: str) -> None:
    target = tmp_path / "profile"
    target.write_text("mine\n")
    folder = job(tmp_path / "job", dataset=".", out=".")
    (folder / name).symlink_to(target)
    with pytest.raises(JobError, match="is a link, and a job writes into its own folder only"):
        run_job(folder)
    assert target.read_text() == "mine\n"


@pytest.mark.parametrize("nice", [-20, 10**40, True, "low"])
def test_a_priority_that_cannot_be_is_none(tmp_path: Path, nice: object) -> None:
    folder = job(tmp_path / "job")
    (folder / record.REQUEST).write_text(json.dumps({"kind": "no such", "config": {}, "nice": nice}))
    assert 0 <= record.read_request(folder).nice <= 19


def test_a_request_that_is_a_pipe_or_too_deep_never_blocks(tmp_path: Path) -> None:
    import os

    folder = tmp_path / "job"
    folder.mkdir()
    os.mkfifo(folder / record.REQUEST)
    with pytest.raises(JobError, match="pipe"):
        record.read_request(folder)
    (folder / record.REQUEST).unlink()
    (folder / record.REQUEST).write_text("[" * 200_000)
    with pytest.raises(JobError, match="not valid JSON"):
        record.read_request(folder)


def test_a_line_without_end_is_passed_over(tmp_path: Path) -> None:
    folder = job(tmp_path / "job")
    (folder / record.MESSAGES).write_bytes(b"x" * (40 << 20) + b'\n{"type": "Warned", "text": "heard"}\n')
    tail, heard = record.Tail(folder), []
    for _ in range(5):
        heard += tail.read()
    assert [message.text for message in heard] == ["heard"]  # type: ignore[union-attr]


def test_jobs_and_scores_survive_any_result(tmp_path: Path) -> None:
    from chromadesk.jobs import comparison, past

    for number, result in enumerate(
        [
            {"train": "x"},
            {"photos": {"a": "b"}},
            {"new": {"miou": "high"}},
            {"scores": 3},
            {"miou": float("nan"), "photos": -1},
            {"split": "test", "miou": 1e400, "per_photo": [{"key": []}], "quality": "", "size": ""},
            {"split": "test", "miou": "x", "per_photo": 7, "quality": "", "size": ""},
        ]
    ):
        folder = record.create(tmp_path, Request("evaluate", {"model": "\x1b[2J" + "m" * 1000}))
        (folder / record.OUTCOME).write_text(json.dumps({"type": "Finished", "result": result}))
        assert past.entries(tmp_path, 20)[0].title.isprintable(), number
        assert comparison.scores(tmp_path) == []
