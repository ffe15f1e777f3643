"""What the architecture promises, asked of the real interpreter and the real files."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import chromadesk
from chromadesk.models import library

ROOT = Path(__file__).parents[1]
HEAVY = ("torch", "torchvision", "timm", "accelerate", "scipy", "sklearn", "pandas", "skimage", "matplotlib")


def imported(*arguments: str) -> tuple[set[str], str]:
    """The top-level packages that ``python -m chromadesk ARGUMENTS`` imports, and what it said."""
    command = [sys.executable, "-X", "importtime", "-m", "chromadesk", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, cwd=ROOT)
    lines = done.stderr.splitlines()
    assert done.returncode == 0, "\n".join(line for line in lines if not line.startswith("import time:"))
    names = [line.rpartition("|")[2].strip() for line in lines if line.startswith("import time:")]
    return {name.partition(".")[0] for name in names}, done.stdout


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("models", "--json"), ("studio", "--help")])
def test_commands_that_need_no_network_import_none(arguments: tuple[str, ...]) -> None:
    assert imported(*arguments)[0].isdisjoint((*HEAVY, "PySide6"))


def test_the_studio_comes_up_without_torch() -> None:
    names, _ = imported("studio", "--quit")
    assert "PySide6" in names
    assert names.isdisjoint(HEAVY)


def test_bundled_weights_have_a_card() -> None:
    for path in library.bundled():
        assert path.with_suffix(".md").is_file(), f"{path.name} has no card beside it"


def test_what_is_to_be_cited_has_this_version() -> None:
    assert f"\nversion: {chromadesk.__version__}\n" in (ROOT / "CITATION.cff").read_text("utf-8")


def test_files_stay_readable_in_one_sitting() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in (ROOT / "chromadesk").rglob("*.py")
        if (lines := len(path.read_text("utf-8").splitlines())) > 420
    }
    assert long == {}


def test_no_widget_overrides_event() -> None:
    """An error in a handler that an overridden event() calls ends the process (PySide6 6.11): use an event filter."""
    found = [path.name for path in (ROOT / "chromadesk" / "studio").rglob("*.py") if "def event(" in path.read_text()]
    assert found == []
