"""Whether a new model is better than the old one: both on the same photos, and how far chance reaches. NumPy only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from chromadesk.learning.metrics import scores

#: Fewer photos say nothing, however far apart two models are on them.
_LEAST_PHOTOS = 5
_DRAWS = 2000
#: The middle nine tenths of the draws: a change that is no improvement passes for one in twenty cases.
_TAILS = (5.0, 95.0)


@dataclass(frozen=True)
class Verdict:
    """``better``: None where nothing can be compared. ``close``: the photos are too few to tell the two apart.
    ``why`` is one sentence with both figures.
    """

    better: bool | None
    close: bool
    why: str


def compare(old: dict[str, Any] | None, new: dict[str, Any] | None, chosen_on_these: bool = False) -> Verdict:
    """Judge by two evaluations (learning.evaluate) of one split: mIoU over the five classes.

    The difference counts where it keeps its sign in 95 % of the splits that these photos might have been (a paired
    bootstrap over photos, always the same draws). ``chosen_on_these``: the new one's epoch was chosen by these photos.
    """
    if new is None:
        return Verdict(None, False, "There are no test photos to compare the new model with the old one on.")
    old, new = _unseen(old, new)
    if not new["per_photo"]:
        return Verdict(
            False, True, "Every test photo was in the training of one of the two models, so nothing can be compared."
        )
    photos = f"{new['photos']:,} test photo{'' if new['photos'] == 1 else 's'}"
    if new["miou"] is None:
        return Verdict(None, False, f"The {photos} show nothing that the new model could be judged by.")
    if old is None or old["miou"] is None:
        return Verdict(None, False, f"The new model has mIoU {new['miou']:.3f} on {photos}; there is no older one.")
    figures = f"mIoU over five classes {old['miou']:.4f} → {new['miou']:.4f}"
    flattered = "; its epoch was chosen on these photos too, which flatters it a little" if chosen_on_these else ""
    low, high = _interval(old, new)
    if low > 0:
        return Verdict(True, False, f"The new model is better on {photos}: {figures}{flattered}.")
    if high < 0:
        return Verdict(False, False, f"The new model is worse on {photos}: {figures}.")
    if np.isclose(old["miou"], new["miou"], rtol=0, atol=1e-9):
        return Verdict(False, False, f"The new model is just as good as the old one on {photos}: {figures}.")
    return Verdict(False, True, f"Too close to call on {photos}: {figures}{flattered}.")


def _unseen(old: dict[str, Any] | None, new: dict[str, Any]) -> tuple[dict[str, Any] | None, dict[str, Any]]:
    """Both evaluations without the photos that one of the two models has learned from."""
    seen = {*new.get("seen", ()), *(old or {}).get("seen", ())}
    return (old and _without(old, seen)), _without(new, seen)


def _without(evaluation: dict[str, Any], seen: set[str]) -> dict[str, Any]:
    if not seen:
        return evaluation
    rows = [row for row in evaluation["per_photo"] if row["key"] not in seen]
    counted = np.sum([row["confusion"] for row in rows], axis=0) if rows else np.zeros((5, 5), np.int64)
    return {**evaluation, "photos": len(rows), "per_photo": rows, "miou": scores(counted)["miou"]}


def _interval(old: dict[str, Any], new: dict[str, Any]) -> tuple[float, float]:
    """Where the change in mIoU lies, chance considered."""
    before = {row["key"]: row["confusion"] for row in old["per_photo"]}
    after = {row["key"]: row["confusion"] for row in new["per_photo"]}
    keys = sorted(before.keys() & after.keys())
    if len(keys) < _LEAST_PHOTOS:
        return -1.0, 1.0
    times = np.random.default_rng(0).multinomial(len(keys), [1 / len(keys)] * len(keys), _DRAWS).astype(np.float64)
    change = _miou(times, [after[key] for key in keys]) - _miou(times, [before[key] for key in keys])
    low, high = np.percentile(change, _TAILS)
    return float(low), float(high)


def _miou(times: npt.NDArray[np.float64], confusions: list[list[list[int]]]) -> npt.NDArray[np.float64]:
    """(draws, photos) how often each photo counts, (photos, 5, 5) -> each draw's mIoU over the classes it shows."""
    each = np.asarray(confusions, np.float64)
    drawn = np.tensordot(times, each, 1)
    hits = np.diagonal(drawn, axis1=1, axis2=2)
    union = drawn.sum(1) + drawn.sum(2) - hits
    shown = union > 0
    iou = np.divide(hits, union, out=np.zeros_like(hits), where=shown)
    mean: npt.NDArray[np.float64] = iou.sum(1) / np.maximum(shown.sum(1), 1)
    return mean
