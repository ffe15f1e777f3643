"""What ``import chromadesk as cd`` offers beside the data set: segment, palette, evaluate. The commands' own code.

What a command would warn of comes as a Python warning, what it would end with as an exception of
``chromadesk.errors`` whose text is one sentence.
"""

from __future__ import annotations

import functools
import os
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt

from chromadesk.collected import Dataset
from chromadesk.colour.palette import Settings, photo_palettes
from chromadesk.colour.swatch import Swatch
from chromadesk.errors import DatasetError
from chromadesk.given import MaskLike, PhotoLike, as_labels, as_photo
from chromadesk.jobs.messages import Message, Warned
from chromadesk.models import library

if TYPE_CHECKING:
    from chromadesk.inference.segment import Segmenter


@dataclass(frozen=True, eq=False)
class Evaluation:
    """How good a model is on a split; shares are 0-1, None where a class does not occur.

    ``confusion`` is (5, 5) pixel counts, rows = truth; ``photos`` how many were measured; ``details`` everything the
    command ``evaluate --json`` writes, each photo's own figures too.
    """

    miou: float | None
    miou_without_background: float | None
    pixel_accuracy: float | None
    iou: dict[str, float | None]
    class_accuracy: dict[str, float | None]
    confusion: npt.NDArray[np.int64]
    photos: int
    details: dict[str, Any]


def segment(
    photo: PhotoLike,
    model: str | os.PathLike[str] = library.DEFAULT,
    *,
    quality: str = "standard",
    device: str = "auto",
    precision: str = "auto",
    class_map: str | None = None,
) -> npt.NDArray[np.uint8]:
    """The class of every pixel: (H, W) uint8 ids, 0 background, 1 accessories, 2 skin, 3 clothes, 4 hair.

    ``photo`` is a file, an (H, W, 3) uint8 sRGB array or a Pillow image; ``model`` a weights file or the name of one,
    or another program's ONNX file or SegFormer folder, of which ``class_map`` (a TOML file, or the name of a shipped
    map) says what its labels are; ``quality`` fast, standard or careful; ``device`` auto, cpu or cuda; ``precision``
    auto, fp32, bf16, fp16 or int8. The last two models stay in memory. Raises ImageError, ModelError, InputError.
    """
    return _segmenter(model, quality, device, precision, class_map).labels(as_photo(photo).pixels)


def probabilities(
    photo: PhotoLike,
    model: str | os.PathLike[str] = library.DEFAULT,
    *,
    quality: str = "standard",
    device: str = "auto",
    precision: str = "auto",
    class_map: str | None = None,
) -> npt.NDArray[np.float32]:
    """(5, h, w) float32 probabilities of the classes over the whole photo, at the size the network saw it at; else as
    ``segment``.
    """
    return _segmenter(model, quality, device, precision, class_map).chances(as_photo(photo).pixels)


def palette(
    photo: PhotoLike,
    mask: MaskLike | None = None,
    *,
    k: int | None = 5,
    model: str | os.PathLike[str] = library.DEFAULT,
    quality: str = "standard",
    device: str = "auto",
) -> dict[str, list[Swatch]]:
    """The colours of each class by its name, those of most pixels first; an empty list where a class does not occur.

    ``mask`` is a file, an (H, W) array of class ids, an (H, W, 3) one of class colours or a Pillow image; None: the
    model's. ``k`` colours a class, None: as many as there are. Colours are measured from the photo's own samples, also
    outside sRGB. Raises ImageError, MaskError, ModelError, InputError.
    """
    read = as_photo(photo)
    height, width = read.pixels.shape[:2]
    if mask is None:
        labels = _segmenter(model, quality, device, "auto").labels(read.pixels)
    else:
        labels = as_labels(mask, (height, width))
    return photo_palettes(read, labels, Settings(k))


def evaluate(
    dataset: str | os.PathLike[str] | Dataset,
    model: str | os.PathLike[str] = library.DEFAULT,
    *,
    split: Literal["train", "test", "all"] = "test",
    native: bool = False,
    quality: str | None = None,
    size: tuple[int, int] = (512, 256),
    batch: int = 8,
    device: str = "auto",
    precision: str = "auto",
) -> Evaluation:
    """Measure a model on the approved masks of ``split``: one confusion matrix over all its pixels.

    Compared at ``size`` (height, width), or with ``native`` at each photo's own; ``quality`` fast, standard or careful,
    or paper (photos stretched to ``size``); None: what the model is made for. A Dataset that was ``select``-ed is
    measured on what is left of it in ``split``. Raises DatasetError, ModelError and their kin.
    """
    from chromadesk.learning.config import EvaluateConfig
    from chromadesk.learning.evaluate import evaluate as measure

    keys = None
    if isinstance(dataset, Dataset):
        keys = [pair.key for pair in dataset if pair.state == "approved"]
        if not keys:
            raise DatasetError(f"None of the photos chosen from {dataset.root} has an approved mask; approve some.")
        dataset = dataset.root
    config = EvaluateConfig(
        dataset=os.fspath(dataset),
        model=os.fspath(model),
        split=split,
        keys=keys,
        native=native,
        quality=quality,
        size=size,
        batch=batch,
        device=device,
        precision=precision,
    )
    details = measure(config, _warn)
    names = ("miou", "miou_without_background", "pixel_accuracy", "iou", "class_accuracy")
    counts = np.array(details["confusion"], np.int64)
    return Evaluation(
        **{name: details[name] for name in names}, confusion=counts, photos=details["photos"], details=details
    )


def _segmenter(
    model: str | os.PathLike[str], quality: str, device: str, precision: str, class_map: str | None = None
) -> Segmenter:
    weights = library.find(Path(model) if isinstance(model, os.PathLike) else model)
    return _kept(weights, weights.stat().st_mtime_ns, quality, device, precision, class_map)


@functools.lru_cache(maxsize=2)
def _kept(weights: Path, modified: int, quality: str, device: str, precision: str, class_map: str | None) -> Segmenter:
    from chromadesk.inference.segment import Segmenter

    return Segmenter(weights, device, precision, quality, class_map=class_map)


def _warn(message: Message) -> None:
    if isinstance(message, Warned):
        warnings.warn(message.text, UserWarning, stacklevel=4)
