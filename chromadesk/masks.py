"""Masks on disk: read every accepted form, count what is off the palette, write atomically."""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from chromadesk import files
from chromadesk.blends import REACHES, UNKNOWN, is_mixture, nearest_class, pure_classes, resolve
from chromadesk.classes import COUNT, PALETTE
from chromadesk.errors import MaskError, StorageError
from chromadesk.images import displayed_size, opened, orientation_of, turn

Labels = npt.NDArray[np.uint8]
_Lookup = Callable[[npt.NDArray[np.intp], npt.NDArray[np.intp]], npt.NDArray[np.uint8]]

#: The share of pixels that may be no blend of class colours before a mask is refused.
MAX_OFF_PALETTE = 0.02
# Bytes that one byte of a PNG can unpack to; a pixel takes a bit or more. Pillow fills up what a stream lacks that
# ends well, and so tens of megapixels come of a hundred bytes.
_MOST_DEFLATED = 1032
# Blends are settled in tiles of at most this many pixels, which bounds the memory that a mask takes, be it huge, or
# wide and low.
_TILE_PIXELS = 1 << 20
_MOST_ACROSS = 1 << 14


@dataclass(frozen=True, eq=False)
class Mask:
    """A label plane and what reading it took.

    ``labels`` is (H, W) uint8, class ids 0-4, at the photo's displayed size; ``off_palette`` counts the pixels that
    were no blend of class colours and took the nearest; ``blended`` counts the anti-aliased ones.
    """

    labels: Labels
    off_palette: int
    blended: int = 0


def read_mask(path: Path, size: tuple[int, int] | None = None) -> Mask:
    """Read a mask PNG: indexed (by the colours of its palette), RGB(A) in the class colours, or grey 0-4.

    ``size`` is the photo's displayed (height, width), which the mask must have. Raises MaskError.
    """
    path = Path(path)
    with opened(path, MaskError) as image:
        if image.format != "PNG":
            raise MaskError(f"{path} is a {image.format} picture, but masks are PNG; export it as PNG.")
        found = displayed_size(image)
        if size is not None and found != tuple(size):
            raise MaskError(
                f"{path} is {found[1]} x {found[0]} pixels, but its photo is {size[1]} x {size[0]}; "
                "export the mask at the photo's size."
            )
        if found[0] * found[1] > 8 * _MOST_DEFLATED * path.stat().st_size:
            raise MaskError(
                f"{path} is damaged or cut short (it cannot hold {found[1]} x {found[0]} pixels); "
                "get a fresh copy of it."
            )
        return of_image(image, path)


def of_colours(pixels: Labels, path: Path) -> Mask:
    """The mask in (H, W, 3) class colours, which ``path`` holds. Raises MaskError."""
    mask = _read_colours(pixels)
    _check(mask, path)
    return mask


def of_image(image: Image.Image, path: Path) -> Mask:
    """The mask in a picture already open, which ``path`` stands for. Raises MaskError."""
    orientation = orientation_of(image)
    image.load()
    mask = _read(image)
    _check(mask, path)
    return Mask(turn(mask.labels, orientation), mask.off_palette, mask.blended)


def encode_mask(labels: Labels) -> bytes:
    """(H, W) class ids as an indexed PNG whose values are the ids and whose palette is the class colours."""
    if labels.ndim != 2 or labels.dtype != np.uint8 or not labels.size or labels.max() >= COUNT:
        raise ValueError(f"labels must be a plane of uint8 class ids, got {labels.dtype} {labels.shape}")
    image = Image.frombuffer("P", (labels.shape[1], labels.shape[0]), np.ascontiguousarray(labels), "raw", "P", 0, 1)
    image.putpalette(PALETTE.tobytes())
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def write_mask(path: Path, labels: Labels, before: Callable[[Path], None] = lambda temporary: None) -> None:
    """Replace the mask at ``path`` atomically, once the new one was read back and found right; raises StorageError.

    ``before`` gets the new file right before it takes the place; what it raises leaves the old one.
    """

    def check(temporary: Path) -> None:
        if temporary.read_bytes() != data or not _holds(data, labels):
            raise StorageError(
                f"Could not write {path}: it does not read back as it was written, so the disk may be failing. "
                "Save again, or to another disk."
            )
        before(temporary)

    data = encode_mask(labels)
    with files.replacing(Path(path), check) as temporary:
        temporary.write_bytes(data)


def _holds(data: bytes, labels: Labels) -> bool:
    """``data`` is a whole indexed PNG of exactly these class ids, in the palette's colours."""
    try:
        with Image.open(io.BytesIO(data), formats=["PNG"]) as image:
            image.verify()  # every checksum, to the end
        with Image.open(io.BytesIO(data), formats=["PNG"]) as image:
            colours = image.getpalette("RGB") or []
            return (
                image.mode == "P"
                and bytes(colours[: PALETTE.size]) == PALETTE.tobytes()
                and np.array_equal(np.asarray(image), labels)
            )
    except (OSError, SyntaxError, ValueError):
        return False


