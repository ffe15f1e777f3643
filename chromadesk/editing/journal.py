"""The journal of one photo: every step since the mask was last written, on disk within 100 ms, replayed after a kill.

A journal is a line of JSON (size of the photo, checksum of the labels it starts from) and then records: a head with
kind, length and CRC-32, then the payload. A tail torn by a crash ends the replay there and costs at most the steps that
were not yet synced. A save leaves a marker with the checksum of the labels it is about to write; ``fold`` drops
everything before the marker once the mask is on disk, and a crash between the two is told apart by that checksum.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import queue
import struct
import threading
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from io import FileIO
from pathlib import Path

from chromadesk import files
from chromadesk.editing.patch import Patch, Plane
from chromadesk.errors import ChromaDeskError

_RECORD = struct.Struct("<cII")
_DIRECTIONS = {"do": b"D", "undo": b"U", "redo": b"R"}
_NAMES = {value: key for key, value in _DIRECTIONS.items()}
_MARK = b"S"
_FORMAT = 1


@dataclass
class Content:
    """What a journal holds: the steps in order; ``marks`` pair a count of steps with the labels' checksum there.

    ``length`` counts the bytes that are sound; what follows is a torn tail.
    """

    size: tuple[int, int]
    base: int
    length: int = 0
    steps: list[tuple[str, Patch]] = field(default_factory=list)
    marks: list[tuple[int, int]] = field(default_factory=list)

    def steps_after(self, checksum: int) -> list[tuple[str, Patch]] | None:
        """The steps to replay on labels with this checksum; None when they are neither the base nor a marked save.

        Of several places with these labels the first counts: more steps than needed lead to the same planes, while too
        few would lose provenance, which is written beside the labels and may be older.
        """
        if self.base == checksum:
            return self.steps
        return next((self.steps[count:] for count, marked in self.marks if marked == checksum), None)


def labels_checksum(labels: Plane) -> int:
    """CRC-32 of the class ids."""
    return zlib.crc32(labels.tobytes() if not labels.flags.c_contiguous else labels.data)


def read(path: Path) -> Content | None:
    """The journal at ``path``, up to the first torn record; None when there is none or its first line is damaged."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    line, _, rest = data.partition(b"\n")
    try:
        head = json.loads(line)
        content = Content((int(head["size"][0]), int(head["size"][1])), int(head["base"]), len(line) + 1)
    except (ValueError, KeyError, TypeError, IndexError):
        return None
    offset = 0
    while offset + _RECORD.size <= len(rest):
        kind, length, checksum = _RECORD.unpack_from(rest, offset)
        payload = rest[offset + _RECORD.size : offset + _RECORD.size + length]
        if len(payload) != length or zlib.crc32(payload) != checksum:
            break
        try:
            if kind == _MARK:
                content.marks.append((len(content.steps), int.from_bytes(payload, "little")))
            else:
                content.steps.append((_NAMES[kind], Patch.decode(payload)))
        except (KeyError, ValueError):
            break
        offset += _RECORD.size + length
    content.length += offset
    return content


