"""The paper's speed protocol (Section 4.3): fixed batch, warm-up first, device synchronised round each timing, step and
inference.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch

from chromadesk.classes import COUNT
from chromadesk.inference.runtime import DTYPES, choose_device, choose_precision
from chromadesk.jobs.messages import Progress, Report, Started, ignore
from chromadesk.learning.loss import cross_entropy
from chromadesk.models.registry import architecture, build


@dataclass(frozen=True)
class Timing:
    """Median milliseconds a photo for one training step (weighted loss, Adam) and one inference of ``model``."""

    model: str
    parameters: int
    device: str
    precision: str
    size: str
    batch: int
    train_ms: float
    infer_ms: float


def measure(
    models: list[tuple[str, dict[str, Any]]],
    *,
    size: tuple[int, int] = (512, 256),
    batch: int = 8,
    rounds: int = 3,
    device: str = "auto",
    precision: str = "auto",
    report: Report = ignore,
) -> list[Timing]:
    """Time each (architecture, parameters) in turn on random photos; one warm-up and ``rounds`` counted runs of each
    kind.
    """
    where = choose_device(device)
    how = choose_precision(precision, where, training=True)
    report(Started("speed", len(models)))
    rows = []
    for done, (name, parameters) in enumerate(models, start=1):
        rows.append(_one(name, parameters, size, batch, rounds, where, how))
        report(Progress(done, len(models), name))
    return rows


def _one(
    name: str,
    parameters: dict[str, Any],
    size: tuple[int, int],
    batch: int,
    rounds: int,
    device: torch.device,
    precision: str,
) -> Timing:
    torch.manual_seed(0)
    network = build(name, parameters).to(device, memory_format=torch.channels_last)  # type: ignore[call-overload]
    photos = torch.rand(batch, 3, *size, device=device).contiguous(memory_format=torch.channels_last)
    labels = torch.randint(0, COUNT, (batch, *size), device=device)
    optimiser = torch.optim.Adam(network.parameters(), lr=1e-4)
    scaler = torch.amp.GradScaler(device.type, enabled=precision == "fp16")

    def autocast() -> torch.autocast:
        return torch.autocast(device.type, dtype=DTYPES[precision], enabled=precision != "fp32")

    def train() -> None:
        optimiser.zero_grad()
        with autocast():
            scores = network(photos)
        scaler.scale(cross_entropy(scores, labels, "weighted")).backward()  # type: ignore[no-untyped-call]
        scaler.step(optimiser)
        scaler.update()

    def infer() -> None:
        with torch.inference_mode(), autocast():
            network(photos)

    network.train()
    train_ms = _median_ms(train, rounds, device) / batch
    network.eval()
    infer_ms = _median_ms(infer, rounds, device) / batch
    shown = ", ".join(f"{key} {value}" for key, value in parameters.items())
    title = architecture(name).title + (f" ({shown})" if shown else "")
    count = sum(p.numel() for p in network.parameters())
    return Timing(
        title, count, device.type, precision, f"{size[0]}x{size[1]}", batch, round(train_ms, 1), round(infer_ms, 1)
    )


def _median_ms(run: Callable[[], None], rounds: int, device: torch.device) -> float:
    def timed() -> float:
        _synchronise(device)
        begun = time.perf_counter()
        run()
        _synchronise(device)
        return (time.perf_counter() - begun) * 1000

    timed()  # warm-up: kernels are chosen and memory is taken here
    return statistics.median(timed() for _ in range(rounds))


def _synchronise(device: torch.device) -> None:
    if device.type == "cuda":
        torch.cuda.synchronize(device)
