"""Stretching photos and masks: averaged or linear for photos, nearest for masks, so that no class is invented."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]
Labels = npt.NDArray[np.uint8]


def resize_photo(pixels: Pixels, size: tuple[int, int]) -> Pixels:
    """Stretch an (H, W, 3) photo to (height, width): averaging where it shrinks, linear where it grows."""
    shrinks = pixels.shape[0] * pixels.shape[1] > size[0] * size[1]
    resized = cv2.resize(pixels, (size[1], size[0]), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR)
    return resized.astype(np.uint8, copy=False)


def resize_labels(labels: Labels, size: tuple[int, int]) -> Labels:
    """Stretch an (H, W) mask to (height, width) by nearest neighbour."""
    return cv2.resize(labels, (size[1], size[0]), interpolation=cv2.INTER_NEAREST_EXACT).astype(np.uint8, copy=False)
