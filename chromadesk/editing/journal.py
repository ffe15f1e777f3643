"""The journal of one photo as it lies on disk: every step since the mask was last written, replayed after a kill.

A journal is a line of JSON with its own CRC-32 (format, size of the photo, checksum of the labels it starts from, its
name, how often it was written anew) and then records: a head with kind, length, time and the CRC-32 of all three and of
the payload, and the payload. A tail torn by a crash ends the replay there and costs at most the steps that were not yet
synced. A save leaves a marker with the checksum of the labels it is about to write; once the mask is on disk everything
before the marker goes, and a crash between the two is told apart by that checksum. Format 1 had no name and no time,
and guarded only the payload.
"""

from __future__ import annotations

import json
import struct
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, NamedTuple

from chromadesk import reading
from chromadesk.editing.patch import Patch, Plane

DIRECTIONS = {"do": b"D", "undo": b"U", "redo": b"R"}
_NAMES = {value: key for key, value in DIRECTIONS.items()}
MARK = b"S"
FORMAT = 2
_FIRST = struct.Struct("<cII")
_RECORD = struct.Struct("<cId")
_CHECKSUM = struct.Struct("<I")
_HEAD_BYTES = 1024
#: More than any day's work takes; the replay of a longer one ends there.
MOST_BYTES = 1 << 30


class Step(NamedTuple):
    """``direction`` ("do", "undo", "redo") of ``patch`` at ``at``, in seconds since 1970 (0: unknown); ``end`` is where
    its record ends in the file.
    """

    direction: str
    patch: Patch
    at: float
    end: int


@dataclass
class Content:
    """What a journal holds: the steps in order; ``marks`` pair a count of steps with the labels' checksum there.

    ``length`` counts the bytes that are sound. What follows is a torn tail, unless the journal is ``damaged``: then it
    may hold more than was read. Of two with one ``name`` (empty in format 1) the one with more ``turns`` counts.
    """

    size: tuple[int, int]
    base: int
    format: int
    name: str
    turns: int
    length: int = 0
    steps: list[Step] = field(default_factory=list)
    marks: list[tuple[int, int]] = field(default_factory=list)
    damaged: bool = False

    def steps_after(self, checksum: int, saved: bool = True) -> list[Step] | None:
        """The steps to replay on labels with this checksum; None when they are neither the base nor a marked save.

        Of several places with these labels the first counts: more steps than needed lead to the same planes, while too
        few would lose provenance, which is written beside the labels and may be older. ``saved``: they were read from a
        mask; without one, all is background, and no save that was marked has been here.
        """
        if self.base == checksum:
            return self.steps
        if not saved:
            return None
        return next((self.steps[count:] for count, marked in self.marks if marked == checksum), None)


def labels_checksum(labels: Plane) -> int:
    """CRC-32 of the class ids."""
    return zlib.crc32(labels.tobytes() if not labels.flags.c_contiguous else labels.data)


def head(size: tuple[int, int], base: int, name: str, turns: int = 0) -> bytes:
    """The first line of a journal."""
    said = json.dumps({"format": FORMAT, "size": list(size), "base": base, "name": name, "turns": turns}).encode()
    return said + b" %08x\n" % zlib.crc32(said)


def record(kind: bytes, payload: bytes, at: float) -> bytes:
    """A record: a step's direction and patch, or MARK and a checksum of labels."""
    begun = _RECORD.pack(kind, len(payload), at)
    return begun + _CHECKSUM.pack(zlib.crc32(payload, zlib.crc32(begun))) + payload


def read(path: Path) -> Content | None:
    """The journal at ``path``, up to the first torn record; None when there is none or its first line is damaged.

    Raises OSError when it is there and cannot be read.
    """
    try:
        with reading.opened(path) as handle:
            return _read(handle)
    except FileNotFoundError:
        return None


def _read(handle: BinaryIO) -> Content | None:
    content = _begun(handle.readline(_HEAD_BYTES))
    if content is None:
        return None
    most = _longest(content.size)
    while content.length < MOST_BYTES:
        found = _next(handle, content.format, most)
        if found is None:
            return content
        kind, payload, at, taken = found
        try:
            if kind == MARK and payload:
                content.marks.append((len(content.steps), int.from_bytes(payload, "little")))
            else:
                patch = Patch.decode(payload, content.size)
                content.steps.append(Step(_NAMES[kind], patch, at, content.length + taken))
        except ValueError:
            break
        content.length += taken
    content.damaged = content.length < MOST_BYTES or bool(handle.read(1))
    return content


def _begun(line: bytes) -> Content | None:
    """An empty journal with this first line; None when it is none."""
    said, _, checksum = line.rpartition(b" ")
    try:
        if line.endswith(b"}\n"):
            said, known = line, 1
        elif line.endswith(b"\n") and int(checksum, 16) == zlib.crc32(said):
            known = FORMAT
        else:
            return None
        fields = json.loads(said)
        height, width = (int(side) for side in fields["size"])
        if fields["format"] != known or min(height, width) < 1:
            return None
        name, turns = ("", 0) if known == 1 else (str(fields["name"]), int(fields["turns"]))
        return Content((height, width), int(fields["base"]), known, name, turns, len(line))
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _next(handle: BinaryIO, known: int, most: int) -> tuple[bytes, bytes, float, int] | None:
    """(kind, payload, time, bytes) of the next record; no payload where it is damaged, None where it is torn."""
    if known == 1:
        begun = handle.read(_FIRST.size)
        if len(begun) < _FIRST.size:
            return None
        kind, length, checksum = _FIRST.unpack(begun)
        at, start = 0.0, 0
    else:
        begun = handle.read(_RECORD.size + _CHECKSUM.size)
        if len(begun) < _RECORD.size + _CHECKSUM.size:
            return None
        kind, length, at = _RECORD.unpack_from(begun)
        (checksum,) = _CHECKSUM.unpack_from(begun, _RECORD.size)
        start = zlib.crc32(begun[: _RECORD.size])
    if not 0 < length <= (4 if kind == MARK else most) or (kind not in _NAMES and kind != MARK):
        return kind, b"", at, 0
    payload = handle.read(length)
    if len(payload) < length:
        return None
    if zlib.crc32(payload, start) != checksum:
        return kind, b"", at, 0
    return kind, payload, at, len(begun) + length


def _longest(size: tuple[int, int]) -> int:
    """Bytes of the largest step of a photo of ``size``: what deflate makes of two planes of noise, and a head."""
    pixels = size[0] * size[1]
    return 2 * (pixels + pixels // 1000 + 64) + 64
