"""Who a mask's pixels come from: kept beside it in the state folder, for only a training asks."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from chromadesk import files
from chromadesk.errors import ImageError
from chromadesk.sidecars import beside

_KEY, _MODEL, _MASK = "untouched", "model", "mask"


@dataclass(frozen=True, eq=False)
class Provenance:
    """``touched``, bool (H, W): the pixels a person painted. ``proposed``: the others are, at least in part, a model's;
    else they are those of a mask that was there before.
    """

    touched: npt.NDArray[np.bool_]
    proposed: bool


def path_of(state: Path, key: str) -> Path:
    """Where the provenance of the photo ``key`` lies in the state folder ``state``."""
    return beside(state / "provenance", key, ".png")


def read(path: Path, size: tuple[int, int]) -> Provenance | None:
    """What ``path`` says of a mask of ``size`` (height, width); None when there is nothing, or nothing that fits:
    provenance only guides training. A file that does not say where the untouched pixels come from means a model.
    """
    from chromadesk.images import opened  # kept out of the window's start

    try:
        with opened(path) as image:
            if image.format != "PNG" or (image.height, image.width) != size:
                return None
            image.load()
            plane = np.asarray(image.convert("1"), bool)
            proposed = image.info.get(_KEY, _MODEL) == _MODEL
    except ImageError:
        return None
    return Provenance(plane, proposed)


def write(path: Path, provenance: Provenance) -> None:
    """Replace ``path``, a PNG of one bit a pixel, atomically. Raises StorageError."""
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    said = PngInfo()
    said.add_text(_KEY, _MODEL if provenance.proposed else _MASK)
    buffer = io.BytesIO()
    Image.fromarray(provenance.touched).save(buffer, "PNG", pnginfo=said)
    files.write_bytes(path, buffer.getvalue())
