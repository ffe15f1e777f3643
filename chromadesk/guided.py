"""Guided filter: what is known coarsely changes where the photo's lightness does (He, Sun and Tang 2010; in its fast
form, He and Sun 2015, the coefficients are found on a small photo and applied to the full one).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Plane = npt.NDArray[np.float32]


class Guide:
    """A photo's lightness, float32 (H, W), 0-1; windows of 2 ``radius`` + 1, and ``texture``: the variance in one that
    counts as texture rather than as an edge.
    """

    def __init__(self, light: Plane, radius: int, texture: float) -> None:
        self._light = light
        self._radius = radius
        self._texture = texture
        self._mean = self._box(light)
        self._variance: Plane = self._box(light * light) - self._mean * self._mean

    def coefficients(self, plane: Plane) -> tuple[Plane, Plane]:
        """Slope and offset, (H, W) each: what ``plane`` should be is slope * lightness + offset."""
        average = self._box(plane)
        slope: Plane = (self._box(self._light * plane) - self._mean * average) / (self._variance + self._texture)
        offset: Plane = average - slope * self._mean
        return self._box(slope), self._box(offset)

    def _box(self, plane: Plane) -> Plane:
        """The mean over a window, mirrored at the borders."""
        import cv2  # kept out of the window's start

        side = 2 * self._radius + 1
        return np.asarray(cv2.blur(plane, (side, side), borderType=cv2.BORDER_REFLECT), dtype=np.float32)
