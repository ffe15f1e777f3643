"""How large the numbers before each convolution of a network become: what 8-bit integers need to know. No torch.

They are measured once, on photos, by ``scripts/measure_ranges.py``, and lie beside the weights, as ``NAME.int8.json``
beside ``NAME.safetensors``, with what the integers cost on photos that the network has not learned from.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from chromadesk import files, reading
from chromadesk.models.library import SUFFIX

#: The most that integers may cost, mIoU over five classes.
MOST_LOST = 0.005


@dataclass(frozen=True)
class Ranges:
    """By a convolution's place and shape, the least and the most of its input; the mIoU of fp32 and of integers on
    ``judged_on`` photos.
    """

    of: Mapping[str, tuple[float, float]]
    judged_on: int
    miou_fp32: float
    miou_int8: float

    @property
    def good(self) -> bool:
        """The integers do not cost too much."""
        return self.judged_on > 0 and self.miou_fp32 - self.miou_int8 <= MOST_LOST


def place(weights: Path) -> Path:
    """Where the ranges of a weights file lie."""
    return weights.with_name(f"{weights.name.removesuffix(SUFFIX)}.int8.json")


def read(weights: Path) -> Ranges | None:
    """Those of ``weights``; None where there are none, none of just these weights, or none that are good."""
    try:
        said = reading.read_json(place(weights))
        if said["weights"] != _digest(weights):
            return None
        found = Ranges(
            {str(name): (float(low), float(high)) for name, (low, high) in said["ranges"].items()},
            int(said["judged_on"]),
            float(said["miou"]["fp32"]),
            float(said["miou"]["int8"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError):
        return None
    return found if found.good else None


def write(weights: Path, ranges: Ranges) -> Path:
    """Keep ``ranges`` beside ``weights``; where. Raises StorageError."""
    path = place(weights)
    said = {
        "weights": _digest(weights),
        "judged_on": ranges.judged_on,
        "miou": {"fp32": round(ranges.miou_fp32, 5), "int8": round(ranges.miou_int8, 5)},
        "ranges": {name: [round(low, 6), round(high, 6)] for name, (low, high) in ranges.of.items()},
    }
    files.write_text(path, json.dumps(said, indent=1) + "\n")
    return path


def _digest(weights: Path) -> str:
    with open(weights, "rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
