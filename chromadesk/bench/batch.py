"""Many photos, segmented and their colours found, as ``segment`` and ``colours`` do it: photos a second, and whether
memory stays flat; beside the plain loop, one photo after the other.
"""

from __future__ import annotations

import dataclasses
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from chromadesk import files
from chromadesk.bench import many
from chromadesk.bench.sheets import MISSING, Sheet
from chromadesk.bench.studio import write_pair
from chromadesk.colour.palette import photo_palettes
from chromadesk.dataset.pairs import Dataset
from chromadesk.errors import Cancelled as CancelledError
from chromadesk.images import read_photo
from chromadesk.inference import batch
from chromadesk.inference.gather import Part, gather
from chromadesk.inference.runtime import a_core_each
from chromadesk.inference.segment import Segmenter
from chromadesk.jobs.messages import Cancelled, Message, Progress, Report, Started, ignore, never
from chromadesk.masks import write_mask
from chromadesk.parallel import cores

#: Photos a second of segment and palette on two cores.
GOAL = 12.0
LOOP, SEGMENT, BOTH = "one after the other: segment, palette", "segment", "segment and palette"
#: Generated photos where none are given, and their megapixels.
_MADE, _MEGAPIXELS = 60, 0.45


@dataclass(frozen=True)
class Row:
    """What was done with so many photos: the first is a warm-up, ``photos_per_second`` that of the others.

    ``speedup``: how many times as quick as the loop of the same run. ``memory_mb``: of the process after a tenth of the
    photos, at the end, and the most there was. ``goal``: photos a second; None where nothing is promised.
    """

    what: str
    photos: int
    seconds: float
    photos_per_second: float
    speedup: float
    memory_mb: tuple[int, int, int]
    goal: float | None = None


def measure(
    paths: list[Path],
    weights: Path,
    *,
    index: int = 100_000,
    device: str = "auto",
    precision: str = "auto",
    quality: str = "standard",
    report: Report = ignore,
    cancelled: Cancelled = never,
) -> list[Row | many.Step]:
    """The rows of the photos named, or found in the folders named (of generated ones where none are), then those of a
    data set of ``index`` photos (0: none). Raises InputError and its kin, StorageError, errors.Cancelled.
    """
    with tempfile.TemporaryDirectory(prefix="chromadesk-") as room:
        rows: list[Row | many.Step] = []
        rows += _batches(paths, weights, device, precision, quality, Path(room), report, cancelled)
        if index:
            rows += many.measure(Path(room) / "many", index, report, cancelled)
        return rows


def sheets(rows: list[Row | many.Step]) -> list[Sheet]:
    """The rows as tables."""
    lines = tuple(
        (row.what, str(row.photos), f"{row.photos_per_second:.1f}", f"{row.speedup:.2f}x",
         " ".join(map(str, row.memory_mb)), f">= {row.goal:g}" if row.goal else MISSING)
        for row in rows if isinstance(row, Row)
    )  # fmt: skip
    found = [Sheet("Batches", ("what", "photos", "photos/s", "to the loop", "MB: early, end, most", "goal"), lines)]
    steps = tuple(
        (row.what, f"{row.photos:,}", f"{row.seconds:.3f}", f"<= {row.goal:g}" if row.goal else MISSING)
        for row in rows
        if isinstance(row, many.Step)
    )
    if steps:
        found.append(Sheet("A data set and its index", ("what", "photos", "seconds", "goal"), steps))
    return found


def to_json(rows: list[Row | many.Step]) -> list[dict[str, Any]]:
    """For the file."""
    return [dataclasses.asdict(row) for row in rows]


class _Meter:
    """Hears of each photo done, and asks for time and memory."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._process = psutil.Process()
        self._told: list[tuple[float, int]] = []

    def __call__(self, message: Message) -> None:
        self._report(message)
        if isinstance(message, Progress):
            self._told.append((time.perf_counter(), self._process.memory_info().rss))

    def row(self, what: str, loop: Row | None = None, goal: float | None = None) -> Row:
        """What was heard. Raises errors.Cancelled when that is not enough to tell."""
        if len(self._told) < 2:
            raise CancelledError("The benchmark was stopped.")
        seconds = self._told[-1][0] - self._told[0][0]
        rate = (len(self._told) - 1) / seconds
        memory = [round(rss / 2**20) for _, rss in self._told]
        spent = memory[len(memory) // 10], memory[-1], max(memory)
        speedup = rate / loop.photos_per_second if loop else 1.0
        return Row(what, len(memory), round(seconds, 2), round(rate, 2), round(speedup, 2), spent, goal)


def _batches(
    paths: list[Path],
    weights: Path,
    device: str,
    precision: str,
    quality: str,
    room: Path,
    report: Report,
    cancelled: Cancelled,
) -> list[Row]:
    if not paths:
        for number in range(_MADE):
            write_pair(room / "made", f"{number:03}", _MEGAPIXELS, number)
        paths = [room / "made" / "A"]
    tasks = batch.plan(paths, room / "masks")
    segmenter = Segmenter(weights, device, precision, quality)
    some = tasks[:: max(1, min(10, len(tasks) // 20))]
    meter = _Meter(report)
    meter(Started("one by one", len(some)))
    for done, task in enumerate(some, start=1):
        if cancelled():
            raise CancelledError("The benchmark was stopped.")
        photo = read_photo(task.photo)
        labels = segmenter.labels(photo.pixels)
        write_mask(task.mask, labels)
        photo_palettes(photo, labels)
        meter(Progress(done, len(some), task.photo.name))
    loop = meter.row(LOOP)
    meter = _Meter(report)
    with a_core_each(cores()):
        segmenter = Segmenter(weights, device, precision, quality)  # a back end keeps to the threads it began with
        batch.run(tasks, segmenter.labels, threads=cores(), report=meter, cancelled=cancelled)
    alone = meter.row(SEGMENT, loop)
    for task in tasks:  # where colours may be kept beside them
        files.copy(task.photo, room / "photos" / task.photo.name)
    meter = _Meter(report)
    source = Part("", Dataset.open(room / "photos"))
    gather([source], "clothes", True, str(weights), device, precision, quality, meter, cancelled)
    both = meter.row(BOTH, loop, GOAL)
    if cancelled():
        raise CancelledError("The benchmark was stopped.")
    return [loop, alone, both]
