"""Writing the journal of one photo, from a thread of its own: a step counts as safe once it is synced.

What the disk refuses stays in memory, in order, and is tried again with every step; meanwhile the whole journal goes
to a second place, the user's own data folder, and comes home from there when it can.
"""

from __future__ import annotations

import contextlib
import errno
import os
import queue
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from typing import Literal

from chromadesk import files, reading
from chromadesk.editing.journal import DIRECTIONS, MARK, Step, head, labels_checksum, record
from chromadesk.editing.patch import Patch, Plane
from chromadesk.errors import ChromaDeskError

#: A journal in the second place looks this often, in seconds, whether it can come home.
_HOMEWARD = 5.0
#: Steps that come thick and fast are synced together, but not later than this.
_TOGETHER = 0.05


@dataclass(frozen=True, eq=False)
class _Entry:
    kind: bytes
    content: Patch | int
    at: float
    #: Which step it is of those appended here; 0 for what was there before, and for marks.
    number: int = 0

    def encode(self) -> bytes:
        payload = self.content.to_bytes(4, "little") if isinstance(self.content, int) else self.content.encode()
        return record(self.kind, payload, self.at)


class Journal:
    """Appends to the journal at ``path``, begun with the first step.

    ``base`` is the checksum of the labels the steps start from. ``before`` are the steps that were replayed: of the
    file at ``path`` its first ``keep`` bytes hold them; where ``keep`` is 0 it is written anew. ``name`` and ``turns``
    are those of the journal they came from. ``spare`` is the second place, of which ``claim`` notes whose it is, and
    ``allowed`` says whether the first may be tried at all.

    From the thread: ``safe`` gets ``synced`` whenever it grows, ``failed`` one sentence when the disk refuses, and
    ``mended`` one when all is well again. Steps go on in memory.
    """

    def __init__(
        self,
        path: Path,
        size: tuple[int, int],
        base: int,
        keep: int = 0,
        before: Sequence[Step] = (),
        name: str = "",
        turns: int = 0,
        spare: Path | None = None,
        claim: Callable[[], None] = lambda: None,
        allowed: Callable[[], bool] = lambda: True,
    ) -> None:
        self.path = path
        self.safe: Callable[[int], None] = lambda count: None
        self.failed: Callable[[str], None] = lambda sentence: None
        self.mended: Callable[[str], None] = lambda sentence: None
        #: How many steps were appended, and how many of them are on disk.
        self.appended = self.synced = 0
        #: What is wrong while the disk refuses, as a sentence; None when all is well.
        self.trouble: str | None = None
        self._size, self._base, self._spare, self._claim, self._allowed = size, base, spare, claim, allowed
        self._name, self._turns = name or os.urandom(8).hex(), turns
        self._entries = [_Entry(DIRECTIONS[step.direction], step.patch, step.at) for step in before]
        #: How many of them stand in the file.
        self._written = len(self._entries) if keep else 0
        self._keep = keep
        self._queue: queue.Queue[Callable[[], None] | None] = queue.Queue()
        self._thread: threading.Thread | None = None
        self._file: FileIO | None = None
        self._place = path
        self._end = 0
        self._closed = False
        self._state = "home"
        self._added = 0
        self._synced_at = self._homeward_at = 0.0
        self._marks: dict[int, _Entry] = {}
        self._serial = 0

    @property
    def away(self) -> bool:
        """It lies in the second place for now."""
        return self._place != self.path

    def append(self, direction: str, patch: Patch) -> None:
        """Record a step ("do", "undo" or "redo"); returns at once."""
        if self._closed:
            return
        self.appended += 1
        entry = _Entry(DIRECTIONS[direction], patch, time.time(), self.appended)
        self._submit(lambda: self._add(entry))

    def mark(self, labels: Plane) -> int:
        """Note that ``labels`` (a copy nobody writes to) are about to be saved; returns the mark for ``fold``."""
        self._serial += 1
        serial = self._serial

        def write() -> None:
            entry = self._marks[serial] = _Entry(MARK, labels_checksum(labels), time.time())
            self._add(entry)

        self._submit(write)
        return serial

    def fold(self, mark: int, wait: bool = True) -> None:
        """The labels of ``mark`` are on disk: drop the steps before it. Waits for the thread, unless told not to.

        Where the disk refuses the old journal stays: its mark says what is saved.
        """
        self._submit(lambda: self._fold(mark))
        if wait:
            self.flush()

    def settle(self) -> None:
        """Write now what was replayed from elsewhere, and take away the file it came from; returns at once."""
        self._submit(self._sync)

    def retry(self) -> None:
        """Try again what the disk refused, and to come home; returns at once."""

        def again() -> None:
            self._homeward_at = 0.0
            self._sync()

        if self.trouble is not None or self.away:
            self._submit(again)

    def flush(self) -> None:
        """Wait until everything appended so far is synced (or has been refused; see ``trouble``)."""
        if self._thread is not None:
            self._queue.join()

    def close(self) -> None:
        """Flush and end the thread; the file stays for the next open, and nothing is appended any more."""
        self._closed = True
        if self._thread is not None:
            self._queue.put(None)
            self._thread.join()
            self._thread = None

    # -- in the thread ---------------------------------------------------------------------------------------------

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
                    if self._written < len(self._entries):
                        self._sync()
                    self._let_go()
                    return
                call()
            finally:
                self._queue.task_done()

    def _add(self, entry: _Entry) -> None:
        self._entries.append(entry)
        self._added = max(self._added, entry.number)
        if self._queue.empty() or time.monotonic() - self._synced_at > _TOGETHER:
            self._sync()

    def _sync(self) -> None:
        """Bring everything to disk, wherever that is possible, and say where, or why not, when that is news."""
        try:
            self._catch_up()
        except (OSError, ChromaDeskError) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            self._now("refused", f" ({reason}); save often, a crash would lose the latest strokes.")
        else:
            if self.away:
                self._now("away", f"; until it can be, your strokes are kept in {self._place}.")
            else:
                self._now("home", "")
            if self._added > self.synced:
                self.synced = self._added
                self.safe(self.synced)
        self._synced_at = time.monotonic()

    def _now(self, state: Literal["home", "away", "refused"], consequence: str) -> None:
        before, self._state = self._state, state
        if state == before:
            return
        if state == "home":
            self.trouble = None
            self.mended(f"The journal {self.path} can be written again; every stroke is on disk.")
        else:
            self.trouble = f"The journal {self.path} cannot be written{consequence}"
            self.failed(self.trouble)

    def _catch_up(self) -> None:
        if not self._entries:
            return
        refused: OSError | None = None
        try:
            if self._file is None and self._keep and not self.away and self._allowed():
                self._open(self._keep)
            if self._file is not None and not self._homeward():
                self._append()
                return
        except OSError as error:
            refused = error
        self._write_anew(refused)

    def _homeward(self) -> bool:
        """It is time to see whether the first place can be written again."""
        return self.away and time.monotonic() - self._homeward_at > _HOMEWARD

    def _open(self, keep: int) -> None:
        # Closed by the thread when it ends. A stranger's link is written anew instead, as the file that it should be.
        self._file = FileIO(self._place, "rb+", opener=lambda path, flags: os.open(path, flags | reading.NO_LINK))
        self._file.truncate(keep)
        self._file.seek(keep)
        self._end = keep

    def _append(self) -> None:
        assert self._file is not None
        pending = self._entries[self._written :]
        data = b"".join(entry.encode() for entry in pending)
        try:
            if self._file.write(data) != len(data):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fsync(self._file.fileno())
        except OSError:
            # Half a record would hide every later one from the replay.
            try:
                self._file.truncate(self._end)
                self._file.seek(self._end)
            except OSError:
                self._let_go()
            raise
        try:
            lost = not os.path.samestat(self._place.stat(), os.fstat(self._file.fileno()))
        except FileNotFoundError:
            lost = True
        if lost:  # what was written has no name any more, and nobody would find it
            self._let_go()
            raise OSError(errno.ESTALE, os.strerror(errno.ESTALE))
        self._end += len(data)
        self._written += len(pending)

    def _write_anew(self, refused: OSError | None = None) -> None:
        """Write all of it in the first place that takes it; raises ``refused``, or what the first place said."""
        first: OSError | ChromaDeskError | None = refused
        places = [self.path] if self._spare is None else [self.path, self._spare]
        self._turns += 1
        data = head(self._size, self._base, self._name, self._turns) + b"".join(
            entry.encode() for entry in self._entries
        )
        for place in places:
            try:
                if place == self.path:
                    self._homeward_at = time.monotonic()
                    if not self._allowed():
                        raise OSError(errno.EROFS, os.strerror(errno.EROFS))
                files.write_bytes(place, data)
            except (OSError, ChromaDeskError) as error:
                first = first or error
                continue
            self._let_go()
            self._place = place
            self._open(len(data))
            self._written = len(self._entries)
            if self.away:
                self._claim()
            if self._spare is not None and not self.away:
                with contextlib.suppress(ChromaDeskError):
                    files.remove(self._spare)
            return
        assert first is not None
        raise first

    def _let_go(self) -> None:
        """Close the file; unless it is opened again where it was, it has to be written anew."""
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.close()
        self._file, self._keep, self._written = None, 0, 0

    def _fold(self, mark: int) -> None:
        entry = self._marks.pop(mark, None)
        if entry is None or entry not in self._entries:
            self._sync()
            return
        count = self._entries.index(entry) + 1
        assert isinstance(entry.content, int)
        self._base = entry.content
        del self._entries[:count]
        self._let_go()  # the file tells another story now
        if self._entries:
            self._sync()
            return
        left = False
        for place in (self.path, self._spare):
            if place is not None:
                try:
                    files.remove(place)
                except ChromaDeskError:
                    left = True
        self._place = self.path
        if left:  # and would be replayed over what is saved: a newer one, without steps, stands against it
            with contextlib.suppress(OSError, ChromaDeskError):
                self._write_anew()
        self._sync()
