"""Small data sets as other programs might leave them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from chromadesk.dataset.pairs import Dataset
from chromadesk.masks import read_mask


def picture(path: Path, seed: int, size: tuple[int, int] = (12, 9), **saved: object) -> Path:
    """A photo of its own."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pixels = np.random.default_rng(seed).integers(0, 255, (*size, 3), np.uint8)
    Image.fromarray(pixels).save(path, **saved)
    return path


def foreign(root: Path, numbers: dict[str, int], size: tuple[int, int] = (12, 9)) -> Path:
    """Folders A and B with a photo and a grey mask of one number for each stem."""
    for seed, (stem, number) in enumerate(numbers.items()):
        picture(root / "A" / f"{stem}.png", seed, size)
        (root / "B").mkdir(exist_ok=True)
        Image.fromarray(np.full(size, number, np.uint8)).save(root / "B" / f"{stem}.png")
    return root


def masks(root: Path) -> dict[str, np.ndarray]:
    """The labels of a data set by key."""
    return {item.key: read_mask(item.mask).labels for item in Dataset.open(root).items if item.has_mask}
