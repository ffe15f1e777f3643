"""Several processes that train together, for real: the command itself, on the CPU."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest
import torch
from safetensors.torch import load_file

from chromadesk.learning.launch import Fleet
from chromadesk.learning.team import Team
from chromadesk.models import weights
from chromadesk.models.info import WeightsInfo
from chromadesk.models.registry import build


@pytest.fixture
def pairs(tmp_path: Path, patchwork: Callable[..., Path]) -> Path:
    return patchwork(tmp_path / "pairs", 13, cells=(6, 4), noise=15)


@pytest.fixture
def init(tmp_path: Path) -> Callable[[str], list[str]]:
    """The options that begin with weights whose BatchNorm has figures to keep, of the architecture named."""

    def make(name: str) -> list[str]:
        torch.manual_seed(0)
        parameters: dict[str, Any] = {"depth": 3, "width": 8} if name == "unet" else {"widths": [8, 8, 8, 8]}
        path = tmp_path / f"{name}.safetensors"
        weights.save(build(name, parameters), WeightsInfo(name, architecture=name, parameters=parameters), path)
        return ["--init", str(path), "--freeze-norm", "--patience", "0"]

    return make


def command(pairs: Path, out: Path, *options: str) -> list[str]:
    small = ["--size", "64x32", "--device", "cpu", "--precision", "fp32", "--batch", "4", "--lr", "0.0005"]
    return [sys.executable, "-m", "chromadesk", "train", str(pairs), "--out", str(out), *small, *options]


def trained(pairs: Path, out: Path, *options: str) -> list[float]:
    """The losses of the epochs of a training by the command."""
    done = subprocess.run(command(pairs, out, *options), capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    return epochs(out)


def epochs(out: Path) -> list[float]:
    return [json.loads(line)["train_loss"] for line in (out / "metrics.jsonl").read_text().splitlines()]


def test_shares_are_all_there_is_and_alike() -> None:
    for size in range(1, 6):
        for count in range(12):
            shares = [range(count)[Team(rank, size).share(count)] for rank in range(size)]
            assert [each for share in shares for each in share] == list(range(count))
            assert max(map(len, shares)) - min(map(len, shares)) <= 1


def test_alone_there_is_nobody_to_ask() -> None:
    team = Team()
    tensor = torch.ones(2, requires_grad=True)
    assert team.total(tensor) is tensor
    assert team.agree(2) == 2
    assert team.told(lambda: 5) == 5
    assert team.first


@pytest.mark.slow
@pytest.mark.parametrize(("name", "loss", "nodes"), [("unet", "weighted", 1), ("chromanet", "dice", 2)])
def test_two_processes_learn_what_one_does(
    pairs: Path, tmp_path: Path, init: Callable[[str], list[str]], name: str, loss: str, nodes: int
) -> None:
    options = [*init(name), "--loss", loss, "--epochs", "3"]
    alone = trained(pairs, tmp_path / "alone", *options)
    if nodes == 1:
        shared = trained(pairs, tmp_path / "shared", *options, "--devices", "2")
    else:
        meet = "{}:{}".format(*Fleet().meeting())
        both = [*options, "--nodes", "2", "--address", meet]
        with subprocess.Popen(command(pairs, tmp_path / "elsewhere", *both, "--node", "1")) as other:
            shared = trained(pairs, tmp_path / "shared", *both)
        assert other.returncode == 0
        assert not (tmp_path / "elsewhere").exists()
    assert shared == pytest.approx(alone, abs=1e-5)
    one, other = (load_file(tmp_path / each / "model.safetensors") for each in ("alone", "shared"))
    for key, value in one.items():
        torch.testing.assert_close(other[key], value, rtol=1e-3, atol=1e-3)
    left = {path.name for path in (tmp_path / "shared").iterdir()}
    assert left == {"checkpoint", "checkpoint.before", "metrics.jsonl", "model.safetensors", "run.json"}


@pytest.mark.slow
def test_a_dead_process_ends_the_training_which_goes_on_with_another_number(
    pairs: Path, tmp_path: Path, init: Callable[[str], list[str]]
) -> None:
    out, options = tmp_path / "run", [*init("unet"), "--loss", "weighted", "--epochs", "60"]
    alone = trained(pairs, tmp_path / "alone", *options)
    running = subprocess.Popen(command(pairs, out, *options, "--devices", "2"), stderr=subprocess.PIPE, text=True)
    try:
        while running.poll() is None and not (out / "model.safetensors").exists():
            time.sleep(0.05)
        assert running.poll() is None, running.stderr and running.stderr.read()
        (second,) = (each for each in psutil.Process(running.pid).children() if each.environ()["RANK"] == "1")
        os.kill(second.pid, signal.SIGKILL)
        _, said = running.communicate(timeout=60)
    finally:
        running.kill()
        running.communicate()
    assert said.strip() == "Process 2 of 2 was ended by SIGKILL, and the training with it; go on with --resume."
    assert running.returncode == 3
    assert 0 < len(epochs(out)) < 60
    assert trained(pairs, out, "--resume", *options) == pytest.approx(alone, abs=1e-3)


@pytest.mark.slow
def test_whoever_waits_for_another_node_stops_when_asked_twice(pairs: Path, tmp_path: Path) -> None:
    options = ["--model", "unet", "--set", "width=4", "--devices", "2", "--nodes", "2", "--address", "localhost:29411"]
    running = subprocess.Popen(command(pairs, tmp_path / "run", *options), stderr=subprocess.PIPE, text=True)
    try:
        while running.poll() is None and not psutil.Process(running.pid).children():
            time.sleep(0.05)
        time.sleep(8)  # until both look for the other node
        children = psutil.Process(running.pid).children()
        running.send_signal(signal.SIGTERM)
        time.sleep(1)
        running.send_signal(signal.SIGTERM)
        _, said = running.communicate(timeout=40)
    finally:
        running.kill()
        running.communicate()
    assert running.returncode == 130, said
    assert not any(each.is_running() for each in children)


@pytest.mark.slow
def test_ctrl_c_stops_all_and_dropout_goes_on_as_if_nothing_had_happened(pairs: Path, tmp_path: Path) -> None:
    """Pix2Pix: two players, each rank with draws of its own, batches that one of them has no photo of."""
    options = ["--model", "pix2pix", "--set", "width=4", "--epochs", "4", "--batch", "3", "--devices", "2"]
    whole = trained(pairs, tmp_path / "whole", *options)
    out = tmp_path / "run"
    running = subprocess.Popen(command(pairs, out, *options), stderr=subprocess.PIPE, text=True, start_new_session=True)
    try:
        while running.poll() is None and not (out / "model.safetensors").exists():
            time.sleep(0.05)
        os.killpg(running.pid, signal.SIGINT)
        _, said = running.communicate(timeout=60)
    finally:
        running.kill()
        running.communicate()
    assert running.returncode == 130, said
    assert said.splitlines()[-1] == f"Stopped; go on with: chromadesk train {pairs} --out {out} --resume"
    assert len(epochs(out)) < 4
    assert trained(pairs, out, "--resume", *options) == whole


#: A training in which the memory of rank 1 has no room for two photos; says what is reported.
_SHORT = """
import dataclasses, json, os, sys, torch
from chromadesk.jobs.messages import Metrics, Warned
from chromadesk.learning.config import TrainConfig
from chromadesk.learning.loop import train
from chromadesk.models.network import Network

