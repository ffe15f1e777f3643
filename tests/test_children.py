"""How ChromaDesk's own processes are started, and what they may not be."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from chromadesk import children


def test_the_modules_are_there() -> None:
    for module in children.MODULES:
        assert importlib.util.find_spec(module) is not None


def test_a_folder_cannot_slip_in_modules(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit(77)")
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[1]))
    done = subprocess.run(children.command("chromadesk", "--version"), cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0
    assert done.stdout.startswith(b"chromadesk ")


def test_a_frozen_program_calls_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/opt/chromadesk/chromadesk")
    assert children.command("chromadesk.jobs.worker", "job") == [
        "/opt/chromadesk/chromadesk",
        "--child",
        "chromadesk.jobs.worker",
        "job",
    ]
    assert children.command("chromadesk", "studio", "x y") == ["/opt/chromadesk/chromadesk", "studio", "x y"]


def test_it_then_becomes_the_child() -> None:
    words = [sys.executable, "-m", "chromadesk", "--child", "chromadesk.jobs.worker", "nowhere"]
    done = subprocess.run(words, cwd=Path(__file__).parents[1], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "nowhere is no job folder" in done.stderr


@pytest.mark.parametrize("words", [[], ["json.tool"], ["chromadesk.cli"]])
def test_it_becomes_nothing_else(words: list[str]) -> None:
    with pytest.raises(ValueError, match="none of ChromaDesk's processes"):
        children.become(words)