def _check(mask: Mask, path: Path) -> None:
    """Raises MaskError when too much of what ``path`` holds is neither a class colour nor a blend of some."""
    if mask.off_palette > MAX_OFF_PALETTE * mask.labels.size:
        raise MaskError(
            f"{path} is not a mask in the five class colours: {100 * mask.off_palette / mask.labels.size:.3g} % of its "
            f"pixels are neither a class colour nor a blend of two (at most {100 * MAX_OFF_PALETTE:.0f} % may be); "
            "export it with the data set's palette."
        )


def _read(image: Image.Image) -> Mask:
    if image.mode == "P":
        return _read_indexed(image)
    if image.mode == "L":
        return _read_grey(np.asarray(image))
    if image.mode == "1" or image.mode.startswith("I"):
        return _read_grey(np.asarray(image.convert("I")))
    return _read_colours(_over_background(image))


def _read_indexed(image: Image.Image) -> Mask:
    colours = _palette_colours(image)
    used = np.flatnonzero(image.histogram())
    indices = np.asarray(image)
    table = pure_classes(colours[None])[0]
    if _is_plain_grey(colours[used]):
        table = colours[:, 0]
    if (table[used] == UNKNOWN).any():
        return _settle(np.asarray(cv2.LUT(indices, table)), lambda rows, columns: colours[indices[rows, columns]])
    if (table[used] == used).all():
        return Mask(indices.copy(), 0)
    return Mask(np.asarray(cv2.LUT(indices, table)), 0)


def _palette_colours(image: Image.Image) -> npt.NDArray[np.uint8]:
    """The (256, 3) colours of an indexed picture; transparent entries over background, missing ones off the palette."""
    colours = np.full((256, 3), (255, 0, 255), np.uint8)
    palette = np.array(image.getpalette("RGB") or [], np.uint8).reshape(-1, 3)
    colours[: len(palette)] = palette
    transparency = image.info.get("transparency")
    alpha = np.full(256, 255, np.uint8)
    if isinstance(transparency, bytes):
        alpha[: len(transparency)] = np.frombuffer(transparency, np.uint8)
    elif isinstance(transparency, int):
        alpha[transparency] = 0
    return np.asarray((colours * (alpha[:, None] / 255)).round(), np.uint8)


def _read_grey(values: npt.NDArray[np.integer]) -> Mask:
    """Plain ids 0-4; a value beyond is off the palette and takes the colour nearest to that grey."""
    beyond = np.asarray(values >= COUNT)
    if not beyond.any():
        return Mask(values.astype(np.uint8), 0)
    greys = np.minimum(values, 255).astype(np.uint8)
    greys_as_colours = np.repeat(np.arange(256, dtype=np.uint8)[:, None], 3, axis=1)
    table = nearest_class(greys_as_colours)
    table[:COUNT] = np.arange(COUNT)
    return Mask(np.asarray(cv2.LUT(greys, table)), int(np.count_nonzero(beyond)))


def _over_background(image: Image.Image) -> npt.NDArray[np.uint8]:
    """(H, W, 3) colours; what is transparent is background, which is black."""
    if image.has_transparency_data:
        rgba = image.convert("RGBA")
        ground = Image.new("RGB", image.size)
        ground.paste(rgba, mask=rgba.getchannel("A"))
        return np.asarray(ground)
    return np.asarray(image.convert("RGB"))


def _read_colours(colours: npt.NDArray[np.uint8]) -> Mask:
    if colours.max() < COUNT and _is_plain_grey(colours.reshape(-1, 3)):
        return Mask(colours[:, :, 0].copy(), 0)
    return _settle(pure_classes(colours), lambda rows, columns: colours[rows, columns])


def _is_plain_grey(colours: npt.NDArray[np.uint8]) -> bool:
    """Whether (N, 3) colours are ids written as near-black greys (and not simply all background)."""
    return bool(0 < colours.max(initial=0) < COUNT and (colours == colours[:, :1]).all())


def _settle(codes: Labels, colours_at: _Lookup) -> Mask:
    """Give every UNKNOWN pixel of ``codes`` its class, tile by tile.

    A huge picture that is clearly no mask (a photo, say) is left unsettled and its count estimated from some pixels.
    """
    height, width = codes.shape
    if codes.size > _TILE_PIXELS:
        some = np.random.default_rng(0).integers(0, codes.size, _TILE_PIXELS)
        rows, columns = np.divmod(some[codes.ravel().take(some) == UNKNOWN], width)
        off = np.count_nonzero(~is_mixture(colours_at(rows, columns))) / len(some)
        if off > 2 * MAX_OFF_PALETTE:
            return Mask(codes, round(off * codes.size))
    across = min(width, _MOST_ACROSS)
    down = _TILE_PIXELS // across
    labels = codes.copy()
    blended = off_palette = 0
    for top, left in itertools.product(range(0, height, down), range(0, width, across)):
        rows, columns = np.nonzero(codes[top : top + down, left : left + across] == UNKNOWN)
        if not len(rows):
            continue
        above, before = min(top, REACHES[-1]), min(left, REACHES[-1])
        around = codes[top - above : top + down + REACHES[-1], left - before : left + across + REACHES[-1]]
        colours = colours_at(rows + top, columns + left)
        settled, blend = resolve(around, rows + above, columns + before, colours)
        labels[rows + top, columns + left] = settled
        blends = int(np.count_nonzero(blend))
        blended += blends
        off_palette += len(rows) - blends
    return Mask(labels, off_palette, blended)
