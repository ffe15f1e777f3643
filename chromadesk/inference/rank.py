"""Which photos of a data set to fix first: every one that still waits for a person is asked about, the most doubtful
comes first.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from chromadesk.dataset.index import Index
from chromadesk.dataset.pairs import Dataset, Item
from chromadesk.errors import ChromaDeskError, InputError
from chromadesk.images import read_photo
from chromadesk.inference.uncertainty import doubt
from chromadesk.jobs.messages import Cancelled, Progress, Report, Started, Warned, ignore, never
from chromadesk.models import library

#: Doubts go to the index at least this often, in seconds; an interruption costs no more.
_EVERY = 1.0


@dataclass(frozen=True)
class RankConfig:
    """``dataset``: a folder; ``model``: a weights file or its name."""

    dataset: str
    model: str = "chromanet"
    device: str = "auto"
    precision: str = "auto"

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        """From plain JSON values; raises InputError for unknown or missing ones."""
        try:
            if not all(isinstance(value, str) for value in values.values()):
                raise TypeError("every value is a text")
            return cls(**values)
        except TypeError as error:
            raise InputError(f"The request cannot be understood ({error}); make it anew.") from error


def rank(config: RankConfig, report: Report = ignore, cancelled: Cancelled = never) -> dict[str, Any]:
    """Doubts about all photos that are new or proposed, kept in the data set's index; those that the model was asked
    about before, and that did not change since, are not asked about again.

    Returns ``model``, ``photos`` (key, photo, doubt, reason; most doubtful first), ``failures`` (a sentence for each
    photo that could not be read) and ``cancelled``. Raises InputError and its kin.
    """
    dataset = Dataset.open(Path(config.dataset))
    items = dataset.require(masked=False)
    weights = library.find(config.model, dataset.state)
    with Index.open(dataset) as index:
        waiting = [item for item in items if index.status(item.key) in ("new", "proposed")]
        known = index.doubted_by(weights.stem)
        unknown = [item for item in waiting if item.key not in known]
        failures = _ask(unknown, index, weights, config, report, cancelled) if unknown else []
        found = index.doubts()
    rows = [
        {"key": item.key, "photo": str(item.photo), "doubt": found[item.key].score, "reason": found[item.key].reason}
        for item in waiting
        if item.key in found and found[item.key].model == weights.stem
    ]
    return {
        "model": weights.stem,
        "photos": sorted(rows, key=lambda row: -float(row["doubt"])),
        "failures": failures,
        "cancelled": cancelled(),
    }


def _ask(
    items: list[Item], index: Index, weights: Path, config: RankConfig, report: Report, cancelled: Cancelled
) -> list[str]:
    from chromadesk.inference.segment import Segmenter  # torch, only where there is something to ask

    segmenter = Segmenter(weights, config.device, config.precision)
    report(Started("queue", len(items)))
    failures: list[str] = []
    unwritten: dict[str, tuple[float, str]] = {}
    begun = written = time.monotonic()
    for done, item in enumerate(items, start=1):
        if cancelled():
            break
        try:
            found = doubt(segmenter.chances(read_photo(item.photo).pixels))
            unwritten[item.key] = found.score, found.reason
        except ChromaDeskError as error:
            failures.append(str(error))
            report(Warned(str(error)))
        now = time.monotonic()
        if now - written > _EVERY:
            index.set_doubts(unwritten, weights.stem)
            unwritten, written = {}, now
        report(Progress(done, len(items), item.photo.name, (now - begun) / done * (len(items) - done)))
    index.set_doubts(unwritten, weights.stem)
    return failures
