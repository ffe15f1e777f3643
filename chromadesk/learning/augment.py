"""Paired augmentation: what happens to a photo happens to its mask. NumPy and OpenCV; every draw comes from the
generator given.

``strong`` shows what ``inference.looks`` will: of seven samples one is a head from near, two each are the whole photo
(a few of those far away on a plain canvas), the people in it with some of what surrounds them, and a crop zoomed 1.5-7x
(log-uniform, out of the full-size photo) round a pixel of a class drawn evenly (hair twice, background seldom).
Proportions are kept but for a jitter that reaches to the paper's squeeze of a 2:3 photo to 2:1.
"""

from __future__ import annotations

from typing import cast

import cv2
import numpy as np
import numpy.typing as npt

from chromadesk.classes import COUNT
from chromadesk.inference.people import people
from chromadesk.inference.resize import resize_labels, resize_photo
from chromadesk.learning.heads import capped, greyed, head_box

Pixels = npt.NDArray[np.uint8]
Labels = npt.NDArray[np.uint8]

#: The aspect (height / width) over the input's own: from a little stretched to a little more than the paper's squeeze.
_JITTER = (-0.25, 0.45)
_CLASS = np.uint8(0x07)  # the bits of a label that are its class id
#: Of a photo so many times as large as what the network sees, a zoom still shows all that it can see.
_LARGE = 4
#: How often a head is looked at from near, as in a portrait.
_HEADS = 0.15
#: How often hair is shown grey, and how often under a cap, both rare in street-style photos: from afar and from near.
_RARE = 0.2, 0.5
# chances of being zoomed at, by class id: plain walls and pavements teach little, heads much
_CLASS_DRAW = np.array([0.3, 1, 1, 1, 2], dtype=np.float64)


def prepare(pixels: Pixels, labels: Labels, size: tuple[int, int], kind: str) -> tuple[Pixels, Labels]:
    """What ``augment`` begins with each time, the same for all samples of a full-size pair: the pair at ``size``
    (height, width); for ``strong``, which looks closely, at no more than four times its longer side.
    """
    if kind == "strong":
        by = _LARGE * max(size) / max(labels.shape)
        if by >= 1:
            return pixels, labels
        size = max(1, round(labels.shape[0] * by)), max(1, round(labels.shape[1] * by))
    return resize_photo(pixels, size), resize_labels(labels, size)


def augment(
    pixels: Pixels, labels: Labels, size: tuple[int, int], kind: str, rng: np.random.Generator
) -> tuple[Pixels, Labels]:
    """One training sample of ``size`` (height, width) from a pair, prepared or not; ``kind`` is ``none``, ``flip`` or
    ``strong``. What else than a class id stands in the labels' high bits moves along with them.
    """
    near = False
    if kind == "strong":
        aspect = size[1] / size[0] * np.exp(rng.uniform(*_JITTER))
        head = head_box(labels, aspect, rng) if rng.random() < _HEADS else None
        near = head is not None
        pixels, labels = _framed(pixels, labels, aspect, rng) if head is None else _cut(pixels, labels, head)
    pixels, labels = resize_photo(pixels, size), resize_labels(labels, size)
    if kind != "none" and rng.random() < 0.5:
        pixels, labels = pixels[:, ::-1], labels[:, ::-1]
    if kind == "strong":
        if rng.random() < 0.4:
            pixels, labels = _rotate(pixels, labels, rng.uniform(-12, 12))
        if rng.random() < _RARE[near]:
            pixels = greyed(pixels, labels, rng)
        if rng.random() < _RARE[near]:
            pixels, labels = capped(pixels, labels, rng)
        pixels = _light(pixels, rng)
    return np.ascontiguousarray(pixels), np.ascontiguousarray(labels)


def _framed(pixels: Pixels, labels: Labels, aspect: float, rng: np.random.Generator) -> tuple[Pixels, Labels]:
    """One framing of a photo, ``aspect`` is width / height: whole, far away, its people, or something close."""
    draw = rng.random()
    classes = labels & _CLASS
    if draw < 0.08:
        return _far_away(pixels, labels, aspect, rng)
    if draw < 0.35:
        box = _frame_box(labels.shape, rng)
    elif draw < 0.67 and (found := people(classes)) is not None:
        box = _person_box(found, labels.shape, aspect, rng)
    else:
        box = _zoom_box(classes, aspect, rng)
    return _cut(pixels, labels, box)


def _far_away(pixels: Pixels, labels: Labels, aspect: float, rng: np.random.Generator) -> tuple[Pixels, Labels]:
    """The photo somewhere on a plain canvas of ``aspect`` (width / height), 1.1-2.2x as large."""
    height, width = labels.shape
    tall = round(rng.uniform(1.1, 2.2) * max(height, width / aspect))
    wide = round(tall * aspect)
    top, left = round((tall - height) * rng.random()), round((wide - width) * rng.random())
    canvas = np.full((tall, wide, 3), rng.integers(0, 256, 3), dtype=np.uint8)
    mask = np.zeros((tall, wide), dtype=np.uint8)
    canvas[top : top + height, left : left + width] = pixels
    mask[top : top + height, left : left + width] = labels
    return canvas, mask


