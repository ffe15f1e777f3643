"""Swatches for tests."""

from __future__ import annotations

from typing import Any

import numpy as np

from chromadesk.colour import spaces
from chromadesk.colour.swatch import Swatch, triple


def of_rgb(rgb: tuple[int, int, int], **fields: Any) -> Swatch:
    """The swatch of an sRGB colour, 0-255; ``fields`` as Swatch has them."""
    return Swatch(triple(spaces.srgb_to_lab(np.array(rgb) / 255.0)), **fields)
