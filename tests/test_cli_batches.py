"""``chromadesk benchmark batch``: what it prints and writes, and what it refuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

Command = Callable[..., Any]


def test_rows_are_printed_and_written(
    tmp_path: Path, scene: Callable[..., np.ndarray], tiny_weights: Path, command: Command
) -> None:
    for number in range(3):
        Image.fromarray(scene(number, (60, 40))).save(tmp_path / f"{number}.jpg")
    file = tmp_path / "batch.json"
    asked = ("benchmark", "batch", tmp_path, "--model", tiny_weights, "--device", "cpu", "--json", file)
    shown = command(*asked, "--index", 6)
    assert (shown.code, shown.err) == (0, "")
    assert "segment and palette" in shown.out
    assert "split anew" in shown.out
    result = json.loads(file.read_text())
    assert result["machine"]["cores"] >= 1
    assert [row["goal"] for row in result["rows"][:3]] == [None, None, 12.0]
    assert all(row["seconds"] >= 0 for row in result["rows"])
    assert "split anew" not in command(*asked, "--index", 0).out


def test_what_cannot_be_used_is_refused(tmp_path: Path, tiny_weights: Path, command: Command) -> None:
    for asked, reason in (
        ((tmp_path, "--model", tiny_weights), "no photos"),
        ((tmp_path, "--model", "hal9000"), "hal9000"),
        (("--index", "-1"), "--index"),
    ):
        refused = command("benchmark", "batch", *asked)
        assert refused.code == 2
        assert reason in refused.sentence
