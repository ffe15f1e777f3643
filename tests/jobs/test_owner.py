from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import psutil

from chromadesk import processes
from chromadesk.jobs import owner


def test_a_note_holds_for_its_process_alone(tmp_path: Path) -> None:
    path = tmp_path / "note.json"
    assert owner.living(path) is None
    owner.note(path)
    assert owner.living(path) == psutil.Process()
    with subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE) as child:
        owner.note(path, child.pid)
        assert owner.living(path) == psutil.Process(child.pid)
    assert owner.living(path) is None
    said = {"pid": psutil.Process().pid, "started": processes.started() - 60}
    path.write_text(json.dumps(said))  # the number is another's now
    assert owner.living(path) is None
    for text in ("", "[]", '{"pid": "x"}', '{"pid": 1e99, "started": 0}', '{"pid": -1, "started": 0}'):
        path.write_text(text)
        assert owner.living(path) is None, text


def test_of_a_process_that_is_gone_nothing_is_noted(tmp_path: Path) -> None:
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    owner.note(tmp_path / "note.json", child.pid)
    assert not (tmp_path / "note.json").exists()
