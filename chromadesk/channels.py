"""What a decoder gives, made plain: 8 bits a channel for the screen, the file's own values for the measuring."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFile, TiffImagePlugin

from chromadesk import heif, reading
from chromadesk.colour import source
from chromadesk.colour.source import Source
from chromadesk.errors import ImageError
from chromadesk.profiles import to_srgb

Pixels = npt.NDArray[np.uint8]
Samples = npt.NDArray[np.uint8] | npt.NDArray[np.uint16]

#: The largest file that is read whole: the largest photo, of 16 bits a channel and transparent, with nothing squeezed.
MAX_BYTES = 1_300_000_000
_STRIP_PIXELS = 1 << 20


@dataclass(frozen=True, eq=False)
class Plain:
    """A decoded picture of ``mode`` L, LA, RGB, RGBA, CMYK or LAB, 8 bits a channel: ``whole``, or made row by row of
    ``fine``, the (H, W, 3 or 4) samples of one of 16 bits. Never held twice: photos are large.
    """

    size: tuple[int, int]
    mode: str
    whole: Image.Image | None = None
    fine: npt.NDArray[np.uint16] | None = None

    def strip(self, top: int, bottom: int) -> Image.Image:
        """The rows from ``top`` to ``bottom``."""
        if self.fine is not None:
            return Image.fromarray(_scale_to_eight(self.fine[top:bottom]))
        assert self.whole is not None
        return self.whole.crop((0, top, self.size[0], bottom))

    def strips(self) -> Iterator[tuple[slice, Image.Image]]:
        """All rows, in strips of about a megapixel."""
        step = max(1, _STRIP_PIXELS // self.size[0])
        for top in range(0, self.size[1], step):
            bottom = min(top + step, self.size[1])
            yield slice(top, bottom), self.strip(top, bottom)


def plain(image: ImageFile.ImageFile, path: Path) -> Plain:
    """Decode ``image``, which lies at ``path``. Raises ImageError for samples that say nothing of black and white."""
    sixteen = _is_sixteen_bit(image)
    _load(image, path)
    return _from_sixteen_bit(image, path) if sixteen else _from_eight_bit(image)


def reduced(image: ImageFile.ImageFile, path: Path, size: tuple[int, int]) -> Image.Image:
    """Decode ``image`` into a mode of Plain, no more than twice ``size`` (width, height), from which it is to be made
    exactly; of 16 bits the upper 8 do.
    """
    _load(image, path)
    if image.mode.startswith("I;16"):
        small = cv2.resize(np.asarray(image, np.uint16), size, interpolation=cv2.INTER_AREA)
        return Image.fromarray(_scale_to_eight(np.asarray(small, np.uint16)))
    whole = _from_eight_bit(image).whole
    assert whole is not None
    if whole.mode == "LAB" or (whole.width <= size[0] and whole.height <= size[1]):
        return whole
    return whole.resize(size, Image.Resampling.BOX, reducing_gap=2.0)


def _load(image: ImageFile.ImageFile, path: Path) -> None:
    image.load()
    if image.mode in ("I", "F"):
        raise ImageError(f"{path} holds 32 bits a channel, which has no fixed white; export it with 8 or 16 bits.")


def _from_eight_bit(image: Image.Image) -> Plain:
    if image.mode in ("L", "RGB", "RGBA", "CMYK", "LAB", "LA") and "transparency" not in image.info:
        whole = image
    elif image.has_transparency_data:
        whole = image.convert("RGBA")
    else:
        whole = image.convert("L" if image.mode == "1" else "RGB")
    return Plain(whole.size, whole.mode, whole)


def shown(decoded: Plain, icc: bytes | None) -> tuple[Pixels, str, bool]:
    """(H, W, 3) uint8 sRGB, transparent parts over white; the colour space that ``icc`` or the mode says; and whether
    the way from there to sRGB changed nothing.
    """
    width, height = decoded.size
    pixels = np.empty((height, width, 3), np.uint8)
    name, untouched = "", False
    for rows, strip in decoded.strips():
        converted, name = to_srgb(strip, icc)
        untouched = converted is strip
        pixels[rows] = np.asarray(over_white(converted))
    return pixels, name, untouched


def measured(decoded: Plain, untouched: bool, icc: bytes | None, profile: str) -> tuple[Samples | None, Source]:
    """The samples that colours are measured by (None: the pixels shown) and what they mean.

    ``untouched``: the way to sRGB changed nothing. Profiles that cannot be evaluated in floats leave what is shown.
    """
    fine = decoded.fine
    if untouched and decoded.mode in ("RGB", "RGBA", "L", "LA"):
        meaning: Source | None = source.srgb(profile)
    elif icc and decoded.mode in ("RGB", "RGBA"):
        meaning = source.of_profile(icc, profile)
        if meaning is not None and fine is None:
            samples = np.empty((decoded.size[1], decoded.size[0], 3), np.uint8)
            for rows, strip in decoded.strips():
                samples[rows] = np.asarray(over_white(strip))
            return samples, meaning
    else:
        meaning = None
    if meaning is None or fine is None:
        return None, meaning or source.srgb(profile)
    if fine.shape[2] == 4:
        return _fine_over_white(fine), meaning
    return fine, meaning


def _fine_over_white(fine: npt.NDArray[np.uint16]) -> npt.NDArray[np.uint16]:
    """(H, W, 4) -> (H, W, 3)"""
    result = np.empty((*fine.shape[:2], 3), np.uint16)
    step = max(1, _STRIP_PIXELS // fine.shape[1])
    for top in range(0, len(fine), step):
        part = fine[top : top + step]
        alpha = part[..., 3:].astype(np.float32) / 65535
        result[top : top + step] = np.rint(part[..., :3] * alpha + 65535 * (1 - alpha))
    return result


def _is_sixteen_bit(image: ImageFile.ImageFile) -> bool:
    if image.mode.startswith("I;16"):
        return True
    if isinstance(image, TiffImagePlugin.TiffImageFile):
        return bool(image.tag_v2.get(TiffImagePlugin.BITSPERSAMPLE, (8,))[0] == 16)
    if image.format == "HEIF":
        return bool(image.info["bit_depth"] > 8) and image.mode in ("RGB", "RGBA")
    return image.format == "PNG" and any(";16" in str(tile.args) for tile in image.tile)


def _from_sixteen_bit(image: ImageFile.ImageFile, path: Path) -> Plain:
    """Samples of 0-65535, whose 8 bits are these scaled and rounded; Pillow itself drops the low byte of colours.

    ``image`` is decoded already, so a file cut short never gets here (OpenCV would fill the rest with black).
    """
    size, mode, channels = image.size, image.mode, len(image.getbands())
    if mode.startswith("I;16"):
        fine = np.repeat(np.asarray(image, np.uint16)[..., None], 3, axis=2)
        return Plain(size, "RGB", fine=fine)
    if mode not in ("RGB", "RGBA"):
        return _from_eight_bit(image)
    # decoded once more, so what Pillow made of it has to go first; not where that is all there may be
    if image.format == "HEIF":
        image.close()
        with reading.opened(path) as handle:
            fine = heif.sixteen(handle)
    else:
        try:
            samples = cv2.imdecode(np.frombuffer(reading.read_bytes(path, MAX_BYTES), np.uint8), cv2.IMREAD_UNCHANGED)
        except cv2.error:
            samples = None
        if samples is None or samples.dtype != np.uint16 or samples.shape != (size[1], size[0], channels):
            return _from_eight_bit(image)
        image.close()
        swap = cv2.COLOR_BGR2RGB if channels == 3 else cv2.COLOR_BGRA2RGBA
        fine = np.asarray(cv2.cvtColor(samples, swap, dst=samples), np.uint16)
    return Plain(size, "RGB" if fine.shape[2] == 3 else "RGBA", fine=fine)


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
