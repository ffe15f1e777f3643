"""A data set of very many photos: opened, filtered, split anew and planned for export, from what its index keeps."""

from __future__ import annotations

import json
import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from chromadesk.dataset import decisions, exporting, splits
from chromadesk.dataset.index import Index
from chromadesk.dataset.pairs import Dataset
from chromadesk.errors import Cancelled as CancelledError
from chromadesk.jobs.messages import Cancelled, Progress, Report, Started, ignore, never
from chromadesk.masks import write_mask

#: Seconds for 100,000 photos.
GOALS = {"open": 1.5, "filter": 0.1, "split anew": 2.0}
#: Height and width of a photo: only how many there are matters here.
_SIZE = (48, 32)
#: So many masks are one file by hard links; file systems allow a thousand at least.
_LINKED = 1000
_ROUNDS = 3


@dataclass(frozen=True)
class Step:
    """``seconds``: the median of three (of the first scan and split, which are done once, the time they took).
    ``goal``: None where nothing is promised.
    """

    what: str
    photos: int
    seconds: float
    goal: float | None = None


def write(root: Path, count: int, cancelled: Cancelled = never) -> None:
    """``count`` photos in ``root``, no two alike, each with a mask and a decision. Raises errors.Cancelled."""
    generator = np.random.default_rng(0)
    for folder in ("A", "B", ".chromadesk/decisions/A"):
        (root / folder).mkdir(parents=True)
    for number in range(count):
        if cancelled():
            raise CancelledError("The benchmark was stopped.")
        name = f"{number:06}"
        coarse = generator.integers(0, 256, (6, 4, 3), np.uint8)
        cv2.imwrite(str(root / "A" / f"{name}.jpg"), cv2.resize(coarse, _SIZE[::-1], interpolation=cv2.INTER_CUBIC))
        mask = root / "B" / f"{name}.png"
        if number % _LINKED:
            os.link(root / "B" / f"{number - number % _LINKED:06}.png", mask)
        else:
            write_mask(mask, np.full(_SIZE, 3, np.uint8))
        fields = {"status": ("approved", "approved", "edited", "excluded")[number % 4], "note": ""}
        decisions.path_of(root / ".chromadesk", f"A/{name}.jpg").write_text(json.dumps(fields))


def measure(root: Path, count: int, report: Report = ignore, cancelled: Cancelled = never) -> list[Step]:
    """Make a data set of ``count`` photos in ``root`` and time it: first from its files, then from its index, where no
    photo, mask or decision is read again. Raises StorageError, errors.Cancelled.
    """
    report(Started("index", 0))
    write(root, count, cancelled)

    def opened() -> None:
        with Index.open(Dataset.open(root)):
            pass

    def divided(seed: int) -> Callable[[], None]:
        def divide() -> None:
            (dataset.state / splits.FILE_NAME).unlink(missing_ok=True)
            splits.ensure_split(dataset, seed, progress=compared, cancelled=cancelled)

        return divide

    def compared(done: int, total: int) -> None:
        report(Progress(done, total, "photos compared"))

    first_open = _timed(opened)
    dataset = Dataset.open(root)
    first_split = _timed(divided(0))
    opens = [_timed(opened) for _ in range(_ROUNDS)]
    anew = [_timed(divided(seed)) for seed in range(1, _ROUNDS + 1)]
    with Index.open(dataset) as index:

        def filtered() -> None:
            states = index.statuses()
            for item in dataset.items:
                _ = states[item.key] == "approved" and "99" in item.name

        filters = [_timed(filtered) for _ in range(_ROUNDS)]
    plans = [_timed(lambda: exporting.chosen(dataset, "train", approved_only=True)) for _ in range(_ROUNDS)]
    rows = [Step("first open, every decision read", count, first_open)]
    rows.append(Step("first split, every photo read and compared", count, first_split))
    for what, each in (("open", opens), ("filter", filters), ("split anew", anew), ("plan an export", plans)):
        rows.append(Step(what, count, round(statistics.median(each), 3), GOALS.get(what) if count == 100_000 else None))
    return rows


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return round(time.perf_counter() - begun, 3)
