"""Fine-tunes for real on a few synthetic pairs: mixing, early stop, the epoch kept, and all of it after a stop."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import load_file

from chromadesk.dataset.index import Index
from chromadesk.dataset.pairs import Dataset
from chromadesk.errors import InputError
from chromadesk.jobs.messages import Message, Metrics, Warned, ignore, never
from chromadesk.learning import lesson
from chromadesk.learning.config import EvaluateConfig, TrainConfig
from chromadesk.learning.evaluate import evaluate
from chromadesk.learning.loop import train
from chromadesk.masks import write_mask
from chromadesk.models.info import read_info

TINY: dict[str, Any] = {
    "model": "chromanet",
    "parameters": {"widths": [8, 8, 8, 8]},
    "encoder_weights": "random",
    "size": (64, 32),
    "batch": 4,
    "lr": 2e-3,
    "device": "cpu",
    "precision": "fp32",
}


def make(root: Path, count: int, size: tuple[int, int] = (60, 40)) -> Dataset:
    """Photos whose colours give their classes away."""
    rng = np.random.default_rng(0)
    colours = np.array([[30, 30, 30], [60, 160, 60], [230, 170, 150], [200, 60, 200], [90, 60, 20]], dtype=np.uint8)
    (root / "A").mkdir(parents=True)
    for number in range(count):
        labels = np.kron(rng.integers(0, 5, (6, 4)), np.ones((size[0] // 6, size[1] // 4))).astype(np.uint8)
        noise = rng.integers(-15, 15, (*labels.shape, 3))
        Image.fromarray((colours[labels] + noise).clip(0, 255).astype(np.uint8)).save(root / "A" / f"{number:02}.png")
        write_mask(root / "B" / f"{number:02}.png", labels)
    return Dataset.open(root)


def correct(dataset: Dataset, count: int) -> set[str]:
    """Approve so many train photos as a person does."""
    keys = [item.key for item in Dataset.open(dataset.root).select("train")][:count]
    with Index.open(dataset) as index:
        for key in keys:
            index.set_status(key, "approved")
    return set(keys)


@pytest.fixture(scope="module")
def parent(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A data set of twelve, whose split is drawn, and a network trained on it a little."""
    root = tmp_path_factory.mktemp("parent")
    make(root / "pairs", 12)
    train(TrainConfig(str(root / "pairs"), str(root / "parent"), epochs=2, **TINY))
    correct(Dataset.open(root / "pairs"), 3)
    return root / "pairs", root / "parent" / "model.safetensors"


def tuning(parent: tuple[Path, Path], out: Path, **changes: Any) -> TrainConfig:
    given = {name: value for name, value in TINY.items() if name not in ("parameters", "encoder_weights")}
    return TrainConfig(**{"dataset": str(parent[0]), "out": str(out), "init": str(parent[1]), **given, **changes})


def losses(messages: list[Message]) -> list[float]:
    return [m.values["loss"] for m in messages if isinstance(m, Metrics) and "loss" in m.values]


def log(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / "metrics.jsonl").read_text().splitlines()]


def test_a_fine_tune_mixes_stops_early_and_keeps_its_best_epoch(parent: tuple[Path, Path], tmp_path: Path) -> None:
    messages: list[Message] = []
    config = tuning(parent, tmp_path / "run", epochs=20, patience=2, epoch_photos=12)
    result = train(config, messages.append)
    assert result["photos"] == {"corrected": 3, "others": 7}
    rows = log(tmp_path / "run")
    best = max(range(len(rows)), key=lambda place: rows[place]["miou"])
    assert result["epoch_kept"] == best + 1
    assert result["epochs_done"] == len(rows) == best + 3 < 20
    assert result["judged_on"] == "test"
    assert result["scores"]["miou"] == rows[best]["miou"]
    info = read_info(Path(result["model"]))
    assert (info.parent, info.epochs, info.scores["miou"]) == ("parent", best + 1, rows[best]["miou"])
    again = evaluate(EvaluateConfig(str(parent[0]), result["model"], size=(64, 32), quality="paper", precision="fp32"))
    assert again["miou"] == pytest.approx(rows[best]["miou"], abs=1e-6)


