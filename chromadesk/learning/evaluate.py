"""How good a model is on a split: one confusion matrix over all its pixels; each photo's own mIoU and palette error."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from chromadesk.classes import COUNT
from chromadesk.dataset.pairs import Dataset, Item
from chromadesk.errors import Cancelled as CancelledError
from chromadesk.inference.occupancy import Occupancy
from chromadesk.inference.resize import resize_labels, resize_photo
from chromadesk.inference.segment import Segmenter
from chromadesk.jobs.messages import Cancelled, Progress, Report, Started, ignore, never
from chromadesk.learning.config import EvaluateConfig
from chromadesk.learning.data import judging_pairs, read_photo_and_labels, warn_of_known
from chromadesk.learning.metrics import Confusion, confusion, scores
from chromadesk.learning.palette_error import PaletteError, palette_error, summary
from chromadesk.models import library
from chromadesk.models.info import read_info


@dataclass(frozen=True)
class MeasuredPhoto:
    """One photo: its (5, 5) pixel counts, and what the prediction makes of its colours (None: not asked for)."""

    item: Item
    confusion: Confusion
    colours: PaletteError | None = None


@dataclass
class Measured:
    """``matrix``: (5, 5) pixel counts over all photos; ``per_photo``: each one's own, in the order of the items."""

    matrix: Confusion = field(default_factory=lambda: np.zeros((COUNT, COUNT), dtype=np.int64))
    per_photo: list[MeasuredPhoto] = field(default_factory=list)

    def add(
        self,
        item: Item,
        truth: npt.NDArray[np.uint8],
        predicted: npt.NDArray[np.uint8],
        colours: PaletteError | None = None,
    ) -> None:
        """Count one photo."""
        counted = confusion(truth, predicted)
        self.matrix += counted
        self.per_photo.append(MeasuredPhoto(item, counted, colours))


def measure(
    segmenter: Segmenter,
    items: list[Item],
    size: tuple[int, int] | None,
    *,
    stretched: bool = False,
    colours: bool = False,
    batch: int = 8,
    progress: Callable[[int], None] = lambda done: None,
    cancelled: Cancelled = never,
) -> Measured:
    """Run ``segmenter`` over ``items`` and compare at ``size`` (height, width), or at each photo's own when None.

    ``stretched``: photos enter the network at ``size``, as in the paper; else as a person would have them segmented.
    ``colours``: also measure palette errors, always from the photo's own pixels, with both masks at its own size.
    Raises errors.Cancelled, ImageError, MaskError.
    """
    measured = Measured()
    for group in _groups(items, batch if stretched else 1):
        if cancelled():
            raise CancelledError("The evaluation was stopped.")
        pairs = [read_photo_and_labels(item) for item in group]
        if stretched and size is not None:
            stack = np.stack([resize_photo(photo.pixels, size) for photo, _ in pairs])
            found = list(segmenter.scores(stack).argmax(axis=1).astype(np.uint8))
        else:
            found = [segmenter.labels(photo.pixels) for photo, _ in pairs]
        for item, (photo, truth), predicted in zip(group, pairs, found, strict=True):
            own = (truth.shape[0], truth.shape[1])
            wrong = palette_error(photo, truth, resize_labels(predicted, own)) if colours else None
            measured.add(item, resize_labels(truth, size or own), resize_labels(predicted, size or own), wrong)
        progress(len(measured.per_photo))
    return measured


def evaluate(config: EvaluateConfig, report: Report = ignore, cancelled: Cancelled = never) -> dict[str, Any]:
    """The evaluation's JSON: ``confusion`` (rows = truth), all of metrics.scores, ``photos``, ``model``, ``size``,
    ``quality``, ``seen`` (keys of those the model was trained on), ``palette_error`` (see learning.palette_error),
    ``per_photo`` (each with its own ``confusion`` and ``palette_error``, worst mIoU first).

    Warns when photos of the split were among those the model was trained on, and when there is no split. Raises
    InputError and its kin.
    """
    dataset = Dataset.open(Path(config.dataset))
    if config.keys:
        items = [item for item in dataset.require(config.split) if item.key in set(config.keys)]
    else:
        items = judging_pairs(dataset, config.split, report)
    weights = library.find(config.model, dataset.state)
    natural = config.native or library.foreign(weights) or read_info(weights).fit == "aspect"
    quality = config.quality or ("standard" if natural else "paper")
    stretched = quality == "paper"
    segmenter = Segmenter(weights, config.device, config.precision, "standard" if stretched else quality, "torch")
    report(Started("evaluate", len(items)))
    seen = warn_of_known(segmenter.info, items, report)
    occupancy = Occupancy(segmenter.device, report)
    size = None if config.native else config.size

    def progress(done: int) -> None:
        report(Progress(done, len(items), "photos"))
        occupancy.tell()

    measured = measure(
        segmenter,
        items,
        size,
        stretched=stretched,
        colours=True,
        batch=config.batch,
        progress=progress,
        cancelled=cancelled,
    )
    errors = [photo.colours for photo in measured.per_photo if photo.colours is not None]
    per_photo = [
        {
            "key": photo.item.key,
            "photo": str(photo.item.photo),
            "miou": scores(photo.confusion)["miou"],
            "palette_error": error.to_json(),
            "confusion": photo.confusion.tolist(),
        }
        for photo, error in zip(measured.per_photo, errors, strict=True)
    ]
    return {
        "model": segmenter.info.name,
        "quality": quality,
        "size": "native" if size is None else f"{size[0]}x{size[1]}",
        "split": config.split,
        "photos": len(items),
        "confusion": measured.matrix.tolist(),
        **scores(measured.matrix),
        "palette_error": summary(errors),
        "seen": seen,
        "per_photo": sorted(per_photo, key=lambda row: row["miou"]),
    }


def _groups(items: list[Item], count: int) -> Iterator[list[Item]]:
    return (items[start : start + count] for start in range(0, len(items), count))
