"""Samples as the training loop wants them: decoded, augmented, in an order and with draws that depend on nothing but
the seed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.utils.data import Dataset as TorchDataset
from torch.utils.data import Sampler

from chromadesk.dataset.pairs import Item
from chromadesk.learning.augment import augment
from chromadesk.learning.data import read_pair
from chromadesk.learning.trust import DOUBTED, Doubts

#: (epoch, place in the list of photos, how often the epoch has shown this photo before)
Place = tuple[int, int, int]
Order = npt.NDArray[np.int64]


class Samples(TorchDataset[tuple[Tensor, ...]]):
    """Training samples by place: uint8 (3, H, W) photo, int64 (H, W) labels and, with ``doubts``, float32 (H, W) trust.

    Each sample draws from a generator of its own, seeded by (seed, place): a resumed run, and any number of workers,
    see the same samples.
    """

    def __init__(
        self, items: list[Item], size: tuple[int, int], kind: str, seed: int, doubts: Doubts | None = None
    ) -> None:
        self.items, self.size, self.kind, self.seed, self.doubts = items, size, kind, seed, doubts

    def __len__(self) -> int:
        return len(self.items)

    def __getitem__(self, place: Place) -> tuple[Tensor, ...]:
        epoch, position, look = place
        rng = np.random.default_rng([self.seed, epoch, position, *([look] if look else [])])
        pixels, labels = read_pair(self.items[position])
        if self.doubts is not None:
            labels = self.doubts.mark(self.items[position], labels)
        pixels, labels = augment(pixels, labels, self.size, self.kind, rng)
        photo = torch.from_numpy(pixels).permute(2, 0, 1)
        if self.doubts is None:
            return photo, torch.from_numpy(labels).long()
        return photo, torch.from_numpy(labels & ~DOUBTED).long(), torch.from_numpy(self.doubts.trust(labels))


class EpochSampler(Sampler[Place]):
    """What each epoch shows, from the seed alone; starts ``skip`` samples in when a run is resumed there.

    The first ``corrected`` of ``count`` photos are shown ``portions[0]`` times an epoch, all equally often but for one;
    of the others ``portions[1]``, who take turns: all have been shown before one comes again.
    """

    def __init__(self, count: int, seed: int, corrected: int = 0, portions: tuple[int, int] | None = None) -> None:
        self.count, self.seed, self.corrected = count, seed, corrected
        self.portions = portions or (corrected, count - corrected)
        self.epoch = self.skip = 0

    @property
    def samples(self) -> int:
        """How many samples an epoch has."""
        return sum(self.portions)

    def __len__(self) -> int:
        return max(0, self.samples - self.skip)

    def __iter__(self) -> Iterator[Place]:
        looks: Counter[int] = Counter()
        places: list[Place] = []
        for position in map(int, self._order()):
            places.append((self.epoch, position, looks[position]))
            looks[position] += 1
        return iter(places[self.skip :])

    def _order(self) -> Order:
        draw = np.random.default_rng([self.seed, self.epoch])
        if self.portions == (self.corrected, self.count - self.corrected):
            return draw.permutation(self.count)  # every photo once
        often, others = self.portions
        rounds, rest = divmod(often, self.corrected) if self.corrected else (0, 0)
        # Not by turns: where a turn ends, one photo could come twice more than another.
        shown = [np.tile(np.arange(self.corrected), rounds), draw.permutation(self.corrected)[:rest]]
        shown.append(self.corrected + self._turns(self.count - self.corrected, others))
        return draw.permutation(np.concatenate(shown))

    def _turns(self, count: int, shown: int) -> Order:
        """Of ``count`` photos the ``shown`` whose turn it is in this epoch, out of one permutation after another."""
        if not shown:
            return np.zeros(0, np.int64)
        first, last = self.epoch * shown, (self.epoch + 1) * shown
        rounds = range(first // count, (last - 1) // count + 1)
        turns = [np.random.default_rng([self.seed, 1, number, 7]).permutation(count) for number in rounds]
        start = first - rounds[0] * count
        return np.concatenate(turns)[start : start + shown]
