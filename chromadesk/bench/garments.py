"""Garments of known colours, to see which palette finds them: ours beside other ways of reading colours off a photo.

A garment has 1-8 colours in bands, checks or blotches, a weave's noise, light and shade that leave its mean colours as
they are, and stands before a background; its mask errs on 3 % of its pixels along the border. All ways get the same
pixels and the true number of colours.
"""

from __future__ import annotations

import importlib.util
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from chromadesk.colour import source, spaces
from chromadesk.colour.difference import delta_e00
from chromadesk.colour.histogram import Histogram
from chromadesk.colour.palette import Settings, of_class
from chromadesk.colour.spaces import Floats

Pixels = npt.NDArray[np.uint8]
Labels = npt.NDArray[np.uint8]
#: A way of reading ``k`` colours: (H, W, 3) sRGB pixels, (H, W) labels (3: the garment), k -> (n, 3) sRGB, 0-255.
Way = Callable[[Pixels, Labels, int], Floats]

HEIGHT, WIDTH = 480, 320
#: Part of the garment's pixels that the mask gets wrong.
MASK_ERROR = 0.03


@dataclass(frozen=True, eq=False)
class Garment:
    """A photo of it, its mask as a network or a hand would leave it, and its true colours: (n, 3) sRGB, 0-255."""

    pixels: Pixels
    labels: Labels
    colours: Pixels


def garment(count: int, seed: int) -> Garment:
    """A garment of ``count`` colours, no two nearer than 8 (CIEDE2000), the smallest with a 20th of it or more."""
    random = np.random.default_rng([count, seed])
    colours = _colours(count, random)
    shape, field = _shape(random), _pattern(count, random)
    ground = random.integers(0, 256, 3)
    flat = np.where(shape[..., None], colours[field], ground).astype(np.float64) / 255
    linear = spaces.srgb_to_linear(flat)
    shade = 1 + 0.3 * _waves(40, random) + 0.2 * _waves(8, random)  # light from the side, and folds
    for colour in range(count):  # light and shade leave each colour's mean as it is
        part = shape & (field == colour)
        shade[part] /= shade[part].mean()
    seen = spaces.linear_to_srgb(linear * shade[..., None]) + random.normal(scale=4 / 255, size=flat.shape)
    return Garment(spaces.to_bytes(seen), _mask(shape, random), colours)


def _colours(count: int, random: np.random.Generator) -> Pixels:
    chosen: list[npt.NDArray[np.int64]] = []
    while len(chosen) < count:
        new = random.integers(10, 246, 3)
        labs = [spaces.srgb_to_lab(colour / 255.0) for colour in (*chosen, new)]
        if all(delta_e00(lab, labs[-1]) > 8 for lab in labs[:-1]):
            chosen.append(new)
    return np.array(chosen, np.uint8)


def _shape(random: np.random.Generator) -> npt.NDArray[np.bool_]:
    rows, columns = np.mgrid[:HEIGHT, :WIDTH]
    waist: Floats = WIDTH * (0.28 + 0.08 * np.sin(rows / HEIGHT * np.pi * random.uniform(1, 3)))
    return np.asarray((np.abs(columns - WIDTH / 2) < waist) & (rows > 40) & (rows < HEIGHT - 40))


def _waves(width: float, random: np.random.Generator) -> Floats:
    """(H, W) smooth noise from -1 to 1."""
    noise = cv2.GaussianBlur(random.normal(size=(HEIGHT, WIDTH)), (0, 0), width)
    return np.asarray(noise / np.abs(noise).max())


def _pattern(count: int, random: np.random.Generator) -> npt.NDArray[np.intp]:
    """(H, W) which colour: bands, checks or blotches, of uneven widths."""
    parts = 0.05 + (1 - 0.05 * count) * random.dirichlet(np.ones(count))
    edges = np.cumsum(parts)[:-1]
    rows, columns = np.mgrid[:HEIGHT, :WIDTH]
    kind = random.integers(3)
    if kind == 0:
        phase = (rows / random.integers(40, 161)) % 1
    elif kind == 1:
        phase = (rows / 80 + np.floor(columns / 40) * 0.381966) % 1
    else:
        noise = _waves(12, random)
        phase = noise.ravel().argsort().argsort().reshape(noise.shape) / noise.size
    return np.asarray(np.searchsorted(edges, phase))


