"""What is kept of a person, listed and removed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chromadesk import homes, settings, traces
from chromadesk.errors import InputError


@pytest.fixture(autouse=True)
def own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A home with something of everything in it."""
    for name in ("CONFIG", "DATA", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    settings.put("initials", "AB")
    for path in (
        homes.logs() / "studio.log",
        homes.cache() / "thumbnails.sqlite",
        homes.data() / "Sample photos" / "B" / "astronaut.png",
        homes.data() / "datasets" / "x-1" / "decisions" / "1.json",
    ):
        path.parent.mkdir(parents=True)
        path.write_bytes(bytes(1000))
    (tmp_path / "data" / "others").mkdir()
    return tmp_path


def left(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_without_yes_nothing_goes(own: Path, command: Callable[..., Any]) -> None:
    before = left(own)
    said = command("forget").out
    assert left(own) == before
    for trace in traces.found():
        assert str(trace.path) in said


def test_work_stays_unless_it_is_asked_for(own: Path, command: Callable[..., Any]) -> None:
    assert command("forget", "--yes").code == 0
    assert left(own) == [
        "data/chromadesk/Sample photos/B/astronaut.png",
        "data/chromadesk/datasets/x-1/decisions/1.json",
    ]
    assert "work" in command("forget").out
    assert command("forget", "--yes", "--work").code == 0
    assert not list(own.rglob("chromadesk"))
    assert (own / "data" / "others").is_dir()
    assert "nothing of you" in command("forget").out


def test_a_link_in_place_of_a_folder_is_removed_not_followed(own: Path) -> None:
    kept = own / "photos"
    (homes.data() / "Sample photos").rename(kept)
    (homes.data() / "Sample photos").symlink_to(kept)
    traces.remove(traces.found())
    assert (kept / "B" / "astronaut.png").exists()
    assert not (homes.data() / "Sample photos").is_symlink()


def test_not_while_a_studio_is_open(own: Path) -> None:
    code = (
        "import sys\nfrom chromadesk import crashes\n"
        "with crashes.watched('studio'):\n    print(flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as studio:
        assert studio.stdout is not None
        studio.stdout.readline()
        with pytest.raises(InputError, match="close it first"):
            traces.remove(traces.found())
        studio.communicate()
    traces.remove(traces.found())
    assert not homes.logs().exists()
