"""Fill: the connected region of one class around a pixel."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from chromadesk.editing.patch import Box


def region(labels: npt.NDArray[np.uint8], row: int, column: int) -> tuple[Box, npt.NDArray[np.bool_]]:
    """The 4-connected region of the class at (``row``, ``column``): its box and a mask of the box's shape.

    Four neighbours, not eight: a fill must not slip diagonally through a one-pixel outline. IndexError outside.
    """
    height, width = labels.shape
    if not (0 <= row < height and 0 <= column < width):
        raise IndexError("the point lies outside the photo")
    import cv2  # kept out of the window's start

    reached = np.zeros((height + 2, width + 2), np.uint8)
    # FLOODFILL_MASK_ONLY: the labels are only read.
    flags = 4 | cv2.FLOODFILL_MASK_ONLY | cv2.FLOODFILL_FIXED_RANGE | (1 << 8)
    _, _, _, rectangle = cv2.floodFill(labels, reached, (column, row), 0, 0, 0, flags)
    left, top, box_width, box_height = (int(value) for value in rectangle)
    box = Box(top, left, top + box_height, left + box_width)
    return box, reached[box.top + 1 : box.bottom + 1, box.left + 1 : box.right + 1].astype(bool)
