"""A process that ends without a goodbye is told of once; one that says goodbye, or lives, is not."""

from __future__ import annotations

import faulthandler
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from chromadesk import crashes, log

#: A process of the kind argv[2], with its logs in argv[1], that does argv[3] while it is watched.
SCRIPT = """
import faulthandler, logging, os, signal, sys, time
from pathlib import Path
from chromadesk import crashes, log
log.folder = lambda: Path(sys.argv[1])
with log.kept(sys.argv[2]), crashes.watched(sys.argv[2]):
    logging.getLogger("chromadesk").warning("the last word")
    print("ready", flush=True)
    exec(sys.argv[3])
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(log, "folder", lambda: tmp_path / "logs")
    return tmp_path / "logs"


def run(folder: Path, process: str, deed: str) -> int:
    command = [sys.executable, "-c", SCRIPT, str(folder), process, deed]
    return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode


@pytest.mark.parametrize(
    ("deed", "words"),
    [
        ("os.kill(os.getpid(), signal.SIGKILL)", "ended from outside"),
        ("faulthandler._sigsegv()", "Segmentation fault"),
        ("os.abort()", "Aborted"),
        ("os._exit(0)", "ended from outside"),
    ],
)
def test_an_end_without_a_goodbye_is_told_once(folder: Path, deed: str, words: str) -> None:
    run(folder, "studio", deed)
    (found,) = crashes.collect()
    text = found.read_text()
    assert words in text
    assert "the last word" in text
    assert found.name.startswith("crash-")
    assert crashes.collect() == []
    assert crashes.kept() == [found]


@pytest.mark.parametrize("deed", ["pass", "sys.exit(1)", "raise ValueError('a bug')"])
def test_a_goodbye_leaves_nothing(folder: Path, deed: str) -> None:
    run(folder, "studio", deed)
    assert crashes.collect() == []
    assert [path.name for path in folder.iterdir()] == ["studio.log"]


def test_one_that_lives_is_no_crash(folder: Path) -> None:
    command = [sys.executable, "-c", SCRIPT, str(folder), "studio", "time.sleep(60)"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        assert crashes.collect() == []
        child.send_signal(signal.SIGKILL)
        child.wait()
    assert len(crashes.collect()) == 1


def test_a_number_given_again_is_another_process(folder: Path) -> None:
    folder.mkdir()
    left = folder / f"studio-{os.getpid()}.running"
    left.write_text('{"process": "studio", "started": 1000.0, "version": "0.1"}\n')
    assert len(crashes.collect()) == 1
    left.write_text('{"process": "studio", "started": 1000.0, "machine": 7}\n')  # of another machine
    assert crashes.collect() == []
    left.unlink()
    for content in ("", "[]", "{", '{"started": "x"}'):  # the disk was full
        (folder / "studio-4000001.running").write_text(content)
        assert len(crashes.collect()) == 1


def test_a_helper_is_told_of_in_its_log_alone(folder: Path) -> None:
    run(folder, "segmenter", "os._exit(0)")
    assert crashes.collect() == []
    assert crashes.kept() == []
    run(folder, "segmenter", "faulthandler._sigsegv()")
    assert crashes.collect() == []
    assert "Segmentation fault" in crashes.kept()[0].read_text()
    assert not list(folder.glob("*.running"))


def test_only_so_many_are_kept(folder: Path) -> None:
    folder.mkdir()
    for number in range(14):
        left = folder / f"studio-{4_000_000 + number}.running"
        left.write_text("{}\n")
        when = time.time() - 1000 + number
        os.utime(left, (when, when))
    assert len(crashes.collect()) == 14
    assert [path.stem.rpartition("-")[2] for path in crashes.kept()] == [str(4_000_004 + n) for n in range(10)]


def test_watching_gives_faulthandler_back(folder: Path) -> None:
    before = faulthandler.is_enabled()
    with crashes.watched("studio"):
        assert len(list(folder.glob("*.running"))) == 1
    assert faulthandler.is_enabled() == before
    with pytest.raises(OSError, match="mine"), crashes.watched("studio"):
        raise OSError("mine")
    folder.rename(folder.with_name("other"))
    folder.write_text("in the way")
    with crashes.watched("studio"):
        assert crashes.collect() == []