def _person_box(
    found: tuple[int, int, int, int], shape: tuple[int, ...], aspect: float, rng: np.random.Generator
) -> tuple[int, int, int, int]:
    """``found`` with a margin, grown to ``aspect`` (width / height) as far as the photo reaches."""
    top, left, height, width = found
    above, below, before, after = rng.uniform(-0.02, 0.2, 4) * height
    top, bottom = top - above, top + height + below
    left, right = left - before / 2, left + width + after / 2
    wide = max(right - left, (bottom - top) * aspect)
    tall = max(bottom - top, wide / aspect)
    left, top = left - (wide - (right - left)) * rng.random(), top - (tall - (bottom - top)) * rng.random()
    wide, tall = min(wide, shape[1]), min(tall, shape[0])
    left, top = np.clip(left, 0, shape[1] - wide), np.clip(top, 0, shape[0] - tall)
    return int(top), int(left), max(8, int(tall)), max(8, int(wide))


def _zoom_box(labels: Labels, aspect: float, rng: np.random.Generator) -> tuple[int, int, int, int]:
    """A crop zoomed 1.5-7x round a pixel of a drawn class, inside the photo: (top, left, height, width)."""
    height, width = labels.shape
    present = np.bincount(labels.ravel(), minlength=COUNT)[:COUNT] > 0
    draw = _CLASS_DRAW * present
    chosen = rng.choice(COUNT, p=draw / draw.sum())
    where = np.flatnonzero(labels == chosen)
    row, column = divmod(int(where[rng.integers(len(where))]), width)
    zoom = np.exp(rng.uniform(np.log(1.5), np.log(7.0)))
    box_height = max(24, round(max(height, width) / zoom))
    box_width = max(24, round(box_height * aspect))
    box_height, box_width = min(box_height, height), min(box_width, width)
    top = np.clip(row - rng.uniform(0.2, 0.8) * box_height, 0, height - box_height)
    left = np.clip(column - rng.uniform(0.2, 0.8) * box_width, 0, width - box_width)
    return int(top), int(left), box_height, box_width


def _frame_box(shape: tuple[int, ...], rng: np.random.Generator) -> tuple[int, int, int, int]:
    """Nearly the whole photo, moved and scaled a little; may reach over the edge."""
    height, width = shape
    scale = rng.uniform(0.75, 1.1)
    box_height, box_width = scale * height, scale * width * np.exp(rng.uniform(-0.15, 0.15))
    top = (height - box_height) * rng.uniform(0, 1)
    left = (width - box_width) * rng.uniform(0, 1)
    return round(top), round(left), max(8, round(box_height)), max(8, round(box_width))


def _cut(
    pixels: Pixels, labels: Labels, box: tuple[int, int, int, int]
) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]:
    return _crop(pixels, box), _crop(labels, box)


def _crop(image: npt.NDArray[np.uint8], box: tuple[int, int, int, int]) -> npt.NDArray[np.uint8]:
    """Cut ``box``; where it reaches over the edge, the edge is repeated."""
    top, left, height, width = box
    bottom, right = top + height, left + width
    inner = image[max(0, top) : bottom, max(0, left) : right]
    over = max(0, -top), max(0, bottom - image.shape[0]), max(0, -left), max(0, right - image.shape[1])
    return cv2.copyMakeBorder(inner, *over, cv2.BORDER_REPLICATE).astype(np.uint8, copy=False) if any(over) else inner


def _rotate(pixels: Pixels, labels: Labels, degrees: float) -> tuple[Pixels, Labels]:
    height, width = labels.shape
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), degrees, 1.0)
    turned = cv2.warpAffine(pixels, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    mask = cv2.warpAffine(labels, matrix, (width, height), flags=cv2.INTER_NEAREST, borderMode=cv2.BORDER_REPLICATE)
    return turned.astype(np.uint8, copy=False), mask.astype(np.uint8, copy=False)


def _light(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    """Exposure, contrast, cast and saturation as photos have them; now and then grey, soft or badly compressed."""
    levels = np.arange(256, dtype=np.float32)[:, None] / 255
    gamma = np.exp(rng.uniform(-0.45, 0.45))
    exposure = rng.uniform(-0.9, -0.35) if rng.random() < 0.15 else rng.uniform(-0.35, 0.25)
    gain = np.exp(exposure) * np.exp(rng.uniform(-0.08, 0.08, 3))
    contrast = np.exp(rng.uniform(-0.25, 0.25))
    table = ((levels**gamma * gain - 0.5) * contrast + 0.5) * 255
    pixels = cv2.LUT(pixels, np.clip(table, 0, 255).astype(np.uint8)[None]).astype(np.uint8, copy=False)
    saturation = 0.0 if rng.random() < 0.04 else rng.uniform(0.6, 1.35)
    grey = cv2.cvtColor(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
    pixels = cv2.addWeighted(pixels, saturation, grey, 1 - saturation, 0).astype(np.uint8, copy=False)
    fate = rng.random()
    if fate < 0.1:
        pixels = cv2.GaussianBlur(pixels, (0, 0), rng.uniform(0.5, 1.5)).astype(np.uint8, copy=False)
    elif fate < 0.25:
        _, coded = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(12, 60))])
        pixels = cast(Pixels, cv2.imdecode(coded, cv2.IMREAD_COLOR))
    elif fate < 0.35:
        noise = rng.normal(0, rng.uniform(2, 9), pixels.shape)
        pixels = np.clip(pixels + noise, 0, 255).astype(np.uint8)
    return pixels
