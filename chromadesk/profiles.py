"""From the colour space a photo was saved in to sRGB: embedded profiles, CMYK, Lab."""

from __future__ import annotations

import functools
import io

import numpy as np
from PIL import Image, ImageCms

from chromadesk.colour.source import ASSUMED

_UNUSABLE = f"unusable profile, {ASSUMED}"
_LARGEST = 16 << 20  # bytes; those of the finest presses take four million


def to_srgb(image: Image.Image, icc: bytes | None) -> tuple[Image.Image, str]:
    """``image`` in sRGB (modes L, LA, RGB, RGBA) and the name of the colour space it came from."""
    alpha = image.getchannel("A") if image.mode in ("LA", "RGBA") else None
    colour = image if alpha is None else image.convert("L" if image.mode == "LA" else "RGB")
    name = ASSUMED
    if image.mode == "LAB":
        transform: ImageCms.ImageCmsTransform | None = _lab_transform()
        name = "Lab"
    elif icc and len(icc) <= _LARGEST:
        transform, name = _transform(icc, colour.mode)
        if transform is None and colour.mode == "L":  # some grey pictures carry the RGB profile they were made with
            transform, name = _transform(icc, "RGB")
            colour = colour.convert("RGB")
    else:
        transform = None
        name = _UNUSABLE if icc else ASSUMED
    if transform is not None:
        converted = ImageCms.applyTransform(colour, transform)
        assert converted is not None
        colour = converted
    elif colour.mode == "CMYK":
        name = name if icc else "CMYK without profile"
        colour = colour.convert("RGB")
    if alpha is not None:
        colour = colour.convert("RGB")
        colour.putalpha(alpha)
    return colour, name


@functools.lru_cache(maxsize=8)
def _transform(icc: bytes, mode: str) -> tuple[ImageCms.ImageCmsTransform | None, str]:
    """The way from an embedded profile to sRGB (None: nothing to do, or not usable) and the profile's name."""
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(icc))
        name = ImageCms.getProfileDescription(profile).strip("\0 \n") or "unnamed profile"
        name = "".join(letter if letter.isprintable() else " " for letter in name[:200])
        transform = ImageCms.buildTransform(
            profile,
            ImageCms.createProfile("sRGB"),
            mode,
            "RGB",
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
            ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None, _UNUSABLE
    if mode == "RGB" and _changes_nothing(transform):
        return None, "sRGB"
    return transform, name


def _changes_nothing(transform: ImageCms.ImageCmsTransform) -> bool:
    """Whether a profile is sRGB under whichever of its many names: a grid of colours comes through unchanged."""
    steps = np.linspace(0, 255, 9).round().astype(np.uint8)
    grid = np.stack(np.meshgrid(steps, steps, steps, indexing="ij"), axis=-1).reshape(27, 27, 3)
    result = ImageCms.applyTransform(Image.fromarray(grid), transform)
    assert result is not None
    return int(np.abs(np.asarray(result).astype(int) - grid).max()) <= 1


@functools.lru_cache(maxsize=1)
def _lab_transform() -> ImageCms.ImageCmsTransform:
    lab, srgb = ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB")
    return ImageCms.buildTransform(lab, srgb, "LAB", "RGB", ImageCms.Intent.RELATIVE_COLORIMETRIC)
