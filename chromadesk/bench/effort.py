"""How much a hand does to mend proposals: a scripted designer with the brush alone, and with the smart tools."""

from __future__ import annotations

import statistics
import time
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from chromadesk.bench.designer import WEIGHED, Arm, Matrix, confusion, ious, work
from chromadesk.bench.gestures import CANVAS, STROKE
from chromadesk.bench.sheets import MISSING, Sheet
from chromadesk.dataset.pairs import Item
from chromadesk.editing.document import Document
from chromadesk.errors import Cancelled as CancelledError
from chromadesk.inference.refine import refine
from chromadesk.inference.scores import quantise
from chromadesk.inference.segment import Segmenter
from chromadesk.jobs.messages import Cancelled, Progress, Report, Started, ignore, never
from chromadesk.learning.data import read_pair, warn_of_known

ARMS: dict[Arm, str] = {"brush": "brush only", "smart": "smart tools"}
#: So many times fewer gestures, and pixels travelled, are promised.
PROMISED = 2.0
_FIGURES = ("gestures", "travelled")


def drawn(items: list[Item], count: int) -> list[Item]:
    """The first ``count`` of ``items`` in an order drawn with seed 0."""
    return [items[number] for number in np.random.default_rng(0).permutation(len(items))[:count]]


def measure(
    weights: Path,
    items: list[Item],
    goal: float = 0.95,
    device: str = "auto",
    precision: str = "auto",
    report: Report = ignore,
    cancelled: Cancelled = never,
) -> dict[str, Any]:
    """Proposals of ``weights`` for ``items``, each brought to ``goal`` IoU of every class in its mask by both arms.

    ``photos``: for each what it took (``designer.Outcome``); ``arms`` and ``ratios``: see ``summary``. Warns of photos
    the model was trained on. Raises InputError and its kin, errors.Cancelled.
    """
    segmenter = Segmenter(weights, device, precision)
    known = warn_of_known(segmenter.info, items, report)
    report(Started("effort", len(items)))
    photos = []
    for done, item in enumerate(items, start=1):
        pixels, truth = read_pair(item)
        chances = segmenter.chances(pixels)
        proposal, kept = refine(chances, pixels), quantise(chances)
        row: dict[str, Any] = {
            "photo": item.key,
            "size": list(truth.shape),
            "proposal": _iou(confusion(truth, proposal)),
        }
        for arm in ARMS:
            if cancelled():
                raise CancelledError("The benchmark was stopped.")
            begun = time.process_time()
            outcome = work(pixels, Document(item.photo, proposal), truth, kept, arm, goal)
            row[arm] = outcome.to_json() | {"seconds": round(time.process_time() - begun, 1)}
        photos.append(row)
        report(Progress(done, len(items), "photos"))
    return {
        "model": segmenter.info.name,
        "known": known,
        "goal": goal,
        "canvas": list(CANVAS),
        "stroke": STROKE,
        "weighed": WEIGHED,
        "photos": photos,
    } | summary(photos)


def summary(photos: list[dict[str, Any]]) -> dict[str, Any]:
    """``arms``: median, total over all photos, how many reached the goal, which tools were chosen how often;
    ``ratios``: brush only to smart tools, totals and medians of the photos that both brought to the goal.
    """
    arms = {}
    for arm in ARMS:
        rows = [photo[arm] for photo in photos]
        steps = sum((Counter(row["steps"]) for row in rows), Counter[str]())
        arms[arm] = {
            **{
                name: {"median": statistics.median(row[name] for row in rows), "total": sum(row[name] for row in rows)}
                for name in _FIGURES
            },
            "reached": sum(row["reached"] for row in rows),
            "steps": dict(steps.most_common()),
        }
    both = [photo for photo in photos if photo["brush"]["reached"] and photo["smart"]["reached"]]
    ratios: dict[str, Any] = {"photos": len(both)}
    for name in _FIGURES:
        pairs = [(photo["brush"][name], photo["smart"][name]) for photo in both]
        brush, smart = (sum(column) for column in zip(*pairs, strict=True)) if pairs else (0, 0)
        each = [one / other for one, other in pairs if other]
        ratios[name] = {
            "total": round(brush / smart, 2) if smart else None,
            "median": round(statistics.median(each), 2) if each else None,
        }
    return {"arms": arms, "ratios": ratios}


def sheets(results: dict[str, Any]) -> list[Sheet]:
    """The results as tables to print."""
    count = len(results["photos"])
    lines = [
        (title, f"{row['reached']} of {count}", *(f"{row[name][kind]:,.0f}" for name in _FIGURES
         for kind in ("median", "total"))) for title, row in ((ARMS[arm], results["arms"][arm]) for arm in ARMS)
    ]  # fmt: skip
    ratios = results["ratios"]
    lines.append(("times fewer", f"both: {ratios['photos']}", *(_times(ratios[name][kind]) for name in _FIGURES
                  for kind in ("median", "total"))))  # fmt: skip
    tools = [
        (ARMS[arm], ", ".join(f"{name} {number}" for name, number in results["arms"][arm]["steps"].items()) or MISSING)
        for arm in ARMS
    ]
    totals = [(name, ratios[name]["total"]) for name in _FIGURES]
    verdicts = [
        (f"{name}, brush only to smart tools", _times(total), f">= {PROMISED:g}x", _verdict(total))
        for name, total in totals
    ]
    columns = ("arm", "at the goal", "gestures, median", "total", "travelled, median", "total")
    return [
        Sheet(f"From the proposal to an IoU of {results['goal']:g} of each class present", columns, tuple(lines)),
        Sheet("Chosen how often", ("arm", "tools"), tuple(tools)),
        Sheet("Targets", ("what", "measured", "target", ""), tuple(verdicts)),
    ]


def note(results: dict[str, Any]) -> str:
    """How to read the figures."""
    wide, tall = results["canvas"]
    return (
        f"A greedy script that sees the truth; each key, click and slider counts as one gesture, a stroke as one for "
        f"each {results['stroke']:g} screen pixels begun. Travelled: screen pixels of the pointer, between strokes "
        f"too, with the photo fitted into {wide} x {tall}. Either arm does next what mends most for its gestures and "
        f"its way, {results['weighed']:g} pixels of which weigh as much as a gesture. Times fewer: over the photos "
        "that both brought to the goal."
    )


def _iou(matrix: Matrix) -> dict[str, float]:
    return {str(class_id): round(value, 4) for class_id, value in ious(matrix).items()}


def _times(value: float | None) -> str:
    return MISSING if value is None else f"{value:.2f}x"


def _verdict(total: float | None) -> str:
    return MISSING if total is None else "met" if total >= PROMISED else "NOT MET"
