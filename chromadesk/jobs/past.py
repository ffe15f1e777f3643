"""What became of the jobs of a data set, as a list shows it. No torch."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from chromadesk.errors import ChromaDeskError
from chromadesk.jobs import record
from chromadesk.jobs.messages import Failed
from chromadesk.jobs.record import Request
from chromadesk.models import library, registry
from chromadesk.sentences import sentence

TRAININGS = ("improve", "train")
#: More photos than this no job has seen.
_MOST = 10**9
Standing = Literal["running", "waiting", "done", "stopped", "failed"]


@dataclass(frozen=True)
class Entry:
    """One job. ``photos`` is None where it is not known (yet); ``when`` it began, or was asked for, seconds since 1970;
    ``seconds`` is how long it took, None where nobody noted it; ``outcome`` is a phrase, or the sentence of a failure.
    """

    folder: Path
    kind: str
    title: str
    standing: Standing
    photos: int | None
    when: float
    seconds: float | None
    outcome: str


def entries(state: Path, limit: int) -> list[Entry]:
    """The ``limit`` newest jobs under ``state``: those that run, those that wait by their turn, then the others."""
    folders = record.list_jobs(state)
    waiting = record.waiting(state)
    running = [folder for folder in folders if folder not in waiting and _lives(folder)]
    others = [folder for folder in folders if folder not in waiting and folder not in running]
    found = [_entry(folder, "running") for folder in running] + [_entry(folder, "waiting") for folder in waiting]
    ended = sorted((_entry(folder, None) for folder in others[:limit]), key=lambda entry: -entry.when)
    return [*found, *ended][: max(limit, len(found))]


def title(request: Request) -> str:
    """``Training ChromaNet from chromanet-v2``, ``Evaluation of chromanet`` ..."""
    return sentence(_title(request))


def _title(request: Request) -> str:
    config = request.config
    if request.kind in TRAININGS:
        row = registry.find(str(config.get("model")))
        start = config.get("init")
        origin = f"from {Path(str(start)).stem}" if start else "from scratch"
        return f"Training {row.title if row else 'a network'} {origin}"
    if request.kind in ("evaluate", "queue"):
        what = "Evaluation of" if request.kind == "evaluate" else "Photos ranked by"
        return f"{what} {Path(str(config.get('model', 'a model'))).stem}"
    return f"Job of the unknown kind {request.kind!r}"


def born(weights: Path, state: Path) -> float:
    """When the photos were chosen that ``weights`` learned from, seconds since 1970; 0 for a bundled model, which knows
    none of the data set whose folder ``state`` is.
    """
    if weights in library.bundled():
        return 0.0
    folders = (folder for folder in record.list_jobs(state) if record.adopted(folder) == weights.stem)
    try:
        made_by = next(folders, None)
        return record.chosen(made_by) if made_by is not None else weights.stat().st_mtime
    except OSError:
        return 0.0


def _lives(folder: Path) -> bool:
    return record.running(folder) and not (folder / record.OUTCOME).exists()


def _entry(folder: Path, standing: Standing | None) -> Entry:
    try:
        request = record.read_request(folder)
    except ChromaDeskError as error:
        return Entry(folder, "", folder.name, "failed", None, _asked(folder), None, str(error))
    begun, ended = record.times(folder)
    when = begun if begun is not None and standing != "waiting" else _asked(folder)
    if standing is not None:
        return Entry(folder, request.kind, title(request), standing, None, when, None, "")
    seconds = ended - begun if begun is not None and ended is not None else None
    how, photos, outcome = _end(folder, _stamp(folder))
    adopted = record.adopted(folder)
    if adopted:
        outcome = f"{outcome}, adopted as {adopted}" if outcome else f"adopted as {adopted}"
    return Entry(folder, request.kind, title(request), how, photos, when, seconds, outcome)


@lru_cache(maxsize=512)
def _end(folder: Path, stamp: int) -> tuple[Standing, int | None, str]:
    """How the job ended, on how many photos, with what; ``stamp`` is that of its outcome."""
    last = record.outcome(folder)
    if last is None:
        return "failed", None, "It ended without a word"
    if isinstance(last, Failed):
        return "failed", None, last.text
    result = last.result
    try:
        photos, figures = _photos(result), _figures(result)
    except (AttributeError, TypeError, ValueError):  # not written here: a data set and its jobs may come from anybody
        return "failed", None, "It ended with a result that cannot be read"
    return ("stopped", photos, "") if result.get("cancelled") else ("done", photos, figures)


def _photos(result: dict[str, Any]) -> int | None:
    """How many photos taught, judged or were ranked."""
    photos = result.get("train", result).get("photos")
    count = sum(photos.values()) if isinstance(photos, dict) else len(photos) if isinstance(photos, list) else photos
    if count is not None and not (isinstance(count, int) and 0 <= count < _MOST):
        raise ValueError("no count of photos")
    return count


def _figures(result: dict[str, Any]) -> str:
    new, old = result.get("new"), result.get("old")
    if new and new.get("miou") is not None:
        before = f"{old['miou']:.3f} → " if old and old.get("miou") is not None else ""
        return f"mIoU {before}{new['miou']:.3f}"
    miou = result.get("miou", result.get("scores", {}).get("miou"))
    return "" if miou is None else f"mIoU {miou:.3f}"


def _asked(folder: Path) -> float:
    try:
        return (folder / record.REQUEST).stat().st_mtime
    except OSError:
        return 0.0


def _stamp(folder: Path) -> int:
    try:
        return (folder / record.OUTCOME).stat().st_mtime_ns
    except OSError:
        return 0
