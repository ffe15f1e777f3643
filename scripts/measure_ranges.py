"""Measure what 8-bit integers need to know of a network, and what they cost, and keep it beside the weights.

python scripts/measure_ranges.py WEIGHTS DATASET [--photos 24]

The ranges come from photos that the network has learned from, the cost (mIoU at the network's input size, one look at
the photo stretched) from those that it has not.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt

from chromadesk.dataset.pairs import Dataset, Item
from chromadesk.dataset.splits import photo_hash
from chromadesk.images import read_photo
from chromadesk.inference import ranges
from chromadesk.inference.quantised import measure
from chromadesk.inference.ranges import Ranges
from chromadesk.inference.resize import resize_labels, resize_photo
from chromadesk.inference.with_openvino import WithOpenVINO, convert
from chromadesk.learning.metrics import confusion, scores
from chromadesk.masks import read_mask
from chromadesk.models import library
from chromadesk.models.weights import load

Answer = Callable[[npt.NDArray[np.uint8]], npt.NDArray[np.float32]]


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights")
    parser.add_argument("dataset", type=Path)
    parser.add_argument("--photos", type=int, default=24)
    asked = parser.parse_args()
    weights = library.find(asked.weights)
    network, info = load(weights)
    items = [item for item in Dataset.open(asked.dataset).items if item.has_mask]
    known = set(info.trained_on)
    learned = [item for item in items if photo_hash(item.photo) in known]
    judged = [item for item in items if item not in learned]
    if not learned or not judged:
        sys.exit(f"{weights.name} has learned from {len(learned)} of {len(items)} photos; some and not all are needed.")
    chosen = learned[:: max(1, len(learned) // asked.photos)]
    found = measure(convert(network), (_seen(item, info.input_size)[None] for item in chosen))
    candidate = Ranges(found, 0, 0.0, 0.0)
    exact, quick = WithOpenVINO(network, "fp32"), WithOpenVINO(network, "int8", candidate)
    result = Ranges(found, len(judged), *(_miou(answer, judged, info.input_size) for answer in (exact, quick)))
    print(f"{weights.stem}: mIoU {result.miou_fp32:.4f} -> {result.miou_int8:.4f} on {len(judged)} photos")
    print(ranges.write(weights, result), "is used" if result.good else "is not used: it costs too much")


def _seen(item: Item, size: tuple[int, int]) -> npt.NDArray[np.uint8]:
    return resize_photo(read_photo(item.photo).pixels, size)


def _miou(answer: Answer, items: list[Item], size: tuple[int, int]) -> float:
    matrix = np.zeros((5, 5), np.int64)
    for item in items:
        labels = answer(_seen(item, size)[None])[0].argmax(axis=0).astype(np.uint8)
        matrix += confusion(resize_labels(read_mask(item.mask).labels, size), labels)
    return float(scores(matrix)["miou"])


if __name__ == "__main__":
    main()
