"""Edges that follow the photo: a network's probabilities, coarser than the photo, become a mask of the photo's size.

Guided filter in its fast form (chromadesk.guided): where probabilities change, they change where the photo's
lightness does. The linear coefficients are found at a moderate size and applied to the full photo.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from chromadesk.classes import COUNT
from chromadesk.guided import Guide

Pixels = npt.NDArray[np.uint8]
Labels = npt.NDArray[np.uint8]
Chances = npt.NDArray[np.float32]
Plane = npt.NDArray[np.float32]

#: Half the window's side over the distance between two of the network's pixels.
_REACH = 5.0
#: How much of the lightness' variance (0-1) counts as texture rather than as an edge.
_TEXTURE = 1e-3
#: Coefficients are found on a photo of at most so many pixels; where time counts, of so many.
_MODERATE, _FEW = 1_000_000, 120_000


def refine(chances: Chances, pixels: Pixels, *, fast: bool = False) -> Labels:
    """(5, h, w) probabilities and the (H, W, 3) photo -> (H, W) class ids whose borders keep to the photo's edges, to
    its larger ones when ``fast``.
    """
    height, width = pixels.shape[:2]
    scale = min(1.0, ((_FEW if fast else _MODERATE) / (height * width)) ** 0.5)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    light = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    guide = np.asarray(cv2.resize(light, size, interpolation=cv2.INTER_AREA), dtype=np.float32)
    guide /= 255
    full = light.astype(np.float32) / 255
    radius = max(1, round(_REACH * size[1] / chances.shape[1]))
    guided = Guide(guide, radius, _TEXTURE)
    labels = np.zeros((height, width), dtype=np.uint8)
    best = np.full((height, width), -np.inf, dtype=np.float32)
    for index in range(COUNT):
        slope, offset = guided.coefficients(_grow(chances[index], size))
        value = _grow(slope, (width, height)) * full
        value += _grow(offset, (width, height))
        labels[value > best] = index
        np.maximum(best, value, out=best)
    return labels


def upsample(chances: Chances, size: tuple[int, ...]) -> Labels:
    """(5, h, w) probabilities -> (H, W) class ids at ``size``, without a photo to go by."""
    grown = np.stack([_grow(plane, (size[1], size[0])) for plane in chances])
    return np.asarray(grown.argmax(axis=0), dtype=np.uint8)


def _grow(plane: Plane, size: tuple[int, int]) -> Plane:
    return np.asarray(cv2.resize(plane, size, interpolation=cv2.INTER_LINEAR), dtype=np.float32)
