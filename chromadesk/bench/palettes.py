"""How fast a palette is, from nothing and after a stroke, in a large photo; and whether every run finds the same."""

from __future__ import annotations

import hashlib
import json
import time
from typing import Any

import cv2
import numpy as np

from chromadesk.bench.garments import garment
from chromadesk.bench.sheets import Sheet
from chromadesk.colour import source
from chromadesk.colour.histogram import Histogram
from chromadesk.colour.palette import of_class
from chromadesk.editing.patch import Box

#: (height, width) of the photo, radius of the stroke, the class whose colours are read.
SHAPE, RADIUS, CLASS = (6000, 4000), 300, 3
RUNS = 10


def measure() -> dict[str, Any]:
    """``scratch_ms`` and ``stroke_ms``, medians of RUNS; ``same``: all runs gave the same bytes; ``megapixels``.

    The photo is a garment of five colours, enlarged, with fresh noise. A stroke changes a box of 600 x 1200 pixels.
    """
    sample = garment(5, 0)
    pixels = cv2.resize(sample.pixels, SHAPE[::-1], interpolation=cv2.INTER_CUBIC)
    noise = np.random.default_rng(0).integers(-6, 7, SHAPE, np.int16)
    pixels = np.clip(pixels + noise[..., None], 0, 255).astype(np.uint8)
    labels = np.asarray(cv2.resize(sample.labels, SHAPE[::-1], interpolation=cv2.INTER_NEAREST), np.uint8)
    meaning = source.srgb()
    scratch, strokes, texts = [], [], set()
    for run in range(RUNS):
        begun = time.perf_counter()
        counted = Histogram(pixels, meaning, labels)
        found = of_class(counted, meaning, CLASS)
        scratch.append(time.perf_counter() - begun)
        texts.add(json.dumps([swatch.to_json() for swatch in found.swatches]))
        box = Box(2000, 400 + 150 * run, 2000 + 2 * RADIUS, 400 + 150 * run + 4 * RADIUS)
        reach = counted.reach(box)
        before, after = labels[reach.slices].copy(), labels[reach.slices].copy()
        cv2.circle(after, (2 * RADIUS, RADIUS), RADIUS, CLASS, -1)
        cv2.circle(after, (3 * RADIUS, RADIUS), RADIUS, 0, -1)
        begun = time.perf_counter()
        counted.update(box, before, after)
        of_class(counted, meaning, CLASS)
        strokes.append(time.perf_counter() - begun)
    return {
        "megapixels": SHAPE[0] * SHAPE[1] / 1e6,
        "scratch_ms": float(np.median(scratch)) * 1000,
        "stroke_ms": float(np.median(strokes)) * 1000,
        "runs": RUNS,
        "same": len(texts) == 1,
        "sha256": hashlib.sha256(min(texts).encode()).hexdigest(),
    }


def sheets(results: dict[str, Any]) -> list[Sheet]:
    """The results of ``measure`` (``speed``) and garments.measure (``garments``) as tables."""
    counts = sorted(next(iter(results["garments"]))["by_count"])
    lines = [
        (
            row["way"],
            f"{row['mean_error']:.2f}",
            f"{row['worst_error']:.2f}",
            *(f"{row['by_count'][count]:.2f}" for count in counts),
            f"{row['mean_surplus']:.2f}",
            f"{row['milliseconds']:.0f}",
        )
        for row in results["garments"]
    ]
    speed = results["speed"]
    return [
        Sheet(
            "From a true colour of a garment to the nearest found, CIEDE2000",
            ("way", "mean", "worst", *(f"{count} col." for count in counts), "found to true", "ms"),
            tuple(lines),
        ),
        Sheet(
            f"The colours of a class, {speed['megapixels']:g} megapixels",
            ("from nothing, ms", "after a stroke, ms", f"same bytes in {speed['runs']} runs"),
            ((f"{speed['scratch_ms']:.0f}", f"{speed['stroke_ms']:.0f}", "yes" if speed["same"] else "NO"),),
        ),
    ]
