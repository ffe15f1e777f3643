"""A data set as a program goes through it: pairs of photo and mask, with their split and their state."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import overload

import numpy as np
import numpy.typing as npt

from chromadesk.dataset import pairs
from chromadesk.dataset.index import STATUSES, Index, Status
from chromadesk.errors import InputError, MaskError
from chromadesk.images import photo_size, read_photo
from chromadesk.masks import read_mask


@dataclass(frozen=True)
class Pair:
    """A photo of a data set: ``key`` is its path in there, ``mask`` is None while it has none, ``split`` while the data
    set has none; ``state`` is new, proposed, edited, approved or excluded.
    """

    key: str
    photo: Path
    mask: Path | None
    split: pairs.Split | None
    state: Status

    def pixels(self) -> npt.NDArray[np.uint8]:
        """The photo upright, (H, W, 3) uint8 sRGB. Raises ImageError."""
        return read_photo(self.photo).pixels

    def labels(self) -> npt.NDArray[np.uint8]:
        """The mask's class ids, (H, W) uint8, of the photo's size. Raises MaskError, ImageError."""
        if self.mask is None:
            raise MaskError(f"{self.photo} has no mask yet; predict or paint one.")
        return read_mask(self.mask, photo_size(self.photo)).labels


class Dataset(Sequence[Pair]):
    """The pairs of the data set in ``folder`` (see ``chromadesk.dataset.pairs`` for its layouts), in natural order.

    ``dataset[3]`` and ``dataset["train/A/0481.jpg"]`` are one pair; nothing is decoded before it is asked for, so that
    PyTorch's DataLoader can take it as it is. Raises DatasetError.
    """

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        dataset = pairs.Dataset.open(Path(folder))
        with Index.open(dataset) as index:
            states = index.statuses()
        #: The folder.
        self.root = dataset.root
        self._pairs = [
            Pair(item.key, item.photo, item.mask if item.has_mask else None, item.split, states[item.key])
            for item in dataset.items
        ]

    def select(
        self, *, split: pairs.Split | None = None, state: Status | None = None, masked: bool | None = None
    ) -> Dataset:
        """Only the pairs of this ``split`` (``train``, ``test``), in this ``state``, with a mask or without one."""
        for value, known in ((split, ("train", "test")), (state, STATUSES)):
            if value is not None and value not in known:
                raise InputError(f"{value!r} is none of {', '.join(known)}; choose one of these.")
        chosen = Dataset.__new__(Dataset)
        chosen.root = self.root
        chosen._pairs = [
            pair
            for pair in self._pairs
            if split in (None, pair.split) and state in (None, pair.state) and masked in (None, pair.mask is not None)
        ]
        return chosen

    @property
    def photos(self) -> list[Path]:
        """The file of every photo."""
        return [pair.photo for pair in self._pairs]

    @property
    def masks(self) -> list[Path | None]:
        """The mask of every photo, None where it has none."""
        return [pair.mask for pair in self._pairs]

    @property
    def states(self) -> dict[str, Status]:
        """The state of every photo, by its key."""
        return {pair.key: pair.state for pair in self._pairs}

    def __len__(self) -> int:
        return len(self._pairs)

    def __iter__(self) -> Iterator[Pair]:
        return iter(self._pairs)

    @overload
    def __getitem__(self, which: int | str) -> Pair: ...

    @overload
    def __getitem__(self, which: slice) -> list[Pair]: ...

    def __getitem__(self, which: int | str | slice) -> Pair | list[Pair]:
        if isinstance(which, str):
            for pair in self._pairs:
                if pair.key == which:
                    return pair
            raise KeyError(which)
        return self._pairs[which]

    def __repr__(self) -> str:
        return f"Dataset({str(self.root)!r}, {len(self)} photos)"
