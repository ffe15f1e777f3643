"""What killed studios leave among the temporary files is found by its notes, and nothing else is touched."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from chromadesk.jobs import owner, scratch


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def test_folders_of_dead_studios_go_with_what_is_left_in_them(temporary: Path) -> None:
    mine = scratch.make()
    scratch.serve(mine)
    left = scratch.make()
    (left / "3.npy").write_bytes(b"labels")
    with subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE) as studio:
        owner.note(left / "studio.json", studio.pid)
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]) as stuck:
        owner.note(left / "segmenter.json", stuck.pid)
        others = [temporary / "chromadesk-tests-1", temporary / "another"]
        for folder in others:
            folder.mkdir()
        young = temporary / "chromadesk-segmenter-young"
        young.mkdir()  # its studio is about to write the note
        old = temporary / "chromadesk-segmenter-old"
        old.mkdir()
        os.utime(old, (0, 0))
        target = temporary / "precious"
        target.mkdir()
        (temporary / "chromadesk-segmenter-link").symlink_to(target)
        scratch.sweep()
        assert not psutil.pid_exists(stuck.pid)
    assert {path.name for path in temporary.iterdir()} == {
        mine.name,
        *(folder.name for folder in others),
        "chromadesk-segmenter-young",
        "chromadesk-segmenter-link",
        "precious",
    }


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root can make another's folder")
def test_another_person_s_folder_is_theirs(temporary: Path) -> None:
    theirs = temporary / "chromadesk-segmenter-theirs"
    theirs.mkdir()
    os.chown(theirs, 65534, 65534)
    os.utime(theirs, (0, 0))
    scratch.sweep()
    assert theirs.is_dir()
