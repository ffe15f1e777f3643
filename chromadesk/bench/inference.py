"""One photo at a time, as the studio asks: each back end and precision of a network, against the network plain."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from chromadesk.bench.sheets import Sheet
from chromadesk.bench.speed import operations, product_flops
from chromadesk.errors import Cancelled as CancelledError
from chromadesk.errors import ModelError
from chromadesk.inference import ranges
from chromadesk.inference.backends import BACKENDS, ready, there
from chromadesk.inference.ranges import Ranges
from chromadesk.inference.runtime import choose_device, choose_precision
from chromadesk.jobs.messages import Cancelled, Progress, Report, Started, ignore, never
from chromadesk.models import library, weights
from chromadesk.models.network import Network
from chromadesk.models.registry import architecture, build


@dataclass(frozen=True)
class Row:
    """``ms``: the median for one photo, uint8 in and float32 scores out. ``speedup_over_plain``: how many times the
    network as PyTorch has it (fp32, nothing prepared) takes longer in the same run. ``gflop``: billions of operations.
    ``share_of_product``: operations a second, as a part of what a matrix product in that precision reached (for int8:
    in half precision).
    """

    model: str
    architecture: str
    device: str
    precision: str
    backend: str
    ms: float
    speedup_over_plain: float
    gflop: float
    share_of_product: float


def measure(
    models: list[str],
    *,
    size: tuple[int, int] = (512, 256),
    rounds: int = 15,
    device: str = "auto",
    report: Report = ignore,
    cancelled: Cancelled = never,
) -> list[Row]:
    """The rows of each of ``models``, weights or architectures (then with random weights), the plain one first.

    The candidates of a network take turns, so that whatever else the machine does meets all of them alike. Raises
    ModelError, errors.Cancelled.
    """
    where = choose_device(device)
    half = choose_precision("auto", where)
    precisions = ["fp32"] if half == "fp32" else ["fp32", half]
    report(Started("inference", len(models)))
    photos = np.random.default_rng(0).integers(0, 256, (1, *size, 3), np.uint8)
    products = {name: product_flops(where, name) for name in precisions}
    rows: list[Row] = []
    for done, model in enumerate(models, start=1):
        if cancelled():
            raise CancelledError("The timing was stopped.")
        network, kind, known = _network(model)
        candidates: dict[tuple[str, str], Callable[[], object]] = {("plain", "fp32"): _plain(network, photos, where)}
        for backend in BACKENDS[1:]:
            if there(backend) and (backend == "torch" or where.type == "cpu"):
                for precision in [*precisions, *(["int8"] if backend == "openvino" and known else [])]:
                    answer = ready(network, backend, where, precision, known)
                    candidates[backend, precision] = lambda answer=answer: answer(photos)  # type: ignore[misc]
        flops = operations(candidates["plain", "fp32"])
        took = _by_turns(candidates, rounds)
        for (backend, precision), ms in took.items():
            rows.append(
                Row(
                    model=model,
                    architecture=kind,
                    device=where.type,
                    precision=precision,
                    backend=backend,
                    ms=round(ms, 2),
                    speedup_over_plain=round(took["plain", "fp32"] / ms, 2),
                    gflop=round(flops / 1e9, 2),
                    share_of_product=round(flops / (ms / 1000) / products.get(precision, products[half]), 3),
                )
            )
        report(Progress(done, len(models), model))
    return rows


def sheet(rows: list[Row], size: str) -> Sheet:
    """The rows as a table."""
    lines = tuple(
        (row.model, row.backend, row.precision, f"{row.ms:.1f}", f"{row.speedup_over_plain:.2f}x", f"{row.gflop:.1f}",
         f"{100 * row.share_of_product:.0f} %")
        for row in rows
    )  # fmt: skip
    columns = ("model", "back end", "precision", "ms", "against plain", "GFLOP", "of product")
    return Sheet(f"A photo at {size}, {rows[0].device if rows else ''}", columns, lines)


def quickest(rows: list[Row]) -> dict[str, Row]:
    """By architecture, the row that takes the least time; of two within a twentieth the one by PyTorch, of two within a
    tenth the one that is not in integers, which cost accuracy.
    """
    found: dict[str, Row] = {}
    for row in sorted((row for row in rows if row.backend != "plain"), key=lambda row: row.ms):
        best = found.setdefault(row.architecture, row)
        plainer = row.backend == "torch" and best.backend != "torch" and row.ms < 1.05 * best.ms
        finer = best.precision == "int8" and row.precision != "int8" and row.ms < 1.1 * best.ms
        if plainer or finer:
            found[row.architecture] = row
    return found


def _network(model: str) -> tuple[Network, str, Ranges | None]:
    """The network, the name of its architecture, and what int8 goes by."""
    try:
        path: Path = library.find(model)
    except ModelError:
        row = architecture(model)
        return build(model, row.parameters).eval(), model, None
    network, info = weights.load(path)
    return network, info.architecture, ranges.read(path)


def _plain(network: Network, photos: object, where: torch.device) -> Callable[[], object]:
    batch = torch.from_numpy(np.asarray(photos)).permute(0, 3, 1, 2)
    own = network.to(where)

    def run() -> object:
        with torch.inference_mode():
            return own((batch.to(where).float() / 255).contiguous()).cpu()

    return run


def _by_turns(candidates: dict[tuple[str, str], Callable[[], object]], rounds: int) -> dict[tuple[str, str], float]:
    """The median of ``rounds`` runs of each in milliseconds, after two that do not count."""
    took: dict[tuple[str, str], list[float]] = {name: [] for name in candidates}
    for turn in range(rounds + 2):
        for name, run in candidates.items():
            begun = time.perf_counter()
            run()
            if turn >= 2:
                took[name].append(1000 * (time.perf_counter() - begun))
    return {name: statistics.median(each) for name, each in took.items()}