class Journal:
    """Appends to the journal at ``path`` from a thread of its own, begun with the first step.

    ``base`` is the checksum of the labels the steps start from; the file is made with the first step. Of what stood in
    the file before, the first ``keep`` bytes stay (they were replayed); the rest goes. ``failed`` gets one sentence,
    from the thread, when the disk refuses; steps go on in memory.
    """

    def __init__(self, path: Path, size: tuple[int, int], base: int, keep: int = 0) -> None:
        self.path = path
        self.failed: Callable[[str], None] = lambda sentence: None
        self._size = size
        self._base = base
        self._keep = keep
        self._queue: queue.Queue[Callable[[], None] | None] = queue.Queue()
        self._thread: threading.Thread | None = None
        self._file: FileIO | None = None
        self._end = 0
        self._broken = self._closed = False
        self._marks: dict[int, tuple[int, int]] = {}
        self._serial = 0

    def append(self, direction: str, patch: Patch) -> None:
        """Record a step ("do", "undo" or "redo"); returns at once."""
        self._submit(lambda: self._write(_DIRECTIONS[direction], patch.encode()))

    def mark(self, labels: Plane) -> int:
        """Note that ``labels`` (a copy nobody writes to) are about to be saved; returns the mark for ``fold``."""
        self._serial += 1
        serial = self._serial

        def write() -> None:
            checksum = labels_checksum(labels)
            self._write(_MARK, checksum.to_bytes(4, "little"))
            self._marks[serial] = (self._end, checksum)

        self._submit(write)
        return serial

    def fold(self, mark: int) -> None:
        """The labels of ``mark`` are on disk: drop the steps before it. Waits for the thread; raises StorageError."""
        errors: list[ChromaDeskError] = []

        def fold() -> None:
            try:
                self._fold(mark)
            except ChromaDeskError as error:
                errors.append(error)

        self._submit(fold)
        self.flush()
        if errors:
            raise errors[0]

    def flush(self) -> None:
        """Wait until everything appended so far is synced (or has failed)."""
        if self._thread is not None:
            self._queue.join()

    def close(self) -> None:
        """Flush and end the thread; the file stays for the next open, and nothing is appended any more."""
        self._closed = True
        if self._thread is not None:
            self._queue.put(None)
            self._thread.join()
            self._thread = None

    def _submit(self, call: Callable[[], None]) -> None:
        if self._closed:
            return
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name=f"journal {self.path.name}", daemon=True)
            self._thread.start()
        self._queue.put(call)

    def _run(self) -> None:
        while True:
            call = self._queue.get()
            try:
                if call is None:
                    if self._file is not None:
                        self._file.close()
                        self._file = None
                    return
                call()
            except (OSError, ChromaDeskError) as error:
                if not self._broken:
                    self._broken = True
                    reason = error.strerror if isinstance(error, OSError) else str(error)
                    self.failed(
                        f"The journal {self.path} cannot be written ({reason}); "
                        "save often, a crash would lose the latest strokes."
                    )
            finally:
                self._queue.task_done()

    def _write(self, kind: bytes, payload: bytes) -> None:
        if self._file is None:
            self._open()
        assert self._file is not None
        record = _RECORD.pack(kind, len(payload), zlib.crc32(payload)) + payload
        try:
            if self._file.write(record) != len(record):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fsync(self._file.fileno())
        except OSError:
            # Half a record would hide every later one from the replay.
            with contextlib.suppress(OSError):
                self._file.truncate(self._end)
                self._file.seek(self._end)
            raise
        self._end += len(record)

    def _open(self) -> None:
        if not (self._keep and self.path.exists()):
            head = self._head(self._base)
            files.write_bytes(self.path, head)
            self._keep = len(head)
        self._file = FileIO(self.path, "rb+")  # closed by the thread when it ends
        self._file.truncate(self._keep)
        self._file.seek(self._keep)
        self._end = self._keep

    def _head(self, base: int) -> bytes:
        return json.dumps({"format": _FORMAT, "size": list(self._size), "base": base}).encode() + b"\n"

    def _fold(self, mark: int) -> None:
        if mark not in self._marks:
            return  # the mark itself could not be written; the whole journal stays and replays onto its base
        offset, checksum = self._marks.pop(mark)
        if self._file is not None:
            self._file.close()
            self._file = None
        with open(self.path, "rb") as handle:
            handle.seek(offset)
            tail = handle.read(self._end - offset)
        head = self._head(checksum)
        if tail:
            files.write_bytes(self.path, head + tail)
        else:
            self.path.unlink()
        self._base, self._broken = checksum, False
        self._keep = len(head) + len(tail) if tail else 0
        # Marks made meanwhile move with the tail.
        self._marks = {serial: (where - offset + len(head), value) for serial, (where, value) in self._marks.items()}
