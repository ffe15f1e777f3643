"""Photoshop documents as bytes: what a layered RGB file of 8 bits needs, after Adobe's published specification.

The photo lies raw in the file, layers of one colour as runs (PackBits), which every program reads.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

import numpy as np
import numpy.typing as npt

Plane = npt.NDArray[np.uint8]

MAX_SIDE = 30_000
_ICC, _RESOLUTION = 1039, 1005
_RAW, _RUNS = 0, 1
_ALPHA = -1
_HIDDEN, _MODERN = 2, 8
_LOCKED = 0x80000000  # all of it, as Photoshop says it
_OPEN, _CLOSED, _END = 1, 2, 3


@dataclass(frozen=True, eq=False)
class Picture:
    """A layer of a photo, opaque: ``pixels`` is (H, W, 3)."""

    name: str
    pixels: Plane
    locked: bool = True


@dataclass(frozen=True, eq=False)
class Shape:
    """A layer of one ``colour``, there where ``plane`` (H, W) is true."""

    name: str
    plane: npt.NDArray[np.bool_]
    colour: tuple[int, int, int]
    locked: bool = False


@dataclass(frozen=True)
class Group:
    """Layers in a folder, from the bottom; ``opacity`` 0-255."""

    name: str
    layers: tuple[Shape, ...]
    opacity: int = 255
    hidden: bool = False
    locked: bool = False


def write(handle: IO[bytes], layers: list[Picture | Group], merged: Plane, icc: bytes | None) -> None:
    """Write a document of ``layers``, from the bottom. ``merged``, (H, W, 3), is for programs that know none.

    Sides are at most MAX_SIDE.
    """
    height, width = merged.shape[:2]
    handle.write(struct.pack(">4sH6xHIIHHI", b"8BPS", 1, 3, height, width, 8, 3, 0))
    resources = _resource(_RESOLUTION, struct.pack(">IHHIHH", 72 << 16, 1, 1, 72 << 16, 1, 1))
    resources += _resource(_ICC, icc) if icc else b""
    handle.write(struct.pack(">I", len(resources)) + resources)
    records, channels = [], []
    for layer in layers:
        for record, data in _layer(layer, (height, width)):
            records.append(record)
            channels += data
    info = struct.pack(">h", len(records)) + b"".join(records)
    length = len(info) + sum(map(len, channels))
    pad = length % 2
    handle.write(struct.pack(">II", length + pad + 8, length + pad) + info)
    for channel in channels:
        handle.write(channel)
    handle.write(bytes(pad + 4))  # and no global mask
    handle.write(struct.pack(">H", _RAW))
    for number in range(3):
        handle.write(merged[..., number].tobytes())


def _layer(layer: Picture | Group, size: tuple[int, int]) -> Iterator[tuple[bytes, list[bytes]]]:
    """(record, channels) of a layer, or of a group: its end, its layers, its head, as they lie from the bottom."""
    if isinstance(layer, Picture):
        data = [struct.pack(">H", _RAW) + layer.pixels[..., number].tobytes() for number in range(3)]
        yield _record(layer.name, size, list(enumerate(data)), locked=layer.locked), data
        return
    nothing = [(number, bytes(2)) for number in (_ALPHA, 0, 1, 2)]
    empty = [data for _, data in nothing]
    yield _record("</Layer group>", (0, 0), nothing, section=_END), empty
    for shape in layer.layers:
        channels = [(_ALPHA, _runs_of(shape.plane))]
        channels += [(number, _even(value, size)) for number, value in enumerate(shape.colour)]
        yield _record(shape.name, size, channels, locked=shape.locked), [data for _, data in channels]
    section = _CLOSED if layer.hidden else _OPEN
    yield _record(layer.name, (0, 0), nothing, layer.opacity, layer.hidden, layer.locked, section), empty


def _record(
    name: str,
    size: tuple[int, int],
    channels: list[tuple[int, bytes]],
    opacity: int = 255,
    hidden: bool = False,
    locked: bool = False,
    section: int = 0,
) -> bytes:
    coded = name.encode("ascii", "replace")[:255]
    pascal = bytes([len(coded)]) + coded
    extra = bytes(8) + pascal + bytes(-len(pascal) % 4)
    extra += _block(b"luni", struct.pack(">I", len(name)) + name.encode("utf-16-be"))
    extra += _block(b"lspf", struct.pack(">I", _LOCKED)) if locked else b""
    extra += _block(b"lsct", struct.pack(">I4s4s", section, b"8BIM", b"norm")) if section else b""
    head = struct.pack(">iiiiH", 0, 0, *size, len(channels))
    head += b"".join(struct.pack(">hI", number, len(data)) for number, data in channels)
    flags = _MODERN | (_HIDDEN if hidden else 0)
    return head + struct.pack(">4s4sBBBBI", b"8BIM", b"norm", opacity, 0, flags, 0, len(extra)) + extra


def _block(key: bytes, data: bytes) -> bytes:
    data += bytes(-len(data) % 4)
    return struct.pack(">4s4sI", b"8BIM", key, len(data)) + data


def _resource(number: int, data: bytes) -> bytes:
    return struct.pack(">4sHHI", b"8BIM", number, 0, len(data)) + data + bytes(len(data) % 2)


def _even(value: int, size: tuple[int, int]) -> bytes:
    """A channel of one value throughout."""
    row = _run(value, size[1])
    return struct.pack(">H", _RUNS) + struct.pack(">H", len(row)) * size[0] + row * size[0]


def _runs_of(plane: npt.NDArray[np.bool_]) -> bytes:
    """The channel that is 255 where ``plane`` is true."""
    width = plane.shape[1]
    rows = []
    for row in plane:
        ends = [*(np.flatnonzero(row[1:] != row[:-1]) + 1).tolist(), width]
        coded, start, value = b"", 0, 255 * int(row[0])
        for end in ends:
            coded += _run(value, end - start)
            start, value = end, 255 - value
        rows.append(coded)
    return struct.pack(">H", _RUNS) + b"".join(struct.pack(">H", len(row)) for row in rows) + b"".join(rows)


def _run(value: int, length: int) -> bytes:
    """``length`` times ``value`` in PackBits: (257 - n, value) stands for n of 2-128 alike, (0, value) for one."""
    whole, rest = divmod(length, 128)
    end = b"" if not rest else bytes([257 - rest if rest > 1 else 0, value])
    return bytes([129, value]) * whole + end
