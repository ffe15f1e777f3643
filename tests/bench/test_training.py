"""The timing of training steps: both loops really learn, by turns, from real files or made-up ones."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chromadesk.bench import training
from chromadesk.errors import InputError
from chromadesk.jobs.messages import Message, Progress

TINY: dict[str, Any] = {"size": (64, 32), "batch": 2, "rounds": 3, "device": "cpu"}


@pytest.mark.slow
def test_rows_hold_together(tmp_path: Path, patchwork: Callable[..., Path]) -> None:
    said: list[Message] = []
    models = (("unet", {"depth": 2, "width": 4}), ("chromanet", {"widths": [8, 8, 8, 8]}))
    rows = training.measure(models, patchwork(tmp_path, 5), **TINY, report=said.append)
    assert [row.model for row in rows] == ["U-Net (depth 2, width 4)", "ChromaNet (widths [8, 8, 8, 8])"]
    for row in rows:
        assert row.speedup_over_plain == pytest.approx(row.plain_ms / row.ms, rel=0.05, abs=0.02)
        assert row.images_per_s == pytest.approx(2000 / row.ms, rel=0.05)
    assert len(training.sheet(rows, "64x32").lines) == 2
    assert max(m.done for m in said if isinstance(m, Progress)) == 6


@pytest.mark.slow
def test_the_command_makes_photos_up_and_writes_what_it_found(command: Callable[..., Any], tmp_path: Path) -> None:
    models = "unet:depth=2:width=4"
    small = ["--size", "64x32", "--batch", "2", "--rounds", "1", "--device", "cpu"]
    done = command("benchmark", "training", "--models", models, *small, "--json", tmp_path / "out.json")
    assert done.code == 0, done.err
    assert "against plain" in done.out
    found = json.loads((tmp_path / "out.json").read_text())
    assert found["machine"]["cores"] >= 1
    assert set(found["rows"][0]) >= {"model", "device", "precision", "ms", "plain_ms", "speedup_over_plain"}


def test_a_game_of_two_is_refused() -> None:
    with pytest.raises(InputError, match="no plain loop"):
        training.measure((("pix2pix", {}),), **TINY)
