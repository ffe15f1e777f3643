"""Evaluation as people and scripts read it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from chromadesk.dataset import splits
from chromadesk.dataset.pairs import Dataset
from chromadesk.dataset.splits import photo_hash
from chromadesk.errors import Cancelled, DatasetError, InputError
from chromadesk.images import read_photo
from chromadesk.inference.resize import resize_labels, resize_photo
from chromadesk.inference.segment import Segmenter
from chromadesk.jobs.messages import Message, Warned
from chromadesk.learning.config import EvaluateConfig
from chromadesk.learning.evaluate import evaluate
from chromadesk.learning.metrics import confusion
from chromadesk.learning.palette_error import palette_error, summary
from chromadesk.models import weights
from chromadesk.models.info import WeightsInfo
from chromadesk.models.registry import build


@pytest.fixture
def pairs(tmp_path: Path, patchwork: Callable[..., Path]) -> Path:
    """Five photos, not all of one size."""
    patchwork(tmp_path / "pairs", 3, cells=(5, 4), side=10, noise=60)
    return patchwork(tmp_path / "pairs", 2, cells=(6, 4), side=10, noise=60, start=3)


def model(tmp_path: Path, trained_on: tuple[str, ...] = ()) -> Path:
    torch.manual_seed(0)
    path = tmp_path / "m.safetensors"
    info = WeightsInfo("m", "unet", {"depth": 3, "width": 4}, input_size=(64, 32), trained_on=trained_on)
    weights.save(build("unet", info.parameters), info, path)
    return path


def test_folders_a_and_b_are_a_data_set_and_every_pixel_is_counted(pairs: Path, tmp_path: Path) -> None:
    result = evaluate(EvaluateConfig(str(pairs), str(model(tmp_path)), size=(64, 32)))
    assert result["photos"] == 5
    assert result["size"] == "64x32"
    assert np.sum(result["confusion"]) == 5 * 64 * 32
    assert {"class_accuracy", "pixel_accuracy", "pixel_accuracy_without_background", "mean_class_accuracy"} < set(
        result
    )
    assert {"iou", "miou", "miou_without_background", "model"} < set(result)
    mious = [row["miou"] for row in result["per_photo"]]
    assert mious == sorted(mious)


def test_native_evaluation_is_what_segment_writes(pairs: Path, tmp_path: Path) -> None:
    path = model(tmp_path)
    result = evaluate(EvaluateConfig(str(pairs), str(path), native=True))
    segmenter = Segmenter(path)
    expected = np.zeros((5, 5), dtype=np.int64)
    for item in Dataset.open(pairs).select():
        truth = np.asarray(Image.open(item.mask))
        expected += confusion(truth, segmenter.labels(np.asarray(Image.open(item.photo))))
    assert result["confusion"] == expected.tolist()
    assert result["size"] == "native"


def test_palette_errors_are_measured_at_the_photos_own_size(pairs: Path, tmp_path: Path) -> None:
    path = model(tmp_path)
    segmenter = Segmenter(path)
    for config in (
        EvaluateConfig(str(pairs), str(path), native=True),
        EvaluateConfig(str(pairs), str(path), quality="standard", size=(64, 32)),
        EvaluateConfig(str(pairs), str(path), quality="paper", size=(64, 32)),
    ):
        result = evaluate(config)
        errors = []
        for item in Dataset.open(pairs).select():
            pixels, truth = (np.asarray(Image.open(path)) for path in (item.photo, item.mask))
            if config.quality == "paper":
                small = segmenter.scores(resize_photo(pixels, (64, 32))[None]).argmax(axis=1)[0].astype(np.uint8)
                found = resize_labels(small, (pixels.shape[0], pixels.shape[1]))
            else:
                found = segmenter.labels(pixels)
            errors.append(palette_error(read_photo(item.photo), truth, found))
            (row,) = (row for row in result["per_photo"] if row["key"] == item.key)
            assert row["palette_error"] == errors[-1].to_json()
        assert result["palette_error"] == summary(errors)
        assert result["palette_error"]["all"]["emd"] > 0


def test_keys_keep_to_the_photos_named(pairs: Path, tmp_path: Path) -> None:
    keys = ["A/01.png", "A/04.png"]
    result = evaluate(EvaluateConfig(str(pairs), str(model(tmp_path)), keys=keys, size=(64, 32)))
    assert sorted(row["key"] for row in result["per_photo"]) == keys


def test_photos_the_model_has_seen_are_warned_of(pairs: Path, tmp_path: Path) -> None:
    seen = photo_hash(pairs / "A" / "03.png")
    messages: list[Message] = []
    evaluate(EvaluateConfig(str(pairs), str(model(tmp_path, (seen,))), "all", size=(64, 32)), messages.append)
    warnings = [m.text for m in messages if isinstance(m, Warned)]
    assert len(warnings) == 1
    assert warnings[0].startswith("1 of 5 photos")


def test_a_missing_split_is_warned_of(pairs: Path, tmp_path: Path) -> None:
    messages: list[Message] = []
    config = EvaluateConfig(str(pairs), str(model(tmp_path)), size=(64, 32))
    assert evaluate(config, messages.append)["photos"] == 5
    warnings = [m.text for m in messages if isinstance(m, Warned)]
    assert warnings == [
        f"{pairs} has no split yet, so all its photos with approved masks (5) stand in for test photos."
    ]
    splits.ensure_split(Dataset.open(pairs), 0)
    messages.clear()
    assert evaluate(config, messages.append)["photos"] == 1
    assert not any(isinstance(message, Warned) for message in messages)


def test_what_cannot_be_evaluated_is_refused(pairs: Path, tmp_path: Path) -> None:
    path = str(model(tmp_path))
    with pytest.raises(Cancelled):
        evaluate(EvaluateConfig(str(pairs), path), cancelled=lambda: True)
    for mask in (pairs / "B").iterdir():
        mask.unlink()
    with pytest.raises(DatasetError, match="no masks"):
        evaluate(EvaluateConfig(str(pairs), path))


def test_a_network_that_keeps_proportions_is_measured_as_people_use_it(pairs: Path, tmp_path: Path) -> None:
    network, info = weights.load(model(tmp_path))
    path = tmp_path / "kept.safetensors"
    weights.save(network, dataclasses.replace(info, fit="aspect"), path)
    results = {
        quality: evaluate(EvaluateConfig(str(pairs), str(path), quality=quality, size=(64, 32)))
        for quality in (None, "standard", "careful", "paper")
    }
    assert results[None] == results["standard"]
    assert {name: result["quality"] for name, result in results.items() if name} == {
        name: name for name in results if name
    }
    assert all(np.sum(result["confusion"]) == 5 * 64 * 32 for result in results.values())
    assert results["paper"]["confusion"] != results["standard"]["confusion"]
    assert evaluate(EvaluateConfig(str(pairs), str(model(tmp_path)), size=(64, 32)))["quality"] == "paper"


def test_native_and_paper_exclude_each_other(pairs: Path) -> None:
    with pytest.raises(InputError, match="stretches"):
        EvaluateConfig(str(pairs), native=True, quality="paper")
    with pytest.raises(InputError, match="careful"):
        EvaluateConfig(str(pairs), quality="best")