class Killed(BaseException):
    """In place of kill -9: nothing after it runs."""


@pytest.mark.slow
@pytest.mark.parametrize("moment", [2, pytest.param(7, marks=pytest.mark.slow), "epoch 2"])
def test_killed_anywhere_it_goes_on_to_the_same_end(
    parent: tuple[Path, Path], tmp_path: Path, moment: int | str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chromadesk.learning.loop._CHECKPOINT_EVERY", 0.0)
    changes: dict[str, Any] = {"epochs": 5, "patience": 2, "epoch_photos": 10, "trust": 0.3, "freeze_norm": True}
    whole: list[Message] = []
    expected = train(tuning(parent, tmp_path / "whole", **changes), whole.append)
    first: list[Message] = []

    def report(message: Message) -> None:
        first.append(message)
        ended = isinstance(message, Metrics) and "train_loss" in message.values  # the file is written, the state not
        if len(losses(first)) == moment or (ended and moment == f"epoch {message.epoch:g}"):  # type: ignore[union-attr]
            raise Killed

    with pytest.raises(Killed):
        train(tuning(parent, tmp_path / "run", **changes), report)
    second: list[Message] = []
    resume = (tmp_path / "run" / "checkpoint").exists()
    result = train(tuning(parent, tmp_path / "run", resume=resume, **changes), second.append)
    for name in ("epochs_done", "epoch_kept", "scores", "photos", "judged_on"):
        assert result[name] == expected[name], name
    assert losses(second) == losses(whole)[-len(losses(second)) :]
    one, other_one = load_file(expected["model"]), load_file(result["model"])
    assert all(torch.equal(one[name], other_one[name]) for name in one)
    rows = [
        [{k: v for k, v in row.items() if k != "seconds"} for row in log(tmp_path / name)] for name in ("run", "whole")
    ]
    assert rows[0] == rows[1]
    done = train(tuning(parent, tmp_path / "run", resume=True, **changes))  # once more changes nothing
    assert done["epochs_done"] == result["epochs_done"]


@pytest.mark.slow
def test_what_is_approved_meanwhile_waits_for_the_next_training(tmp_path: Path) -> None:
    dataset = make(tmp_path / "pairs", 12)
    train(TrainConfig(str(dataset.root), str(tmp_path / "parent"), epochs=1, **TINY))
    correct(dataset, 2)
    parent = dataset.root, tmp_path / "parent" / "model.safetensors"
    heard: list[Message] = []
    train(tuning(parent, tmp_path / "run", epochs=2), heard.append, lambda: len(losses(heard)) > 1)
    keys = correct(dataset, 5)
    result = train(tuning(parent, tmp_path / "run", epochs=2, resume=True))
    assert result["photos"] == {"corrected": 2, "others": 8}
    with Index.open(dataset) as index:
        index.set_status(sorted(keys)[0], "edited")
    said: list[Message] = []
    result = train(tuning(parent, tmp_path / "run", epochs=2, resume=True), said.append)
    assert sum(result["photos"].values()) == 9
    assert any(isinstance(message, Warned) and "goes on without" in message.text for message in said)


def test_frozen_norms_keep_their_figures_and_learn_their_scale(parent: tuple[Path, Path], tmp_path: Path) -> None:
    before = load_file(parent[1])
    frozen = load_file(train(tuning(parent, tmp_path / "frozen", epochs=1))["model"])
    moving = load_file(train(tuning(parent, tmp_path / "moving", epochs=1, freeze_norm=False))["model"])
    means = [name for name in before if name.endswith("running_mean")]
    assert means
    assert all(torch.equal(before[name], frozen[name]) for name in means)
    assert not any(torch.equal(before[name], moving[name]) for name in means)
    scale = means[0].replace("running_mean", "weight")
    assert not torch.equal(before[scale], frozen[scale])


@pytest.mark.slow
def test_photos_nobody_learned_from_judge_where_there_are_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lesson, "_LEAST_HELD", 3)
    dataset = make(tmp_path / "pairs", 70)
    config = TrainConfig(
        str(dataset.root),
        str(tmp_path / "run"),
        epochs=3,
        patience=1,
        lr=1e-3,
        **{name: value for name, value in TINY.items() if name != "lr"},
    )
    result = train(config)
    assert result["judged_on"] == "held"
    planned = lesson.plan(Dataset.open(dataset.root), config, ignore, never)
    assert 3 <= len(planned.held) <= 12
    assert {item.key for item in planned.held}.isdisjoint(item.key for item in planned.photos)
    info = read_info(Path(result["model"]))
    assert len(info.trained_on) == len(planned.photos) == sum(result["photos"].values())
    assert info.scores == result["scores"]
    tested = evaluate(
        EvaluateConfig(str(dataset.root), result["model"], size=(64, 32), quality="paper", precision="fp32")
    )
    assert tested["miou"] == pytest.approx(result["scores"]["miou"], abs=1e-6)
    assert log(tmp_path / "run")[result["epoch_kept"] - 1]["miou"] != result["scores"]["miou"]

    corrected = correct(dataset, 20)
    tuned = tuning((dataset.root, Path(result["model"])), tmp_path / "tuned")
    planned_again = lesson.plan(Dataset.open(dataset.root), tuned, ignore, never)
    # those held out stay unknown to the child and so may judge it too; what was corrected of them teaches
    assert {item.key for item in planned_again.held} <= {item.key for item in planned.held} - corrected
    assert {item.key for item in planned_again.photos[: planned_again.corrected]} == corrected


