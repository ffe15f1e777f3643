"""Steps that fail in a real training: too little memory, and numbers that are none."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor

from chromadesk.errors import ChromaDeskError
from chromadesk.jobs.messages import Message, Metrics, Warned
from chromadesk.learning import objective
from chromadesk.learning.config import TrainConfig
from chromadesk.learning.loop import train
from chromadesk.learning.recovery import Recovery, Trouble, finite
from chromadesk.models import weights
from chromadesk.models.network import Network

TINY: dict[str, Any] = {
    "model": "unet",
    "parameters": {"depth": 2, "width": 4},
    "size": (64, 32),
    "batch": 4,
    "epochs": 3,
    "device": "cpu",
    "precision": "fp32",
}


@pytest.fixture
def pairs(tmp_path: Path, patchwork: Callable[..., Path]) -> Path:
    return patchwork(tmp_path / "pairs", 10, cells=(6, 4), noise=15)


def config(pairs: Path, out: Path, **changes: Any) -> TrainConfig:
    return TrainConfig(**{"dataset": str(pairs), "out": str(out), **TINY, **changes})


class Told:
    """What a training said."""

    def __init__(self) -> None:
        self.warnings: list[str] = []
        self.losses: list[float] = []
        self.rates: list[float] = []

    def __call__(self, message: Message) -> None:
        if isinstance(message, Warned):
            self.warnings.append(message.text)
        elif isinstance(message, Metrics):
            self.losses += [message.values["loss"]] if "loss" in message.values else []
            self.rates += [message.values["lr"]] if "lr" in message.values else []


@pytest.fixture
def memory_for(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """A machine whose memory holds the network's view of so many photos: more, and the real allocator refuses."""

    def limit(photos: int) -> None:
        forward = Network.forward

        def seen(self: Network, batch: Tensor) -> Tensor:
            if self.training and len(batch) > photos:
                torch.empty(2**56, dtype=torch.uint8)
            return forward(self, batch)

        monkeypatch.setattr(Network, "forward", seen)

    return limit


def test_too_little_memory_halves_until_it_fits_and_learns_the_same(
    pairs: Path, tmp_path: Path, memory_for: Callable[[int], None]
) -> None:
    whole, told = Told(), Told()
    train(config(pairs, tmp_path / "whole"), whole)
    memory_for(1)
    result = train(config(pairs, tmp_path / "run"), told)
    assert told.warnings == [
        f"The memory is too small for {many} photos at a time; the training goes on with {few}, which is slower."
        for many, few in ((4, 2), (2, 1))
    ]
    assert result["epochs_done"] == 3
    assert len(told.losses) == len(whole.losses) == 6
    assert told.losses == pytest.approx(whole.losses, rel=0.2)  # but for BatchNorm, which sees one photo at a time
    weights.load(tmp_path / "run" / "model.safetensors")
    again = Told()  # a resumed run does not try anew what did not fit
    train(config(pairs, tmp_path / "run", resume=True), again)
    assert again.warnings == []


def test_too_little_memory_for_one_photo_stops(pairs: Path, tmp_path: Path, memory_for: Callable[[int], None]) -> None:
    memory_for(0)
    told = Told()
    with pytest.raises(ChromaDeskError, match=r"too small for one photo at a time\. Choose a smaller size or network"):
        train(config(pairs, tmp_path / "run"), told)
    assert len(told.warnings) == 2
    assert not (tmp_path / "run" / "model.safetensors").exists()
    with pytest.raises(ChromaDeskError, match="too small for one photo"):
        train(config(pairs, tmp_path / "run", batch=2), told)  # nothing was learned, so the folder is free


