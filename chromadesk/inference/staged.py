"""A photo's file in, its mask out, of a large photo first a coarse one: the network sees what a JPEG decodes to at a
fraction of its size while the whole of it is decoded beside.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import numpy.typing as npt

from chromadesk.images import read_photo, read_reduced
from chromadesk.inference.refine import refine
from chromadesk.inference.segment import Segmenter

Labels = npt.NDArray[np.uint8]
Chances = npt.NDArray[np.float32]

#: Pixels of the reduced photo; what a network of 512 x 256 looks at closely still has as many as it sees.
_REDUCED = 1_000_000


def see(segmenter: Segmenter, photo: Path, coarse: Callable[[Labels], None]) -> tuple[Labels, Chances]:
    """The labels of ``photo``, uint8 (H, W) of its displayed size, and the probabilities they come from (see
    Segmenter.chances).

    ``coarse`` gets labels (h, w) over all of it as soon as there are some, unless the photo is small or does not decode
    to a smaller one. Raises ImageError, ModelError.
    """
    reduced = read_reduced(photo, _REDUCED)
    if reduced is None:
        pixels = read_photo(photo).pixels
        chances = segmenter.chances(pixels)
        return segmenter.refined(chances, pixels), chances
    with ThreadPoolExecutor(1, thread_name_prefix="decode") as beside:
        whole = beside.submit(lambda: read_photo(photo).pixels)
        chances = segmenter.chances(reduced)
        coarse(refine(chances, reduced, fast=True))
        pixels = whole.result()
    if chances.shape[1] >= reduced.shape[0]:  # somebody is so small that the network could have seen more
        chances = segmenter.chances(pixels)
    return segmenter.refined(chances, pixels), chances
