"""The list of jobs: what stands where, and what is said of each."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from chromadesk.jobs import past, record
from chromadesk.jobs.messages import Failed, Finished
from chromadesk.jobs.record import Request
from chromadesk.models import library


def ended(state: Path, request: Request, result: dict[str, object]) -> Path:
    folder = record.create(state, request)
    record.note_begun(folder)
    record.append(folder, Finished(result))
    record.note_ended(folder)
    return folder


def test_running_first_then_waiting_in_turn_then_the_newest(tmp_path: Path) -> None:
    evaluation = {"miou": 0.7912, "photos": 3}
    done = ended(tmp_path, Request("evaluate", {"model": "a/chromanet.safetensors"}), evaluation)
    late = record.create(tmp_path, Request("queue", {"model": "m"}))
    soon = record.create(tmp_path, Request("evaluate", {"model": "b"}))
    for folder in (soon, late):
        record.enqueue(folder)
        time.sleep(0.01)
    runs = record.create(tmp_path, Request("improve", {"model": "chromanet", "init": "x/chromanet-v2.safetensors"}))
    lost = record.create(tmp_path, Request("train", {"model": "unet"}))
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    try:
        record.claim(runs, child.pid)
        found = past.entries(tmp_path, 40)
    finally:
        child.kill()
        child.wait()
    assert [entry.folder for entry in found[:3]] == [runs, soon, late]
    assert {entry.folder for entry in found[3:]} == {done, lost}
    by_folder = {entry.folder: entry for entry in found}
    assert by_folder[runs].title == "Training ChromaNet from chromanet-v2"
    assert (by_folder[runs].standing, by_folder[soon].standing) == ("running", "waiting")
    assert by_folder[lost].title == "Training U-Net from scratch"
    assert (by_folder[lost].standing, by_folder[lost].outcome) == ("failed", "It ended without a word")
    entry = by_folder[done]
    assert (entry.title, entry.standing, entry.photos) == ("Evaluation of chromanet", "done", 3)
    assert entry.outcome == "mIoU 0.791"
    assert entry.seconds is not None
    assert 0 <= entry.seconds < 5


def test_a_training_says_what_it_came_to_and_what_it_became(tmp_path: Path) -> None:
    trained = {"photos": {"corrected": 4, "others": 8}}
    result = {"train": trained, "new": {"miou": 0.8}, "old": {"miou": 0.75}}
    folder = ended(tmp_path, Request("improve", {"model": "unet"}), result)
    entry = past.entries(tmp_path, 5)[0]
    assert (entry.photos, entry.outcome) == (12, "mIoU 0.750 → 0.800")
    (folder / record.ADOPTED).write_text("unet-v2\n")
    assert past.entries(tmp_path, 5)[0].outcome == "mIoU 0.750 → 0.800, adopted as unet-v2"


def test_stopped_and_failed(tmp_path: Path) -> None:
    folder = record.create(tmp_path, Request("evaluate", {}))
    record.append(folder, Failed("There is no model."))
    ended(tmp_path, Request("train", {"model": "unet"}), {"cancelled": True, "photos": {"corrected": 0, "others": 2}})
    found = {entry.kind: entry for entry in past.entries(tmp_path, 5)}
    assert (found["evaluate"].standing, found["evaluate"].outcome) == ("failed", "There is no model.")
    assert (found["train"].standing, found["train"].photos) == ("stopped", 2)


def test_a_version_was_born_when_its_training_first_began(tmp_path: Path, tiny_weights: Path) -> None:
    before = time.time()
    folder = ended(tmp_path, Request("improve", {"model": "unet"}), {})
    record.note_begun(folder)  # continued later
    (folder / record.ADOPTED).write_text("tiny-v1\n")
    (tmp_path / "models").mkdir()
    weights = tmp_path / "models" / "tiny-v1.safetensors"
    weights.write_bytes(tiny_weights.read_bytes())
    assert past.born(weights, tmp_path) == pytest.approx(before, abs=5)
    assert past.born(weights, tmp_path) == record.chosen(folder)
    foreign = tmp_path / "models" / "other.safetensors"
    foreign.write_bytes(b"")
    os.utime(foreign, (1000, 1000))
    assert past.born(foreign, tmp_path) == 1000
    assert past.born(library.bundled()[0], tmp_path) == 0


def test_the_queue_keeps_its_order_and_what_is_dropped_is_gone(tmp_path: Path) -> None:
    first, second = (record.create(tmp_path, Request("evaluate", {"model": name})) for name in "ab")
    for folder in (second, first):
        record.enqueue(folder)
        time.sleep(0.01)
    assert record.waiting(tmp_path) == [second, first]
    record.drop(second)
    assert record.waiting(tmp_path) == [first]
    assert not second.exists()
    record.append(first, Finished({}))  # one that ran before, to be continued
    record.drop(first)
    assert record.waiting(tmp_path) == []
    assert (first / record.REQUEST).exists()
