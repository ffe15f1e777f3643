"""How a photo is looked at: whole, or first from afar to find its people and then closely at them.

A network sees a fixed number of pixels. People who fill little of a photo, and photos of other proportions than the
network was trained on, lose most by that; so the photo's proportions are kept and the pixels are spent on the people.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from chromadesk.classes import COUNT
from chromadesk.inference.people import Box, groups
from chromadesk.inference.quality import Quality
from chromadesk.inference.resize import resize_photo

Pixels = npt.NDArray[np.uint8]
#: (5, h, w) float32, each pixel's probabilities of the five classes.
Chances = npt.NDArray[np.float32]
#: What a network makes of (N, H, W, 3) photos: (N, 5, H, W) probabilities.
Network = Callable[[Pixels], Chances]

_STRIDE = 32
_SIDES = (64, 2048)
#: What of a photo's height, or of a person's, is shown round a person.
_MARGIN = 0.06
#: People who fill this much of the photo are not looked at apart from it.
_FILLS = 0.8
#: The look from afar has this share of the network's pixels (at a quarter, heads are cut off), the careful ones these.
_AFAR, _CLOSE = 0.5, (1.0, 2.2)
#: The result is never larger than this, in pixels.
_LARGEST = 4_000_000


@dataclass(frozen=True)
class Look:
    """A part of the photo, and the (height, width) at which the network sees it."""

    box: Box
    size: tuple[int, int]


def fit(shape: tuple[int, int], area: float) -> tuple[int, int]:
    """(height, width) of about ``area`` pixels in the proportions of ``shape``, multiples of 32 between 64 and 2048."""
    scale = (area / (shape[0] * shape[1])) ** 0.5
    height, width = (int(np.clip(round(side * scale / _STRIDE) * _STRIDE, *_SIDES)) for side in shape)
    return height, width


def look(pixels: Pixels, network: Network, area: int, quality: Quality) -> Chances:
    """Probabilities (5, h, w) over the whole of an (H, W, 3) photo, h / w about H / W; ``area`` is how many pixels the
    network was made to see.
    """
    shape = pixels.shape[:2]
    whole = Look((0, 0, *shape), fit(shape, area))
    if quality == "fast":
        return _see(pixels, network, whole)
    afar = _see(pixels, network, Look(whole.box, fit(shape, area * (_AFAR if quality == "standard" else 1))))
    boxes = _boxes(afar, shape)
    if quality == "careful":
        return _compose(afar, shape, [(box, _scrutinise(pixels, network, area, box)) for box in boxes])
    if boxes == [whole.box]:
        return _see(pixels, network, whole)
    return _compose(afar, shape, [(box, _see(pixels, network, Look(box, fit(box[2:], area)))) for box in boxes])


def _see(pixels: Pixels, network: Network, part: Look, *, mirrored: bool = False) -> Chances:
    top, left, height, width = part.box
    seen = resize_photo(pixels[top : top + height, left : left + width], part.size)
    if not mirrored:
        return np.asarray(network(seen[None])[0])
    both = network(np.stack([seen, seen[:, ::-1]]))
    return np.asarray((both[0] + both[1][:, :, ::-1]) / 2)


def _scrutinise(pixels: Pixels, network: Network, area: int, box: Box) -> Chances:
    """The mean of what is seen in ``box`` at every careful size, mirrored too, at the largest of them."""
    seen = [_see(pixels, network, Look(box, fit(box[2:], area * share)), mirrored=True) for share in _CLOSE]
    size = max((each.shape[1:] for each in seen), key=lambda each: each[0] * each[1])
    mean: Chances = np.mean([_resize(each, size) for each in seen], axis=0, dtype=np.float32)
    return mean


def _boxes(afar: Chances, shape: tuple[int, int]) -> list[Box]:
    """Where to look closely in a photo of ``shape``: round each group of its people; at all of it when one fills it, or
    when there is nobody.
    """
    labels = afar.argmax(axis=0).astype(np.uint8)
    boxes = [_widened(box, labels.shape, shape) for box in groups(labels)] or [(0, 0, *shape)]
    return [(0, 0, *shape) if box[2] * box[3] > _FILLS * shape[0] * shape[1] else box for box in boxes]


def _widened(box: Box, seen: tuple[int, ...], shape: tuple[int, int]) -> Box:
    """``box`` of a picture of size ``seen`` with its margin, in a photo of ``shape``."""
    down, across = shape[0] / seen[0], shape[1] / seen[1]
    margin = _MARGIN * max(box[2] * down, box[3] * across) + max(down, across)
    top, left = max(0, int(box[0] * down - margin)), max(0, int(box[1] * across - margin))
    bottom = min(shape[0], int(np.ceil((box[0] + box[2]) * down + margin)))
    right = min(shape[1], int(np.ceil((box[1] + box[3]) * across + margin)))
    return top, left, bottom - top, right - left


def _compose(afar: Chances, shape: tuple[int, int], parts: list[tuple[Box, Chances]]) -> Chances:
    """``afar`` over the whole photo, with the ``parts`` put in at the finest scale among them (the photo's own and
    _LARGEST at most).
    """
    scale = max(chances.shape[1] / box[2] for box, chances in parts)
    scale = min(max(scale, afar.shape[1] / shape[0]), 1.0, (_LARGEST / (shape[0] * shape[1])) ** 0.5)
    height, width = max(1, round(shape[0] * scale)), max(1, round(shape[1] * scale))
    whole = _resize(afar, (height, width))
    for box, chances in parts:
        top, left = round(box[0] * height / shape[0]), round(box[1] * width / shape[1])
        bottom, right = round((box[0] + box[2]) * height / shape[0]), round((box[1] + box[3]) * width / shape[1])
        if bottom > top and right > left:
            whole[:, top:bottom, left:right] = _resize(chances, (bottom - top, right - left))
    return whole


def _resize(chances: Chances, size: tuple[int, ...]) -> Chances:
    resized = np.empty((COUNT, *size), dtype=np.float32)
    for plane, source in zip(resized, chances, strict=True):
        plane[:] = cv2.resize(source, (size[1], size[0]), interpolation=cv2.INTER_LINEAR)
    return resized
