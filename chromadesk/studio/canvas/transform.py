"""Where the photo lies on the canvas: a scale and an offset, and the ways to change them."""

from __future__ import annotations

import math
from dataclasses import dataclass

#: One step of the zoom keys and of a wheel notch.
STEP = 1.25
MAX_SCALE = 32.0


@dataclass
class Transform:
    """Photo pixel (x, y) lies at (x * scale + left, y * scale + top), in the canvas's device pixels."""

    scale: float = 1.0
    left: float = 0.0
    top: float = 0.0

    def to_photo(self, x: float, y: float) -> tuple[float, float]:
        """The place on the photo under a device pixel position."""
        return (x - self.left) / self.scale, (y - self.top) / self.scale

    def to_screen(self, x: float, y: float) -> tuple[float, float]:
        """The device pixel position of a place on the photo."""
        return x * self.scale + self.left, y * self.scale + self.top

    def fit(self, photo: tuple[int, int], view: tuple[int, int], margin: float = 0.0) -> None:
        """Show the whole photo (height, width), centred, as large as the view (height, width) lets it."""
        height, width = photo
        room = max(view[0] - 2 * margin, 1.0), max(view[1] - 2 * margin, 1.0)
        self.scale = min(room[0] / height, room[1] / width, MAX_SCALE)
        self.centre(photo, view)

    def centre(self, photo: tuple[int, int], view: tuple[int, int]) -> None:
        """Put the photo's middle in the view's middle."""
        self.left = round((view[1] - photo[1] * self.scale) / 2)
        self.top = round((view[0] - photo[0] * self.scale) / 2)

    def zoom(self, factor: float, x: float, y: float, smallest: float) -> None:
        """Scale by ``factor`` and keep the place under the device pixel (x, y) where it is."""
        photo_x, photo_y = self.to_photo(x, y)
        scale = min(max(self.scale * factor, smallest), MAX_SCALE)
        if abs(math.log(scale)) < 0.02:
            scale = 1.0  # 100 % is crisp; a wheel that comes this close means it
        self.scale = scale
        self.left = round(x - photo_x * scale)
        self.top = round(y - photo_y * scale)

    def pan(self, dx: float, dy: float, photo: tuple[int, int], view: tuple[int, int]) -> None:
        """Move the photo; some of it always stays in view."""
        self.left = round(self.left + dx)
        self.top = round(self.top + dy)
        keep = 48
        height, width = photo[0] * self.scale, photo[1] * self.scale
        self.left = min(max(self.left, keep - width), view[1] - keep)
        self.top = min(max(self.top, keep - height), view[0] - keep)
