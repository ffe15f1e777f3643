"""The way into the studio that skips the parser, and the way into everything else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import chromadesk
import chromadesk.__main__ as entry

#: Says when it has begun to heed the interrupt, which before is the interpreter's own.
CHILD = """
import signal, sys
import chromadesk.__main__ as entry

def heed(*how, real=signal.signal):
    signal.signal = real
    real(*how)
    print(flush=True)

signal.signal = heed
sys.argv = sys.argv[1:]
entry.main()
"""


@pytest.mark.skipif(os.name != "posix", reason="Windows sends no single process Ctrl+C")
@pytest.mark.parametrize("words", [("chromadesk", "models"), ("chromadesk", "doctor"), ("chromadesk", "studio")])
@pytest.mark.parametrize("wait", [0.005, 0.05, 0.12])
def test_ctrl_c_is_heeded_quietly_from_the_first_moment_on(words: tuple[str, ...], wait: float) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", CHILD, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # what runs in the background ignores it
    ) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdout.readline()
        time.sleep(wait)
        child.send_signal(signal.SIGINT)
        assert child.stderr.read().strip() == b""
        assert child.wait(30) == 130


def call(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr(sys, "argv", ["chromadesk", *words])
    with pytest.raises(SystemExit) as ended:
        entry.main()
    return int(ended.value.code or 0)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ((), (None, False)),
        (("--quit",), (None, True)),
        (("photos",), (Path("photos"), False)),
        (("--quit", "photos"), (Path("photos"), True)),
    ],
)
def test_plain_calls_of_the_studio(monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], expected: object) -> None:
    opened: list[object] = []

    def run_studio(dataset: Path | None, leave: bool) -> int:
        opened.append((dataset, leave))
        return 7

    monkeypatch.setattr("chromadesk.studio.app.main", run_studio)
    assert call(monkeypatch, "studio", *words) == 7
    assert opened == [expected]


def test_everything_else_is_parsed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(monkeypatch, "studio", "--help") == 0
    assert "--quit" in capsys.readouterr().out
    assert call(monkeypatch, "studio", "one", "two") == 2
    assert call(monkeypatch, "--version") == 0
    assert chromadesk.__version__ in capsys.readouterr().out


def test_a_studio_that_cannot_be_loaded_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(dataset: Path | None, leave: bool) -> int:
        raise ImportError("libEGL.so.1: cannot open shared object file")

    monkeypatch.setattr("chromadesk.studio.app.main", broken)
    assert call(monkeypatch, "studio") == 1
    error = capsys.readouterr().err
    assert "libEGL.so.1" in error
    assert "doctor" in error
    assert "Traceback" not in error
