"""Photoshop documents, one for each photo: the photo locked at the bottom, over it a group with a layer for each class.

The group "Mask" is what comes back; "Proposal", hidden, is what a model proposed. On the way in a layer is known by its
name and counts where it is more than half opaque. Colours do not matter, so no colour profile can shift a class; the
photo keeps its own. Reading takes psd-tools (the extra ``psd``).
"""

from __future__ import annotations

import io
import logging
import re
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageCms

from chromadesk import files, raw
from chromadesk.classes import CLASSES, PALETTE
from chromadesk.dataset.formats import psd_file
from chromadesk.dataset.formats.painted import Painted
from chromadesk.dataset.formats.pair import Arriving, Entry, Labels, Leaving, Options, Put, Source
from chromadesk.errors import DatasetError, ImageError, MaskError
from chromadesk.images import BROKEN, MAX_PIXELS, opened, read_photo
from chromadesk.listing import natural_key
from chromadesk.masks import read_mask
from chromadesk.reading import opened as open_plain
from chromadesk.sidecars import beside

if TYPE_CHECKING:
    from psd_tools import PSDImage
    from psd_tools.api.layers import Layer

SUFFIXES = (".psd", ".psb")
MASK, PROPOSAL, PHOTO = "Mask", "Proposal", "Photo"
#: From the bottom: what lies over other things is above them.
_ORDER = (3, 2, 4, 1)
#: How opaque the group is shown, of 255: the photo must be seen beneath.
_VEIL = 128
_PROFILE = 1039
#: What programs put round the name of a layer that they doubled.
_DOUBLED = re.compile(r"(?i)^copy of |( copy( \d+)?| #\d+| \(merged\))+$")
_FAILS = (*BROKEN, AssertionError, AttributeError, ArithmeticError, NotImplementedError, RecursionError, Warning)

# It would speak of damage on the terminal; what matters of it is in our own sentence.
logging.getLogger("psd_tools").addHandler(logging.NullHandler())


@contextmanager
def writing(out: Path, options: Options) -> Iterator[Put]:
    """A document for each pair, in a folder for each split; see ``pair.Writing``."""

    def put(pair: Leaving) -> int:
        pixels, icc = _own_pixels(pair.item.photo)
        if max(pixels.shape) > psd_file.MAX_SIDE:
            raise ImageError(
                f"{pair.item.photo} is more than 30,000 pixels long, which no PSD holds; export it as PNG."
            )
        layers: list[psd_file.Picture | psd_file.Group] = [psd_file.Picture(PHOTO, pixels)]
        proposal = beside(pair.state / "proposals", pair.item.key, ".png")
        if proposal.exists():
            try:
                shapes = _shapes(read_mask(proposal, pair.labels.shape).labels, locked=True)
                layers.append(psd_file.Group(PROPOSAL, shapes, _VEIL, hidden=True, locked=True))
            except MaskError:
                pass  # one of an earlier photo of this name
        layers.append(psd_file.Group(MASK, _shapes(pair.labels), _VEIL))
        with (
            files.replacing(out / (pair.split or "") / f"{pair.name}.psd") as temporary,
            temporary.open("wb") as handle,
        ):
            psd_file.write(handle, layers, _merged(pixels, pair.labels), icc)
        return 0

    yield put


def reading(path: Path, foreign: bool) -> Source:
    """One document, or all in a folder and its folders train and test; layers bear the labels' names."""
    found = _documents(path)
    return Source(
        len(found), (Entry(each.name.rpartition(".")[0], split, partial(_load, each)) for each, split in found)
    )


def _shapes(labels: Labels, locked: bool = False) -> tuple[psd_file.Shape, ...]:
    classes = (CLASSES[number] for number in _ORDER)
    return tuple(psd_file.Shape(each.name.capitalize(), labels == each.id, each.colour, locked) for each in classes)


def _merged(pixels: Labels, labels: Labels) -> Labels:
    veiled = cv2.addWeighted(pixels, 1 - _VEIL / 255, PALETTE[labels], _VEIL / 255, 0)
    return np.where((labels > 0)[..., None], veiled, pixels).astype(np.uint8)


def _own_pixels(photo: Path) -> tuple[Labels, bytes | None]:
    """The photo upright in 8 bits, (H, W, 3), in the file's own colour space where that is RGB, and its profile.

    What is in none (HEIC's and RAW's, CMYK) comes as sRGB.
    """
    read = read_photo(photo)
    icc = None
    if not raw.is_raw(photo):
        with opened(photo) as image:
            icc, mode = image.info.get("icc_profile"), image.mode
        if icc and mode in ("RGB", "RGBA") and not read.profile.startswith("unusable"):
            fine = read.samples
            pixels = fine if fine.dtype == np.uint8 else ((fine.astype(np.uint32) + 128) // 257).astype(np.uint8)
            return np.ascontiguousarray(pixels, np.uint8), icc
    if icc:  # it was converted: say to what
        icc = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return np.ascontiguousarray(read.pixels), icc


def _documents(path: Path) -> list[tuple[Path, Any]]:
    if path.is_file():
        return [(path, None)]
    folders = [(path, None), (path / "train", "train"), (path / "test", "test")]
    found = [
        (each, split)
        for folder, split in folders
        if folder.is_dir()
        for each in sorted(folder.iterdir(), key=lambda each: natural_key(each.name))
        if each.suffix.lower() in SUFFIXES and not each.name.startswith(".")
    ]
    if not found:
        raise DatasetError(f"There are no PSD files in {path}; save them there, or give one file.")
    return found


@contextmanager
def _in_words(path: Path) -> Iterator[None]:
    """Whatever breaks in the block comes out as MaskError with a sentence naming the file."""
    try:
        with warnings.catch_warnings():
            # psd-tools warns of channels it cannot unpack, and makes them black. Only its own: filters are those of all
            # threads, and the studio reads in one of them.
            warnings.filterwarnings("error", module=r"psd_tools\.")
            yield
    except _FAILS as error:
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0][:120]
        raise MaskError(f"{path} is damaged, or no PSD as expected ({reason}); save it again.") from error


