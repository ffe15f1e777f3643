"""The studio's benchmark without its window: what is asked, the photos, and what is promised. No torch, no Qt.

``chromadesk.studio.benchmark`` drives the window and fills the results; this module knows how to read them.
"""

from __future__ import annotations

import importlib.metadata
import math
import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import psutil
from PIL import Image

import chromadesk
from chromadesk.bench.sheets import Sheet
from chromadesk.errors import InputError
from chromadesk.images import MAX_PIXELS
from chromadesk.masks import write_mask

#: Megapixels of the photos in a folder of many, and of the one that is shown next.
TINY, NEXT = 0.1, 0.5


@dataclass(frozen=True)
class Settings:
    """What is measured: ``radii`` in pixels of the photo and of the screen, ``events`` of each kind; so many ``photos``
    opened in turn, and a ``folder`` of so many.
    """

    megapixels: tuple[float, ...] = (1, 24, 96)
    radii: tuple[int, ...] = (10, 100, 300)
    events: int = 300
    photos: int = 1000
    folder: int = 100_000

    def __post_init__(self) -> None:
        for value in self.megapixels:
            if not 0.05 <= value * 1e6 <= MAX_PIXELS or value < 0.05:
                raise InputError(f"Photos of {value:g} MP cannot be opened; choose 0.05 to {MAX_PIXELS / 1e6:g}.")

    @property
    def strokes(self) -> int:
        """How many the memory of a large photo is measured with."""
        return min(200, self.events)

    @property
    def openings(self) -> int:
        """How often a small photo is opened; a large one a quarter as often."""
        return min(20, math.ceil(self.events / 10))

    @property
    def training(self) -> dict[str, Any]:
        """What the training beside it is asked for: a fine-tune as it comes, less where few events are wanted."""
        return {} if self.events >= 40 else {"size": (64, 32), "batch": 1}

    @property
    def memory_at(self) -> float:
        """The size at which memory is measured: the one nearest to 24 MP."""
        return min(self.megapixels, key=lambda value: abs(value - 24))


@dataclass(frozen=True)
class Target:
    """A promise: ``value`` is at most ``limit``, in ``unit``."""

    name: str
    value: float
    limit: float
    unit: str

    @property
    def met(self) -> bool:
        """Whether it is kept."""
        return self.value <= self.limit

    def to_json(self) -> dict[str, Any]:
        """For the file."""
        return {"name": self.name, "value": self.value, "limit": self.limit, "unit": self.unit, "met": self.met}


def parse_numbers(text: str, what: str) -> tuple[float, ...]:
    """Positive numbers with commas between, such as ``1,24,96``. Raises InputError."""
    try:
        found = tuple(float(part) for part in text.split(","))
    except ValueError:
        found = ()
    if not found or not all(0 < value < math.inf for value in found):
        raise InputError(f"{text!r} names no {what}; write numbers with commas between, such as 1,24,96.")
    return found


def photo_shape(megapixels: float) -> tuple[int, int]:
    """Height and width of a portrait of 3:2."""
    height = round(math.sqrt(megapixels * 1.5e6))
    return height, round(megapixels * 1e6 / height)


