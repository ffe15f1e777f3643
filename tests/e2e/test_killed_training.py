"""A training that is killed at any moment goes on as if nothing had happened."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import load_file

KILLS, EPOCHS = 10, 16


@pytest.fixture
def pairs(tmp_path: Path, patchwork: Callable[..., Path]) -> Path:
    return patchwork(tmp_path / "pairs", 40, cells=(8, 6), side=16, noise=20)


def command(pairs: Path, out: Path, *more: str) -> list[str]:
    network = ["--model", "chromanet", "--encoder-weights", "random", "--set", "widths=[8,8,8,8]"]
    pace = ["--size", "128x64", "--epochs", str(EPOCHS), "--batch", "4", "--device", "cpu"]
    return [sys.executable, "-m", "chromadesk", "train", str(pairs), "--out", str(out), *network, *pace, *more]


def losses(out: Path) -> list[dict[str, Any]]:
    rows = [json.loads(line) for line in (out / "metrics.jsonl").read_text().splitlines()]
    return [{name: value for name, value in row.items() if name != "seconds"} for row in rows]


@pytest.mark.slow
def test_killed_ten_times_it_ends_where_it_would_have(pairs: Path, tmp_path: Path) -> None:
    begun = time.monotonic()
    first = None
    with subprocess.Popen(command(pairs, tmp_path / "whole"), stdout=subprocess.DEVNULL) as whole:
        while whole.poll() is None:
            if first is None and (tmp_path / "whole" / "metrics.jsonl").exists():
                first = time.monotonic() - begun
            time.sleep(0.02)
    assert whole.returncode == 0
    assert first is not None
    epoch = (time.monotonic() - begun - first) / (EPOCHS - 1)
    out, draw, killed = tmp_path / "killed", random.Random(0), 0
    while killed < KILLS:
        resume = ["--resume"] if (out / "checkpoint").exists() else []
        with subprocess.Popen(command(pairs, out, *resume), stdout=subprocess.DEVNULL) as child:
            try:  # lives end anywhere from before the first step to in the second epoch, writing or not
                child.wait(first - epoch + draw.uniform(0, 1.6) * epoch)
            except subprocess.TimeoutExpired:
                child.send_signal(signal.SIGKILL)
                child.wait()
                killed += 1
            else:
                assert child.returncode == 0
                break
    assert killed >= KILLS // 2
    resume = ["--resume"] if (out / "checkpoint").exists() else []
    subprocess.run(command(pairs, out, *resume), check=True, capture_output=True)
    assert len(losses(out)) == EPOCHS
    assert losses(out) == losses(tmp_path / "whole")
    ended, expected = load_file(out / "model.safetensors"), load_file(tmp_path / "whole" / "model.safetensors")
    assert ended.keys() == expected.keys()
    assert all(np.array_equal(ended[name], expected[name]) for name in expected)
