"""A data set small enough to be trained on in a second."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from chromadesk.masks import write_mask


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    """Six photos in A with their masks in B, 64 x 32: blocks of plain colours, one per class, each before a wall of its
    own, so that they do not count as one photo.
    """
    root = tmp_path / "pairs"
    colours = np.array([(20, 20, 20), (60, 120, 50), (220, 150, 130), (200, 180, 20), (90, 60, 40)], np.uint8)
    (root / "A").mkdir(parents=True)
    for number in range(6):
        labels = np.zeros((64, 32), np.uint8)
        labels[8:16, 10:22] = 4
        labels[16:26, 12 : 20 + number % 3] = 2
        labels[26:60, 6:26] = 3
        labels[40:46, 24:30] = 1
        wall = np.random.default_rng(number).integers(0, 200, (8, 4), np.uint8).repeat(8, 0).repeat(8, 1)
        pixels = np.where(labels[..., None] > 0, colours[labels], wall[..., None]).astype(np.uint8)
        Image.fromarray(pixels).save(root / "A" / f"{number:02}.png")
        write_mask(root / "B" / f"{number:02}.png", labels)
    return root


@pytest.fixture
def tiny() -> dict[str, Any]:
    """The part of a TrainConfig that makes a training take a second."""
    return {
        "model": "unet",
        "parameters": {"depth": 2, "width": 4},
        "size": [64, 32],
        "epochs": 1,
        "batch": 4,
        "device": "cpu",
        "precision": "fp32",
    }
