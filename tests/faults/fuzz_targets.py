"""What row 7 throws bytes at: the readers of masks, journals, swatches and jobs, with sound files to begin from."""

from __future__ import annotations

import io
import json
import struct
import tempfile
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from chromadesk.colour.formats import table
from chromadesk.colour.formats.swatchfile import Group, SwatchFile
from chromadesk.colour.swatch import Swatch
from chromadesk.editing import journal
from chromadesk.editing.patch import Box, Patch
from chromadesk.errors import ChromaDeskError
from chromadesk.jobs import comparison, messages, past, record
from chromadesk.masks import encode_mask, read_mask

SIZE = (12, 9)
#: What one input may take of the processor, the instruments of a fuzzer included.
MOST_SECONDS = 15
_FOLDER = Path(tempfile.mkdtemp(prefix="chromadesk-fuzz-"))


@dataclass(frozen=True)
class Target:
    """``seeds`` are sound inputs; ``read`` reads one, whatever it is, and raises only for a defect."""

    seeds: list[bytes]
    read: Callable[[bytes], None]

    def run(self, data: bytes) -> None:
        """``read`` within so many seconds of the processor: the machine may be busy."""
        begun = time.process_time()
        self.read(data)
        assert time.process_time() - begun < MOST_SECONDS


def _file(name: str, data: bytes) -> Path:
    path = _FOLDER / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    return path


def _is_sentence(error: ChromaDeskError) -> None:
    assert str(error).isprintable(), error


def _mask(data: bytes) -> None:
    """The first byte says whether the checksums of the chunks are made right, which lets the rest through."""
    path = _file("mask.png", _with_checksums(data[1:]) if data[:1] < b"\xc0" else data[1:])
    try:
        read = read_mask(path)
    except ChromaDeskError as error:
        _is_sentence(error)
        return
    assert read.labels.dtype == np.uint8
    assert read.labels.max() < 5
    assert not encode_mask(read.labels).startswith(b"\0")


def _with_checksums(data: bytes) -> bytes:
    """A PNG's chunks with the checksums that they should have."""
    parts, at = [data[:8]], 8
    while at + 8 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        body = data[at + 4 : at + 8 + length]
        parts.append(data[at : at + 4] + body + struct.pack(">I", zlib.crc32(body)))
        at += 12 + length
    return b"".join(parts)


def _masks() -> list[bytes]:
    random = np.random.default_rng(1)
    labels = random.integers(0, 5, SIZE, np.uint8)
    made = [encode_mask(labels)]
    for mode in ("L", "1", "RGB", "RGBA", "LA", "P", "I;16"):
        image = Image.fromarray(labels.astype(np.uint16)) if mode == "I;16" else Image.fromarray(labels).convert(mode)
        buffer = io.BytesIO()
        image.save(buffer, "PNG", **({"transparency": b"\0\xff"} if mode == "P" else {}))
        made.append(buffer.getvalue())
    return [b"\0" + data for data in made]


def _journal(data: bytes) -> None:
    """The first byte says whether what follows is a journal as it is, or kinds and payloads, which are then recorded
    with their checksums right; payloads of odd kinds are pixels, and squeezed.
    """
    raw, rest = data[:1] >= b"\xc0", data[1:]
    path = _file("a.journal", rest if raw else journal.head(SIZE, 7, "a" * 32) + _records(rest))
    content = journal.read(path)
    if content is None:
        return
    assert content.length <= path.stat().st_size
    for step in content.steps:
        assert step.patch.box.bottom <= content.size[0]
        assert step.patch.old.shape == step.patch.new.shape
    content.steps_after(7)


def _records(data: bytes) -> bytes:
    parts = []
    while len(data) >= 3:
        kind, length, data = data[0], int.from_bytes(data[1:3], "big"), data[3:]
        payload, data = data[:length], data[length:]
        if kind & 1 and len(payload) > 5:
            old, new = (zlib.compress(payload[5 + start :: 2]) for start in (0, 1))
            payload = struct.pack("<4IB3xII", *payload[:4], payload[4], len(old), len(new)) + old + new
        parts.append(journal.record(b"DURS"[kind >> 1 & 3 :][:1], payload, float(kind)))
    return b"".join(parts)


