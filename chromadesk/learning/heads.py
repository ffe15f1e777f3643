"""Heads as street-style photos seldom show them: hair that is grey or white, and under a cap. NumPy and OpenCV; every
draw comes from the generator given. What else than a class id stands in the labels' high bits stays.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from chromadesk.classes import by_name

Pixels = npt.NDArray[np.uint8]
Labels = npt.NDArray[np.uint8]

_CLASS = np.uint8(0x07)  # the bits of a label that are its class id
#: A head of less hair than this many pixels is too small to be given a cap.
_LEAST_HAIR = 80


def greyed(pixels: Pixels, labels: Labels, rng: np.random.Generator) -> Pixels:
    """The photo with its hair grey to white, the strands kept."""
    hair = (labels & _CLASS) == by_name("hair").id
    if not hair.any():
        return pixels
    light = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY).astype(np.float32)
    shown = rng.uniform(120, 225) + (light - light[hair].mean()) * rng.uniform(0.6, 1.3)
    return _blended(pixels, shown[..., None] * rng.uniform(0.95, 1.05, 3), hair, 1.5)


def capped(pixels: Pixels, labels: Labels, rng: np.random.Generator) -> tuple[Pixels, Labels]:
    """The photo with a cap, an accessory, over the upper part of its largest head of hair: plain, or of the cloth
    that somebody wears, often with a band. What hair shows below it stays hair.
    """
    classes = labels & _CLASS
    count, parts, figures, _ = cv2.connectedComponentsWithStats((classes == by_name("hair").id).astype(np.uint8))
    largest = 1 + int(np.argmax(figures[1:, cv2.CC_STAT_AREA])) if count > 1 else 0
    if not largest or figures[largest, cv2.CC_STAT_AREA] < _LEAST_HAIR:
        return pixels, labels
    top, tall = (int(figures[largest, name]) for name in (cv2.CC_STAT_TOP, cv2.CC_STAT_HEIGHT))
    columns = np.flatnonzero((parts[top : top + max(1, tall // 2)] == largest).any(axis=0))
    middle, half = (columns[0] + columns[-1]) / 2, (columns[-1] - columns[0] + 1) / 2 * rng.uniform(0.95, 1.2)
    crown, brow = top - half * rng.uniform(0.0, 0.35), top + min(half, tall) * rng.uniform(0.5, 1.2)
    turn = rng.uniform(-10, 10)
    cap = np.zeros(labels.shape, np.uint8)
    cv2.ellipse(cap, _point(middle, brow), _point(half, brow - crown), turn, 180, 360, 1, -1)
    band = np.zeros_like(cap)
    if rng.random() < 0.6:
        deep = (brow - crown) * rng.uniform(0.08, 0.3)
        cv2.ellipse(band, _point(middle, brow - deep / 2), _point(half * rng.uniform(1, 1.15), deep), turn, 0, 360, 1, -1)
    pixels = _blended(pixels, _cloth(pixels, classes, cap > 0, rng), cap > 0, 0.7)
    pixels = _blended(pixels, _cloth(pixels, classes, band > 0, rng), band > 0, 0.7)
    accessory = np.uint8(by_name("accessories").id)
    return pixels, np.where((cap | band) > 0, (labels & ~_CLASS) | accessory, labels)


def _point(across: float, down: float) -> tuple[int, int]:
    return round(across), max(1, round(down))


def _cloth(
    pixels: Pixels, classes: Labels, shape: npt.NDArray[np.bool_], rng: np.random.Generator
) -> npt.NDArray[np.float32]:
    """What a cap of ``shape`` is made of, (height, width, 3), darker to its sides: one colour, or the clothes'."""
    cloth = np.full(pixels.shape, rng.uniform(0.05, 1.0) * rng.integers(0, 256, 3), np.float32)
    rows, columns = np.nonzero(shape)
    worn = np.argwhere(classes == by_name("clothes").id)
    if not len(rows):
        return cloth
    box = slice(rows.min(), rows.max() + 1), slice(columns.min(), columns.max() + 1)
    tall, wide = rows.max() + 1 - rows.min(), columns.max() + 1 - columns.min()
    if len(worn) and rng.random() < 0.5:
        row, column = worn[rng.integers(len(worn))]
        piece = pixels[max(0, row - tall // 2) : row + tall // 2 + 1, max(0, column - wide // 2) : column + wide // 2 + 1]
        cloth[box] = cv2.resize(piece, (int(wide), int(tall)), interpolation=cv2.INTER_LINEAR)
    side = np.linspace(-1, 1, wide) + rng.uniform(-0.4, 0.4)
    cloth[box] *= (1 - rng.uniform(0, 0.4) * side**2)[None, :, None]
    cloth[box] += rng.normal(0, rng.uniform(1, 7), (tall, wide, 1))
    return cloth


def _blended(pixels: Pixels, over: npt.NDArray[np.floating], where: npt.NDArray[np.bool_], soft: float) -> Pixels:
    """``over`` upon ``pixels`` ``where``, with an edge of ``soft`` pixels (a Gaussian's sigma)."""
    share = cv2.GaussianBlur(where.astype(np.float32), (0, 0), soft)[..., None]
    return np.asarray(np.clip(pixels * (1 - share) + over * share, 0, 255), dtype=np.uint8)
