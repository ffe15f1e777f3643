"""Who may write to a data set: one studio at a time, by a note in the state folder that its process keeps fresh.

The note says process, machine and person. One whose process ended is nobody's, also when another process got its
number since; one from another machine is, once nothing has renewed it for a while. Jobs need no note: they write into
folders of their own.
"""

from __future__ import annotations

import contextlib
import getpass
import json
import os
import platform
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from chromadesk import files, processes, reading
from chromadesk.errors import StorageError

FILE_NAME = "studio.lock"
#: Seconds after which a note is renewed, and from when on one of another machine that stayed as it was counts no more.
BEAT, STALE = 5.0, 30.0
#: Clocks of two machines do not differ by so many seconds; a note that old counts no more at first sight.
_LONG_AGO = 3600.0
#: How the note is opened: neither where a link leads, nor waiting for the other end of a pipe.
_PLAIN = reading.NO_LINK | reading.NO_WAITING

#: How often this process holds each note.
_held: Counter[Path] = Counter()
_guard = threading.Lock()


@dataclass(frozen=True)
class Holder:
    """Who has a data set: process ``pid``, ``started`` (see processes); ``space`` is where that number counts."""

    pid: int
    started: float
    space: str
    host: str
    user: str

    @classmethod
    def me(cls) -> Holder:
        """This process."""
        return cls(os.getpid(), processes.started(), _space(), platform.node(), _user())

    @property
    def is_me(self) -> bool:
        """It is this process."""
        return self.pid == os.getpid() and self.space == _space() and self.lives

    @property
    def near(self) -> bool:
        """Whether it lives can be asked of this system."""
        return self.space == _space()

    @property
    def lives(self) -> bool:
        """The process is there, and is the one that wrote the note. Only for one that is ``near``."""
        return processes.living(self.pid, self.started) is not None


class Lock:
    """The right to write to the data set whose state folder is ``state``.

    ``take`` it, ``renew`` it every ``BEAT`` seconds, ``release`` it. Several in one process share it.
    """

    def __init__(self, state: Path) -> None:
        self.path = state / FILE_NAME
        self.held = False
        #: A note of another machine, and since when (monotonic seconds) it was seen unchanged.
        self._seen: tuple[int, float] = (0, 0.0)

    def take(self) -> Holder | None:
        """None when the data set is this process's now, else who has it. Raises StorageError."""
        with self._alone(folder=True) as handle:
            holder = _read(handle)
            if holder is not None and not holder.is_me and self._counts(holder, os.fstat(handle)):
                return holder
            if holder is None or not holder.is_me:
                _write(handle, Holder.me())
            if not self.held:
                self.held = True
                with _guard:
                    _held[self.path] += 1
            return None

    def look(self) -> Holder | None:
        """Who else has it, without taking it; None for nobody."""
        try:
            handle = os.open(self.path, os.O_RDONLY | _PLAIN)
        except OSError:
            return None
        try:
            holder = _read(handle)
            counts = holder is not None and not holder.is_me and self._counts(holder, os.fstat(handle))
            return holder if counts else None
        except OSError:  # a pipe
            return None
        finally:
            os.close(handle)

    def renew(self) -> Holder | None:
        """Say that this process is still there; who took the data set from it meanwhile, if anybody. Raises
        StorageError.
        """
        if not self.held:
            return self.look()
        with self._alone() as handle:
            holder = _read(handle)
            if holder is not None and not holder.is_me:
                self._let_go()
                return holder
            _write(handle, Holder.me())
        return None

    def release(self) -> None:
        """Let others have it. A note that cannot be removed ends with this process."""
        if not self.held:
            return
        if self._let_go():
            return
        with contextlib.suppress(StorageError), self._alone(make=False) as handle:
            holder = _read(handle)
            if holder is None or holder.is_me:
                os.ftruncate(handle, 0)
                with contextlib.suppress(OSError):  # Windows keeps what is open; an empty note is nobody's
                    self.path.unlink()

    def _let_go(self) -> int:
        """Hold it no more; how often this process still does otherwise."""
        self.held = False
        with _guard:
            _held[self.path] -= 1
            return _held[self.path]

    def _counts(self, holder: Holder, status: os.stat_result) -> bool:
        """The note of another process is to be respected."""
        if holder.near:
            return holder.lives
        now = time.monotonic()
        if self._seen[0] != status.st_mtime_ns:
            self._seen = status.st_mtime_ns, now
        return now - self._seen[1] < STALE and time.time() - status.st_mtime < _LONG_AGO

    @contextlib.contextmanager
    def _alone(self, make: bool = True, folder: bool = False) -> Iterator[int]:
        """The note, opened (``make``: made if missing, ``folder``: also where it lies), while no other process changes
        it.
        """
        handle = -1
        try:
            if folder:
                files.make_folder(self.path.parent)
            while True:
                if make and self.path.is_symlink():
                    self.path.unlink()  # a note is written in place, and that would be where a stranger's link leads
                handle = os.open(self.path, os.O_RDWR | (os.O_CREAT if make else 0) | _PLAIN, 0o666)
                _exclude(handle)
                # One that was removed while we waited is nobody's any more.
                with contextlib.suppress(FileNotFoundError):
                    if os.path.samestat(os.fstat(handle), os.stat(self.path)):
                        break
                os.close(handle)
                handle = -1
                if not make:
                    raise FileNotFoundError(2, os.strerror(2))
            yield handle
        except OSError as error:
            raise StorageError(
                f"Could not write {self.path}: {error.strerror or error}. Check the folder's permissions and free "
                "space."
            ) from error
        finally:
            if handle >= 0:
                os.close(handle)


def _read(handle: int) -> Holder | None:
    """The note's writer; None for an empty note, or one that makes no sense."""
    os.lseek(handle, 0, os.SEEK_SET)
    try:
        fields = json.loads(os.read(handle, 4096))
        return Holder(
            int(fields["pid"]),
            float(fields["started"]),
            str(fields["space"]),
            str(fields["host"]),
            str(fields["user"]),
        )
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None


def _write(handle: int, holder: Holder) -> None:
    """In place: a note that took another file's place would leave those who wait for this one with nothing."""
    note = json.dumps(asdict(holder)).encode() + b"\n"
    os.lseek(handle, 0, os.SEEK_SET)
    os.write(handle, note)
    os.ftruncate(handle, len(note))
    os.fsync(handle)


def _exclude(handle: int) -> None:
    """Wait until no other process has the file for itself; where the file system knows no such thing, don't."""
    if sys.platform == "win32":
        import msvcrt

        os.lseek(handle, 1 << 20, os.SEEK_SET)  # far behind the note, which others may go on reading
        msvcrt.locking(handle, msvcrt.LK_LOCK, 1)
    else:
        import fcntl

        with contextlib.suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX)


def _space() -> str:
    """Where process numbers mean the same: this machine and, in a container, this container."""
    try:
        return f"{platform.node()} {os.readlink('/proc/self/ns/pid')}"
    except OSError:
        return platform.node()


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""  # a user without a name
