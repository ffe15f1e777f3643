"""What a person sees of long work, and Ctrl+C as a wish."""

from __future__ import annotations

import io
import os
import signal
import sys

import numpy as np
import pytest
from rich.console import Console

from chromadesk import terminal
from chromadesk.jobs.messages import Metrics, Progress, Started, Warned
from chromadesk.learning.metrics import scores


class Screen(io.StringIO):
    """A stderr that calls itself a terminal."""

    def isatty(self) -> bool:
        return True


def work(report: terminal.Reporter) -> None:
    report(Started("train", 10))
    report(Progress(5, 10, "epoch 1 of 2", 65.0))
    report(Metrics(1.0, {"train_loss": 0.5, "miou": 0.41}))
    report(Warned("the [odd] photo 'a' was left out"))


def test_on_a_terminal_a_bar_epochs_and_warnings(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("TERM", "xterm")
    with terminal.Reporter() as report:
        work(report)
    shown = screen.getvalue()
    assert "5/10" in shown
    assert "1 min 05 s left" in shown
    assert "epoch 1  train_loss 0.5  miou 0.41" in shown
    assert "Warning: the [odd] photo 'a' was left out" in shown


def test_elsewhere_only_warnings_each_on_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with terminal.Reporter() as report:
        work(report)
        report(Warned("x" * 500))
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.splitlines() == ["Warning: the [odd] photo 'a' was left out", "Warning: " + "x" * 500]


@pytest.mark.skipif(os.name != "posix", reason="sends signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_first_signal_asks_the_second_ends(number: signal.Signals, capsys: pytest.CaptureFixture[str]) -> None:
    before = signal.getsignal(number)
    with terminal.interruptible() as cancelled:
        assert not cancelled()
        os.kill(os.getpid(), number)
        assert cancelled()
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), number)
    assert signal.getsignal(number) is before
    assert "Stopping" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.4, "0 s"), (59.6, "1 min 00 s"), (185, "3 min 05 s"), (7805, "2 h 10 min")]
)
def test_durations(seconds: float, text: str) -> None:
    assert terminal.duration(seconds) == text


def test_percent() -> None:
    assert (terminal.percent(None), terminal.percent(0.12345)) == ("–", "12.35")


def test_an_evaluation_shows_what_errors_cost_in_colours() -> None:
    error = {"emd": 3.456, "micdm": 2.0, "photos": 9, "missed": 1, "invented": 0}
    nothing = {"emd": None, "micdm": None, "photos": 0, "missed": 0, "invented": 2}
    result = {
        "model": "m",
        "photos": 9,
        "size": "512x256",
        "quality": "standard",
        **scores(np.eye(5, dtype=np.int64)),
        "palette_error": {"hair": error, "clothes": error, "skin": nothing, "accessories": error, "all": error},
    }
    screen = Console(file=io.StringIO(), width=100)
    screen.print(terminal.scores_table(result))
    lines = [line.split() for line in screen.file.getvalue().splitlines()]
    assert ["Hair", "100.00", "100.00", "3.46", "2.00", "1", "0"] in lines
    assert ["Skin", "100.00", "100.00", "–", "–", "0", "2"] in lines
    assert ["Null", "100.00", "100.00"] in lines
    assert ["w/o", "Null", "100.00", "100.00", "3.46", "2.00", "1", "0"] in lines
