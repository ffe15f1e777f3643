"""Masks that are none, or not this photo's, or bombs: every one made anew from its seed."""

from __future__ import annotations

import struct
import zlib

import numpy as np
from PIL import Image

from chromadesk.classes import PALETTE
from chromadesk.masks import Labels, encode_mask
from tests.faults.hostile_images import Case, Random, png, saved

_SIZE = (30, 20)  # height, width, as victim.py asks for


def case(number: int) -> Case:
    """The mask of this number, the same every time."""
    random = np.random.default_rng([7, number])
    make = _MAKERS[number % len(_MAKERS)]
    made = make(random)
    return Case(f"{number:04d}-{make.__name__.strip('_')}.png", made[0], made[1])


def labels(
    random: Random, height: int = _SIZE[0], width: int = _SIZE[1]
) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    """Class ids at random."""
    return random.integers(0, 5, (height, width), np.uint8)


def _indexed(values: Labels, palette: bytes) -> Image.Image:
    image = Image.frombuffer("P", (values.shape[1], values.shape[0]), np.ascontiguousarray(values), "raw", "P", 0, 1)
    image.putpalette(palette)
    return image


def _whole(random: Random) -> tuple[bytes, str]:
    return encode_mask(labels(random)), "read"


def _wrong_size(random: Random) -> tuple[bytes, str]:
    return encode_mask(labels(random, *(int(side) for side in random.integers(1, 70, 2)))), "read"


def _wrong_classes(random: Random) -> tuple[bytes, str]:
    values = random.integers(0, 256, _SIZE, np.uint8)
    return saved(_indexed(values, random.bytes(768)), "PNG"), "refused"


def _grey(random: Random) -> tuple[bytes, str]:
    if random.integers(2):
        return saved(Image.fromarray(random.integers(0, 65_536, _SIZE, np.uint16)), "PNG"), "refused"
    return saved(Image.fromarray(random.integers(0, 5, _SIZE).astype(np.uint16)), "PNG"), "read"


def _deep(random: Random) -> tuple[bytes, str]:
    """16 bits a channel, or fewer than 8."""
    depth, colour = [(16, 2), (16, 6), (1, 3), (2, 3), (4, 3), (2, 0), (16, 4), (1, 0)][random.integers(8)]
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
    rows = b"".join(b"\0" + random.bytes((20 * channels * depth + 7) // 8) for _ in range(30))
    return png(20, 30, rows, depth, colour), ""


def _interlaced(random: Random) -> tuple[bytes, str]:
    data = bytearray(encode_mask(labels(random)))
    data[28] = 1
    data[29:33] = struct.pack(">I", zlib.crc32(bytes(data[12:29])))
    return bytes(data), ""


def _animated(random: Random) -> tuple[bytes, str]:
    frames = [_indexed(labels(random), PALETTE.tobytes()) for _ in range(3)]
    return saved(frames[0], "PNG", save_all=True, append_images=frames[1:]), "read"


def _palette(random: Random) -> tuple[bytes, str]:
    """Palettes too short, too long, of one colour, or missing altogether."""
    data = encode_mask(labels(random))
    at = data.index(b"PLTE") - 4
    length = int.from_bytes(data[at : at + 4], "big")
    body = [b"", random.bytes(3), random.bytes(7), PALETTE.tobytes() * 17, random.bytes(3 * 300), bytes(768)][
        random.integers(6)
    ]
    chunk = struct.pack(">I", len(body)) + b"PLTE" + body + struct.pack(">I", zlib.crc32(b"PLTE" + body))
    return data[:at] + (chunk if random.integers(4) else b"") + data[at + 12 + length :], ""


def _clear(random: Random) -> tuple[bytes, str]:
    image = _indexed(labels(random), PALETTE.tobytes())
    return saved(image, "PNG", transparency=random.bytes(int(random.integers(1, 256)))), ""


def _colours(random: Random) -> tuple[bytes, str]:
    pixels = PALETTE[labels(random)].astype(np.int16) + random.integers(-40, 40, (*_SIZE, 3))
    mode = str(random.choice(["RGB", "RGBA", "LA", "CMYK"]))
    image = Image.fromarray(pixels.clip(0, 255).astype(np.uint8)).convert(mode)
    return saved(image, "TIFF" if mode == "CMYK" else "PNG"), "refused" if mode == "CMYK" else ""


def _no_png(random: Random) -> tuple[bytes, str]:
    image = Image.fromarray(PALETTE[labels(random)])
    kind = str(random.choice(["JPEG", "GIF", "BMP", "TIFF", "WEBP", "PPM", "EPS", "PDF"]))
    return saved(image, kind), "refused"


def _broken(random: Random) -> tuple[bytes, str]:
    data = encode_mask(labels(random))
    if random.integers(2):
        return data[: int(random.integers(0, len(data) - 20))], "refused"
    broken = np.frombuffer(data, np.uint8).copy()
    places = random.integers(0, len(broken), int(random.integers(1, 10)))
    broken[places] = random.integers(0, 256, len(places))
    return broken.tobytes(), ""


def _bomb(random: Random) -> tuple[bytes, str]:
    kind = random.integers(3)
    if kind == 0:
        return png(60_000, 60_000, b"", 8, 3), "refused"
    if kind == 1:  # within the limit, of noise that is no mask
        rows = (b"\0" + random.bytes(3 * 4000)) * 3000
        return png(4000, 3000, rows), "refused"
    return png(4000, 3000, bytes(4001 * 3000), 8, 0), "read"


def _said(random: Random) -> tuple[bytes, str]:
    """Turned by EXIF, or with texts that provenance looks for."""
    exif = Image.Exif()
    exif[0x0112] = int(random.integers(0, 12))
    return saved(_indexed(labels(random), PALETTE.tobytes()), "PNG", exif=exif), "read"


_MAKERS = (_whole, _wrong_size, _wrong_classes, _grey, _deep, _interlaced, _animated, _palette, _clear, _colours,
           _no_png, _broken, _bomb, _said, _palette, _broken, _deep)  # fmt: skip
