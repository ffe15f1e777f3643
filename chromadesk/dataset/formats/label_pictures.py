"""Pictures whose pixel values are labels of any list: indexed or grey PNG, as most data sets keep them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from chromadesk.errors import MaskError
from chromadesk.images import displayed_size, opened, orientation_of, turn

#: (red, green, blue) -> number.
Colours = dict[tuple[int, int, int], int]


def read(path: Path, colours: Colours | None = None) -> npt.NDArray[np.uint8] | npt.NDArray[np.uint16]:
    """The (H, W) numbers in the PNG at ``path``: indices, grey values, or what ``colours`` says of RGB colours.

    Raises MaskError for colours without ``colours``, or one that these do not name.
    """
    with opened(path, MaskError) as image:
        if image.format != "PNG":
            raise MaskError(f"{path} is a {image.format} picture; labels are kept as PNG. Export it as such.")
        displayed_size(image)
        orientation = orientation_of(image)
        image.load()
        if image.mode == "P" and colours is None:
            return turn(np.array(image), orientation)
        if image.mode in ("L", "1") and colours is None:
            return turn(np.array(image.convert("L") if image.mode == "L" else image, np.uint8), orientation)
        if image.mode.startswith("I"):
            return turn(np.array(image.convert("I"), np.uint16), orientation)
        pixels = np.array(image.convert("RGB"))
    if colours is None:
        if (pixels == pixels[..., :1]).all():
            return turn(np.ascontiguousarray(pixels[..., 0]), orientation)
        raise MaskError(
            f"{path} holds colours that no list explains; export it as an indexed or grey PNG of label numbers."
        )
    return turn(_by_colour(pixels, colours, path), orientation)


def _by_colour(pixels: npt.NDArray[np.uint8], colours: Colours, path: Path) -> npt.NDArray[np.uint16]:
    """(H, W) numbers of (H, W, 3) colours. Raises MaskError for one that is not listed."""
    packed = (pixels[..., 0].astype(np.int32) << 16) | (pixels[..., 1].astype(np.int32) << 8) | pixels[..., 2]
    known = sorted(((red << 16) | (green << 8) | blue, number) for (red, green, blue), number in colours.items())
    keys = np.array([key for key, _ in known], np.int32)
    places = np.searchsorted(keys, packed).clip(0, len(keys) - 1)
    strange = keys[places] != packed
    if strange.any():
        row, column = (int(place) for place in np.argwhere(strange)[0])
        colour = ", ".join(map(str, pixels[row, column]))
        raise MaskError(
            f"{path} has the colour ({colour}) at {column}, {row}, which its label map does not name; add it there."
        )
    numbers: npt.NDArray[np.uint16] = np.array([number for _, number in known], np.uint16)
    return np.asarray(numbers[places])
