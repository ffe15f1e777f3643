"""The pairs that may teach and those that may judge, and how one is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np
import numpy.typing as npt

from chromadesk.dataset import twins
from chromadesk.dataset.index import Index
from chromadesk.dataset.pairs import Dataset, Item
from chromadesk.dataset.splits import overlap
from chromadesk.errors import DatasetError
from chromadesk.images import Photo, read_photo
from chromadesk.jobs.messages import Cancelled, Progress, Report, Started, Warned, ignore, never
from chromadesk.masks import read_mask
from chromadesk.models.info import WeightsInfo

#: So many photos that have to be read before a training begins are worth a word.
_MANY = 1000


def approved_pairs(dataset: Dataset, split: Literal["train", "test", "all"], photos: str = "all") -> list[Item]:
    """The pairs of ``split`` whose masks are approved (the data set's own, and what a person approved).

    ``photos`` ``corrected`` keeps those a person worked on. Raises DatasetError saying what is missing.
    """
    items = dataset.require(split)
    with Index.open(dataset) as index:
        wanted = index.corrected() if photos == "corrected" else index.approved()
    found = [item for item in items if item.key in wanted]
    if not found and photos == "corrected":
        raise DatasetError(
            f"No {split} photo of {dataset.root} has been corrected yet; correct and approve some first."
        )
    if not found:
        raise DatasetError(f"No {split} mask of {dataset.root} is approved yet; approve some in the studio first.")
    return found


def training_pairs(
    dataset: Dataset, photos: str = "all", report: Report = ignore, cancelled: Cancelled = never
) -> list[Item]:
    """The approved pairs that may teach: those of train less any whose photo is a test photo too, under another name,
    saved again or nearly the same shot. Warns of these; raises DatasetError when nothing is left, errors.Cancelled.
    """
    found = approved_pairs(dataset, "train", photos)
    left_out = twins.leaked(dataset, found, comparing(report), cancelled)
    if not left_out:
        return found
    example = f"such as {left_out[0].key}"
    if len(left_out) == len(found):
        raise DatasetError(
            f"Every photo of {dataset.root} to train on ({example}) is one of its test photos or nearly the same as "
            "one; add other photos to train on."
        )
    report(
        Warned(
            f"{len(left_out)} of {len(found)} photos ({example}) will not be trained on, since each of these is a test "
            "photo too, or nearly the same as one."
        )
    )
    gone = {item.key for item in left_out}
    return [item for item in found if item.key not in gone]


def judging_pairs(dataset: Dataset, split: Literal["train", "test", "all"], report: Report) -> list[Item]:
    """The approved pairs of ``split``, to measure a model on. Where there is no split these are all; warns of that.
    Raises DatasetError.
    """
    items = approved_pairs(dataset, split)
    if split != "all" and not dataset.has_split:
        told = f"all its photos with approved masks ({len(items)}) stand in for {split} photos"
        report(Warned(f"{dataset.root} has no split yet, so {told}."))
    return items


def warn_of_known(info: WeightsInfo, items: list[Item], report: Report) -> list[str]:
    """The keys of those of ``items`` that the model was trained on; warns of them. Raises ImageError."""
    known = sorted(item.key for item in overlap(info.trained_on, items))
    if known:
        told = f"{len(known)} of {len(items)} photos here were in the training of {info.name}"
        report(Warned(f"{told}: its scores are too good."))
    return known


def comparing(report: Report) -> Callable[[int, int], None]:
    """What tells ``report`` how the reading of photos gets on, where there are many to read."""

    def progress(done: int, total: int) -> None:
        if total < _MANY:
            return
        if done == 1:
            report(Started("compare", total))
        report(Progress(done, total, "comparing photos"))

    return progress


def read_pair(item: Item) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]:
    """(H, W, 3) sRGB pixels and (H, W) labels of ``item``; raises ImageError, MaskError."""
    photo, labels = read_photo_and_labels(item)
    return photo.pixels, labels


def read_photo_and_labels(item: Item) -> tuple[Photo, npt.NDArray[np.uint8]]:
    """The photo of ``item``, with what its colours are measured by, and (H, W) labels; raises ImageError, MaskError."""
    photo = read_photo(item.photo)
    return photo, read_mask(item.mask, size=(photo.pixels.shape[0], photo.pixels.shape[1])).labels
