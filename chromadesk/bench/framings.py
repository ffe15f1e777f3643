"""Photos as they come: how well a model does when they are cut, wide, dark or badly compressed, and at borders.

Everything is measured at the photo's own size, with the masks that ``segment`` writes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from chromadesk.classes import COUNT
from chromadesk.dataset.pairs import Item
from chromadesk.errors import Cancelled as CancelledError
from chromadesk.inference.people import people
from chromadesk.inference.refine import refine, upsample
from chromadesk.inference.segment import Segmenter
from chromadesk.jobs.messages import Cancelled, Progress, Report, Started, ignore, never
from chromadesk.learning.data import read_pair
from chromadesk.learning.metrics import Confusion, confusion, scores

Pixels = npt.NDArray[np.uint8]
Labels = npt.NDArray[np.uint8]
Pair = tuple[Pixels, Labels]

#: Pixels this near to a true border are its band.
BAND = 5
_DARK, _JPEG = 0.45, 15


def whole(pixels: Pixels, labels: Labels, place: float) -> Pair:
    """The photo as it is."""
    del place
    return pixels, labels


def upper_body(pixels: Pixels, labels: Labels, place: float) -> Pair:
    """From a little above the head to half of the person's height."""
    del place
    found = people(labels)
    if found is None:
        return pixels, labels
    top = max(0, round(found[0] - 0.04 * found[2]))
    bottom = max(top + 1, found[0] + found[2] // 2)
    return pixels[top:bottom], labels[top:bottom]


def landscape(pixels: Pixels, labels: Labels, place: float) -> Pair:
    """Somewhere (``place``, 0-1) on a 3:2 canvas that goes on as the photo's edges are; all of it is background."""
    height, width = labels.shape
    extra = max(0, round(1.5 * height) - width)
    left = round(extra * place)
    wide = cv2.copyMakeBorder(pixels, 0, 0, left, extra - left, cv2.BORDER_REPLICATE)
    mask = cv2.copyMakeBorder(labels, 0, 0, left, extra - left, cv2.BORDER_CONSTANT, value=0)
    return wide.astype(np.uint8, copy=False), mask.astype(np.uint8, copy=False)


def dark(pixels: Pixels, labels: Labels, place: float) -> Pair:
    """At 45 % of its brightness."""
    del place
    return (pixels * _DARK).astype(np.uint8), labels


def jpeg(pixels: Pixels, labels: Labels, place: float) -> Pair:
    """Compressed at JPEG quality 15."""
    del place
    _, coded = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, _JPEG])
    return np.asarray(cv2.imdecode(coded, cv2.IMREAD_COLOR), dtype=np.uint8), labels


FRAMINGS: dict[str, Callable[[Pixels, Labels, float], Pair]] = {
    "whole": whole,
    "upper body": upper_body,
    "landscape canvas": landscape,
    "darkened to 45 %": dark,
    "JPEG quality 15": jpeg,
}


def _matrix() -> Confusion:
    return np.zeros((COUNT, COUNT), dtype=np.int64)


@dataclass
class Framed:
    """What was counted for one framing: all pixels, and those within BAND pixels of a true border as the network's
    upsampled probabilities have them (``coarse``) and as the photo's edges do (``refined``).
    """

    framing: str
    matrix: Confusion = field(default_factory=_matrix)
    coarse: Confusion = field(default_factory=_matrix)
    refined: Confusion = field(default_factory=_matrix)

    def to_json(self) -> dict[str, Any]:
        """``framing``, all of metrics.scores, ``band_before`` and ``band_after`` (mIoU in the band)."""
        return {
            "framing": self.framing,
            **scores(self.matrix),
            "band_before": scores(self.coarse)["miou"],
            "band_after": scores(self.refined)["miou"],
        }


def measure(
    segmenter: Segmenter, items: list[Item], report: Report = ignore, cancelled: Cancelled = never
) -> list[Framed]:
    """``segmenter`` on ``items`` in every framing. Raises errors.Cancelled, ImageError, MaskError."""
    rows = [Framed(name) for name in FRAMINGS]
    report(Started("framings", len(items)))
    for done, item in enumerate(items, start=1):
        pixels, labels = read_pair(item)
        place = hashlib.sha256(item.key.encode()).digest()[0] / 255
        for row in rows:
            if cancelled():
                raise CancelledError("The benchmark was stopped.")
            shown, truth = FRAMINGS[row.framing](pixels, labels, place)
            chances = segmenter.chances(np.ascontiguousarray(shown))
            refined = refine(chances, np.ascontiguousarray(shown))
            near = band(truth)
            row.matrix += confusion(truth, refined)
            row.refined += confusion(truth[near], refined[near])
            row.coarse += confusion(truth[near], upsample(chances, truth.shape)[near])
        report(Progress(done, len(items), "photos"))
    return rows


def band(labels: Labels, reach: int = BAND) -> npt.NDArray[np.bool_]:
    """(H, W): the pixels within ``reach`` of one that has a neighbour of another class."""
    border = np.zeros(labels.shape, dtype=np.uint8)
    down, across = labels[1:] != labels[:-1], labels[:, 1:] != labels[:, :-1]
    border[1:] |= down
    border[:-1] |= down
    border[:, 1:] |= across
    border[:, :-1] |= across
    side = 2 * reach + 1
    return cv2.dilate(border, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))) > 0
