"""Edges that follow the photo: a network's probabilities, coarser than the photo, become a mask of the photo's size.

Guided filter in its fast form (chromadesk.guided): where probabilities change, they change where the photo's
lightness does. The linear coefficients are found at a moderate size and applied to the full photo; tile by tile, and
there only those of the classes that can win somewhere in it: most tiles are all of one class.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from chromadesk.classes import COUNT
from chromadesk.guided import Guide

Pixels = npt.NDArray[np.uint8]
Labels = npt.NDArray[np.uint8]
Chances = npt.NDArray[np.float32]
Plane = npt.NDArray[np.float32]

#: Half the window's side over the distance between two of the network's pixels.
_REACH = 5.0
#: How much of the lightness' variance (0-1) counts as texture rather than as an edge.
_TEXTURE = 1e-3
#: Coefficients are found on a photo of at most so many pixels; where time counts, of so many.
_MODERATE, _FEW = 1_000_000, 120_000
#: The side of a tile, photo pixels: its floats fit into a core's cache.
_TILE = 256


def refine(chances: Chances, pixels: Pixels, *, fast: bool = False) -> Labels:
    """(5, h, w) probabilities and the (H, W, 3) photo -> (H, W) class ids whose borders keep to the photo's edges, to
    its larger ones when ``fast``.
    """
    height, width = pixels.shape[:2]
    scale = min(1.0, ((_FEW if fast else _MODERATE) / (height * width)) ** 0.5)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    light = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)
    guide = np.asarray(cv2.resize(light, size, interpolation=cv2.INTER_AREA), dtype=np.float32)
    guide /= 255
    guided = Guide(guide, max(1, round(_REACH * size[1] / chances.shape[1])), _TEXTURE)
    slopes, offsets = (np.empty((COUNT, size[1], size[0]), np.float32) for _ in range(2))
    for index in range(COUNT):
        slopes[index], offsets[index] = guided.coefficients(_grow(chances[index], size))
    labels = np.empty((height, width), np.uint8)
    strips = _strips(size[1], height)

    def work(strip: Strip) -> None:
        _settle(slopes[:, strip.moderate], offsets[:, strip.moderate], strip, light[strip.full], labels[strip.full])

    threads = min(cv2.getNumThreads(), len(strips))
    if threads > 1:
        with ThreadPoolExecutor(threads, thread_name_prefix="refine") as pool:
            list(pool.map(work, strips))
    else:
        for strip in strips:
            work(strip)
    return labels


class Strip(NamedTuple):
    """Some rows of the ``full`` photo and those of the ``moderate`` one about them, where each of the former lies
    ``share`` of the way from row ``first`` to row ``second``.
    """

    full: slice
    moderate: slice
    first: npt.NDArray[np.intp]
    second: npt.NDArray[np.intp]
    share: Plane


def _strips(moderate: int, full: int) -> list[Strip]:
    """All ``full`` rows, whose coefficients lie in ``moderate`` ones."""
    centres = np.clip((np.arange(full) + 0.5) * (moderate / full) - 0.5, 0, moderate - 1)
    first = centres.astype(np.intp)
    second = np.minimum(first + 1, moderate - 1)
    share = (centres - first).astype(np.float32)[:, None]
    found = []
    for start in range(0, full, _TILE):
        here = slice(start, min(start + _TILE, full))
        low = int(first[start])
        there = slice(low, int(second[here][-1]) + 1)
        found.append(Strip(here, there, first[here] - low, second[here] - low, share[here]))
    return found


def _settle(slopes: Plane, offsets: Plane, strip: Strip, light: Labels, labels: Labels) -> None:
    """Fill the ``labels`` of a strip, whose coefficients, (5, h, w), and ``light``, 0-255, (H, W), these are: at each
    pixel the class whose slope * lightness + offset is highest, the first of equals.
    """
    full, moderate = light.shape[1], slopes.shape[2]
    wide: dict[int, tuple[Plane, Plane]] = {}
    for start in range(0, full, _TILE):
        here = slice(start, min(start + _TILE, full))
        able = list(range(COUNT))
        if full > 2 * moderate:  # else looking costs as much as doing
            there = slice(max(0, start * moderate // full - 1), min(moderate, -(-here.stop * moderate // full) + 1))
            able = _able(slopes[:, :, there], offsets[:, :, there], light[:, here])
        labels[:, here] = able[0]
        if len(able) == 1:
            continue
        grey = light[:, here].astype(np.float32)
        grey /= 255
        best: Plane | None = None
        for index in able:
            if index not in wide:
                wide[index] = _widened(slopes[index], full), _widened(offsets[index], full)
            slope, offset = (plane[:, here] for plane in wide[index])
            value = _heightened(slope, strip)
            value *= grey
            value += _heightened(offset, strip)
            if best is None:
                best = value
                continue
            labels[:, here][value > best] = index
            np.maximum(best, value, out=best)


def _able(slopes: Plane, offsets: Plane, light: Labels) -> list[int]:
    """The classes that may win somewhere in a tile: none is surely above them everywhere."""
    ends = offsets + slopes * np.float32(light.min() / 255), offsets + slopes * np.float32(light.max() / 255)
    least = np.minimum(*ends).min(axis=(1, 2))
    most = np.maximum(*ends).max(axis=(1, 2))
    return np.flatnonzero(most >= least.max()).tolist()


def _widened(plane: Plane, width: int) -> Plane:
    return _grow(plane, (width, plane.shape[0])) if plane.shape[1] != width else plane


def _heightened(plane: Plane, strip: Strip) -> Plane:
    above = plane[strip.first]
    if not strip.share.any():
        return above
    value = plane[strip.second]
    value -= above
    value *= strip.share
    value += above
    return value


def upsample(chances: Chances, size: tuple[int, ...]) -> Labels:
    """(5, h, w) probabilities -> (H, W) class ids at ``size``, without a photo to go by."""
    grown = np.stack([_grow(plane, (size[1], size[0])) for plane in chances])
    return np.asarray(grown.argmax(axis=0), dtype=np.uint8)


def _grow(plane: Plane, size: tuple[int, int]) -> Plane:
    return np.asarray(cv2.resize(plane, size, interpolation=cv2.INTER_LINEAR), dtype=np.float32)
