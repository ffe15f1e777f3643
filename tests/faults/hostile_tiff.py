"""TIFF and EXIF written entry by entry, so that every entry can lie."""

from __future__ import annotations

import struct
from collections.abc import Sequence

import numpy as np

#: (tag, type, count, value or offset)
Entry = tuple[int, int, int, int]
_SHORT, _LONG = 3, 4
_PLAIN: tuple[Entry, ...] = (
    (256, _LONG, 1, 16),
    (257, _LONG, 1, 16),
    (258, _SHORT, 1, 8),
    (259, _SHORT, 1, 1),
    (262, _SHORT, 1, 1),
    (273, _LONG, 1, 400),
    (277, _SHORT, 1, 1),
    (278, _LONG, 1, 16),
    (279, _LONG, 1, 256),
)


def block(entries: Sequence[Entry], following: int = 0, body: bytes = b"") -> bytes:
    """One directory at 8, the next at ``following``, ``body`` from 400 on."""
    head = struct.pack("<2sHIH", b"II", 42, 8, len(entries))
    data = head + b"".join(struct.pack("<HHII", *entry) for entry in entries) + struct.pack("<I", following)
    return data.ljust(400, b"\0") + body


def bomb(side: int) -> bytes:
    """A picture of ``side`` squared of which nothing is there."""
    return block([(t, k, c, side if t in (256, 257, 278) else v) for t, k, c, v in _PLAIN], body=bytes(256))


def overlapping(entries: int, length: int) -> bytes:
    """A directory whose every entry claims the same ``length`` bytes."""
    return block([(1000 + number, 7, length, 8) for number in range(entries)], body=bytes(length))


def tiff(random: np.random.Generator) -> bytes:
    """A TIFF with one to three lies in its directory."""
    entries = list(_PLAIN)
    for _ in range(int(random.integers(1, 4))):
        place = int(random.integers(len(entries)))
        tag, kind, count, value = entries[place]
        lie = int(random.choice([0, 1, 2, 3, 5, 7, 16, 32, 64, 255, 65_535, 2**31, 2**32 - 1]))
        what = random.integers(5)
        if what == 0:
            entries[place] = (tag, kind, count, lie)
        elif what == 1:
            entries[place] = (tag, kind, lie, value)
        elif what == 2:
            entries[place] = (tag, int(random.integers(0, 20)), count, value)
        elif what == 3:
            compressions = [2, 3, 4, 5, 6, 7, 8, 32_773, 32_946, 34_676, 34_712, 34_925, 50_000, 50_001]
            entries[3] = (259, _SHORT, 1, int(random.choice(compressions)))
        else:
            extra = [322, 323, 324, 325, 338, 339, 317, 284, 320, 330, 347, 512, 513, 530, 700, 34_675, 34_665, 65_000]
            entries.append((int(random.choice(extra)), int(random.integers(1, 14)), max(lie, 1), lie))
    following = int(random.choice([0, 8, 10, 2**32 - 1]))
    return block(sorted(entries), following, random.bytes(int(random.integers(0, 3000))))


def exif(random: np.random.Generator) -> bytes:
    """An EXIF block that leads in a circle, claims the moon or says nonsense."""
    kind = random.integers(5)
    if kind == 0:
        return block([(0x8769, _LONG, 1, 8), (0x8825, _LONG, 1, 8), (0xA005, _LONG, 1, 8)], following=8)
    if kind == 1:
        return overlapping(2000, 30_000)
    if kind == 2:
        return block([(0x0112, int(random.integers(0, 20)), int(random.integers(0, 2**32)), 2**32 - 1)])
    if kind == 3:
        return block([(0x0112, _SHORT, 1, int(random.integers(0, 2**16))), (0x8769, _LONG, 1, 2**32 - 1)])
    return bytes(random.bytes(int(random.integers(1, 2000))))
