"""MATLAB's .mat files of version 5 (and 7, which is 5 packed): numeric matrices and lists of text, as label maps need.

After MathWorks' published description of the format. Version 7.3 is HDF5, and not read.
"""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[Any]
Value = Matrix | list[str]

_HEAD = 128
_INT8, _INT32, _UINT32, _MATRIX, _PACKED = 1, 5, 6, 14, 15
_CELL, _CHARS = 1, 4
#: The types that numbers are stored in, and the classes they are meant as.
_STORED = {
    1: "i1",
    2: "u1",
    3: "i2",
    4: "u2",
    5: "i4",
    6: "u4",
    7: "f4",
    9: "f8",
    12: "i8",
    13: "u8",
    16: "u1",
    17: "u2",
}
_CLASSES = {6: "f8", 7: "f4", 8: "i1", 9: "u1", 10: "i2", 11: "u2", 12: "i4", 13: "u4", 14: "i8", 15: "u8"}
_TEXT = b"MATLAB 5.0 MAT-file, written by ChromaDesk"


class Broken(ValueError):
    """What is no such file; the text says why."""


def write(values: dict[str, npt.NDArray[np.uint8] | list[str]]) -> bytes:
    """Variables as a file: planes (H, W) of uint8, and lists of text as 1 x n cells."""
    parts = [_TEXT.ljust(124) + struct.pack("<H2s", 0x0100, b"IM")]
    for name, value in values.items():
        body = zlib.compress(_matrix(name, value))
        parts.append(struct.pack("<II", _PACKED, len(body)) + body)
    return b"".join(parts)


def _matrix(name: str, value: npt.NDArray[np.uint8] | list[str] | str) -> bytes:
    if isinstance(value, str):
        kind, shape = _CHARS, (1, len(value))
        data = _element(4, value.encode("utf-16-le"))
    elif isinstance(value, list):
        kind, shape = _CELL, (1, len(value))
        data = b"".join(_matrix("", text) for text in value)
    else:
        kind, shape = 9, value.shape
        data = _element(2, value.tobytes(order="F"))
    head = _element(_UINT32, struct.pack("<II", kind, 0)) + _element(_INT32, struct.pack("<ii", *shape))
    return _element(_MATRIX, head + _element(_INT8, name.encode("ascii")) + data)


def _element(kind: int, data: bytes) -> bytes:
    pad = b"" if kind == _MATRIX else bytes(-len(data) % 8)
    return struct.pack("<II", kind, len(data)) + data + pad


def read(data: bytes, most: int) -> dict[str, Value]:
    """The numeric matrices and lists of text of a file, by name; other variables are passed over.

    ``most``: how many bytes one may have unpacked. Raises Broken.
    """
    if data.startswith(b"\x89HDF") or data[:16].startswith(b"MATLAB 7.3"):
        raise Broken("it is of version 7.3; save it with -v7 in MATLAB")
    if len(data) < _HEAD or data[126:128] not in (b"IM", b"MI"):
        raise Broken("it does not begin as a .mat file of version 5 does")
    order = "<" if data[126:128] == b"IM" else ">"
    found: dict[str, Value] = {}
    for kind, body in _elements(data[_HEAD:], order, _PACKED):
        if kind == _PACKED:
            engine = zlib.decompressobj()
            try:
                body = engine.decompress(body, most)
            except zlib.error as error:
                raise Broken(f"it cannot be unpacked ({error})") from error
            if engine.unconsumed_tail:
                raise Broken(f"it unpacks to more than {most:,} bytes")
            inner = next(_elements(body, order), (0, b""))
            if inner[0] != _MATRIX:
                continue
            body = inner[1]
        elif kind != _MATRIX:
            continue
        name, value = _variable(body, order)
        if value is not None:
            found[name] = value
    return found


def _elements(data: bytes, order: str, unpadded: int = 0) -> Iterator[tuple[int, bytes]]:
    """(type, content) of the data elements that follow one another."""
    at = 0
    while at + 8 <= len(data):
        (kind,) = struct.unpack_from(f"{order}I", data, at)
        if kind >> 16:  # a small one: its size above, its content in the second word
            yield kind & 0xFFFF, data[at + 4 : at + 4 + min(kind >> 16, 4)]
            at += 8
            continue
        (size,) = struct.unpack_from(f"{order}I", data, at + 4)
        if at + 8 + size > len(data):
            raise Broken("it was cut short")
        yield kind, data[at + 8 : at + 8 + size]
        at += 8 + size + (0 if kind == unpadded and unpadded else -size % 8)


def _variable(body: bytes, order: str, depth: int = 0) -> tuple[str, Value | None]:
    """(name, value) of a matrix; None for what is neither numbers nor a list of text."""
    parts = _elements(body, order)
    flags, sizes, name = (next(parts, (0, b""))[1] for _ in range(3))
    if len(flags) < 4 or len(sizes) < 8:
        raise Broken("a matrix lacks its head")
    kind = struct.unpack_from(f"{order}I", flags)[0] & 0xFF
    shape = tuple(np.frombuffer(sizes[: len(sizes) // 4 * 4], f"{order}i4").tolist())
    if min(shape) < 0 or len(shape) > 8:
        raise Broken("a matrix has a size below 0")
    title = name.decode("ascii", "replace")
    if kind == _CELL and depth == 0:
        texts = [_variable(part, order, 1)[1] for sort, part in parts if sort == _MATRIX]
        return title, [text[0] for text in texts if isinstance(text, list) and text]
    if kind == _CHARS:
        sort, data = next(parts, (0, b""))
        coding = {4: f"utf-16-{'le' if order == '<' else 'be'}", 17: f"utf-16-{'le' if order == '<' else 'be'}"}
        return title, [data.decode(coding.get(sort, "utf-8"), "replace")]
    if kind not in _CLASSES:
        return title, None
    sort, data = next(parts, (0, b""))
    if sort not in _STORED:
        raise Broken(f"the matrix {title[:40]} holds numbers of an unknown type ({sort})")
    numbers = np.frombuffer(data, np.dtype(f"{order}{_STORED[sort]}"), count=len(data) // int(_STORED[sort][1]))
    if len(numbers) != math.prod(shape):
        raise Broken(f"the matrix {title[:40]} has {len(numbers):,} numbers, not {' x '.join(map(str, shape))}")
    return title, numbers.reshape(shape, order="F").astype(_CLASSES[kind])
