"""Whether a file is still the one that was read."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from chromadesk.editing import identity
from chromadesk.editing.identity import alone, identify, same
from chromadesk.errors import StorageError


def test_bytes_decide_and_not_the_time(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(b"one")
    known = identify(path)
    assert same(path, known)
    os.utime(path, (1, 1))
    assert same(path, known)
    path.write_bytes(b"two")
    assert not same(path, known)


def test_a_file_that_takes_the_place_within_the_same_tick_is_noticed(tmp_path: Path) -> None:
    path, other = tmp_path / "a.png", tmp_path / "b.png"
    path.write_bytes(b"one")
    known = identify(path)
    other.write_bytes(b"two")
    when = path.stat().st_mtime_ns
    os.utime(other, ns=(when, when))
    other.replace(path)
    assert not same(path, known)


def test_one_that_came_was_not_there_and_one_that_went_is_no_conflict(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    assert identify(path) is None
    assert same(path, None)
    path.write_bytes(b"one")
    assert not same(path, None)
    known = identify(path)
    path.unlink()
    assert same(path, known)


def test_only_one_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, inside, most = tmp_path / "state" / "lock", 0, 0

    def work() -> None:
        nonlocal inside, most
        for _ in range(20):
            with alone(path):
                inside += 1
                most = max(most, inside)
                inside -= 1

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1
    monkeypatch.setattr(identity, "_PATIENCE", 0.0)
    with alone(path), pytest.raises(StorageError, match="Another ChromaDesk"), alone(path):
        pass


def test_where_no_lock_can_be_made_it_goes_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with alone(tmp_path / "file" / "lock"):
        pass


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_pipes_devices_and_links_from_strangers_hold_nobody_up(tmp_path: Path) -> None:
    pipe, device, link = tmp_path / "pipe.png", tmp_path / "device.png", tmp_path / "saving.lock"
    os.mkfifo(pipe)
    device.symlink_to("/dev/zero")
    link.symlink_to(tmp_path / "elsewhere")
    for path in (pipe, device):
        assert identify(path) is None
        with pytest.raises(StorageError, match=path.name):
            same(path, None)
    for path in (pipe, link):
        with alone(path):
            pass
    assert not (tmp_path / "elsewhere").exists()