def _mask(shape: npt.NDArray[np.bool_], random: np.random.Generator) -> Labels:
    """The garment as 3 among 0, its border moved to and fro until MASK_ERROR of its pixels are wrong."""
    inside, outside = (cv2.distanceTransform(part.astype(np.uint8), cv2.DIST_L2, 3) for part in (shape, ~shape))
    near = np.asarray(inside - outside, np.float64)
    waves = _waves(6, random)
    wrong = np.sort(np.abs(near[waves * near < 0]) / np.abs(waves[waves * near < 0]))
    reach = wrong[min(len(wrong) - 1, round(MASK_ERROR * shape.sum()))]
    return np.where(near + reach * waves > 0, 3, 0).astype(np.uint8)


def ours(pixels: Pixels, labels: Labels, k: int) -> Floats:
    """ChromaDesk's palette."""
    meaning = source.srgb()
    found = of_class(Histogram(pixels, meaning, labels), meaning, 3, Settings(k=k))
    return np.array([swatch.rgb for swatch in found.swatches], np.float64)


def ours_unasked(pixels: Pixels, labels: Labels, k: int) -> Floats:
    """ChromaDesk's palette where it is not told how many colours there are."""
    meaning = source.srgb()
    found = of_class(Histogram(pixels, meaning, labels), meaning, 3, Settings(k=None))
    return np.array([swatch.rgb for swatch in found.swatches], np.float64)


def median_cut(pixels: Pixels, labels: Labels, k: int) -> Floats:
    """Pillow's median cut."""
    reduced = Image.fromarray(pixels[labels == 3][None]).quantize(k, Image.Quantize.MEDIANCUT)
    used = np.unique(np.asarray(reduced))
    return np.asarray(np.array(reduced.getpalette(), np.float64).reshape(-1, 3)[used])


def kmeans_rgb(pixels: Pixels, labels: Labels, k: int) -> Floats:
    """OpenCV's k-means in RGB, the best of ten starts."""
    cv2.setRNGSeed(0)
    points = pixels[labels == 3].astype(np.float32)
    rule = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 100, 0.1)
    _, _, centres = cv2.kmeans(points, k, np.empty(0), rule, 10, cv2.KMEANS_PP_CENTERS)
    return np.asarray(centres, np.float64)


def pylette(pixels: Pixels, labels: Labels, k: int) -> Floats:
    """Pylette's k-means, which takes a picture file; the background is transparent to it."""
    from pylette import extract_colors

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "garment.png"
        alpha = np.where(labels == 3, 255, 0).astype(np.uint8)
        Image.fromarray(np.dstack([pixels, alpha])).save(path)
        found = extract_colors(image=str(path), palette_size=k, resize=False, mode="KM", alpha_mask_threshold=128)
    return np.array([colour.rgb for colour in found], np.float64)


def ways() -> dict[str, Way]:
    """All that are installed, ours first."""
    found: dict[str, Way] = {
        "ChromaDesk": ours,
        "ChromaDesk, number not told": ours_unasked,
        "Pillow, median cut": median_cut,
        "OpenCV, k-means in RGB": kmeans_rgb,
    }
    if importlib.util.find_spec("pylette") is not None:
        found["Pylette, k-means"] = pylette
    return found


def measure(seeds: int = 5, report: Callable[[int, int], None] = lambda done, total: None) -> list[dict[str, Any]]:
    """A row for each way: over 1-8 colours and ``seeds`` garments of each, how far (CIEDE2000) a true colour is from
    the nearest found (``mean_error``, by number of colours in ``by_count``, ``worst_error``), a found one from the
    nearest true (``mean_surplus``), and milliseconds.
    """
    rows = []
    counts, chosen = range(1, 9), ways()
    done, total = 0, len(chosen) * len(counts) * seeds
    for title, way in chosen.items():
        errors: dict[int, list[float]] = {}
        surplus, times = [], []
        for count in counts:
            for seed in range(seeds):
                sample = garment(count, seed)
                begun = time.perf_counter()
                found = way(sample.pixels, sample.labels, count)
                times.append(time.perf_counter() - begun)
                apart = delta_e00(
                    spaces.srgb_to_lab(sample.colours / 255.0)[:, None], spaces.srgb_to_lab(found / 255.0)[None]
                )
                errors.setdefault(count, []).append(float(apart.min(axis=1).mean()))
                surplus.append(float(apart.min(axis=0).mean()))
                done += 1
                report(done, total)
        every = [error for each in errors.values() for error in each]
        rows.append(
            {
                "way": title,
                "mean_error": float(np.mean(every)),
                "worst_error": float(np.max(every)),
                "by_count": {count: float(np.mean(each)) for count, each in errors.items()},
                "mean_surplus": float(np.mean(surplus)),
                "milliseconds": float(np.median(times)) * 1000,
            }
        )
    return rows