@pytest.fixture
def stumbling(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[int]]:
    """(how, steps): let the steps of these numbers, from 1 on, leave a weight that is no number; ``loss`` says so at
    once, ``silent`` does not. Returns the count of steps taken.
    """

    def arrange(how: str, *steps: int) -> list[int]:
        step, taken = objective._CrossEntropy.step, [0]

        def poisoned(self: Any, photos: Tensor, labels: Tensor, trust: Any, at_once: int) -> Tensor:
            loss = step(self, photos, labels, trust, at_once)
            taken[0] += 1
            if taken[0] in steps:
                with torch.no_grad():
                    next(iter(self._model.parameters()))[0] = float("inf" if how == "silent" else "nan")
                loss = loss * float("nan") if how == "loss" else loss
            return loss

        monkeypatch.setattr(objective._CrossEntropy, "step", poisoned)
        return taken

    return arrange


@pytest.mark.parametrize("how", ["loss", "silent"])
def test_no_number_goes_back_to_the_checkpoint_with_half_the_rate(
    pairs: Path, tmp_path: Path, stumbling: Callable[..., list[int]], how: str
) -> None:
    taken = stumbling(how, 4)  # the last step of the second epoch: nobody but the check at its end would notice
    told = Told()
    result = train(config(pairs, tmp_path / "run", lr=1e-3), told)
    assert told.warnings == [
        "The loss was no number any more, so the training went back to its last checkpoint and goes on with half the "
        "learning rate (1 of at most 3 times)."
    ]
    assert taken == [8]  # three epochs of two, and the second once more
    assert told.rates == pytest.approx([1e-3, 5e-4, 5e-4])
    rows = [json.loads(line) for line in (tmp_path / "run" / "metrics.jsonl").read_text().splitlines()]
    assert [row["epoch"] for row in rows] == [1, 2, 3]
    assert result["epochs_done"] == 3
    network, _ = weights.load(tmp_path / "run" / "model.safetensors")
    assert finite(network.state_dict())
    again = Told()
    train(config(pairs, tmp_path / "run", lr=1e-3, resume=True), again)


def test_no_number_again_and_again_stops_and_what_was_learned_stays(
    pairs: Path, tmp_path: Path, stumbling: Callable[..., list[int]]
) -> None:
    taken = stumbling("loss", 3, 4, 5, 6)
    told = Told()
    with pytest.raises(ChromaDeskError, match="halved 3 times, so the training was stopped; start another one"):
        train(config(pairs, tmp_path / "run"), told)
    assert len(told.warnings) == 3
    assert taken == [6]
    network, info = weights.load(tmp_path / "run" / "model.safetensors")
    assert info.epochs == 1
    assert finite(network.state_dict())


def test_pix2pix_s_judge_is_slowed_too(pairs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    step, rates = objective._Adversarial.step, []

    def poisoned(self: Any, *batch: Any) -> Tensor:
        loss = step(self, *batch)
        rates.append((self.groups()[0]["lr"], self._optimiser.param_groups[0]["lr"]))
        return loss * float("nan") if len(rates) == 2 else loss

    monkeypatch.setattr(objective._Adversarial, "step", poisoned)
    changes = {"model": "pix2pix", "parameters": {"width": 4}, "lr": 2e-4, "epochs": 1}
    train(config(pairs, tmp_path / "run", **changes), Told())
    assert rates == [(2e-4, 2e-4)] * 2 + [(1e-4, 1e-4)] * 2


def test_an_odd_batch_halves_to_one_too() -> None:
    told = Told()
    recovery = Recovery(3, told)
    for expected in (2, 1):
        recovery.meet(Trouble.MEMORY, torch.device("cpu"))
        assert recovery.at_once == expected
    with pytest.raises(ChromaDeskError):
        recovery.meet(Trouble.MEMORY, torch.device("cpu"))


def test_another_error_stays_what_it_is(pairs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: Any, *batch: Any) -> Tensor:
        raise RuntimeError("mat1 and mat2 shapes cannot be multiplied")

    monkeypatch.setattr(objective._CrossEntropy, "step", broken)
    with pytest.raises(RuntimeError, match="mat1"):
        train(config(pairs, tmp_path / "run"))
