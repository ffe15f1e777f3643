"""Training for real, on a handful of synthetic pairs: what is written, resuming, stopping, refusing."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from chromadesk.dataset.pairs import Dataset
from chromadesk.errors import ChromaDeskError, DatasetError, InputError
from chromadesk.jobs.messages import Message, Metrics, Progress, Started
from chromadesk.learning.config import EvaluateConfig, TrainConfig
from chromadesk.learning.evaluate import evaluate
from chromadesk.learning.loop import train
from chromadesk.learning.team import Team
from chromadesk.models import weights
from chromadesk.models.info import read_info

TINY: dict[str, Any] = {
    "model": "unet",
    "parameters": {"depth": 3, "width": 8},
    "size": (64, 32),
    "batch": 2,
    "lr": 2e-3,
    "device": "cpu",
    "precision": "fp32",
}


@pytest.fixture
def pairs(tmp_path: Path, patchwork: Callable[..., Path]) -> Path:
    return patchwork(tmp_path / "pairs", 10, cells=(6, 4), noise=15)


def config(pairs: Path, out: Path, **changes: Any) -> TrainConfig:
    return TrainConfig(**{"dataset": str(pairs), "out": str(out), "epochs": 2, **TINY, **changes})


def losses(messages: list[Message]) -> list[float]:
    return [m.values["loss"] for m in messages if isinstance(m, Metrics) and "loss" in m.values]


def test_a_run_writes_a_model_a_log_and_a_checkpoint_and_learns(pairs: Path, tmp_path: Path) -> None:
    messages: list[Message] = []
    result = train(config(pairs, tmp_path / "run", epochs=12), messages.append)
    out = tmp_path / "run"
    assert {path.name for path in out.iterdir()} == {
        "model.safetensors",
        "metrics.jsonl",
        "checkpoint",
        "checkpoint.before",
        "run.json",
    }
    lines = [json.loads(line) for line in (out / "metrics.jsonl").read_text().splitlines()]
    assert [line["epoch"] for line in lines] == list(range(1, 13))
    assert lines[-1]["train_loss"] < 0.6 * lines[0]["train_loss"]
    assert result["epochs_done"] == 12
    assert result["cancelled"] is False
    assert messages[0] == Started("train", 48)
    assert messages[-3] == Progress(48, 48, "epoch 12 of 12", 0.0)
    info = read_info(out / "model.safetensors")
    assert len(info.trained_on) == 8
    assert info.scores == result["scores"]
    assert info.input_size == (64, 32)
    again = evaluate(EvaluateConfig(str(pairs), str(out / "model.safetensors"), size=(64, 32), precision="fp32"))
    assert again["miou"] == pytest.approx(result["scores"]["miou"], abs=1e-6)
    assert again["photos"] == 2


@pytest.mark.parametrize("stop_after", [1, 5, 9])
def test_a_stopped_run_resumes_as_if_nothing_had_happened(pairs: Path, tmp_path: Path, stop_after: int) -> None:
    changes: dict[str, Any] = {"epochs": 3, "augment": "strong"}
    whole: list[Message] = []
    train(config(pairs, tmp_path / "whole", **changes), whole.append)
    first: list[Message] = []
    stopped = train(config(pairs, tmp_path / "run", **changes), first.append, lambda: len(losses(first)) >= stop_after)
    assert stopped["cancelled"] is True
    second: list[Message] = []
    train(config(pairs, tmp_path / "run", resume=True, **changes), second.append)
    assert losses(first) + losses(second) == losses(whole)
    one, _ = weights.load(tmp_path / "whole" / "model.safetensors")
    other, _ = weights.load(tmp_path / "run" / "model.safetensors")
    for key, value in one.state_dict().items():
        assert torch.equal(value, other.state_dict()[key]), key


def test_averaged_and_scheduled_recipes_resume_too(pairs: Path, tmp_path: Path) -> None:
    changes: dict[str, Any] = {"model": "chromanet", "parameters": {"widths": [8, 8, 8, 8]}}
    whole: list[Message] = []
    train(config(pairs, tmp_path / "whole", **changes), whole.append)
    first: list[Message] = []
    train(config(pairs, tmp_path / "run", **changes), first.append, lambda: len(losses(first)) >= 3)
    second: list[Message] = []
    train(config(pairs, tmp_path / "run", resume=True, **changes), second.append)
    assert losses(first) + losses(second) == losses(whole)


@pytest.mark.parametrize("loss", ["weighted", "dice"])
def test_batches_that_make_a_step_are_one_large_batch(pairs: Path, tmp_path: Path, loss: str) -> None:
    """But for what BatchNorm knows of each, which is kept as it is here."""
    changes: dict[str, Any] = {"loss": loss, "freeze_norm": True, "epochs": 3, "lr": 5e-4}
    large: list[Message] = []
    train(config(pairs, tmp_path / "large", batch=6, **changes), large.append)
    added: list[Message] = []
    train(config(pairs, tmp_path / "added", batch=2, accumulate=3, **changes), added.append)
    assert len(losses(large)) == 6
    assert losses(added) == pytest.approx(losses(large), abs=1e-5)


def test_photos_are_read_once_where_there_is_room(pairs: Path, tmp_path: Path) -> None:
    without: list[Message] = []
    train(config(pairs, tmp_path / "without", cache=0, augment="strong"), without.append)
    keeping: list[Message] = []
    train(config(pairs, tmp_path / "keeping", augment="strong"), keeping.append)
    assert losses(keeping) == losses(without)


@pytest.mark.slow  # its processes want a parent that has neither Qt nor tests of other kinds in it
def test_reading_ahead_in_other_processes_changes_nothing(
    pairs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes: dict[str, Any] = {"augment": "strong", "epochs": 3}
    alone: list[Message] = []
    train(config(pairs, tmp_path / "alone", **changes), alone.append)
    monkeypatch.setattr(Team, "cores", 8)  # a machine that can spare two
    first: list[Message] = []
    train(config(pairs, tmp_path / "ahead", **changes), first.append, lambda: len(losses(first)) >= 5)
    second: list[Message] = []
    train(config(pairs, tmp_path / "ahead", resume=True, **changes), second.append)
    assert losses(first) + losses(second) == losses(alone)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("g++") is None, reason="needs a C++ compiler")
def test_a_compiled_network_learns_the_same(pairs: Path, tmp_path: Path) -> None:
    eager: list[Message] = []
    train(config(pairs, tmp_path / "eager", freeze_norm=True), eager.append)
    compiled: list[Message] = []
    train(config(pairs, tmp_path / "compiled", freeze_norm=True, compile=True), compiled.append)
    assert losses(compiled) == pytest.approx(losses(eager), abs=1e-4)
    one, other = (weights.load(tmp_path / name / "model.safetensors")[0] for name in ("eager", "compiled"))
    assert one.state_dict().keys() == other.state_dict().keys()


def test_without_a_compiler_nothing_is_compiled(pairs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CXX", raising=False)
    with pytest.raises(InputError, match="needs a C\\+\\+ compiler"):
        train(config(pairs, tmp_path / "run", compile=True))


def test_a_fine_tune_starts_where_its_parent_ended(pairs: Path, tmp_path: Path) -> None:
    train(config(pairs, tmp_path / "parent", epochs=8))
    messages: list[Message] = []
    parent = str(tmp_path / "parent" / "model.safetensors")
    train(config(pairs, tmp_path / "child", init=parent, epochs=1), messages.append)
    fresh: list[Message] = []
    train(config(pairs, tmp_path / "fresh", epochs=1), fresh.append)
    assert losses(messages)[0] < 0.8 * losses(fresh)[0]
    info = read_info(tmp_path / "child" / "model.safetensors")
    assert info.parent == "parent"
    assert info.name == "child"


def test_the_split_is_drawn_once_and_test_photos_are_never_trained_on(pairs: Path, tmp_path: Path) -> None:
    train(config(pairs, tmp_path / "one", epochs=1, seed=5))
    split = (pairs / ".chromadesk" / "split.json").read_bytes()
    train(config(pairs, tmp_path / "two", epochs=1, seed=6))
    assert (pairs / ".chromadesk" / "split.json").read_bytes() == split
    dataset = Dataset.open(pairs)
    from chromadesk.dataset.splits import overlap

    for name in ("one", "two"):
        seen = read_info(tmp_path / name / "model.safetensors").trained_on
        assert overlap(seen, dataset.select("test")) == []
        assert len(overlap(seen, dataset.select("train"))) == 8


def test_what_cannot_be_trained_is_refused_in_a_sentence(pairs: Path, tmp_path: Path) -> None:
    train(config(pairs, tmp_path / "run", epochs=1))
    model = str(tmp_path / "run" / "model.safetensors")
    with pytest.raises(InputError, match="already holds a training"):
        train(config(pairs, tmp_path / "run"))
    with pytest.raises(InputError, match="had batch = 2, not 4"):
        train(config(pairs, tmp_path / "run", resume=True, epochs=1, batch=4))
    with pytest.raises(ChromaDeskError, match="no checkpoint"):
        train(config(pairs, tmp_path / "nothing", resume=True))
    with pytest.raises(InputError, match="holds a U-Net, not a FCN1s"):
        train(config(pairs, tmp_path / "other", model="fcn1s", parameters={}, init=model))
    with pytest.raises(DatasetError, match="corrected yet"):
        train(config(pairs, tmp_path / "third", photos="corrected"))
    for name in ("checkpoint", "checkpoint.before"):
        (tmp_path / "run" / name).write_bytes(b"torn")
    with pytest.raises(ChromaDeskError, match="damaged"):
        train(config(pairs, tmp_path / "run", resume=True, epochs=1))
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(DatasetError, match="is empty"):
        train(config(empty, tmp_path / "fourth"))


def test_a_photo_that_shrinks_to_one_pixel_is_explained(pairs: Path, tmp_path: Path) -> None:
    changes = {"model": "chromanet", "parameters": {"widths": [8, 8, 8, 8]}, "size": (32, 32), "batch": 1}
    with pytest.raises(InputError, match="larger size or a larger batch"):
        train(config(pairs, tmp_path / "run", **changes))


def test_pix2pix_trains_resumes_and_is_measured_like_the_others(pairs: Path, tmp_path: Path) -> None:
    changes: dict[str, Any] = {"model": "pix2pix", "parameters": {"width": 4}, "lr": 2e-4}
    whole: list[Message] = []
    result = train(config(pairs, tmp_path / "whole", **changes), whole.append)
    first: list[Message] = []
    train(config(pairs, tmp_path / "run", **changes), first.append, lambda: len(losses(first)) >= 3)
    second: list[Message] = []
    resumed = train(config(pairs, tmp_path / "run", resume=True, **changes), second.append)
    assert losses(first) + losses(second) == losses(whole)
    assert resumed["scores"] == result["scores"]
    info = read_info(tmp_path / "whole" / "model.safetensors")
    assert (info.loss, info.normalise) == ("gan", "symmetric")
    again = evaluate(EvaluateConfig(str(pairs), result["model"], size=(64, 32), precision="fp32"))
    assert again["miou"] == pytest.approx(result["scores"]["miou"], abs=1e-6)
    with pytest.raises(InputError, match="loss of Pix2Pix is gan"):
        config(pairs, tmp_path / "other", **changes, loss="weighted")


@pytest.mark.cuda
@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a CUDA device")
@pytest.mark.parametrize("precision", ["fp32", "fp16", "bf16"])
@pytest.mark.parametrize("model", ["unet", "chromanet", "pix2pix"])
def test_training_on_a_gpu_learns_and_resumes(pairs: Path, tmp_path: Path, model: str, precision: str) -> None:
    changes: dict[str, Any] = {"device": "cuda", "precision": precision, "model": model, "epochs": 12}
    if model == "chromanet":
        changes["parameters"] = {"widths": [16, 16, 8, 8]}
    if model == "pix2pix":
        changes |= {"parameters": {"width": 16}, "lr": 2e-4}
    first: list[Message] = []
    train(config(pairs, tmp_path / "run", **changes), first.append, lambda: len(losses(first)) >= 20)
    second: list[Message] = []
    result = train(config(pairs, tmp_path / "run", resume=True, **changes), second.append)
    found = losses(first) + losses(second)
    assert len(found) == 48
    assert np.mean(found[-8:]) < 0.8 * np.mean(found[:8])
    on_cpu = evaluate(EvaluateConfig(str(pairs), result["model"], size=(64, 32), device="cpu", precision="fp32"))
    assert on_cpu["miou"] == pytest.approx(result["scores"]["miou"], abs=0.05)
