"""Scribble assist: one scribble says what its surroundings are, as far as photo and network agree.

Each pixel round the scribble weighs for and against its class: how probable the network found the class there, how like
the scribble's colours it is and how like those of the surroundings, how far it lies from the scribble, and how much of
an edge stands between. The weights are a logistic regression over 197 scribbles into wrong regions of the proposals for
40 held-out photos. The sum is calmed along the photo's edges; what is for the scribble then, and hangs together with
it, changes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from chromadesk.editing import geodesic
from chromadesk.editing.likeness import lab, sample, unlikeness
from chromadesk.editing.patch import Box, Plane, bounding_box
from chromadesk.guided import Guide

Pixels = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]
Field = npt.NDArray[np.float32]
#: What was drawn: a box, which may reach outside the photo, and a mask of its shape.
Piece = tuple[Box, Mask]

#: How far round the scribble is looked: this share of its length, and of the photo's longer side at least.
_REACH, _LEAST_REACH = 1.0, 0.07
#: A scribble counts as at least so long, share of the photo's longer side: a dot still reaches somewhere.
_DOT = 0.03
#: The surroundings are weighed on at most so many pixels.
_MODERATE = 90_000
#: Grain: neighbours that differ less differ not at all, Lab units.
_GRAIN = 1.0
#: Colours that stand for the scribble, and for what is right already; the third nearest of these counts.
_FOR, _AGAINST, _NEAREST = 16, 64, 3
#: Labels that the network gives this much are taken to be right.
_CERTAIN = 0.8
#: Where there is nothing to compare with, colours are so unlike.
_UNLIKE = 20.0
#: No pixel is surer than this. Windows of the guided filter, and the variance of lightness that is texture.
_SURE = 4.0
_RADIUS, _TEXTURE = 5, 1e-3


@dataclass(frozen=True)
class Weights:
    """Per unit of each cue: the class's log probability, and the roots of the edges between, of the unlikeness to the
    scribble's colours and to those of the surroundings, and of the distance in lengths of the scribble.
    """

    constant: float
    likely: float
    edges: float
    alike: float
    other: float
    away: float


#: With the network's scores, and by the photo alone.
SCORES = Weights(3.05, 0.80, -0.125, -0.53, 0.765, -2.1)
PHOTO = Weights(-0.07, 0.0, -0.135, -0.59, 0.93, -2.3)


def decide(
    pixels: Pixels,
    labels: Plane,
    scribble: Piece,
    class_id: int,
    chances: npt.NDArray[np.uint8] | None = None,
) -> tuple[Box, Mask]:
    """What becomes ``class_id``: a box inside the photo and a mask of its shape, the scribble among it.

    ``pixels`` uint8 (H, W, 3); ``labels`` uint8 (H, W) as they were before the scribble, whose box may reach outside;
    ``chances`` uint8 (5, h, w) over the whole photo, 255 for certain, or None.
    """
    height, width = labels.shape
    drawn = _inside(scribble, (height, width))
    if drawn is None:
        return Box(0, 0, 0, 0), np.zeros((0, 0), bool)
    box, mask = drawn
    longer = max(height, width)
    length = max(box.height, box.width, _DOT * longer)
    reach = round(max(_REACH * length, _LEAST_REACH * longer))
    window = Box(box.top - reach, box.left - reach, box.bottom + reach, box.right + reach).intersection(
        Box(0, 0, height, width)
    )
    scale = min(1.0, (_MODERATE / (window.height * window.width)) ** 0.5)
    size = max(1, round(window.height * scale)), max(1, round(window.width * scale))
    view = _View(window, _resized(pixels[window.slices], size), _resized(labels[window.slices], size))
    seeds = view.placed(box, mask)
    field = _weigh(view, seeds, class_id, chances, (height, width), length * scale)
    field[seeds] = _SURE
    return _with(*_at_full_size(view, field, seeds, pixels), box, mask)


def leave(labels: Plane, box: Box, mask: Mask, class_id: int, piece: Piece) -> None:
    """Take out of ``mask`` what was scribbled ``class_id`` earlier and still is (undone or painted over, it is not)."""
    there = box.intersection(piece[0])
    if there.empty:
        return
    drawn = piece[1][
        there.top - piece[0].top : there.bottom - piece[0].top, there.left - piece[0].left : there.right - piece[0].left
    ]
    still = drawn & (labels[there.slices] == class_id)
    mask[there.top - box.top : there.bottom - box.top, there.left - box.left : there.right - box.left] &= ~still


@dataclass(frozen=True)
class _View:
    """A window of the photo and of the mask, made smaller where it is large."""

    window: Box
    pixels: Pixels
    labels: Plane

    @property
    def size(self) -> tuple[int, int]:
        """Height and width as seen."""
        height, width = self.labels.shape
        return height, width

    def placed(self, box: Box, mask: Mask) -> Mask:
        """Where the True pixels of ``mask`` are seen: at least one."""
        rows, columns = np.nonzero(mask)
        seen = np.zeros(self.size, bool)
        seen[
            (rows + (box.top - self.window.top)) * self.size[0] // self.window.height,
            (columns + (box.left - self.window.left)) * self.size[1] // self.window.width,
        ] = True
        return seen


def _resized(plane: Pixels, size: tuple[int, int]) -> Pixels:
    """Photo pixels averaged, labels picked."""
    import cv2  # kept out of the window's start

    if plane.shape[:2] == size:
        return plane
    way = cv2.INTER_AREA if plane.ndim == 3 else cv2.INTER_NEAREST
    return np.asarray(cv2.resize(plane, size[::-1], interpolation=way), np.uint8)


def _inside(scribble: tuple[Box, Mask], size: tuple[int, int]) -> tuple[Box, Mask] | None:
    box, mask = scribble
    cut = box.intersection(Box(0, 0, *size))
    if cut.empty:
        return None
    mask = mask[cut.top - box.top : cut.bottom - box.top, cut.left - box.left : cut.right - box.left]
    return (cut, mask) if mask.any() else None


def _weigh(
    view: _View,
    seeds: Mask,
    class_id: int,
    chances: npt.NDArray[np.uint8] | None,
    photo_size: tuple[int, int],
    length: float,
) -> Field:
    """For (positive) and against the scribble's class at each pixel of the view."""
    import cv2  # kept out of the window's start

    weights = PHOTO if chances is None else SCORES
    colours = lab(view.pixels)
    field = np.full(view.size, np.float32(weights.constant))
    away = cv2.distanceTransform((~seeds).astype(np.uint8), cv2.DIST_L2, 5)
    field += np.float32(weights.away) * np.sqrt(away / np.float32(length))
    field += np.float32(weights.edges) * np.sqrt(geodesic.distance(seeds, *geodesic.steps(colours, _GRAIN)))
    field += np.float32(weights.alike) * np.sqrt(unlikeness(colours, sample(colours[seeds], _FOR)))
    right = (view.labels != class_id) & (away > 0.5 * length + 8)
    if chances is not None:
        likely, certain = _chances(view, chances, photo_size, class_id)
        field += np.float32(weights.likely) * np.log(likely + np.float32(1 / 255))
        right &= certain > _CERTAIN
    if np.count_nonzero(right) > _AGAINST // 2:
        other = unlikeness(colours, sample(colours[right], _AGAINST), _NEAREST)
        field += np.float32(weights.other) * np.sqrt(other)
    else:
        field += np.float32(weights.other * _UNLIKE**0.5)
    return field


