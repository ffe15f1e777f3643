"""How colours are compared by the tools that look at the photo: in Lab, fine texture smoothed away."""

from __future__ import annotations

from typing import cast

import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]
Plane = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]


def lab(pixels: Pixels, smooth: int = 5) -> Plane:
    """uint8 (H, W, 3) sRGB -> float32 (H, W, 3), L 0-100, a and b about 0, after a median over ``smooth`` pixels."""
    import cv2  # kept out of the window's start

    calm = cv2.medianBlur(np.ascontiguousarray(pixels), smooth)
    colours = cv2.cvtColor(calm, cv2.COLOR_RGB2LAB).astype(np.float32)
    colours[..., 0] *= np.float32(100 / 255)
    colours[..., 1:] -= np.float32(128)
    return cast(Plane, colours)


def sample(colours: Plane, most: int) -> Plane:
    """(N, 3) colours, or fewer: at most ``most`` of them, evenly spread over the list."""
    count = colours.shape[0]
    if count <= most:
        return colours
    return cast(Plane, colours[(np.arange(most) * count) // most])


def unlikeness(colours: Plane, examples: Plane, nearest: int = 1) -> Plane:
    """(H, W, 3) colours and (N, 3) examples -> (H, W) distance to the ``nearest``-th nearest example."""
    flat = colours.reshape(-1, 3)
    squares = flat @ (examples.T * np.float32(-2))
    squares += np.einsum("ij,ij->i", examples, examples)
    nearest = min(nearest, examples.shape[0])
    if nearest == 1:
        chosen = squares.min(axis=1)
    else:
        squares.partition(nearest - 1, axis=1)
        chosen = squares[:, nearest - 1]
    chosen += np.einsum("ij,ij->i", flat, flat)
    distances = np.sqrt(np.maximum(chosen, 0))
    return cast(Plane, distances.reshape(colours.shape[:2]))
