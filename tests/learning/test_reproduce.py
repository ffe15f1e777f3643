"""A training done once more from its record: equal to the last digit, and what is said where it is not."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch

from chromadesk.errors import DatasetError, InputError
from chromadesk.learning import run_record
from chromadesk.learning.config import TrainConfig
from chromadesk.learning.loop import train
from chromadesk.learning.reproduce import compare, figures, reproduce
from chromadesk.masks import read_mask, write_mask


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory, patchwork: Callable[..., Path]) -> Path:
    """A folder with a data set, ``pairs``, and a short training on it, ``run``."""
    folder = tmp_path_factory.mktemp("trained")
    root = patchwork(folder / "pairs", 8, noise=15)
    tiny = {"model": "unet", "parameters": {"depth": 2, "width": 4}, "size": [64, 32], "batch": 4}
    options = {**tiny, "epochs": 2, "augment": "strong", "seed": 7, "device": "cpu", "precision": "fp32"}
    train(TrainConfig.from_json({"dataset": str(root), "out": str(folder / "run"), **options}))
    return folder


@pytest.fixture
def run(trained: Path, tmp_path: Path) -> Path:
    """The folder of the training, whose data set lies beside it."""
    shutil.copytree(trained, tmp_path, dirs_exist_ok=True)
    record = run_record.read(tmp_path / "run")
    rewritten(tmp_path / "run", config={**record.config, "dataset": str(tmp_path / "pairs")})
    return tmp_path / "run"


def rewritten(run: Path, **changes: Any) -> None:
    path = run / run_record.FILE
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))


def test_a_record_says_what_a_training_was_made_of(run: Path, tmp_path: Path) -> None:
    record = run_record.read(run)
    assert record.config["seed"] == 7
    assert record.config["device"] == "cpu"
    assert record.config["precision"] == "fp32"
    assert record.versions["torch"] == run_record.versions()["torch"]
    assert record.machine["threads"] == torch.get_num_threads()
    assert len(record.data) == len(record.lesson["photos"]) + len(record.lesson["test"]) == 8
    assert record.command


def test_it_comes_out_equal_to_the_last_digit(run: Path, tmp_path: Path) -> None:
    torch.rand(3)  # whatever was drawn before must not count
    found = reproduce(run, tmp_path / "again")
    assert found.equal
    assert found.epochs == 2
    assert found.weights is True
    assert found.elsewhere == found.data == []
    assert figures(run) == figures(tmp_path / "again")
    assert "iou hair" in figures(run)[0]


def test_it_follows_the_photos_the_first_one_had(run: Path, tmp_path: Path, patchwork: Callable[..., Path]) -> None:
    patchwork(tmp_path / "pairs", 2, start=50)  # new pairs since, approved as they come
    assert reproduce(run, tmp_path / "again").equal


def test_an_unfinished_training_is_compared_as_far_as_it_came(run: Path, tmp_path: Path) -> None:
    log = run / "metrics.jsonl"
    log.write_text(log.read_text().splitlines(keepends=True)[0])
    found = reproduce(run, tmp_path / "again")
    assert found.epochs == 1
    assert found.parting is None
    assert len(figures(tmp_path / "again")) == 1


def test_where_they_part_is_named(run: Path, tmp_path: Path) -> None:
    rewritten(run, config={**run_record.read(run).config, "seed": 8})
    found = reproduce(run, tmp_path / "again")
    assert not found.equal
    assert found.weights is False
    assert found.parting is not None
    assert (found.parting.epoch, found.parting.name) == (1, "train_loss")
    assert found.parting.largest > 0


def test_a_figure_that_only_one_has_is_a_parting(run: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    rows = [json.loads(line) for line in (run / "metrics.jsonl").read_text().splitlines()]
    del rows[1]["lr"]
    (other / "metrics.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    found = compare(run, other, [], [])
    assert found.parting is not None
    assert (found.parting.epoch, found.parting.name, found.parting.now) == (2, "lr", None)
    assert found.weights is None


def test_changed_data_is_refused_until_it_is_wanted(run: Path, tmp_path: Path) -> None:
    mask = next((tmp_path / "pairs" / "B").glob("*.png"))
    labels = read_mask(mask).labels
    labels[:6] = 1
    write_mask(mask, labels)
    with pytest.raises(DatasetError, match=rf"the mask of A/{mask.name} has changed.*--anyway"):
        reproduce(run, tmp_path / "again")
    assert not (tmp_path / "again").exists()
    found = reproduce(run, tmp_path / "again", anyway=True)
    assert found.data == [f"the mask of A/{mask.name} has changed"]


def test_other_versions_are_named(run: Path) -> None:
    from chromadesk.learning.reproduce import differences

    record = run_record.read(run)
    rewritten(run, versions={**record.versions, "torch": "1.13"}, machine={**record.machine, "instructions": "NEON"})
    told = differences(run_record.read(run))
    assert [line for line in told if line.startswith("torch ") and line.endswith("1.13 there")]
    assert [line for line in told if line.startswith("instructions ") and line.endswith("NEON there")]
    assert len(told) == 2


@pytest.mark.parametrize("text", [None, "", "{}", "[]", "{", '{"format": 1}', '{"format": 99, "data": {}}', "[" * 9999])
def test_what_is_no_record_is_refused_in_a_sentence(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / run_record.FILE).write_text(text)
    with pytest.raises(InputError, match=r"\.$"):
        run_record.read(tmp_path)


def test_the_command_says_it_and_ends_with_its_codes(run: Path, tmp_path: Path, command: Callable[..., Any]) -> None:
    done = command("reproduce", run, "--out", tmp_path / "again", "--json", tmp_path / "said.json")
    assert done.code == 0, done.err
    assert done.out.splitlines() == [
        "2 epochs: losses and scores are equal to the last digit.",
        "The weights are the same, bit by bit.",
    ]
    assert json.loads((tmp_path / "said.json").read_text())["equal"] is True
    log = run / "metrics.jsonl"
    rows = [json.loads(line) for line in log.read_text().splitlines()]
    rows[1]["miou"] += 1e-15
    log.write_text("".join(json.dumps(row) + "\n" for row in rows))
    done = command("reproduce", run, "--out", tmp_path / "third")
    assert done.code == 1
    assert "They part in epoch 2: miou was" in done.out
    done = command("reproduce", run, "--out", tmp_path / "third")
    assert done.code == 2
    assert "not empty" in done.sentence
    done = command("reproduce", tmp_path / "nowhere", "--out", tmp_path / "fourth")
    assert done.code == 2
    assert "no record" in done.sentence
