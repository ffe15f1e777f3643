"""What each quality costs and what it gives: fast, standard and careful on the same photos, with the same threads.

A time is what ``segment`` would take for the photo without reading and writing it: looks, and edges found in the photo.
"""

from __future__ import annotations

import statistics
import time
from pathlib import Path
from typing import Any

import cv2
import torch

from chromadesk.dataset.pairs import Item
from chromadesk.errors import Cancelled as CancelledError
from chromadesk.inference.quality import QUALITIES, Quality
from chromadesk.inference.resize import resize_labels
from chromadesk.inference.segment import Segmenter
from chromadesk.jobs.messages import Cancelled, Progress, Report, Started, ignore, never
from chromadesk.learning.config import PAPER_SIZE
from chromadesk.learning.data import read_pair, warn_of_known
from chromadesk.learning.evaluate import Measured
from chromadesk.learning.metrics import scores

#: What the others' times are given relative to.
_REFERENCE: Quality = "standard"


def measure(
    weights: Path,
    items: list[Item],
    device: str = "auto",
    precision: str = "auto",
    report: Report = ignore,
    cancelled: Cancelled = never,
) -> dict[str, Any]:
    """``photos``, ``device``, ``precision``, ``threads`` (the network's), ``edge_threads`` (OpenCV's), and ``rows``:
    for each quality its ``model``, ``ms`` a photo (median), ``ms_mean`` (total / photos), ``ratio`` (of its median to
    standard's) and all of metrics.scores at 512 x 256.

    The qualities take turns at each photo, so that whatever else this machine does slows them alike; each sees the
    first photo once before anything counts. Warns of photos a model was trained on. Raises InputError and its kin,
    errors.Cancelled.
    """
    segmenters = {quality: Segmenter(weights, device, precision, quality) for quality in QUALITIES}
    for info in {segmenter.info.name: segmenter.info for segmenter in segmenters.values()}.values():
        warn_of_known(info, items, report)
    report(Started("qualities", len(items)))
    for segmenter in segmenters.values():  # kernels are chosen and memory is taken here
        segmenter.labels(read_pair(items[0])[0])
    times: dict[Quality, list[float]] = {quality: [] for quality in segmenters}
    measured = {quality: Measured() for quality in segmenters}
    for done, item in enumerate(items, start=1):
        pixels, labels = read_pair(item)
        truth = resize_labels(labels, PAPER_SIZE)
        for quality, segmenter in segmenters.items():
            if cancelled():
                raise CancelledError("The benchmark was stopped.")
            begun = time.perf_counter()
            found = segmenter.labels(pixels)
            times[quality].append((time.perf_counter() - begun) * 1000)
            measured[quality].add(item, truth, resize_labels(found, PAPER_SIZE))
        report(Progress(done, len(items), "photos"))
    medians = {quality: statistics.median(each) for quality, each in times.items()}
    first = segmenters[_REFERENCE]
    return {
        "photos": len(items),
        "device": first.device.type,
        "precision": first.precision,
        "threads": torch.get_num_threads(),
        "edge_threads": cv2.getNumThreads(),
        "rows": [
            {
                "quality": quality,
                "model": segmenter.info.name,
                "ms": round(medians[quality], 1),
                "ms_mean": round(statistics.fmean(times[quality]), 1),
                "ratio": round(medians[quality] / medians[_REFERENCE], 3),
                **scores(measured[quality].matrix),
            }
            for quality, segmenter in segmenters.items()
        ],
    }
