"""Camera RAW through LibRaw (the extra ``raw``): developed plainly, measured as linear light, told by the file's name.

Developed means: the camera's white balance and LibRaw's matrix of that camera, no automatic brightness, no tone curve,
linear ROMM (ProPhoto) RGB of 16 bits. So a colour depends on the light that fell on the sensor, never on what else is
in the picture, and photos look flatter and darker than the camera's own JPEGs.
"""

from __future__ import annotations

import importlib.util
import io
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import cv2
import numpy as np
import numpy.typing as npt
from PIL import TiffImagePlugin

from chromadesk import reading
from chromadesk.channels import MAX_BYTES
from chromadesk.colour import spaces
from chromadesk.colour.source import Source
from chromadesk.listing import RAW_SUFFIXES

if TYPE_CHECKING:
    import rawpy

#: What is missing, and the cure; follows the file's name.
MISSING = 'is a camera RAW photo, which takes an extra to read; install it with: pip install "chromadesk[raw]"'

# ROMM RGB (ISO 22028-2) with its white D50; LibRaw goes to it from linear sRGB with Bradford's adaptation.
_ROMM = np.array([[0.7347, 0.1596, 0.0366], [0.2653, 0.8404, 0.0001], [0.0, 0.0, 0.9633]])
_STRIP = 1 << 20  # pixels shown at a time, to bound memory
_HEAD = 1 << 16
_MAKE, _MODEL, _EXIF_IFD = 271, 272, 34665


class Unsupported(Exception):
    """LibRaw knows no such camera or file."""


def is_raw(path: Path) -> bool:
    """The name is a camera RAW file's."""
    return path.suffix.lower() in RAW_SUFFIXES


def installed() -> bool:
    """The extra is there."""
    return importlib.util.find_spec("rawpy") is not None


def size(path: Path) -> tuple[int, int]:
    """(height, width) as displayed, from the header. Raises Unsupported, OSError, ValueError."""
    with _opened(path) as file:
        sizes = file.sizes
        height, width = sizes.height, sizes.width
        if sizes.pixel_aspect < 0.995:
            height = round(height / sizes.pixel_aspect)
        elif sizes.pixel_aspect > 1.005:
            width = round(width * sizes.pixel_aspect)
        return (width, height) if sizes.flip & 4 else (height, width)


def develop(path: Path, half: bool = False) -> npt.NDArray[np.uint16]:
    """(H, W, 3) linear ROMM RGB, upright; at half the size where ``half``. Raises Unsupported, OSError, ValueError."""
    import rawpy

    with _opened(path) as file:
        samples = file.postprocess(
            use_camera_wb=True,
            no_auto_bright=True,
            adjust_maximum_thr=0.0,  # white is what the sensor can hold, not the brightest thing in this picture
            gamma=(1, 1),
            output_color=rawpy.ColorSpace.ProPhoto,
            output_bps=16,
            half_size=half,
        )
    if samples.ndim != 3 or samples.shape[2] != 3 or samples.dtype != np.uint16:
        raise Unsupported(f"{samples.shape[-1]} channels")
    return np.asarray(samples, np.uint16)


def preview(path: Path) -> bytes | None:
    """The largest JPEG inside, as the camera made it, its EXIF saying how to turn it; None where there is none.

    Raises Unsupported, OSError, ValueError.
    """
    import rawpy

    with _opened(path) as file:
        try:
            found = file.extract_thumb()
        except (rawpy.LibRawNoThumbnailError, rawpy.LibRawUnsupportedThumbnailError, NotImplementedError):
            return None
        return found.data if isinstance(found.data, bytes) else None


def source(path: Path) -> Source:
    """What the samples of ``develop`` mean."""
    tags = details(path)
    make, model = (str(tags.get(tag, "")).strip("\0 ") for tag in (_MAKE, _MODEL))
    maker = make.split(" ")[0]
    camera = model if model.lower().startswith(maker.lower()) else f"{maker.title()} {model}"
    camera = "".join(letter if letter.isprintable() else " " for letter in camera[:60])
    name = f"camera RAW ({camera})" if model else "camera RAW"
    white = np.array([0.3457 / 0.3585, 1.0, (1 - 0.3457 - 0.3585) / 0.3585])
    matrix = _ROMM * np.linalg.solve(_ROMM, white)
    return Source(name, (_linear,) * 3, spaces.adaptation(white, spaces.WHITE) @ matrix)


