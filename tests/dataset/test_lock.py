"""One studio at a time: notes of living and dead processes, reused numbers, other machines, and a race for them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import psutil
import pytest

from chromadesk import processes
from chromadesk.dataset import lock
from chromadesk.dataset.lock import Holder, Lock
from chromadesk.errors import StorageError


@pytest.fixture
def other() -> Iterator[Holder]:
    """Another living process of this machine."""
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    yield replace(Holder.me(), pid=child.pid, started=processes.started(child.pid))
    child.kill()
    child.wait()


def note(state: Path, holder: Holder) -> Path:
    """Put a note into the state folder."""
    path = state / lock.FILE_NAME
    path.write_text(json.dumps(asdict(holder)))
    return path


def test_what_one_process_has_no_other_gets(tmp_path: Path, other: Holder) -> None:
    note(tmp_path, other)
    mine = Lock(tmp_path)
    assert mine.take() == mine.look() == other
    assert not mine.held
    psutil.Process(other.pid).kill()
    time.sleep(0.1)
    assert mine.look() is None
    assert mine.take() is None
    assert mine.held
    assert mine.renew() is None
    mine.release()
    assert not (tmp_path / lock.FILE_NAME).exists()


def test_a_number_given_to_another_process_since_is_nobodys_note(tmp_path: Path, other: Holder) -> None:
    note(tmp_path, replace(other, started=other.started - 100))
    assert Lock(tmp_path).look() is None
    assert Lock(tmp_path).take() is None


@pytest.mark.parametrize("text", ["", "{", "[]", '{"pid": 1}', '{"pid": "x", "started": 1}', "\x00" * 99])
def test_a_note_without_sense_is_nobodys(tmp_path: Path, text: str) -> None:
    (tmp_path / lock.FILE_NAME).write_text(text)
    mine = Lock(tmp_path)
    assert mine.take() is None
    assert mine.renew() is None
    mine.release()


def test_a_note_of_another_machine_counts_while_it_is_renewed(
    tmp_path: Path, other: Holder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "STALE", 0.15)
    far = replace(other, space="elsewhere", host="elsewhere", pid=2**22 + 1)
    path = note(tmp_path, far)
    mine = Lock(tmp_path)
    for _ in range(4):
        assert mine.take() == far
        time.sleep(0.05)
        os.utime(path)
    assert mine.look() == far
    time.sleep(0.2)
    assert mine.look() is None
    assert mine.take() is None


def test_a_note_of_yesterday_from_another_machine_counts_no_more(tmp_path: Path, other: Holder) -> None:
    path = note(tmp_path, replace(other, space="elsewhere"))
    os.utime(path, (time.time() - 86400,) * 2)
    assert Lock(tmp_path).take() is None


def test_who_lost_it_hears_of_it_and_takes_nothing_back(tmp_path: Path, other: Holder) -> None:
    mine = Lock(tmp_path)
    assert mine.take() is None
    path = note(tmp_path, other)
    assert mine.renew() == other
    assert not mine.held
    mine.release()
    assert path.exists()


def test_one_process_may_have_it_twice(tmp_path: Path) -> None:
    first, second = Lock(tmp_path), Lock(tmp_path)
    assert first.take() is None
    assert second.take() is None
    first.release()
    assert (tmp_path / lock.FILE_NAME).exists()
    second.release()
    assert not (tmp_path / lock.FILE_NAME).exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_a_strangers_link_is_not_written_through_and_a_pipe_not_waited_for(tmp_path: Path) -> None:
    state = tmp_path / "state"
    state.mkdir()
    path, thesis = state / lock.FILE_NAME, tmp_path / "thesis.txt"
    thesis.write_text("300 pages")
    path.symlink_to(thesis)
    mine = Lock(state)
    assert mine.look() is None
    assert mine.take() is None
    assert mine.renew() is None
    mine.release()
    assert thesis.read_text() == "300 pages"
    os.mkfifo(path)
    assert mine.renew() is None
    with pytest.raises(StorageError, match=re.escape(str(path))):
        mine.take()


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="Could not write"):
        Lock(tmp_path / "file").take()
    mine = Lock(tmp_path / "new")
    assert mine.take() is None
    (tmp_path / "new" / lock.FILE_NAME).unlink()
    (tmp_path / "new").rmdir()
    mine.release()  # gone with its folder
    assert not (tmp_path / "new").exists()


_RACER = """
import sys, time
from pathlib import Path
from chromadesk.dataset.lock import Lock
state, inside = Path(sys.argv[1]), Path(sys.argv[1]) / "inside"
taken = 0
until = time.monotonic() + 60
while taken < 25 and time.monotonic() < until:
    mine = Lock(state)
    if mine.take() is None:
        inside.mkdir()  # fails when two are in
        inside.rmdir()
        mine.release()
        taken += 1
print(taken)
"""


def test_of_three_that_race_one_is_in_at_a_time(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _RACER, str(tmp_path)]
    racers = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    assert [racer.communicate(timeout=100)[0].strip() for racer in racers] == ["25"] * 3
