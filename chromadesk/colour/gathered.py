"""The colours of one photo's region as a collection counts them, and their form in a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from chromadesk import classes
from chromadesk.colour.swatch import Swatch

#: Where the mask came from: ground truth or a person's approval; a file nobody approved; a model, for this alone.
MaskOrigin = Literal["approved", "unapproved", "predicted"]

# A row per swatch: class id, share of the class, pixels, Lab, Lab of the medoid.
_COLUMNS = 9


@dataclass(frozen=True)
class PhotoColours:
    """``swatches``: of one class of the photo ``key``, their shares sum to 1 (none where the class does not occur).

    ``pixels``: how many the class has; ``profile``: the colour space the file says it is in; ``assumed``: it says none,
    and sRGB was taken; ``grey_point``: a person set one.
    """

    key: str
    swatches: tuple[Swatch, ...]
    pixels: int
    mask: MaskOrigin = "approved"
    profile: str = "sRGB"
    assumed: bool = False
    grey_point: bool = False


def encode(palettes: Mapping[str, Sequence[Swatch]]) -> bytes:
    """The palettes of a photo's classes, by class name, as bytes."""
    rows = [
        (classes.by_name(name).id, swatch.share, swatch.pixels, *swatch.lab, *(swatch.medoid or swatch.lab))
        for name, swatches in palettes.items()
        for swatch in swatches
    ]
    return np.array(rows, "<f8").reshape(-1, _COLUMNS).tobytes()


def decode(data: bytes, class_name: str) -> tuple[Swatch, ...]:
    """The swatches of one class; raises ValueError for bytes that ``encode`` does not give."""
    rows = np.frombuffer(data, "<f8").reshape(-1, _COLUMNS)
    rows = rows[rows[:, 0] == classes.by_name(class_name).id]
    return tuple(
        Swatch((lightness, a, b), share, pixels=int(pixels), medoid=(one, two, three))
        for _, share, pixels, lightness, a, b, one, two, three in rows.tolist()
    )
