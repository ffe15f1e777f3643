"""A training step, reading and all: the product's own loop against a plain one in the same run.

The plain loop is what one writes first: fp32, PyTorch's DataLoader and Adam as they come, each photo read and decoded
whenever it is shown. Both learn from the same photos, augmented alike, by the same loss. They take turns, a step each,
so that whatever else the machine does meets both: the plain step is taken where the product's loop tells of its own.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from torch import Tensor
from torch.utils.data import DataLoader
from torch.utils.data import Dataset as TorchDataset

from chromadesk import files
from chromadesk.bench.sheets import Sheet
from chromadesk.bench.speed import BATCH, title
from chromadesk.classes import COUNT
from chromadesk.dataset.pairs import Dataset, Item
from chromadesk.errors import Cancelled as CancelledError
from chromadesk.errors import InputError
from chromadesk.inference.runtime import choose_device, choose_precision
from chromadesk.jobs.messages import Cancelled, Message, Metrics, Progress, Report, Started, ignore, never
from chromadesk.learning.augment import augment
from chromadesk.learning.config import PAPER_SIZE, RANDOM, TrainConfig
from chromadesk.learning.data import approved_pairs, read_pair
from chromadesk.learning.loop import train
from chromadesk.learning.loss import cross_entropy
from chromadesk.learning.objective import optimiser_for
from chromadesk.masks import write_mask
from chromadesk.models.registry import architecture, build

Choice = tuple[str, dict[str, Any]]
#: An epoch has so many steps; the first, in which photos are decoded, and the first step of each do not count.
_STEPS = 6
#: Height and width of made-up photos: those of street-style photos on the web.
_SYNTHETIC = (825, 550)


@dataclass(frozen=True)
class Row:
    """``ms``: the median of a step of ``batch`` photos with all that the loop does for it, from photo files to moved
    weights; ``plain_ms``: the plain loop's; ``speedup_over_plain``: their ratio; ``images_per_s``: photos a second.
    """

    model: str
    device: str
    precision: str
    batch: int
    ms: float
    plain_ms: float
    speedup_over_plain: float
    images_per_s: float


def measure(
    models: tuple[Choice, ...],
    dataset: Path | None = None,
    *,
    size: tuple[int, int] = PAPER_SIZE,
    batch: int = BATCH,
    rounds: int = 9,
    device: str = "auto",
    precision: str = "auto",
    compiled: bool = False,
    report: Report = ignore,
    cancelled: Cancelled = never,
) -> list[Row]:
    """Time each (architecture, parameters) on the first photos of ``dataset`` (None: made-up ones), ``rounds`` steps of
    either loop. Raises InputError and its kin, errors.Cancelled.
    """
    for name, _ in models:
        if architecture(name).recipe.loss == "gan":
            raise InputError(
                f"{architecture(name).title} learns in a game of two, which no plain loop is; leave it out."
            )
    where = choose_device(device)
    how = choose_precision(precision, where, training=True)
    report(Started("training", len(models) * rounds))
    rows: list[Row] = []
    for number, (name, parameters) in enumerate(models):
        with tempfile.TemporaryDirectory() as folder:
            pairs = _pairs(Path(folder) / "pairs", dataset, _STEPS * batch)
            config = TrainConfig(
                dataset=str(pairs),
                out=str(Path(folder) / "out"),
                model=name,
                parameters=parameters,
                encoder_weights=RANDOM if architecture(name).encoder else None,
                epochs=10_000,
                batch=batch,
                size=size,
                photos="all",
                test_share=0.0,
                device=device,
                precision=precision,
                compile=compiled,
            )
            done = number * rounds
            turns = _Turns(config, where, lambda turn, done=done: report(Progress(done + turn, len(models) * rounds)))  # type: ignore[misc]
            train(config, turns, lambda turns=turns: cancelled() or len(turns.own) >= rounds)  # type: ignore[misc]
        if cancelled():
            raise CancelledError("The timing was stopped.")
        own, plain = statistics.median(turns.own), statistics.median(turns.plain)
        rows.append(
            Row(
                model=title(name, parameters),
                device=where.type,
                precision=how,
                batch=batch,
                ms=round(1000 * own, 1),
                plain_ms=round(1000 * plain, 1),
                speedup_over_plain=round(plain / own, 2),
                images_per_s=round(batch / own, 2),
            )
        )
    return rows


def sheet(rows: list[Row], size: str) -> Sheet:
    """The rows as a table."""
    lines = tuple(
        (row.model, row.precision, f"{row.ms:.0f}", f"{row.plain_ms:.0f}", f"{row.speedup_over_plain:.2f}x",
         f"{row.images_per_s:.1f}")
        for row in rows
    )  # fmt: skip
    heading = f"A training step of {rows[0].batch} photos at {size}, {rows[0].device}" if rows else ""
    return Sheet(heading, ("model", "precision", "ms", "plain fp32 loop", "against plain", "photos/s"), lines)


class _Turns:
    """A ``Report`` for the product's loop: how long its steps take, and the plain loop's, one after each of them."""

    def __init__(self, config: TrainConfig, device: torch.device, progress: Callable[[int], None]) -> None:
        self.own: list[float] = []
        self.plain: list[float] = []
        self._config, self._device, self._progress = config, device, progress
        self._plain: Iterator[None] | None = None
        self._since: float | None = None

    def __call__(self, message: Message) -> None:
        if not isinstance(message, Metrics):
            return
        if "loss" not in message.values:  # an epoch is done; what is saved then is no step's
            self._since = None
            if self._plain is None:
                self._plain = _plain_steps(self._config, self._device)
                next(self._plain)  # warm, as the other is by now
            return
        if self._plain is None:
            return
        now = time.perf_counter()
        if self._since is not None:
            self.own.append(now - self._since)
            next(self._plain)
            _wait(self._device)
            self.plain.append(time.perf_counter() - now)
            self._progress(len(self.own))
        self._since = time.perf_counter()


class _Plain(TorchDataset[tuple[Tensor, Tensor]]):
    """Float (3, H, W) photos and int64 (H, W) labels, read anew each time."""

    def __init__(self, items: list[Item], size: tuple[int, int], kind: str) -> None:
        self._items, self._size, self._kind = items, size, kind
        self._draw = np.random.default_rng(0)

    def __len__(self) -> int:
        return len(self._items)

    def __getitem__(self, index: int) -> tuple[Tensor, Tensor]:
        pixels, labels = augment(*read_pair(self._items[index]), self._size, self._kind, self._draw)
        return torch.from_numpy(pixels).permute(2, 0, 1).float() / 255, torch.from_numpy(labels).long()


def _plain_steps(config: TrainConfig, device: torch.device) -> Iterator[None]:
    """Takes a step of the plain loop each time it is asked."""
    row = architecture(config.model)
    network = build(config.model, config.parameters).to(device).train()
    optimiser = optimiser_for(network, row.recipe, config.peak_lr)
    items = approved_pairs(Dataset.open(Path(config.dataset)), "train")
    loader = DataLoader(_Plain(items, config.size, row.recipe.augment), config.batch, shuffle=True)
    while True:
        for photos, labels in loader:
            optimiser.zero_grad()
            loss = cross_entropy(network(photos.to(device)), labels.to(device), config.loss_kind)
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            yield


def _pairs(folder: Path, dataset: Path | None, count: int) -> Path:
    """``count`` pairs in ``folder``: the first of ``dataset``, over again where it has fewer, or made-up ones."""
    if dataset is None:
        for number in range(count):
            _made_up(folder, number)
        return folder
    opened = Dataset.open(dataset)
    found = approved_pairs(opened, "train" if opened.has_split else "all")
    for number in range(count):
        item = found[number % len(found)]
        files.copy(item.photo, folder / "A" / f"{number:04}{item.photo.suffix}")
        files.copy(item.mask, folder / "B" / f"{number:04}{item.mask.suffix}")
    return folder


def _made_up(folder: Path, number: int) -> None:
    """A photo of soft patches of colour, a JPEG, and the mask of its patches."""
    draw = np.random.default_rng(number)
    coarse = draw.integers(0, COUNT, (11, 8), np.uint8)
    colours = draw.integers(0, 256, (COUNT, 3), np.uint8)
    height, width = _SYNTHETIC
    labels = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_NEAREST_EXACT).astype(np.uint8, copy=False)
    pixels = cv2.resize(colours[coarse], (width, height), interpolation=cv2.INTER_CUBIC).astype(np.float32)
    noisy = np.clip(pixels + draw.normal(0, 6, pixels.shape), 0, 255).astype(np.uint8)
    _, coded = cv2.imencode(".jpg", noisy, [cv2.IMWRITE_JPEG_QUALITY, 90])
    files.make_folder(folder / "A")
    files.write_bytes(folder / "A" / f"{number:04}.jpg", coded.tobytes())
    write_mask(folder / "B" / f"{number:04}.png", labels)


def _wait(device: torch.device) -> None:
    if device.type == "cuda":
        torch.cuda.synchronize(device)
