"""Requests: round trip, defaults, refusals."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chromadesk.errors import ChromaDeskError, InputError
from chromadesk.learning.config import EvaluateConfig, TrainConfig, parse_size


def test_requests_survive_json() -> None:
    config = TrainConfig(dataset="d", out="o", model="unet", parameters={"depth": 5}, size=(256, 128), lr=1e-3)
    assert TrainConfig.from_json(json.loads(json.dumps(config.to_json()))) == config
    evaluation = EvaluateConfig(dataset="d", native=True)
    assert EvaluateConfig.from_json(json.loads(json.dumps(evaluation.to_json()))) == evaluation


def test_the_paper_s_settings_are_the_defaults_of_its_networks() -> None:
    fcn, unet = TrainConfig("d", "o", model="fcn1s"), TrainConfig("d", "o", model="unet")
    assert (fcn.total_epochs, fcn.peak_lr, fcn.batch, fcn.size) == (10, 1e-4, 8, (512, 256))
    assert (unet.total_epochs, unet.peak_lr) == (15, 1e-4)


def test_a_fine_tune_is_shorter_and_gentler() -> None:
    fresh, tuned = TrainConfig("d", "o"), TrainConfig("d", "o", init="chromanet")
    assert tuned.total_epochs < fresh.total_epochs
    assert tuned.peak_lr < fresh.peak_lr
    assert TrainConfig("d", "o", init="chromanet", epochs=7, lr=0.5).total_epochs == 7


@pytest.mark.parametrize(
    "values",
    [
        {"model": "resnet"},
        {"loss": "hinge"},
        {"epochs": 0},
        {"batch": 0},
        {"accumulate": 0},
        {"cache": -1},
        {"lr": -1.0},
        {"size": (8, 8)},
        {"photos": "some"},
        {"augment": "wild"},
        {"test_share": 1.0},
        {"parameters": {"depth": 3}},
        {"nonsense": 1},
    ],
)
def test_unfit_requests_are_refused_in_a_sentence(values: dict[str, Any]) -> None:
    with pytest.raises(ChromaDeskError) as caught:
        TrainConfig.from_json({"dataset": "d", "out": "o", **values})
    assert caught.value.exit_code == 2
    assert str(caught.value).endswith(".")


def test_sizes_are_height_by_width() -> None:
    assert parse_size("512x256") == (512, 256)
    for bad in ("512", "ax b", "1x1", "9999x9999"):
        with pytest.raises(InputError):
            parse_size(bad)
