"""Figures for TensorBoard: what its own reader finds is what metrics.jsonl says."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from chromadesk.errors import InputError
from chromadesk.jobs.messages import Message, Metrics, Progress
from chromadesk.learning.tensorboard import ToTensorBoard

pytest.importorskip("tensorboard")


def scalars(folder: Path) -> dict[str, list[tuple[int, float]]]:
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    events = EventAccumulator(str(folder))
    events.Reload()
    return {tag: [(each.step, each.value) for each in events.Scalars(tag)] for tag in events.Tags()["scalars"]}


def test_a_training_keeps_its_figures(
    patchwork: Callable[..., Path], tmp_path: Path, command: Callable[..., Any]
) -> None:
    root, out = patchwork(tmp_path / "data", 5), tmp_path / "run"
    options = ("--model", "unet", "--set", "depth=2", "--set", "width=4", "--size", "64x32", "--batch", 2)
    again = ("--device", "cpu", "--precision", "fp32", "--tensorboard")
    done = command("train", root, "--out", out, "--epochs", 2, *options, *again)
    assert done.code == 0, done.err
    found = scalars(out / "tensorboard")
    rows = [json.loads(line) for line in (out / "metrics.jsonl").read_text().splitlines()]
    assert [step for step, _ in found["loss"]] == [1, 2, 3, 4]
    assert [step for step, _ in found["miou"]] == [2, 4]
    for name in ("train_loss", "miou", "lr"):
        assert np.allclose([value for _, value in found[name]], [row[name] for row in rows], rtol=1e-6)


def test_steps_that_are_taken_again_count_once(tmp_path: Path) -> None:
    said: list[Message] = []
    for first, loss in ((1, 9.0), (3, 1.0)):
        with ToTensorBoard(tmp_path, {"seed": 1}, said.append) as report:
            for step in range(first, 5):
                report(Progress(step, 4))
                report(Metrics(step / 4, {"loss": loss}))
    assert scalars(tmp_path / "tensorboard")["loss"] == [(1, 9.0), (2, 9.0), (3, 1.0), (4, 1.0)]
    assert len(said) == 12


def test_without_the_extra_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(InputError, match=r"chromadesk\[tensorboard\]"):
        ToTensorBoard(tmp_path, {}, lambda message: None)
