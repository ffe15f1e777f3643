"""Data sets to send through the formats: real pairs, and small ones of chance."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from chromadesk.masks import write_mask


@pytest.fixture(scope="session")
def real(ccp5: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Path]:
    """(count) -> a data set of so many real pairs, a fifth of them in test."""

    def make(count: int) -> Path:
        root = tmp_path_factory.mktemp("real")
        for number, photo in enumerate(sorted((ccp5 / "train" / "A").iterdir())[:count]):
            split = root / ("test" if number % 5 == 0 else "train")
            for folder, file in (("A", photo), ("B", ccp5 / "train" / "B" / f"{photo.stem}.png")):
                (split / folder).mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, split / folder / file.name)
        return root

    return make


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    """A data set of three small JPEG photos in A, their masks of chance in B, no side divisible by 8."""
    root = tmp_path / "pairs"
    (root / "A").mkdir(parents=True)
    rng = np.random.default_rng(0)
    for number in range(3):
        coarse = rng.integers(0, 5, (7, 5), np.uint8)
        labels = np.kron(coarse, np.ones((5, 5), np.uint8))[:33, :23]
        labels[rng.random(labels.shape) < 0.05] = number
        pixels = rng.integers(0, 255, (5, 4, 3), np.uint8)
        photo = Image.fromarray(pixels).resize((23, 33), Image.Resampling.BICUBIC)
        photo.save(root / "A" / f"photo {number}.jpg", quality=95)
        write_mask(root / "B" / f"photo {number}.png", labels)
    return root
