"""ICC profiles for tests, made byte by byte."""

from __future__ import annotations

import struct

D50 = (0.9642, 1.0, 0.8249)


def fixed(*values: float) -> bytes:
    return b"".join(struct.pack(">i", round(value * 65536)) for value in values)


def profile(space: bytes, connection: bytes, kind: bytes, name: str, tags: dict[bytes, bytes]) -> bytes:
    """A version 2 ICC profile with these tags beside the description and the white point."""
    text = name.encode("ascii") + b"\0"
    tags = {
        b"desc": b"desc\0\0\0\0" + struct.pack(">I", len(text)) + text + b"\0" * 78,
        b"wtpt": b"XYZ \0\0\0\0" + fixed(*D50),
        **tags,
    }
    table, body = struct.pack(">I", len(tags)), b""
    offset = 128 + 4 + 12 * len(tags)
    for tag, data in tags.items():
        data += b"\0" * (-len(data) % 4)
        table += tag + struct.pack(">II", offset + len(body), len(data))
        body += data
    header = struct.pack(">I4sI4s4s4s", 128 + len(table) + len(body), b"\0" * 4, 0x02400000, kind, space, connection)
    header += b"\0" * 12 + b"acsp" + b"\0" * 28 + fixed(*D50)
    return header.ljust(128, b"\0") + table + body


def adobe_like() -> bytes:
    """RGB wider than sRGB: the primaries of Adobe RGB (1998) under D50, gamma 2.2."""
    primaries = (0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457)
    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(2.2 * 256)) + bytes(2)
    tags = {
        bytes([letter]) + b"XYZ": b"XYZ \0\0\0\0" + fixed(*xyz) for letter, xyz in zip(b"rgb", primaries, strict=True)
    }
    return profile(b"RGB ", b"XYZ ", b"mntr", "Wide", tags | dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve))
