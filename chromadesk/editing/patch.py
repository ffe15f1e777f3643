"""The atom of editing: a box of a plane, what stood in it before and what stands in it after.

A plane is uint8 (H, W); the document packs label and provenance into one (see ``document``), so one patch carries both.
Pixels are kept raw until ``pack`` squeezes them, which a background thread may do while the patch is in use.
"""

from __future__ import annotations

import struct
import zlib
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from chromadesk.classes import COUNT

Plane = npt.NDArray[np.uint8]
#: The low bits of a packed pixel, its class id (see ``document``).
_CLASS = np.uint8(0x7F)
_HEAD = struct.Struct("<4IB3xII")


class Box(NamedTuple):
    """Half-open rectangle of pixels: rows ``top`` to ``bottom``, columns ``left`` to ``right``."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def height(self) -> int:
        """Rows."""
        return self.bottom - self.top

    @property
    def width(self) -> int:
        """Columns."""
        return self.right - self.left

    @property
    def empty(self) -> bool:
        """No pixel lies inside."""
        return self.bottom <= self.top or self.right <= self.left

    @property
    def slices(self) -> tuple[slice, slice]:
        """The index of this box in a plane."""
        return slice(self.top, self.bottom), slice(self.left, self.right)

    def intersection(self, other: Box) -> Box:
        """What both hold; may be ``empty``."""
        return Box(
            max(self.top, other.top),
            max(self.left, other.left),
            min(self.bottom, other.bottom),
            min(self.right, other.right),
        )

    def union(self, other: Box) -> Box:
        """The smallest box around both."""
        return Box(
            min(self.top, other.top),
            min(self.left, other.left),
            max(self.bottom, other.bottom),
            max(self.right, other.right),
        )


def bounding_box(mask: npt.NDArray[np.bool_]) -> Box | None:
    """The smallest box around the True pixels of (H, W) ``mask``; None when there are none."""
    import cv2  # kept out of the window's start

    if not mask.size:
        return None
    left, top, width, height = cv2.boundingRect(mask.view(np.uint8))
    return Box(top, left, top + height, left + width) if width else None


class Patch:
    """One step: ``kind`` names it in the history; ``old`` and ``new`` are uint8 (height, width) of ``box``."""

    #: A journal holds places in this row: new kinds go to its end.
    KINDS = (
        "brush",
        "eraser",
        "fill",
        "prediction",
        "edit",
        "lasso",
        "history",
        "revert",
        "smooth",
        "holes",
        "specks",
        "person",
        "magnetic",
        "scribble",
        "border",
        "photoshop",
    )

    def __init__(self, kind: str, box: Box, old: Plane, new: Plane) -> None:
        if old.shape != (box.height, box.width) or new.shape != old.shape or kind not in self.KINDS:
            raise ValueError(f"a {kind} patch of {box} cannot hold planes of {old.shape} and {new.shape}")
        self.kind = kind
        self.box = box
        self._raw: tuple[Plane, Plane] | None = (old, new)
        self._packed: tuple[bytes, bytes] | None = None

    @property
    def old(self) -> Plane:
        """The pixels before."""
        return self._plane(0)

    @property
    def new(self) -> Plane:
        """The pixels after."""
        return self._plane(1)

    @property
    def nbytes(self) -> int:
        """Memory the pixels take at present."""
        packed, raw = self._packed, self._raw
        if packed is not None:
            return len(packed[0]) + len(packed[1])
        assert raw is not None
        return raw[0].nbytes + raw[1].nbytes

    def pack(self) -> tuple[bytes, bytes]:
        """Squeeze the pixels (once) and let the raw ones go; safe from another thread."""
        packed, raw = self._packed, self._raw
        if packed is None:
            assert raw is not None
            # Not by way of bytes: to copy those of a large photo would hold up every other thread.
            old, new = (zlib.compress(np.ascontiguousarray(plane).data, 1) for plane in raw)
            packed = old, new
            # In this order: whoever reads in between finds one of the two.
            self._packed = packed
            self._raw = None
        return packed

    def encode(self) -> bytes:
        """The patch as bytes, for the journal."""
        old, new = self.pack()
        return _HEAD.pack(*self.box, self.KINDS.index(self.kind), len(old), len(new)) + old + new

    @classmethod
    def decode(cls, data: bytes, size: tuple[int, int]) -> Patch:
        """The patch ``encode`` wrote of a photo of ``size``, at rest; ValueError when the bytes are none.

        What is squeezed is unpacked to no more than its box, which lies within the photo.
        """
        if len(data) < _HEAD.size:
            raise ValueError("too short for a patch")
        top, left, bottom, right, kind, old_length, new_length = _HEAD.unpack_from(data)
        box = Box(top, left, bottom, right)
        if len(data) != _HEAD.size + old_length + new_length or kind >= len(cls.KINDS) or box.empty:
            raise ValueError("not a patch")
        if box.bottom > size[0] or box.right > size[1]:
            raise ValueError("the step lies outside the photo")
        middle = _HEAD.size + old_length
        packed = data[_HEAD.size : middle], data[middle:]
        for part in packed:
            if (_unpacked(part, box) & _CLASS).max() >= COUNT:
                raise ValueError("the pixels of the patch are of no class")
        patch = cls.__new__(cls)
        patch.kind, patch.box, patch._raw, patch._packed = cls.KINDS[kind], box, None, packed
        return patch

    def _plane(self, which: int) -> Plane:
        raw, packed = self._raw, self._packed
        if raw is not None:
            return raw[which]
        assert packed is not None
        return _unpacked(packed[which], self.box)


def _unpacked(part: bytes, box: Box) -> Plane:
    area = box.height * box.width
    unpacking = zlib.decompressobj()
    try:
        pixels = unpacking.decompress(part, area + 1)
    except zlib.error as error:
        raise ValueError("the pixels of the patch are damaged") from error
    if len(pixels) != area or not unpacking.eof:
        raise ValueError("the pixels of the patch do not fill its box")
    return np.frombuffer(pixels, np.uint8).reshape(box.height, box.width)
