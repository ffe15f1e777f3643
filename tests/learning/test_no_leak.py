"""A test photo teaches nobody, whichever way the training is asked for and however its copy came into train."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from chromadesk.dataset import splits
from chromadesk.dataset.index import Index
from chromadesk.dataset.pairs import Dataset
from chromadesk.errors import DatasetError
from chromadesk.jobs import record
from chromadesk.jobs.messages import Failed, Message, Warned
from chromadesk.jobs.record import Request
from chromadesk.jobs.worker import run_job
from chromadesk.learning.config import TrainConfig
from chromadesk.learning.data import training_pairs
from chromadesk.learning.loop import train
from chromadesk.masks import write_mask
from chromadesk.models.info import read_info


def write_pair(folder: Path, name: str, pixels: np.ndarray) -> None:
    for part in ("A", "B"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels).save(folder / "A" / f"{name}.png")
    write_mask(folder / "B" / f"{name}.png", np.uint8(pixels[..., 0] > 128))


def copied(photo: Path, how: str, folder: Path, name: str) -> None:
    """Put a copy of ``photo`` and of its mask into ``folder``: as it is, saved again, or also made smaller."""
    for part in ("A", "B"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    mask = photo.parent.parent / "B" / f"{photo.stem}.png"
    if how == "copy":
        shutil.copy(photo, folder / "A" / f"{name}.png")
        shutil.copy(mask, folder / "B" / f"{name}.png")
        return
    picture, labels = Image.open(photo), Image.open(mask)
    if how == "smaller":
        size = round(picture.width * 0.8), round(picture.height * 0.8)
        picture, labels = picture.resize(size), labels.resize(size, Image.Resampling.NEAREST)
    picture.save(folder / "A" / f"{name}.jpg", quality=60)
    labels.save(folder / "B" / f"{name}.png")


@pytest.fixture(params=["copy", "saved again", "smaller"])
def leaky(request: pytest.FixtureRequest, tmp_path: Path, scene: Callable[..., np.ndarray]) -> Path:
    """Ten pictures split into train and test; afterwards a test photo joins under another name: it would teach."""
    root = tmp_path / "set"
    for number in range(10):
        write_pair(root, str(number), scene(number))
    dataset = Dataset.open(root)
    splits.ensure_split(dataset, seed=0)
    copied(dataset.select("test")[0].photo, request.param, root, "joined")
    dataset.rescan()
    assert "joined" in {item.photo.stem for item in dataset.select("train")}
    return root


def check(root: Path, model: Path) -> None:
    """``model`` was trained on all of train but the photo that joined."""
    dataset = Dataset.open(root)
    taught = {item.photo.stem for item in splits.overlap(read_info(model).trained_on, dataset.items)}
    assert taught == {item.photo.stem for item in dataset.select("train")} - {"joined"}


def warnings(messages: list[Message]) -> list[str]:
    return [message.text for message in messages if isinstance(message, Warned)]


def test_train_leaves_it_out_and_says_so_once(leaky: Path, tmp_path: Path, tiny: dict[str, Any]) -> None:
    said: list[Message] = []
    train(TrainConfig.from_json({**tiny, "dataset": str(leaky), "out": str(tmp_path / "out")}), said.append)
    check(leaky, tmp_path / "out" / "model.safetensors")
    (sentence,) = warnings(said)
    assert sentence.startswith("1 of 9 photos (such as A/joined.")
    assert "is a test photo too, or nearly the same as one" in sentence


def test_the_command_line(leaky: Path, tmp_path: Path, command: Callable[..., Any]) -> None:
    network = ("--model", "unet", "--set", "depth=2", "--set", "width=4", "--size", "64x32", "--epochs", 1)
    where = ("--device", "cpu", "--precision", "fp32")
    outcome = command("train", leaky, "--out", tmp_path / "out", *network, *where)
    assert outcome.code == 0
    assert "1 of 9 photos (such as A/joined." in outcome.sentence
    check(leaky, tmp_path / "out" / "model.safetensors")


@pytest.mark.parametrize("kind", ["train", "improve"])
def test_the_studios_jobs(leaky: Path, kind: str, tiny: dict[str, Any]) -> None:
    folder = record.create(leaky / ".chromadesk", Request(kind, {"dataset": "../../..", "out": ".", **tiny}))
    said: list[Message] = []
    assert run_job(folder, said.append) == 0
    check(leaky, folder / "model.safetensors")
    assert sum("nearly the same" in text for text in warnings(said)) == 1


def test_a_job_file_that_asks_for_the_corrected_ones(leaky: Path, tiny: dict[str, Any]) -> None:
    dataset = Dataset.open(leaky)
    other = next(item for item in dataset.select("train") if item.photo.stem != "joined")
    joined = next(item for item in dataset.items if item.photo.stem == "joined")
    with Index.open(dataset) as index:
        index.set_status(joined.key, "approved")
    config = {"dataset": "../../..", "out": ".", **tiny, "photos": "corrected"}
    folder = record.create(dataset.state, Request("improve", config))
    assert run_job(folder) == 2  # nothing is left
    last = record.outcome(folder)
    assert isinstance(last, Failed)
    assert "add other photos to train on" in last.text
    assert "\n" not in last.text
    with Index.open(dataset) as index:
        index.set_status(other.key, "approved")
        index.set_status(dataset.select("test")[0].key, "approved")
    folder = record.create(dataset.state, Request("train", config))
    assert run_job(folder) == 0
    assert splits.overlap(read_info(folder / "model.safetensors").trained_on, dataset.items) == [other]


@pytest.mark.parametrize(
    "field", [{"keys": ["A/1.png"]}, {"split": "all"}, {"photos": "test"}, {"test": []}, {"items": []}]
)
@pytest.mark.parametrize("kind", ["train", "improve"])
def test_a_job_file_that_names_photos_is_refused(
    tmp_path: Path, scene: Callable[..., np.ndarray], kind: str, field: dict[str, Any], tiny: dict[str, Any]
) -> None:
    for number in range(3):
        write_pair(tmp_path, str(number), scene(number))
    config = {"dataset": "../../..", "out": ".", **tiny, **field}
    folder = record.create(tmp_path / ".chromadesk", Request(kind, config))
    assert run_job(folder) == 2
    assert isinstance(record.outcome(folder), Failed)
    assert not (folder / "model.safetensors").exists()


@pytest.mark.parametrize("how", ["copy", "saved again", "smaller"])
def test_folders_that_are_the_split(
    tmp_path: Path, scene: Callable[..., np.ndarray], how: str, tiny: dict[str, Any]
) -> None:
    root = tmp_path / "set"
    for number in range(5):
        write_pair(root / ("test" if number == 4 else "train"), str(number), scene(number))
    copied(root / "test" / "A" / "4.png", how, root / "train", "joined")
    said: list[Message] = []
    train(TrainConfig.from_json({**tiny, "dataset": str(root), "out": str(tmp_path / "out")}), said.append)
    check(root, tmp_path / "out" / "model.safetensors")
    assert len(warnings(said)) == 1
    # whoever opens one of the two folders alone gets no further
    with pytest.raises(DatasetError, match="is one of its test photos"):
        train(TrainConfig.from_json({**tiny, "dataset": str(root / "test"), "out": str(tmp_path / "a")}))
    train(TrainConfig.from_json({**tiny, "dataset": str(root / "train"), "out": str(tmp_path / "b"), "test_share": 0}))
    check(root, tmp_path / "b" / "model.safetensors")


def test_without_copies_all_of_train_teaches_and_nothing_is_said(
    tmp_path: Path, scene: Callable[..., np.ndarray]
) -> None:
    for number in range(10):
        write_pair(tmp_path, str(number), scene(number))
    flat = np.full((60, 40, 3), 255, np.uint8)
    for number in range(10, 14):  # plain pictures are alike only when their files are
        write_pair(tmp_path, str(number), flat - np.uint8(number))
    dataset = Dataset.open(tmp_path)
    splits.ensure_split(dataset, seed=0)
    splits.assign(dataset, "A/12.png", "test")
    splits.assign(dataset, "A/13.png", "train")
    said: list[Message] = []
    assert training_pairs(dataset, "all", said.append) == dataset.select("train")
    assert said == []


def test_a_split_kept_in_the_job_file_is_none(leaky: Path, tiny: dict[str, Any]) -> None:
    """The split is the data set's; a test share in a job cannot take it away."""
    folder = record.create(
        leaky / ".chromadesk", Request("train", {"dataset": "../../..", "out": ".", **tiny, "test_share": 0, "seed": 7})
    )
    before = json.loads((leaky / ".chromadesk" / "split.json").read_text())
    assert run_job(folder) == 0
    check(leaky, folder / "model.safetensors")
    assert json.loads((leaky / ".chromadesk" / "split.json").read_text()) == before
