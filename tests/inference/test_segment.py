"""From a photo to a mask of its own size."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor
from torch.nn import functional as F

from chromadesk.errors import InputError
from chromadesk.inference.runtime import choose_device, choose_precision
from chromadesk.inference.segment import Segmenter, decide, input_size
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


def test_scores_not_labels_are_upsampled() -> None:
    scores = np.random.default_rng(0).normal(size=(5, 12, 9)).astype(np.float32)
    upsampled: Tensor = F.interpolate(torch.from_numpy(scores)[None], (130, 77), mode="bilinear", align_corners=False)
    assert (decide(scores, (130, 77)) != upsampled[0].argmax(0).numpy()).mean() < 1e-3


def test_stretch_takes_the_paper_s_size_and_aspect_keeps_proportions() -> None:
    stretch, aspect = WeightsInfo("a", "unet"), WeightsInfo("a", "unet", fit="aspect")
    assert input_size((825, 550), stretch) == input_size((550, 825), stretch) == (512, 256)
    assert input_size((825, 550), aspect) == (512, 256)
    assert input_size((512, 512), aspect) == (512, 384)
    assert input_size((550, 825), aspect) == (512, 576)
    assert input_size((10, 5000), aspect) == (512, 1024)
    assert input_size((5000, 10), aspect) == (512, 128)


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