def _chances(view: _View, chances: npt.NDArray[np.uint8], size: tuple[int, int], class_id: int) -> tuple[Field, Field]:
    """How probable the class is at each pixel of the view, and how probable the label it has, 0-1."""
    import cv2  # kept out of the window's start

    down, across = chances.shape[1] / size[0], chances.shape[2] / size[1]
    window = view.window
    rows = (np.arange(view.size[0], dtype=np.float32) + 0.5) * (window.height / view.size[0]) + window.top
    columns = (np.arange(view.size[1], dtype=np.float32) + 0.5) * (window.width / view.size[1]) + window.left
    where = (
        np.tile((columns * across - 0.5).astype(np.float32), (view.size[0], 1)),
        np.tile((rows * down - 0.5).astype(np.float32)[:, None], (1, view.size[1])),
    )
    certain = np.zeros(view.size, np.float32)
    likely = certain
    for index, plane in enumerate(chances):
        seen = cv2.remap(plane, *where, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE) / np.float32(255)
        if index == class_id:
            likely = seen
        np.copyto(certain, seen, where=view.labels == index)
    return likely, certain


def _at_full_size(view: _View, field: Field, seeds: Mask, pixels: Pixels) -> tuple[Box, Mask]:
    """Where ``field``, once it keeps to the photo's edges, is positive and hangs together with the seeds: a box of the
    photo and its mask.
    """
    import cv2  # kept out of the window's start

    light = _light(view.pixels)
    slope, offset = Guide(light, _RADIUS, _TEXTURE).coefficients(np.clip(field, -_SURE, _SURE))
    _, parts = cv2.connectedComponents(((slope * light + offset > 0) | seeds).astype(np.uint8), connectivity=4)
    taken = np.isin(parts, np.unique(parts[seeds]))
    window = view.window
    if (window.height, window.width) == view.size:
        return window, taken
    # At full size only where the small view took something, and one of its pixels round that.
    round_it = np.asarray(cv2.dilate(taken.astype(np.uint8), np.ones((3, 3), np.uint8)), np.uint8)
    part = bounding_box(round_it.view(bool))
    assert part is not None  # the seeds are among it
    down, across = window.height / view.size[0], window.width / view.size[1]
    box = Box(
        window.top + round(part.top * down),
        window.left + round(part.left * across),
        window.top + round(part.bottom * down),
        window.left + round(part.right * across),
    )
    size = (box.width, box.height)
    value: Field = np.asarray(cv2.resize(slope[part.slices], size, interpolation=cv2.INTER_LINEAR), np.float32)
    value *= _light(pixels[box.slices])
    value += np.asarray(cv2.resize(offset[part.slices], size, interpolation=cv2.INTER_LINEAR), np.float32)
    near = np.asarray(cv2.resize(round_it[part.slices], size, interpolation=cv2.INTER_NEAREST), np.uint8)
    return box, (value > 0) & near.view(bool)


def _light(pixels: Pixels) -> Field:
    """Lightness, 0-1."""
    import cv2  # kept out of the window's start

    light: Field = cv2.cvtColor(np.ascontiguousarray(pixels), cv2.COLOR_RGB2GRAY).astype(np.float32)
    light /= 255
    return light


def _with(box: Box, mask: Mask, drawn: Box, scribble: Mask) -> tuple[Box, Mask]:
    """``mask`` and the scribble in one."""
    whole = box.union(drawn)
    both = np.zeros((whole.height, whole.width), bool)
    for part, pixels in ((box, mask), (drawn, scribble)):
        both[part.top - whole.top : part.bottom - whole.top, part.left - whole.left : part.right - whole.left] |= pixels
    return whole, both