def _journals() -> list[bytes]:
    plane = np.zeros((2, 3), np.uint8)
    patch = Patch("brush", Box(1, 1, 3, 4), plane, plane + 2)
    whole = journal.head(SIZE, 7, "a" * 32) + journal.record(b"D", patch.encode(), 1.0)
    whole += journal.record(b"U", patch.encode(), 2.0) + journal.record(journal.MARK, b"\7\0\0\0", 3.0)
    pixels = bytes([1, 1, 3, 4, 0]) + bytes(12)
    return [b"\xff" + whole, b"\0" + b"\1" + len(pixels).to_bytes(2, "big") + pixels + b"\6\0\4\7\0\0\0"]


def _swatches(data: bytes) -> None:
    """The first byte says by which format's suffix the rest is called."""
    suffix = table.READABLE[(data[0] if data else 0) % len(table.READABLE)]
    try:
        read = table.read(_file(f"a{suffix}", data[1:]))
    except ChromaDeskError as error:
        _is_sentence(error)
        return
    assert np.isfinite([swatch.lab for swatch in read.swatches]).all()
    few = [Group(group.title, group.swatches[:20]) for group in read.groups[:5]]
    assert table.FORMATS[suffix].encode(SwatchFile(few, read.title, read.trust, read.grey))


def _swatch_files() -> list[bytes]:
    swatches = [Swatch((40.0, 20.0, -30.0), 0.5, pixels=9, title="Ink"), Swatch((90.0, -5.0, 110.0), 0.5)]
    file = SwatchFile([Group("Clothes", swatches)], "A title", "assumed sRGB, 1 photo", "L 61.0 a 2.0 b -1.2")
    return [bytes([number]) + table.FORMATS[each].encode(file) for number, each in enumerate(table.READABLE)]


def _jobs(data: bytes) -> None:
    """Parts between zero bytes become the files of a job's folder."""
    folder = _FOLDER / "jobs" / "20240531-100000-improve"
    folder.mkdir(parents=True, exist_ok=True)
    names = (record.REQUEST, record.MESSAGES, record.OUTCOME, record.WORKER, record.TIMES, record.ADOPTED)
    parts = data.split(b"\0")
    for number, name in enumerate(names):
        (folder / name).write_bytes(parts[number] if number < len(parts) else b"")
    for read in (past.entries, lambda state, _: comparison.comparable(comparison.scores(state))):
        past._end.cache_clear()
        comparison._read.cache_clear()
        read(_FOLDER, 5)
    for message in record.Tail(folder).read():
        assert messages.decode(messages.encode(message)) == message
    record.chosen(folder), record.running(folder), record.waiting(_FOLDER), record.outcome(folder)


def _job_folders() -> list[bytes]:
    request = json.dumps({"kind": "improve", "config": {"dataset": "..", "baseline": "x"}, "nice": 5})
    said = [messages.Started("train", 9), messages.Progress(1, 9, "a"), messages.Metrics(1.0, {"loss": 0.5})]
    said += [messages.Warned("w"), messages.Device("CPU"), messages.Failed("no")]
    scored = {"split": "test", "miou": 0.5, "per_photo": [{"key": "a"}], "quality": "paper", "size": "512x256"}
    ended = messages.Finished({"train": {"photos": ["a"]}, "new": scored, "old": scored})
    lines = "".join(messages.encode(message) + "\n" for message in said)
    worker, times = json.dumps({"pid": 1, "started": 1.0}), json.dumps({"first": 1.0, "begun": 2.0, "ended": 3.0})
    return ["\0".join([request, lines, messages.encode(ended), worker, times, "chromanet-v2"]).encode()]


TARGETS: dict[str, Target] = {
    "mask": Target(_masks(), _mask),
    "journal": Target(_journals(), _journal),
    "swatch": Target(_swatch_files(), _swatches),
    "job": Target(_job_folders(), _jobs),
}
