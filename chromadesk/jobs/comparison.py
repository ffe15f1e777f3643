"""The versions of a model beside each other, from the evaluations that a data set's jobs have kept. No torch.

Scores can be compared only where they come from the same photos, looked at in the same way.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from chromadesk.errors import ChromaDeskError
from chromadesk.jobs import record
from chromadesk.jobs.messages import Finished
from chromadesk.models import library


@dataclass(frozen=True)
class Terms:
    """What an evaluation was made on: keys of photos, ``quality`` and ``size`` as learning.evaluate names them."""

    keys: frozenset[str]
    quality: str
    size: str


@dataclass(frozen=True)
class Score:
    """One model on test photos; ``seen`` of them were in its training."""

    model: str
    terms: Terms
    miou: float
    foreground: float | None
    seen: int


def scores(state: Path) -> list[Score]:
    """Every evaluation on test photos that the jobs under ``state`` have kept, the newest first; those of a bundled
    model that has been replaced since are left out.
    """
    replaced = {path.stem: path.stat().st_mtime for path in library.bundled()}
    found: list[tuple[float, Score]] = []
    for folder in record.list_jobs(state):
        try:
            stamp = (folder / record.OUTCOME).stat()
        except OSError:
            continue
        for score in _read(folder, stamp.st_mtime_ns):
            name = score.model or record.adopted(folder)  # what a training made has a name once it is adopted
            if name and stamp.st_mtime >= replaced.get(name, 0.0):
                found.append((stamp.st_mtime, dataclasses.replace(score, model=name)))
    return [score for _, score in sorted(found, key=lambda pair: -pair[0])]


def comparable(found: list[Score]) -> tuple[Terms | None, dict[str, Score]]:
    """The terms of the newest of ``found`` (newest first), and the newest score of each model on these terms."""
    if not found:
        return None, {}
    terms = found[0].terms
    by_model: dict[str, Score] = {}
    for score in found:
        if score.terms == terms:
            by_model.setdefault(score.model, score)
    return terms, by_model


@lru_cache(maxsize=512)
def _read(folder: Path, stamp: int) -> tuple[Score, ...]:
    """The scores that a job kept; ``stamp`` is that of its outcome. The model that it trained has no name here."""
    ended = record.outcome(folder)
    try:
        request = record.read_request(folder)
    except ChromaDeskError:
        return ()
    if not isinstance(ended, Finished):
        return ()
    result, config = ended.result, request.config
    named: list[tuple[str, Any]] = []
    if request.kind == "evaluate":
        named = [(Path(str(config.get("model", library.DEFAULT))).stem, result)]
    elif request.kind == "improve":
        named = [("", result.get("new")), (Path(str(config.get("baseline"))).stem, result.get("old"))]
    return tuple(score for name, evaluation in named if (score := _score(name, evaluation)) is not None)


def _score(name: str, evaluation: Any) -> Score | None:
    try:
        if evaluation["split"] != "test" or evaluation["miou"] is None:
            return None
        keys = frozenset(str(row["key"]) for row in evaluation["per_photo"])
        terms = Terms(keys, str(evaluation["quality"]), str(evaluation["size"]))
        seen = len(evaluation.get("seen", ()))
        miou, foreground = float(evaluation["miou"]), evaluation.get("miou_without_background")
        if not 0 <= miou <= 1 or not (foreground is None or 0 <= foreground <= 1):
            return None
        return Score(name, terms, miou, foreground, seen)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        return None  # stopped, or made by an older ChromaDesk
