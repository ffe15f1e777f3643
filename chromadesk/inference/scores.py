"""A network's class scores, small enough to be kept with a proposal: for tools that ask what else a pixel might be."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

#: Kept at so many pixels at most.
_LARGEST = 200_000


def quantise(chances: npt.NDArray[np.float32]) -> npt.NDArray[np.uint8]:
    """(5, h, w) probabilities, 0-1 -> uint8 (5, h', w'), 0-255, of the same proportions and at most 200,000 pixels."""
    height, width = chances.shape[1:]
    scale = min(1.0, (_LARGEST / (height * width)) ** 0.5)
    size = max(1, int(width * scale)), max(1, int(height * scale))
    kept = np.empty((chances.shape[0], size[1], size[0]), np.uint8)
    for plane, source in zip(kept, chances, strict=True):
        small = cv2.resize(source, size, interpolation=cv2.INTER_AREA) if scale < 1 else source
        plane[:] = np.rint(np.clip(small, 0, 1) * 255)
    return kept
