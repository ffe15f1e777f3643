"""The log is a JSON object a line, survives being turned over by another process, and stops nothing."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from pathlib import Path

import pytest

from chromadesk import log


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(log, "folder", lambda: tmp_path / "logs")
    return tmp_path / "logs"


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_a_record_is_a_line(folder: Path) -> None:
    with log.kept("studio"):
        logging.getLogger("chromadesk.x").info("two\nlines in %s", Path.home() / "set")
        try:
            raise ValueError("ärgerlich")
        except ValueError:
            logging.getLogger("chromadesk.y").exception("it failed")
    one, two = lines(folder / "studio.log")
    assert one.keys() == {"time", "level", "process", "pid", "module", "message"}
    assert (one["level"], one["process"], one["module"]) == ("info", "studio", "chromadesk.x")
    assert one["message"] == "two\nlines in ~/set"
    assert "ValueError: ärgerlich" in str(two["trace"])
    logging.getLogger("chromadesk.x").error("afterwards")
    assert len(lines(folder / "studio.log")) == 2


def test_it_is_turned_over(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "_BYTES", 2000)
    with log.kept("studio"):
        for number in range(100):
            logging.getLogger("chromadesk").warning("line %d", number)
    files = sorted(folder.iterdir())
    assert [file.name for file in files] == ["studio.log", "studio.log.1", "studio.log.2"]
    assert all(file.stat().st_size <= 2000 for file in files)
    assert lines(files[0])[-1]["message"] == "line 99"


def test_two_processes_share_a_file(folder: Path) -> None:
    with log.kept("studio"):
        logging.getLogger("chromadesk").warning("one")
        (folder / "studio.log").rename(folder / "studio.log.1")  # as another process turns it over
        logging.getLogger("chromadesk").warning("two")
        script = (
            "import logging, sys; from pathlib import Path; from chromadesk import log\n"
            "log.folder = lambda: Path(sys.argv[1])\n"
            "with log.kept('studio'): logging.getLogger('chromadesk').warning('three')"
        )
        subprocess.run([sys.executable, "-c", script, str(folder)], check=True)
        logging.getLogger("chromadesk").warning("four")
    assert [line["message"] for line in lines(folder / "studio.log")] == ["two", "three", "four"]
    mine = log.last("studio", int(str(lines(folder / "studio.log")[0]["pid"])))
    assert [json.loads(line)["message"] for line in mine] == ["one", "two", "four"]


def test_a_folder_that_cannot_be_made_stops_nothing(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "logs").write_text("in the way")
    with log.kept("studio"):
        logging.getLogger("chromadesk").warning("to the terminal")
    assert json.loads(capsys.readouterr().err)["message"] == "to the terminal"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full disk here")
def test_a_full_disk_stops_nothing(folder: Path) -> None:
    folder.mkdir()
    (folder / "worker.log").symlink_to("/dev/full")
    with log.kept("worker"):
        logging.getLogger("chromadesk.x").info("nobody will read this")
