from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from chromadesk.errors import JobError, StorageError
from chromadesk.jobs import record
from chromadesk.jobs.messages import Failed, Finished, Metrics, Progress, Started
from chromadesk.jobs.record import Request


def test_create_and_read_request(tmp_path: Path) -> None:
    request = Request("train", {"dataset": "../../..", "epochs": 3}, nice=10)
    folder = record.create(tmp_path, request)
    assert folder.parent == tmp_path / "jobs"
    assert folder.name.endswith("-train")
    assert record.read_request(folder) == request


def test_jobs_of_one_second_have_folders_of_their_own_and_the_newest_comes_first(tmp_path: Path) -> None:
    folders = [record.create(tmp_path, Request("evaluate")) for _ in range(12)]
    assert len(set(folders)) == 12
    assert record.list_jobs(tmp_path) == folders[::-1]


def test_list_leaves_out_what_is_no_job(tmp_path: Path) -> None:
    assert record.list_jobs(tmp_path) == []
    (tmp_path / "jobs" / "notes").mkdir(parents=True)
    assert record.list_jobs(tmp_path) == []


@pytest.mark.parametrize(
    "text", ["", "[]", '{"kind": 3, "config": {}}', '{"kind": "train"}', '{"kind": "train", "config": []}']
)
def test_damaged_request_is_refused_in_one_sentence(tmp_path: Path, text: str) -> None:
    (tmp_path / "request.json").write_text(text)
    with pytest.raises(JobError, match="create the job again"):
        record.read_request(tmp_path)


def test_missing_request(tmp_path: Path) -> None:
    with pytest.raises(JobError, match="no job folder"):
        record.read_request(tmp_path / "nowhere")


def test_messages_are_read_as_they_come(tmp_path: Path) -> None:
    folder = record.create(tmp_path, Request("train"))
    tail = record.Tail(folder)
    assert tail.read() == []
    said = [Started("train", 10), Progress(1, 10, "epoch 1", 9.0), Metrics(0.1, {"loss": 1.5})]
    for message in said:
        record.append(folder, message)
    assert tail.read(limit=2) == said[:2]
    assert tail.read() == said[2:]
    assert tail.read() == []
    assert record.Tail(folder).read() == said


def test_torn_last_line_waits_and_damaged_line_is_passed_over(tmp_path: Path) -> None:
    folder = record.create(tmp_path, Request("train"))
    path = folder / "messages.jsonl"
    tail = record.Tail(folder)
    path.write_bytes(b'{"type": "Started", "kind": "train", "total": 4}\n\xff\xfe no json\n{"type": "Progre')
    assert tail.read() == [Started("train", 4)]
    with open(path, "ab") as handle:
        handle.write(b'ss", "done": 1, "total": 4}\n')
    assert tail.read() == [Progress(1, 4)]


def test_outcome_is_the_last_message_only(tmp_path: Path) -> None:
    folder = record.create(tmp_path, Request("train"))
    record.append(folder, Started("train", 1))
    assert record.outcome(folder) is None
    record.append(folder, Finished({"model": "model.safetensors"}))
    assert record.outcome(folder) == Finished({"model": "model.safetensors"})
    record.append(folder, Failed("No."))
    assert record.outcome(folder) == Failed("No.")


def test_running_follows_the_process_and_not_its_number(tmp_path: Path) -> None:
    folder = record.create(tmp_path, Request("train"))
    assert not record.running(folder)
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        record.claim(folder, child.pid)
        assert record.running(folder)
        with pytest.raises(JobError, match=f"process {child.pid}"):
            record.claim(folder)
        note = json.loads((folder / "worker.json").read_text())
        note["started"] -= 100  # as if another process had got the same number since
        (folder / "worker.json").write_text(json.dumps(note))
        assert not record.running(folder)
    finally:
        child.kill()
        child.wait()


def test_a_dead_process_runs_nothing(tmp_path: Path) -> None:
    folder = record.create(tmp_path, Request("train"))
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    record.claim(folder, child.pid)
    child.kill()
    deadline = time.monotonic() + 5
    while psutil.Process(child.pid).status() != psutil.STATUS_ZOMBIE and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not record.running(folder)  # not yet waited for: a zombie
    child.wait()
    assert not record.running(folder)
    record.claim(folder, child.pid)  # ended before it could be noted
    record.claim(folder)
    assert record.worker(folder) == psutil.Process(os.getpid())
    record.release(folder)
    assert not record.running(folder)


def test_damaged_worker_note(tmp_path: Path) -> None:
    (tmp_path / "worker.json").write_text('{"pid": "x"}')
    assert not record.running(tmp_path)


def test_stop_is_asked_and_forgotten_when_the_job_is_run_anew(tmp_path: Path) -> None:
    folder = record.create(tmp_path, Request("train"))
    record.ask_to_stop(folder)
    assert record.stop_asked(folder)
    record.renew(folder)
    assert record.stop_asked(folder)  # asked before it began: still meant
    record.append(folder, Finished({"cancelled": True}))
    record.renew(folder)
    assert not record.stop_asked(folder)
    assert record.outcome(folder) is None


def test_a_wish_meant_for_a_process_that_is_gone_stops_no_other(tmp_path: Path) -> None:
    folder = record.create(tmp_path, Request("train"))
    record.claim(folder)
    record.ask_to_stop(folder)
    record.forget_wish(folder)
    assert record.stop_asked(folder)  # it lives, and is meant
    record.release(folder)  # killed, say, before it heeded
    record.forget_wish(folder)
    assert not record.stop_asked(folder)


def test_a_line_cut_short_by_a_kill_takes_no_other_with_it(tmp_path: Path) -> None:
    folder = record.create(tmp_path, Request("train"))
    record.renew(folder)
    assert not (folder / record.MESSAGES).exists()
    record.append(folder, Started("train", 3))
    with open(folder / record.MESSAGES, "a") as said:
        said.write('{"type": "Progr')
    for _ in range(2):
        record.renew(folder)
        record.append(folder, Started("train", 2))
    assert record.Tail(folder).read() == [Started("train", 3), Started("train", 2), Started("train", 2)]


def test_signs_of_life_are_told_apart_and_end_with_the_process(tmp_path: Path) -> None:
    folder = record.create(tmp_path, Request("train"))
    assert record.last_beat(folder) == 0
    record.beat(folder)
    first = record.last_beat(folder)
    time.sleep(0.02)
    record.beat(folder)
    assert record.last_beat(folder) > first > 0
    record.release(folder)
    assert record.last_beat(folder) == 0
    record.beat(tmp_path / "gone")  # where nobody can look there is nothing to say


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="Could not write"):
        record.append(tmp_path / "gone", Started("train"))