def _load(path: Path) -> Arriving:
    with _in_words(path):
        _check_head(path)
        from psd_tools import PSDImage

        with open_plain(path) as handle:
            document = PSDImage.open(handle)
        painted = Painted((document.height, document.width))
        group = _mask_group(document)
        layers = _leaves(document if group is None else group)
        if group is None:
            layers = [each for each in layers if _plain_name(each) not in (PHOTO.casefold(), "background")]
        for layer in _counting(layers):
            _lay(layer, painted)
    if group is None and not layers:
        raise MaskError(
            f"{path} has no group {MASK!r} and no layers of classes; export it from ChromaDesk, paint there."
        )
    return Arriving(painted.labels, painted.names, partial(_photo, path), painted.beneath_or_same())


def _check_head(path: Path) -> None:
    """Raises MaskError for what is no PSD, or one with too many pixels."""
    with open_plain(path) as handle:
        head = handle.read(26)
    if len(head) < 26 or head[:4] != b"8BPS":
        raise MaskError(f"{path} is no Photoshop document, whatever its name says; save it as PSD.")
    height, width = struct.unpack(">II", head[14:22])
    if height * width > MAX_PIXELS:
        raise MaskError(f"{path} has {height * width / 1e6:.0f} megapixels, more than {MAX_PIXELS / 1e6:.0f}.")


def _mask_group(document: PSDImage) -> Any:
    """The topmost group called "Mask"; None when there is none."""
    for layer in reversed(list(document.descendants())):
        if layer.is_group() and _plain_name(layer) == MASK.casefold():
            return layer
    return None


def _leaves(group: Any) -> list[Layer]:
    return [layer for layer in group.descendants() if not layer.is_group() and layer.has_pixels()]


def _counting(layers: list[Layer]) -> list[Layer]:
    """The layers that count, from the bottom: a hidden one only where no other of its name is shown."""
    shown = {_plain_name(layer) for layer in layers if layer.visible}
    return [layer for layer in layers if layer.visible or _plain_name(layer) not in shown]


def _plain_name(layer: Layer) -> str:
    """The layer's name without what a program put round it: Krita ends names with a zero."""
    return _DOUBLED.sub("", layer.name.strip("\0 ")).casefold()


def _lay(layer: Layer, painted: Painted) -> None:
    """Lay a layer where it, and its layer mask where it has one, are more than half opaque."""
    if layer.width * layer.height > MAX_PIXELS:
        raise ValueError(f"the layer {layer.name[:40]!r} is {layer.width} x {layer.height} pixels")
    alpha = layer.topil(channel=-1, apply_icc=False)
    if alpha is None:
        plane: npt.NDArray[np.bool_] = np.ones((layer.height, layer.width), bool)
    else:
        plane = np.asarray(alpha.convert("L")) >= 128
    mask = layer.mask
    if mask is not None and not mask.disabled:
        plane = plane & _shown_by(mask, layer, plane.shape)
    painted.lay(_plain_name(layer), plane, layer.top, layer.left)


def _shown_by(mask: Any, layer: Layer, size: tuple[int, ...]) -> npt.NDArray[np.bool_]:
    """Where the layer mask shows its layer, in the layer's own box."""
    result = np.full(size, mask.background_color >= 128)
    picture = mask.topil()
    if picture is None:
        return result
    values = np.asarray(picture.convert("L")) >= 128
    inner = Painted((size[0], size[1]))
    inner.lay("covered", np.ones(values.shape, bool), mask.top - layer.top, mask.left - layer.left)
    inner.lay("shown", values, mask.top - layer.top, mask.left - layer.left)
    return np.where(inner.labels == 0, result, inner.labels == 2)


def _photo(path: Path) -> bytes:
    """The photo at the bottom as PNG in its own colour space."""
    with _in_words(path):
        from psd_tools import PSDImage

        with open_plain(path) as handle:
            document = PSDImage.open(handle)
        leaves = [layer for layer in document.descendants() if not layer.is_group() and layer.has_pixels()]
        named = [layer for layer in leaves if _plain_name(layer) == PHOTO.casefold()]
        layer = (named or leaves)[0]
        picture = layer.topil(apply_icc=False)
        if picture is None or picture.mode not in ("RGB", "RGBA", "L", "LA"):
            raise ValueError("its photo is not in RGB")
        if (layer.width, layer.height) != document.size:
            whole = Image.new("RGB", document.size, "white")
            whole.paste(picture, (layer.left, layer.top))
            picture = whole
        buffer = io.BytesIO()
        icc = document.image_resources.get_data(_PROFILE)
        picture.convert("RGB").save(buffer, "PNG", compress_level=3, icc_profile=icc)
    return buffer.getvalue()
