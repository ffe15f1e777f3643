"""From a photo to a mask of its own size."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
import torch

from chromadesk.errors import InputError
from chromadesk.inference.runtime import choose_device, choose_precision
from chromadesk.inference.segment import Segmenter
from chromadesk.models import weights
from chromadesk.models.info import WeightsInfo
from chromadesk.models.registry import build


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    torch.manual_seed(0)
    path = tmp_path / "tiny.safetensors"
    info = WeightsInfo("tiny", "unet", {"depth": 3, "width": 4}, input_size=(64, 32))
    weights.save(build("unet", info.parameters), info, path)
    return path


@pytest.mark.parametrize("size", [(1, 1), (13, 200), (300, 7), (97, 131)])
def test_masks_have_the_photo_s_size(tiny: Path, size: tuple[int, int]) -> None:
    labels = Segmenter(tiny).labels(np.random.default_rng(0).integers(0, 255, (*size, 3), dtype=np.uint8))
    assert labels.shape == size
    assert labels.dtype == np.uint8
    assert labels.max() <= 4


def test_same_photo_same_mask(tiny: Path) -> None:
    pixels = np.random.default_rng(0).integers(0, 255, (90, 60, 3), dtype=np.uint8)
    assert np.array_equal(Segmenter(tiny).labels(pixels), Segmenter(tiny).labels(pixels))


def test_precisions_agree_but_for_a_few_pixels(tiny: Path) -> None:
    pixels = np.kron(np.random.default_rng(0).integers(0, 255, (8, 6, 3)), np.ones((16, 16, 1))).astype(np.uint8)
    full = Segmenter(tiny, "cpu", "fp32").labels(pixels)
    assert (full != Segmenter(tiny, "cpu", "bf16").labels(pixels)).mean() < 0.05


@pytest.mark.parametrize("quality", ["fast", "standard", "careful"])
@pytest.mark.parametrize("fit", ["stretch", "aspect"])
def test_chances_are_chances(tiny: Path, tmp_path: Path, fit: str, quality: str) -> None:
    network, info = weights.load(tiny)
    path = tmp_path / "other.safetensors"
    weights.save(network, dataclasses.replace(info, fit=fit, input_size=(96, 64)), path)
    pixels = np.random.default_rng(0).integers(0, 255, (90, 120, 3), dtype=np.uint8)
    segmenter = Segmenter(path, quality=quality)
    chances = segmenter.chances(pixels)
    assert chances.dtype == np.float32
    assert chances.sum(axis=0) == pytest.approx(np.ones(chances.shape[1:]), abs=1e-3)
    assert segmenter.labels(pixels).shape == (90, 120)
    if fit == "stretch" and quality != "careful":
        assert chances.shape == (5, 96, 64)  # as the paper has it
    elif quality == "fast":
        assert chances.shape[2] > chances.shape[1]


def test_a_quality_that_is_not_there_is_refused(tiny: Path) -> None:
    with pytest.raises(InputError, match="careful"):
        Segmenter(tiny, quality="best")


def test_devices_and_precisions_that_are_not_there_are_refused() -> None:
    for name in ("gpu", "meta", "cuda:99"):
        with pytest.raises(InputError):
            choose_device(name)
    cpu = torch.device("cpu")
    assert choose_precision("fp32", cpu) == "fp32"
    assert choose_precision("auto", cpu) in ("bf16", "fp32")
    with pytest.raises(InputError):
        choose_precision("int3", cpu)
    with pytest.raises(InputError, match="GPU"):
        choose_precision("fp16", cpu, training=True)
