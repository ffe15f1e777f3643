"""A new model's way into use: judged beside the older one, made a version, chosen for the data set."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chromadesk.dataset.pairs import Dataset
from chromadesk.errors import ModelError
from chromadesk.jobs.messages import Cancelled, Report, ignore, never
from chromadesk.learning.config import EvaluateConfig
from chromadesk.learning.evaluate import evaluate
from chromadesk.learning.gate import Verdict, compare
from chromadesk.models import choice, library
from chromadesk.models.info import read_info
from chromadesk.models.promote import promote, version_of


@dataclass(frozen=True)
class Candidate:
    """``weights`` that shall take the place of ``older`` (None: nothing) in ``dataset``, as a version of ``base``, or
    as the version that they are.
    """

    weights: Path
    older: Path | None
    dataset: Dataset
    base: str


def candidate(weights: str, dataset: Path, against: str | None = None) -> Candidate:
    """The model ``weights`` beside ``against``, by default its parent, or the model in use where that is gone.

    Raises ModelError, DatasetError.
    """
    opened = Dataset.open(dataset)
    found = library.find(weights, opened.state)
    found = version_of(found, opened.state) or found
    info = read_info(found)
    older = parent = None
    if info.parent:
        try:
            parent = library.find(info.parent, opened.state)
        except ModelError:
            parent = None  # gone: the model in use stands in
    if against is not None:
        older = library.find(against, opened.state)
    else:
        older = parent or choice.remembered_model(opened.state)[0]
    return Candidate(found, older if older != found else None, opened, parent.stem if parent else info.architecture)


def in_use(asked: Candidate) -> bool:
    """Whether it is the data set's choice already."""
    chosen, _ = choice.remembered_model(asked.dataset.state)
    return chosen is not None and chosen.samefile(asked.weights)


def judge(
    asked: Candidate,
    device: str = "auto",
    precision: str = "auto",
    report: Report = ignore,
    cancelled: Cancelled = never,
) -> Verdict:
    """Both on the test photos, at the new one's size. Raises InputError and its kin."""
    if not asked.dataset.has_split or not asked.dataset.select("test"):
        return compare(None, None)

    def scores(model: Path) -> dict[str, Any]:
        config = EvaluateConfig(
            str(asked.dataset.root),
            str(model),
            size=read_info(asked.weights).input_size,
            device=device,
            precision=precision,
        )
        return evaluate(config, report, cancelled)

    return compare(scores(asked.older) if asked.older is not None else None, scores(asked.weights))


def adopt(asked: Candidate) -> Path:
    """Make it a version, unless it is one, and the data set's choice; the file. Raises ModelError, StorageError."""
    state = asked.dataset.state
    version = promote(asked.weights, state, asked.base)
    before, _ = choice.remembered_model(state)
    if before != version:
        choice.remember_model(state, version, before)
    return version
