"""Pairs as the training loop wants them: decoded, augmented, in an order and with draws that depend on nothing but the
seed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.utils.data import Dataset as TorchDataset
from torch.utils.data import Sampler

from chromadesk.dataset.index import Index
from chromadesk.dataset.pairs import Dataset, Item
from chromadesk.errors import DatasetError
from chromadesk.images import read_photo
from chromadesk.learning.augment import augment
from chromadesk.masks import read_mask


def approved_pairs(dataset: Dataset, split: Literal["train", "test", "all"], photos: str = "all") -> list[Item]:
    """The pairs of ``split`` whose masks are approved (the data set's own, and what a person approved).

    ``photos`` ``corrected`` keeps those a person worked on. Raises DatasetError saying what is missing.
    """
    items = dataset.require(split)
    with Index.open(dataset) as index:
        wanted = index.corrected() if photos == "corrected" else index.approved()
    found = [item for item in items if item.key in wanted]
    if not found and photos == "corrected":
        raise DatasetError(
            f"No {split} photo of {dataset.root} has been corrected yet; correct and approve some first."
        )
    if not found:
        raise DatasetError(f"No {split} mask of {dataset.root} is approved yet; approve some in the studio first.")
    return found


def read_pair(item: Item) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]:
    """(H, W, 3) photo and (H, W) labels of ``item``; raises ImageError, MaskError."""
    pixels = read_photo(item.photo).pixels
    return pixels, read_mask(item.mask, size=(pixels.shape[0], pixels.shape[1])).labels


class Pairs(TorchDataset[tuple[Tensor, Tensor]]):
    """Training samples by (epoch, position): uint8 (3, H, W) photo and int64 (H, W) labels.

    Each sample draws from a generator of its own, seeded by (seed, epoch, position): a resumed run, and any number
    of workers, see the same samples.
    """

    def __init__(self, items: list[Item], size: tuple[int, int], kind: str, seed: int) -> None:
        self.items, self.size, self.kind, self.seed = items, size, kind, seed

    def __len__(self) -> int:
        return len(self.items)

    def __getitem__(self, place: tuple[int, int]) -> tuple[Tensor, Tensor]:
        epoch, position = place
        rng = np.random.default_rng([self.seed, epoch, position])
        pixels, labels = augment(*read_pair(self.items[position]), self.size, self.kind, rng)
        return torch.from_numpy(pixels).permute(2, 0, 1), torch.from_numpy(labels).long()


class EpochSampler(Sampler[tuple[int, int]]):
    """A fresh permutation each epoch, from the seed alone; starts ``skip`` samples in when a run is resumed there."""

    def __init__(self, count: int, seed: int) -> None:
        self.count, self.seed = count, seed
        self.epoch = self.skip = 0

    def __len__(self) -> int:
        return self.count - self.skip

    def __iter__(self) -> Iterator[tuple[int, int]]:
        order = np.random.default_rng([self.seed, self.epoch]).permutation(self.count)
        return ((self.epoch, int(position)) for position in order[self.skip :])
