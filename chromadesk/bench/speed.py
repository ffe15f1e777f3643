"""The paper's speed protocol (Section 4.3): fixed batch, warm-up first, device synchronised round each timing, step and
inference.
"""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch
from torch.utils.flop_counter import FlopCounterMode

from chromadesk.classes import COUNT
from chromadesk.errors import Cancelled as CancelledError
from chromadesk.inference.runtime import DTYPES, choose_device, choose_precision
from chromadesk.jobs.messages import Cancelled, Progress, Report, Started, ignore, never
from chromadesk.learning.objective import accelerator_for, objective, optimiser_for, prepared
from chromadesk.models.registry import architecture, build

Choice = tuple[str, dict[str, Any]]
#: The paper's fixed batch.
BATCH = 8
#: What the others' speed is given relative to.
REFERENCE = "pix2pix"
#: Side of the square matrices whose product says what the machine can do, by device.
_MATRIX = {"cpu": 2048, "cuda": 8192}


@dataclass(frozen=True)
class Timing:
    """What one network takes: median milliseconds a photo for a training step (its own loss and Adam) and an inference.

    ``parameters`` counts its numbers; ``train_flops`` and ``infer_flops`` are floating-point operations a photo
    by torch's counter; ``achieved`` is their sum over the time they took, a second; ``share`` is that as a part of what
    a matrix product reached in the same run; ``speed`` is Pix2Pix's time over its own, training and inference added
    (None where Pix2Pix was not timed).
    """

    model: str
    parameters: int
    device: str
    precision: str
    size: str
    batch: int
    train_ms: float
    infer_ms: float
    train_flops: int
    infer_flops: int
    achieved: float
    share: float
    speed: float | None = None


def measure(
    models: list[Choice],
    *,
    size: tuple[int, int] = (512, 256),
    batch: int = BATCH,
    rounds: int = 3,
    device: str = "auto",
    precision: str = "auto",
    report: Report = ignore,
    cancelled: Cancelled = never,
) -> list[Timing]:
    """Time each (architecture, parameters) in turn on random photos; one warm-up and ``rounds`` counted runs of each
    kind.

    ``speed`` is filled when Pix2Pix is among them. Raises errors.Cancelled between two networks.
    """
    where = choose_device(device)
    how = choose_precision(precision, where, training=True)
    report(Started("speed", len(models)))
    peak = product_flops(where, how)
    rows: list[Timing] = []
    for done, (name, parameters) in enumerate(models, start=1):
        if cancelled():
            raise CancelledError("The timing was stopped.")
        rows.append(_one(name, parameters, size, batch, rounds, where, how, peak))
        report(Progress(done, len(models), rows[-1].model))
    names = [name for name, _ in models]
    return relative(rows, rows[names.index(REFERENCE)]) if REFERENCE in names else rows


def relative(rows: list[Timing], reference: Timing) -> list[Timing]:
    """``rows`` with their speed against ``reference``."""
    theirs = reference.train_ms + reference.infer_ms
    return [_with_speed(row, theirs / (row.train_ms + row.infer_ms)) for row in rows]


def product_flops(device: torch.device, precision: str, rounds: int = 5) -> float:
    """Floating-point operations a second that the product of two square matrices reaches here."""
    side = _MATRIX[device.type]
    one, other = (torch.rand(side, side, device=device, dtype=DTYPES[precision]) for _ in range(2))
    return 2 * side**3 / (_median_ms(lambda: one @ other, rounds, device) / 1000)


def _with_speed(row: Timing, speed: float) -> Timing:
    return Timing(**{**vars(row), "speed": round(speed, 2)})


def _one(
    name: str,
    parameters: dict[str, Any],
    size: tuple[int, int],
    batch: int,
    rounds: int,
    device: torch.device,
    precision: str,
    peak: float,
) -> Timing:
    torch.manual_seed(0)
    row = architecture(name)
    accelerator = accelerator_for(str(device), precision)
    network = build(name, parameters).to(device, memory_format=torch.channels_last)  # type: ignore[call-overload]
    photos = torch.rand(batch, 3, *size, device=device).contiguous(memory_format=torch.channels_last)
    labels = torch.randint(0, COUNT, (batch, *size), device=device)
    fused = accelerator.scaler is None  # as learning.loop takes its steps
    model, optimiser = prepared(accelerator, network, optimiser_for(network, row.recipe, row.recipe.lr, fused=fused))
    aim = objective(row.losses[0], accelerator, model, optimiser, row.recipe, row.recipe.lr)

    def train() -> None:
        aim.step(photos, labels)

    def infer() -> None:
        with torch.inference_mode():
            model(photos)

    model.train()
    train_flops = operations(train) // batch
    train_ms = _median_ms(train, rounds, device) / batch
    model.eval()
    infer_flops = operations(infer) // batch
    infer_ms = _median_ms(infer, rounds, device) / batch
    achieved = (train_flops + infer_flops) / ((train_ms + infer_ms) / 1000)
    return Timing(
        model=title(name, parameters),
        parameters=sum(p.numel() for p in network.parameters()),
        device=device.type,
        precision=precision,
        size=f"{size[0]}x{size[1]}",
        batch=batch,
        train_ms=round(train_ms, 1),
        infer_ms=round(infer_ms, 1),
        train_flops=train_flops,
        infer_flops=infer_flops,
        achieved=achieved,
        share=round(achieved / peak, 3),
    )


def title(name: str, parameters: dict[str, Any]) -> str:
    """``DeepLabV3+ (encoder lite0)``: an architecture with what was chosen for it."""
    shown = ", ".join(f"{key} {value}" for key, value in parameters.items())
    return architecture(name).title + (f" ({shown})" if shown else "")


def operations(run: Callable[[], object]) -> int:
    """Operations of ``run`` by torch's counter."""
    formulas = {torch.ops.aten.convolution_backward: _convolution_backward_flops}
    with FlopCounterMode(display=False, custom_mapping=formulas) as counter:
        run()
    return int(counter.get_total_flops())


def _convolution_backward_flops(
    gradient: list[int], x: list[int], weight: list[int], *rest: Any, out_shape: Any = None
) -> int:
    """As many for each gradient asked for as the forward pass took. torch's own formula forgets groups, and counts
    depthwise convolutions hundreds of times over.
    """
    _bias, _stride, _padding, _dilation, transposed, _output_padding, _groups, wanted = rest
    places = math.prod((x if transposed else gradient)[2:])
    return int(2 * x[0] * math.prod(weight) * places * sum(wanted[:2]))


def _median_ms(run: Callable[[], object], rounds: int, device: torch.device) -> float:
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