def shown(samples: npt.NDArray[np.uint16], meaning: Source) -> npt.NDArray[np.uint8]:
    """Samples of ``develop`` as (H, W, 3) uint8 sRGB, what lies outside clipped."""
    matrix = spaces.xyz_to_linear(meaning.matrix.T).T
    curve = spaces.to_bytes(spaces.linear_to_srgb(np.arange(65536) / 65535))
    result = np.empty(samples.shape, np.uint8)
    rows = max(1, _STRIP // samples.shape[1])
    for top in range(0, len(samples), rows):
        light = cv2.transform(samples[top : top + rows].astype(np.float32), matrix.astype(np.float32))
        result[top : top + rows] = curve[np.rint(np.clip(light, 0, 65535)).astype(np.uint16)]
    return result


def details(path: Path) -> dict[int, Any]:
    """The TIFF and EXIF tags of the file at ``path`` by number, without LibRaw; what cannot be found is left out.

    Raises OSError.
    """
    with reading.opened(path) as handle:
        head = handle.read(_HEAD)
        tags: dict[int, Any] = {}
        if head.startswith((b"II", b"MM")):
            handle.seek(0)
            return _tags(handle)
        if head.startswith(b"FUJIFILM") and len(head) > 92:  # RAF: the EXIF is that of its JPEG
            handle.seek(struct.unpack_from(">I", head, 84)[0] + 12)
            return _tags(io.BytesIO(handle.read(_HEAD)))
        for box in (b"CMT1", b"CMT2"):  # CR3: an ISO file with TIFF blocks in boxes
            if head[4:12] == b"ftypcrx " and (start := head.find(box)) >= 0:
                tags |= _tags(io.BytesIO(head[start + 4 :]))
        return tags


def _tags(block: IO[bytes]) -> dict[int, Any]:
    """The tags of a TIFF block's first directory and of its EXIF; ORF and RW2 have other magic numbers than 42."""
    start = block.read(8)
    order = start[:2]
    if len(start) < 8 or order not in (b"II", b"MM"):
        return {}
    magic = b"II\x2a\0" if order == b"II" else b"MM\0\x2a"
    tags: dict[int, Any] = {}
    directory = TiffImagePlugin.ImageFileDirectory_v2(magic + start[4:])
    try:
        block.seek(directory.next)
        directory.load(block)
        tags.update(directory)
        if isinstance(where := tags.get(_EXIF_IFD), int):
            block.seek(where)
            directory = TiffImagePlugin.ImageFileDirectory_v2(magic + start[4:])
            directory.load(block)
            tags.update(directory)
    except (OSError, ValueError, TypeError, KeyError, IndexError, SyntaxError, struct.error):
        pass  # what was read stands
    return tags


def _linear(values: spaces.Floats) -> spaces.Floats:
    return values


@contextmanager
def _opened(path: Path) -> Iterator[rawpy.RawPy]:
    """The file with its header read; LibRaw's errors come out as Unsupported, MemoryError or ValueError."""
    import rawpy

    with reading.opened(path):  # the system's own words for what is missing or forbidden; LibRaw has one for all
        pass
    file = rawpy.RawPy()
    try:
        if str(path).isprintable():
            file.open_file(str(path))
        else:  # perhaps no Unicode, and rawpy takes no other names
            file.open_buffer(io.BytesIO(reading.read_bytes(path, MAX_BYTES)))
        yield file
    except (rawpy.LibRawFileUnsupportedError, rawpy.NotSupportedError) as error:
        raise Unsupported(_text(error)) from error
    except rawpy.LibRawUnsufficientMemoryError as error:
        raise MemoryError from error
    except rawpy.LibRawError as error:
        raise ValueError(_text(error)) from error
    finally:
        file.close()


def _text(error: Exception) -> str:
    reason = error.args[0] if error.args else ""
    return reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)
