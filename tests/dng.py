"""Camera RAW for tests: a DNG made byte by byte, of a camera whose colours are known."""

from __future__ import annotations

import struct

import numpy as np
import numpy.typing as npt

#: XYZ -> the camera's own RGB, as DNG's ColorMatrix has it.
CAMERA = np.array([[0.9, -0.3, -0.1], [-0.4, 1.2, 0.2], [-0.1, 0.2, 0.6]])
D65 = np.array([0.95047, 1.0, 1.08883])
_SHORT, _LONG, _ASCII, _BYTE, _RATIONAL, _SRATIONAL = 3, 4, 2, 1, 5, 10
_SIZE = {_SHORT: "H", _LONG: "I", _BYTE: "B", _ASCII: "B", _RATIONAL: "I", _SRATIONAL: "i"}


def neutral() -> npt.NDArray[np.float64]:
    """What the camera sees of white, its largest channel 1."""
    seen = CAMERA @ D65
    return seen / seen.max()


def dng(xyz: npt.NDArray[np.float64], orientation: int = 1, preview: bytes = b"") -> bytes:
    """(H, W, 3) XYZ under D65 (Y = 1 is where white clips) as a DNG of 16 bits, its mosaic RGGB."""
    height, width = xyz.shape[:2]
    seen = np.clip(xyz @ CAMERA.T / (CAMERA @ D65).max(), 0, 1)
    mosaic = seen[..., 1].copy()
    mosaic[::2, ::2], mosaic[1::2, 1::2] = seen[::2, ::2, 0], seen[1::2, 1::2, 2]
    pixels = np.rint(mosaic * 65535).astype("<u2").tobytes()
    tags: dict[int, tuple[int, list[int]]] = {
        254: (_LONG, [0]),
        256: (_LONG, [width]),
        257: (_LONG, [height]),
        258: (_SHORT, [16]),
        259: (_SHORT, [1]),
        262: (_SHORT, [32803]),  # a colour filter array
        271: (_ASCII, [*b"CANON INC\0"]),
        272: (_ASCII, [*b"Canon EOS Test\0"]),
        273: (_LONG, [0]),
        274: (_SHORT, [orientation]),
        277: (_SHORT, [1]),
        278: (_LONG, [height]),
        279: (_LONG, [len(pixels)]),
        33421: (_SHORT, [2, 2]),
        33422: (_BYTE, [0, 1, 1, 2]),
        34665: (_LONG, [0]),
        50706: (_BYTE, [1, 4, 0, 0]),
        50708: (_ASCII, [*b"Canon EOS Test\0"]),
        50717: (_LONG, [65535]),
        50721: (_SRATIONAL, _fractions(CAMERA)),
        50728: (_RATIONAL, _fractions(neutral())),
        50778: (_SHORT, [21]),  # D65
    }
    if preview:
        tags[330] = (_LONG, [0])
    start = 8
    after = start + len(_directory(tags, start))
    tags[273] = (_LONG, [after])
    after += len(pixels)
    exif = _directory({36867: (_ASCII, [*b"2024:05:31 10:00:00\0"])}, after)
    tags[34665] = (_LONG, [after])
    after += len(exif)
    small = b""
    if preview:
        tags[330] = (_LONG, [after])
        of_it = {
            254: (_LONG, [1]),
            256: (_LONG, [_jpeg_size(preview)[1]]),
            257: (_LONG, [_jpeg_size(preview)[0]]),
            258: (_SHORT, [8, 8, 8]),
            259: (_SHORT, [7]),
            262: (_SHORT, [6]),
            273: (_LONG, [0]),
            277: (_SHORT, [3]),
            278: (_LONG, [_jpeg_size(preview)[0]]),
            279: (_LONG, [len(preview)]),
        }
        of_it[273] = (_LONG, [after + len(_directory(of_it, after))])
        small = _directory(of_it, after) + preview
    return struct.pack("<2sHI", b"II", 42, start) + _directory(tags, start) + pixels + exif + small


def _fractions(values: npt.NDArray[np.float64]) -> list[int]:
    return [part for value in values.ravel() for part in (round(value * 1_000_000), 1_000_000)]


def _directory(tags: dict[int, tuple[int, list[int]]], start: int) -> bytes:
    """A TIFF directory at the offset ``start`` and what its entries point to."""
    entries, body = struct.pack("<H", len(tags)), b""
    offset = start + 2 + 12 * len(tags) + 4
    for tag, (kind, values) in sorted(tags.items()):
        data = struct.pack(f"<{len(values)}{_SIZE[kind]}", *values)
        count = len(values) // (2 if kind in (_RATIONAL, _SRATIONAL) else 1)
        if len(data) > 4:
            place = struct.pack("<I", offset + len(body))
            body += data + b"\0" * (len(data) % 2)
        else:
            place = data.ljust(4, b"\0")
        entries += struct.pack("<HHI", tag, kind, count) + place
    return entries + b"\0\0\0\0" + body


def _jpeg_size(data: bytes) -> tuple[int, int]:
    at = data.index(b"\xff\xc0") + 5
    height, width = struct.unpack_from(">HH", data, at)
    return height, width
