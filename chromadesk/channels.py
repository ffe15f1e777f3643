"""What a decoder gives, made plain: 8 bits a channel for the screen, the file's own values for the measuring."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFile, TiffImagePlugin

from chromadesk import heif
from chromadesk.colour import source
from chromadesk.colour.source import Source
from chromadesk.errors import ImageError

Pixels = npt.NDArray[np.uint8]
Samples = npt.NDArray[np.uint8] | npt.NDArray[np.uint16]


def plain(image: ImageFile.ImageFile, path: Path) -> tuple[Image.Image, npt.NDArray[np.uint16] | None]:
    """Decode into one of 8 bits a channel: L, LA, RGB, RGBA, CMYK or LAB; and, where there are, the (H, W, 3 or 4)
    samples of 16 bits.
    """
    sixteen = _is_sixteen_bit(image)
    image.load()
    if sixteen:
        return _from_sixteen_bit(image, path)
    if image.mode in ("I", "F"):
        raise ImageError(f"{path} holds 32 bits a channel, which has no fixed white; export it with 8 or 16 bits.")
    if image.mode in ("L", "RGB", "RGBA", "CMYK", "LAB", "LA") and "transparency" not in image.info:
        return image, None
    if image.has_transparency_data:
        return image.convert("RGBA"), None
    return image.convert("L" if image.mode == "1" else "RGB"), None


def measured(
    decoded: Image.Image, fine: npt.NDArray[np.uint16] | None, untouched: bool, icc: bytes | None, profile: str
) -> tuple[Samples | None, Source]:
    """The samples that colours are measured by (None: the pixels shown) and what they mean.

    ``untouched``: the way to sRGB changed nothing. Profiles that cannot be evaluated in floats leave what is shown.
    """
    if untouched and decoded.mode in ("RGB", "RGBA", "L", "LA"):
        meaning: Source | None = source.srgb(profile)
    elif icc and decoded.mode in ("RGB", "RGBA"):
        meaning = source.of_profile(icc, profile)
        if meaning is not None and fine is None:
            return np.array(over_white(decoded)), meaning
    else:
        meaning = None
    if meaning is None or fine is None:
        return None, meaning or source.srgb(profile)
    if fine.shape[2] == 4:
        alpha = fine[..., 3:].astype(np.float32) / 65535
        return np.rint(fine[..., :3] * alpha + 65535 * (1 - alpha)).astype(np.uint16), meaning
    return fine, meaning


def _is_sixteen_bit(image: ImageFile.ImageFile) -> bool:
    if image.mode.startswith("I;16"):
        return True
    if isinstance(image, TiffImagePlugin.TiffImageFile):
        return bool(image.tag_v2.get(TiffImagePlugin.BITSPERSAMPLE, (8,))[0] == 16)
    if image.format == "HEIF":
        return bool(image.info["bit_depth"] > 8) and image.mode in ("RGB", "RGBA")
    return image.format == "PNG" and any(";16" in str(tile.args) for tile in image.tile)


def _from_sixteen_bit(image: ImageFile.ImageFile, path: Path) -> tuple[Image.Image, npt.NDArray[np.uint16] | None]:
    """Samples of 0-65535, and these scaled to 0-255, rounded; Pillow itself drops the low byte of colour pictures.

    ``image`` is decoded already, so a file cut short never gets here (OpenCV would fill the rest with black).
    """
    if image.mode.startswith("I;16"):
        grey = np.asarray(image, np.uint16)
        return Image.fromarray(_scale_to_eight(grey)), np.repeat(grey[..., None], 3, axis=2)
    if image.format == "HEIF":
        with open(path, "rb") as handle:
            fine = heif.sixteen(handle)
        return Image.fromarray(_scale_to_eight(fine)), fine
    samples = cv2.imdecode(np.fromfile(path, dtype=np.uint8), cv2.IMREAD_UNCHANGED)
    channels = len(image.getbands())
    if samples is None or samples.dtype != np.uint16 or samples.shape != (image.height, image.width, channels):
        return image if image.mode in ("RGB", "RGBA", "CMYK", "LAB") else image.convert("RGBA"), None
    if image.mode not in ("RGB", "RGBA"):
        return image, None
    swap = cv2.COLOR_BGR2RGB if channels == 3 else cv2.COLOR_BGRA2RGBA
    fine = np.asarray(cv2.cvtColor(samples, swap), np.uint16)
    return Image.fromarray(_scale_to_eight(fine)), fine


def _scale_to_eight(samples: npt.NDArray[np.uint16]) -> Pixels:
    # round(v / 257), exactly, without leaving 32 bits
    return ((samples.astype(np.uint32) + 128) // 257).astype(np.uint8)


def over_white(image: Image.Image) -> Image.Image:
    """RGB, with transparent parts laid over white."""
    if image.mode != "RGBA":
        return image.convert("RGB")
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground
