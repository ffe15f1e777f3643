"""Photos and masks as a program holds them: the path of a file, an array, or Pillow's image."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from chromadesk import masks
from chromadesk.channels import Plain, measured, over_white, shown
from chromadesk.classes import COUNT
from chromadesk.colour import source
from chromadesk.errors import ImageError, MaskError
from chromadesk.images import BROKEN, Photo, orientation_of, read_photo, turn

PhotoLike = str | os.PathLike[str] | npt.NDArray[np.uint8] | Image.Image
MaskLike = str | os.PathLike[str] | npt.NDArray[np.integer[Any]] | Image.Image

#: Stands for the path of what lies in no file.
_NOWHERE = Path("the photo given"), Path("the mask given")
_EIGHT_BITS = ("L", "LA", "RGB", "RGBA", "CMYK", "LAB")


def as_photo(photo: PhotoLike) -> Photo:
    """``photo`` upright and in sRGB.

    An array is (H, W, 3) uint8 sRGB, (H, W) grey or (H, W, 4) with transparency, which is laid over white; a Pillow
    image's own profile and EXIF orientation count. Raises ImageError.
    """
    if isinstance(photo, np.ndarray):
        return _of_array(photo)
    if isinstance(photo, Image.Image):
        return _of_image(photo)
    return read_photo(Path(photo).expanduser())


def as_labels(mask: MaskLike, size: tuple[int, int] | None = None) -> npt.NDArray[np.uint8]:
    """(H, W) uint8 class ids of ``mask``, which must be of ``size`` (height, width) when that is given.

    An array holds class ids 0-4, (H, W) of any whole numbers, or (H, W, 3) uint8 class colours; a file or a Pillow
    image is what a mask on disk may be (see masks). Raises MaskError.
    """
    if isinstance(mask, np.ndarray):
        labels = _ids(mask)
    elif isinstance(mask, Image.Image):
        try:
            labels = masks.of_image(mask, _NOWHERE[1]).labels
        except BROKEN as error:
            raise MaskError(f"The mask given cannot be decoded ({error}); give a sound one.") from error
    else:
        return masks.read_mask(Path(mask).expanduser(), size).labels
    if size is not None and labels.shape != tuple(size):
        raise MaskError(
            f"The mask given is {labels.shape[1]} x {labels.shape[0]} pixels, but its photo is {size[1]} x {size[0]}; "
            "give one of the photo's size."
        )
    return labels


def _of_array(pixels: npt.NDArray[Any]) -> Photo:
    grey = pixels.ndim == 2
    if pixels.dtype != np.uint8 or not pixels.size or not (grey or (pixels.ndim == 3 and pixels.shape[2] in (3, 4))):
        raise ImageError(
            f"A photo given as an array is (H, W, 3) uint8 in sRGB, not {pixels.dtype} {pixels.shape}; convert it."
        )
    if grey:
        pixels = np.repeat(pixels[..., None], 3, axis=2)
    elif pixels.shape[2] == 4:
        pixels = np.asarray(over_white(Image.fromarray(pixels, "RGBA")))
    plain = np.ascontiguousarray(pixels)
    return Photo(_NOWHERE[0], plain, source.ASSUMED, plain, source.srgb())


def _of_image(image: Image.Image) -> Photo:
    if image.mode in ("I", "F") or image.mode.startswith("I;"):
        raise ImageError(f"The photo given has mode {image.mode}, more than 8 bits a channel; give its file instead.")
    orientation = orientation_of(image)
    try:
        if image.mode not in _EIGHT_BITS or "transparency" in image.info:
            image = image.convert("RGBA" if image.has_transparency_data else "RGB")
        image.load()
    except BROKEN as error:
        raise ImageError(f"The photo given cannot be decoded ({error}); give a sound one.") from error
    decoded, icc = Plain(image.size, image.mode, image), image.info.get("icc_profile")
    pixels, profile, untouched = shown(decoded, icc)
    samples, meaning = measured(decoded, untouched, icc, profile)
    turned = turn(pixels, orientation)
    return Photo(_NOWHERE[0], turned, profile, turned if samples is None else turn(samples, orientation), meaning)


def _ids(mask: npt.NDArray[Any]) -> npt.NDArray[np.uint8]:
    if mask.ndim == 3 and mask.shape[2] == 3 and mask.dtype == np.uint8 and mask.size:
        return masks.of_colours(mask, _NOWHERE[1]).labels
    if mask.ndim != 2 or not np.issubdtype(mask.dtype, np.integer) or not mask.size:
        raise MaskError(
            f"A mask given as an array holds class ids, (H, W) whole numbers, not {mask.dtype} {mask.shape}; "
            "convert it (of truth values, mask * 3 is clothes)."
        )
    if mask.min() < 0 or mask.max() >= COUNT:
        raise MaskError(f"The mask given holds {mask.min()} to {mask.max()}, but class ids go from 0 to {COUNT - 1}.")
    return mask.astype(np.uint8)
