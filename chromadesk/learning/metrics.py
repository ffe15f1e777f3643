"""Every metric of the design, from one confusion matrix over a whole split. NumPy only.

The paper's Eq. 5 as printed is pixel accuracy / 5, a slip; the mean of n_ii / t_i is meant and computed. Its mIoU
leaves background out; both are given.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from chromadesk.classes import COUNT, NAMES

Confusion = npt.NDArray[np.int64]


def confusion(truth: npt.NDArray[np.uint8], predicted: npt.NDArray[np.uint8]) -> Confusion:
    """(5, 5) pixel counts, rows = truth, columns = prediction, of two label planes of one shape."""
    pairs = truth.ravel().astype(np.intp) * COUNT + predicted.ravel()
    return np.bincount(pairs, minlength=COUNT * COUNT).reshape(COUNT, COUNT).astype(np.int64)


def _ratio(part: npt.NDArray[np.int64], whole: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    ratio = np.full(part.shape, np.nan)
    np.divide(part, whole, out=ratio, where=whole > 0)
    return ratio


def _mean(values: npt.NDArray[np.float64]) -> float | None:
    return None if np.isnan(values).all() else float(np.nanmean(values))


def _by_class(values: npt.NDArray[np.float64]) -> dict[str, float | None]:
    return {name: None if np.isnan(value) else float(value) for name, value in zip(NAMES, values, strict=True)}


def scores(matrix: Confusion) -> dict[str, Any]:
    """Class accuracies n_ii / t_i, pixel accuracy (Eq. 4), the same without background, their mean, IoU and mIoU (Eq.
    6).

    A class that occurs neither in truth nor in prediction has no IoU (None) and is left out of means; all in 0..1.
    """
    hits, truth = np.diagonal(matrix), matrix.sum(axis=1)
    accuracy = _ratio(hits, truth)
    iou = _ratio(hits, truth + matrix.sum(axis=0) - hits)
    return {
        "class_accuracy": _by_class(accuracy),
        "pixel_accuracy": _mean(_ratio(hits.sum(keepdims=True), truth.sum(keepdims=True))),
        "pixel_accuracy_without_background": _mean(_ratio(hits[1:].sum(keepdims=True), truth[1:].sum(keepdims=True))),
        "mean_class_accuracy": _mean(accuracy),
        "iou": _by_class(iou),
        "miou": _mean(iou),
        "miou_without_background": _mean(iou[1:]),
    }


def as_the_authors_count(photos: list[Confusion], batch: int = 8) -> dict[str, float | None]:
    """Two figures the way the paper's public code computes them, from each photo's confusion in order: both are means
    over batches.

    ``miou_without_background``: the mean of the four classes' IoU, where a class that a batch lacks counts as 0.
    ``pixel_accuracy_without_background``: (hits - predicted background) / (pixels - predicted background); it can fall
    below 0. None for no photos, or where a batch is predicted to be all background.
    """
    mious, accuracies = [], []
    for start in range(0, len(photos), batch):
        group = np.sum(photos[start : start + batch], axis=0)
        hits, background = np.diagonal(group), group[:, 0].sum()
        union = group.sum(axis=0) + group.sum(axis=1) - hits
        mious.append(float(np.mean(hits[1:] / np.maximum(union[1:], 1))))
        rest = int(group.sum() - background)
        accuracies.append(float(hits.sum() - background) / rest if rest else None)
    found = [value for value in accuracies if value is not None]
    return {
        "miou_without_background": float(np.mean(mious)) if mious else None,
        "pixel_accuracy_without_background": float(np.mean(found)) if len(found) == len(accuracies) > 0 else None,
    }
