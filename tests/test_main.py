"""The way into the studio that skips the parser, and the way into everything else."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import chromadesk
import chromadesk.__main__ as entry


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
