"""Samples as the training loop wants them: decoded, augmented, in an order and with draws that depend on nothing but
the seed.
"""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Iterator
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.utils.data import DataLoader, Sampler
from torch.utils.data import Dataset as TorchDataset

from chromadesk.dataset.pairs import Item
from chromadesk.learning.augment import augment, prepare
from chromadesk.learning.data import read_pair
from chromadesk.learning.decoded import Decoded
from chromadesk.learning.team import Team
from chromadesk.learning.trust import DOUBTED, Doubts

#: (epoch, place in the list of photos, how often the epoch has shown this photo before)
Place = tuple[int, int, int]
Order = npt.NDArray[np.int64]
Sample = tuple[npt.NDArray[Any], ...]


class Samples(TorchDataset[Sample]):
    """Training samples by place: uint8 (H, W, 3) photo, uint8 (H, W) labels and, with ``doubts``, float32 (H, W) trust.

    Each sample draws from a generator of its own, seeded by (seed, place): a resumed run, and any number of workers and
    of processes, see the same samples. ``most``: so many bytes of decoded photos are kept, see learning.decoded; what a
    mask holds is then read once.
    """

    def __init__(
        self,
        items: list[Item],
        size: tuple[int, int],
        kind: str,
        seed: int,
        doubts: Doubts | None = None,
        most: int = 0,
    ) -> None:
        self.items, self.size, self.kind, self.seed, self.doubts = items, size, kind, seed, doubts
        self._decoded = Decoded(len(items), most)

    def __len__(self) -> int:
        return len(self.items)

    def __getitem__(self, place: Place) -> Sample:
        epoch, position, look = place
        rng = np.random.default_rng([self.seed, epoch, position, *([look] if look else [])])
        pixels, labels = augment(*self._prepared(position), self.size, self.kind, rng)
        if self.doubts is None:
            return pixels, labels
        return pixels, labels & ~DOUBTED, self.doubts.trust(labels)

    def together(self, samples: list[Sample]) -> tuple[Tensor, ...]:
        """A batch: uint8 (N, 3, H, W) photos, channels last, uint8 (N, H, W) labels, float32 (N, H, W) trust; N may be
        0.
        """
        if not samples:
            empty = np.zeros((0, *self.size), np.uint8)
            photos = np.zeros((0, *self.size, 3), np.uint8)
            parts = [photos, empty, *([empty.astype(np.float32)] if self.doubts is not None else [])]
        else:
            parts = [np.stack(part) for part in zip(*samples, strict=True)]
        pixels, *planes = map(torch.from_numpy, parts)
        return pixels.permute(0, 3, 1, 2), *planes

    def _prepared(self, position: int) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]:
        kept = self._decoded.get(position)
        if kept is not None:
            return kept
        pixels, labels = read_pair(self.items[position])
        if self.doubts is not None:
            labels = self.doubts.mark(self.items[position], labels)
        pair = prepare(pixels, labels, self.size, self.kind)
        self._decoded.put(position, pair)
        return pair


class Steps(Sampler[list[Place]]):
    """The places of each step that are this process's: of every ``batch`` of ``epoch`` its share in the ``team``."""

    def __init__(self, epoch: EpochSampler, batch: int, team: Team) -> None:
        self._epoch, self._batch, self._team = epoch, batch, team

    def __len__(self) -> int:
        return -(-len(self._epoch) // self._batch)

    def __iter__(self) -> Iterator[list[Place]]:
        places = list(self._epoch)
        for at in range(0, len(places), self._batch):
            step = places[at : at + self._batch]
            yield step[self._team.share(len(step))]


def loader_of(samples: Samples, steps: Steps, on_gpu: bool, team: Team) -> DataLoader[Any]:
    """What brings the batches, ahead of time where there are cores for it.

    Of decoded photos a batch of eight takes one core 2 ms (flip) or 54 (strong), where it took 46 and 79 with their
    decoding, and on two cores a step takes both of them most of a second: who read ahead would take from the step what
    it saves it. From four cores on, one in four reads ahead; beside a GPU all but one do, for they have nothing else
    to do.
    """
    workers = min(8, team.cores - 1 if on_gpu else team.cores // 4)
    return DataLoader(
        samples,
        batch_sampler=steps,
        collate_fn=samples.together,
        num_workers=workers,
        persistent_workers=workers > 0,
        worker_init_fn=_alone,
        multiprocessing_context="spawn" if workers else None,  # a fork of OpenCV's threads waits for them for ever
        pin_memory=on_gpu,
        generator=torch.Generator(),  # its own, so that beginning an epoch again draws nothing from dropout's
    )


def _alone(worker: int) -> None:
    cv2.setNumThreads(1)  # as PyTorch's own are by now
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the training to heed, which then ends its workers


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