forward = Network.forward

def seen(self, batch):
    if self.training and len(batch) > 1 and os.environ.get("RANK") == "1":
        torch.empty(2**56, dtype=torch.uint8)
    return forward(self, batch)

Network.forward = seen
train(TrainConfig(**json.loads(sys.argv[1])), lambda said: isinstance(said, Metrics | Warned) and print(said))
"""


@pytest.mark.slow
def test_where_one_has_too_little_memory_all_go_back_and_on(
    pairs: Path, tmp_path: Path, init: Callable[[str], list[str]]
) -> None:
    said = []
    for size in (1, 2):
        settings = {"dataset": str(pairs), "out": str(tmp_path / str(size)), "size": [64, 32], "batch": 4, "lr": 5e-4}
        settings |= {"model": "unet", "init": init("unet")[1], "freeze_norm": True, "patience": 0, "epochs": 2}
        asked = json.dumps({**settings, "loss": "dice", "device": "cpu", "precision": "fp32"})
        fleet = Fleet(devices=size)
        where = fleet.meeting()
        children = [
            subprocess.Popen(
                [sys.executable, "-c", _SHORT, asked],
                env=fleet.environment(number, *where),
                stdout=subprocess.PIPE,
                text=True,
            )
            for number in range(size)
        ]
        said.append([child.communicate(timeout=200)[0].splitlines() for child in children])
        assert [child.returncode for child in children] == [0] * size
    (alone,), (first, second) = said
    assert second == []
    assert first[0] == (
        "Warned(text='The memory is too small for 2 photos at a time; the training goes on with 1, which is slower.')"
    )
    assert [line.partition("loss")[0] for line in first[1:]] == [line.partition("loss")[0] for line in alone]
    rows = [epochs(tmp_path / name) for name in ("1", "2")]
    assert rows[1] == pytest.approx(rows[0], abs=1e-5)