def write_pair(root: Path, stem: str, megapixels: float, seed: int = 0) -> None:
    """A photo of soft light with grain in ``root``/A, and a figure's mask in ``root``/B; the same for the same seed."""
    import cv2

    for folder in ("A", "B"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    height, width = photo_shape(megapixels)
    generator = np.random.default_rng(seed)
    coarse = generator.integers(0, 240, (12, 8, 3), np.uint8)
    pixels = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    grain = generator.integers(0, 12, (min(512, height), width, 3), np.uint8)
    for top in range(0, height, len(grain)):
        band = pixels[top : top + len(grain)]
        cv2.add(band, grain[: len(band)], dst=band)
    Image.fromarray(pixels).save(root / "A" / f"{stem}.jpg", quality=90)
    labels = np.zeros((height, width), np.uint8)
    # (class, centre, half axes) as shares of height and width: hair, skin, clothes, a bag.
    for class_id, y, x, tall, wide in ((4, 0.2, 0.5, 0.09, 0.14), (2, 0.23, 0.5, 0.07, 0.09), (3, 0.62, 0.5, 0.32, 0.2),
                                       (1, 0.55, 0.75, 0.08, 0.08)):  # fmt: skip
        centre, axes = (round(x * width), round(y * height)), (round(wide * width), round(tall * height))
        cv2.ellipse(labels, centre, axes, 0, 0, 360, class_id, cv2.FILLED)
    write_mask(root / "B" / f"{stem}.png", labels)


def write_many(root: Path, count: int) -> list[str]:
    """A folder of ``count`` small photos with masks, twenty of them different, the rest hard links; their stems."""
    stems = [f"{number:05}" for number in range(count)]
    for number, stem in enumerate(stems):
        if number < 20:
            write_pair(root, stem, TINY, number)
            continue
        for folder, suffix in (("A", ".jpg"), ("B", ".png")):
            os.link(root / folder / (stems[number % 20] + suffix), root / folder / (stem + suffix))
    return stems


def summary(samples: Sequence[tuple[float, float]]) -> dict[str, float]:
    """Of (wall clock, the process's processor time) in ms: how many, median, 99th percentile and worst, to 0.01 ms."""
    wall, busy = np.array(samples, float).reshape(-1, 2).T
    figures = {
        "p50_ms": np.percentile(wall, 50),
        "p99_ms": np.percentile(wall, 99),
        "worst_ms": wall.max(),
        "cpu_p50_ms": np.percentile(busy, 50),
        "cpu_p99_ms": np.percentile(busy, 99),
    }
    return {"events": len(samples)} | {name: round(float(value), 2) for name, value in figures.items()}


def rss() -> int:
    """Bytes of this process in memory."""
    return int(psutil.Process().memory_info().rss)


def versions() -> dict[str, str]:
    """Of everything that takes part."""
    packages = ("PySide6-Essentials", "numpy", "opencv-python-headless", "pillow")
    found = {"chromadesk": chromadesk.__version__, "python": platform.python_version()}
    return found | {name: importlib.metadata.version(name) for name in packages}


def targets(results: dict[str, Any]) -> list[Target]:
    """What is promised of the sizes that were measured."""
    found = []
    for megapixels, limit in ((24, 6.0), (96, 8.0)):
        rows = [row["dab"]["p99_ms"] for row in results["strokes"] if row["megapixels"] == megapixels]
        if rows:
            found.append(Target(f"dab at {megapixels} MP, p99 of the slowest brush", max(rows), limit, "ms"))
    ratios = _ratios(results["strokes"])
    if ratios:
        found.append(Target("dab at 96 MP to 1 MP, same brush on screen, medians", max(ratios), 1.5, "x"))
    for row in results["views"]:
        if row["megapixels"] == 24:
            limit = 16.0 if row["what"] in ("pan", "zoom") else 8.0
            found.append(Target(f"{row['what']} at 24 MP, {row['zoom']}, p99", row["time"]["p99_ms"], limit, "ms"))
    for row in results["opening"]:
        if row["megapixels"] in (NEXT, 24):
            limit = 60.0 if row["megapixels"] == NEXT else 500.0
            found.append(Target(f"{row['megapixels']:g} MP photo shown, median", row["p50_ms"], limit, "ms"))
            found.append(
                Target(f"longest silence while it opens ({row['megapixels']:g} MP)", row["gap_ms"], 50.0, "ms")
            )
    beside = results.get("beside")
    if beside is not None:
        silence, dab = (beside[name]["p99_ms"] for name in ("silence", "dab"))
        found.append(Target("silence of the event loop beside a training, p99", silence, 50.0, "ms"))
        found.append(Target("dab beside a training, p99", dab, 50.0, "ms"))
    folder = results["folder"]
    if folder["photos"] >= 100_000:
        for what, name, limit in (
            ("first photo of 100,000 shown", "first_photo_ms", 1500.0),
            ("thumbnails in sight there, too", "ready_ms", 1500.0),
            ("longest silence while they are opened", "opening_gap_ms", 50.0),
            ("longest silence while they are scrolled", "scrolling_gap_ms", 50.0),
        ):
            found.append(Target(what, folder[name], limit, "ms"))
        found.append(Target("memory they take", folder["growth_mb"], 250.0, "MB"))
    memory = results["memory"]
    if memory["megapixels"] == 24:
        found.append(Target("memory of a 24 MP photo, history apart", memory["bytes_a_pixel"], 8.0, "B/pixel"))
    if results["many"]["photos"] >= 1000:
        found.append(Target("growth over 1,000 photos opened in turn", results["many"]["growth_mb"], 50.0, "MB"))
    return found


def sheets(results: dict[str, Any]) -> list[Sheet]:
    """The results as tables to print."""
    times = ("p50 ms", "p99 ms", "worst", "CPU p50", "CPU p99")
    strokes = [
        (_mp(row), row["zoom"], f"{row['radius']} {row['unit']} px", str(row["dab"]["events"]), *_times(row["dab"]),
         f"{row['release']['p99_ms']:.1f}") for row in results["strokes"]
    ]  # fmt: skip
    views = [
        (_mp(row), row["what"], row["zoom"], str(row["time"]["events"]), *_times(row["time"]))
        for row in results["views"]
    ]
    opening = [
        (
            _mp(row),
            str(row["events"]),
            f"{row['p50_ms']:.0f}",
            f"{row['worst_ms']:.0f}",
            f"{row['cpu_p50_ms']:.0f}",
            f"{row['gap_ms']:.0f}",
        )
        for row in results["opening"]
    ]
    verdicts = [
        (target["name"], f"{target['value']:.4g} {target['unit']}", f"<= {target['limit']:g}",
         "met" if target["met"] else "NOT MET") for target in results["targets"]
    ]  # fmt: skip
    return [
        Sheet(
            "From the event to painted pixels", ("photo", "zoom", "radius", "events", *times, "release"), tuple(strokes)
        ),
        Sheet("Moving about, and back", ("photo", "what", "zoom", "events", *times), tuple(views)),
        Sheet("Opening", ("photo", "times", "p50 ms", "worst", "CPU p50", "longest silence"), tuple(opening)),
        Sheet("Targets", ("what", "measured", "target", ""), tuple(verdicts)),
    ]


def _ratios(strokes: list[dict[str, Any]]) -> list[float]:
    def medians(megapixels: float) -> dict[tuple[str, int], float]:
        return {
            (row["zoom"], row["radius"]): row["dab"]["p50_ms"]
            for row in strokes
            if row["megapixels"] == megapixels and row["on_screen"]
        }

    small, large = medians(1), medians(96)
    return [round(large[case] / small[case], 2) for case in large if case in small]


def _mp(row: dict[str, Any]) -> str:
    return f"{row['megapixels']:g} MP"


def _times(figures: dict[str, float]) -> tuple[str, ...]:
    return tuple(f"{figures[name]:.1f}" for name in ("p50_ms", "p99_ms", "worst_ms", "cpu_p50_ms", "cpu_p99_ms"))