def test_on_photos_its_parent_knows_nothing_is_judged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lesson, "_LEAST_HELD", 1)
    dataset = make(tmp_path / "pairs", 64)
    train(TrainConfig(str(dataset.root), str(tmp_path / "parent"), epochs=1, **TINY))
    config = tuning((dataset.root, tmp_path / "parent" / "model.safetensors"), tmp_path / "run")
    planned = lesson.plan(Dataset.open(dataset.root), config, ignore, never)
    assert (planned.held, planned.judged_on) == ([], "test")


def test_without_test_photos_the_last_epoch_is_kept(tmp_path: Path) -> None:
    dataset = make(tmp_path / "pairs", 6)
    result = train(TrainConfig(str(dataset.root), str(tmp_path / "run"), epochs=3, patience=1, test_share=0, **TINY))
    assert (result["epochs_done"], result["epoch_kept"], result["judged_on"]) == (3, 3, None)
    assert result["scores"] == {}


def test_a_checkpoint_of_before_goes_on_as_it_was(parent: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "run"
    heard: list[Message] = []
    config = TrainConfig(str(parent[0]), str(out), epochs=2, **TINY)
    train(config, heard.append, lambda: len(losses(heard)) > 1)
    state = torch.load(out / "checkpoint", weights_only=True)
    for name in ("lesson", "best"):
        del state[name]
    for name in ("corrected_share", "epoch_photos", "trust", "patience", "freeze_norm"):
        del state["config"][name]
    torch.save(state, out / "checkpoint")
    result = train(TrainConfig(str(parent[0]), str(out), epochs=2, resume=True, **TINY))
    assert (result["epochs_done"], result["epoch_kept"], result["judged_on"]) == (2, 2, None)


@pytest.mark.parametrize(
    "values",
    [
        {"corrected_share": 1.5},
        {"epoch_photos": 0},
        {"trust": -0.1},
        {"patience": -1},
        {"photos": "old"},
        {"model": "pix2pix", "trust": 0.3},
    ],
)
def test_unfit_wishes_are_refused(values: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        TrainConfig(**{"dataset": "d", "out": "o", **values})
