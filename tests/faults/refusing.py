"""A disk that refuses: the Nth time that something is opened, written, synced or put in a place, or from then on.

Only what lies in the folder given is counted. Calls are caught where Python makes them, so what C++ writes by itself
(SQLite, torch) is not; ``full_disk`` has those.
"""

from __future__ import annotations

import builtins
import contextlib
import errno
import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from chromadesk.editing import recording

REASONS = (errno.ENOSPC, errno.EIO, errno.EACCES)


class Disk:
    """Counts ``calls``; those from the ``nth`` (1, 2, ...) on fail with ``number``, or only it unless ``sticky``."""

    def __init__(self, folder: Path, nth: int, sticky: bool, number: int) -> None:
        self.folder, self.nth, self.sticky, self.number = str(folder), nth, sticky, number
        self.calls = 0
        #: What failed.
        self.refused: list[str] = []

    def call(self, what: str) -> None:
        """One of them is made: raises OSError when it is its turn to fail."""
        self.calls += 1
        if self.calls == self.nth or (self.sticky and self.calls > self.nth):
            self.refused.append(f"{what} ({self.calls})")
            raise OSError(self.number, os.strerror(self.number))

    def holds(self, path: Any) -> bool:
        """The path lies in the folder."""
        return isinstance(path, str | os.PathLike) and os.path.abspath(os.fspath(path)).startswith(self.folder)

    def file(self, handle: Any) -> bool:
        """The open file or descriptor lies in the folder."""
        number = handle if isinstance(handle, int) else handle.fileno()
        with contextlib.suppress(OSError):
            return os.readlink(f"/proc/self/fd/{number}").startswith(self.folder)
        return False


class _Writer:
    """A file whose writes may be refused half done, as a disk that is full does it."""

    def __init__(self, handle: Any, disk: Disk) -> None:
        self._handle, self._disk = handle, disk

    def write(self, data: Any) -> Any:
        try:
            self._disk.call("write")
        except OSError:
            self._handle.write(data[: len(data) // 2])
            raise
        return self._handle.write(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._handle, name)

    def __enter__(self) -> _Writer:
        return self

    def __exit__(self, *_: object) -> None:
        self._handle.close()

    def __iter__(self) -> Iterator[Any]:
        return iter(self._handle)


@contextlib.contextmanager
def refusing(folder: Path, nth: int, sticky: bool = False, number: int = errno.ENOSPC) -> Iterator[Disk]:
    """While the block runs the disk that holds ``folder`` refuses; ``nth`` 0: it only counts."""
    disk = Disk(folder, nth or 1 << 60, sticky, number)

    def opening(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(path: Any, *args: Any, **named: Any) -> Any:
            if not disk.holds(path):
                return real(path, *args, **named)
            disk.call(f"open {os.path.basename(path)}")
            handle = real(path, *args, **named)
            mode = str(args[0] if args else named.get("mode", "r"))
            return _Writer(handle, disk) if set(mode) & set("wax+") else handle

        return call

    def by_path(what: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(path: Any, *args: Any, **named: Any) -> Any:
            if disk.holds(path):
                disk.call(f"{what} {os.path.basename(path)}")
            return real(path, *args, **named)

        return call

    def by_file(what: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(handle: Any, *args: Any, **named: Any) -> Any:
            if disk.file(handle):
                disk.call(what)
            return real(handle, *args, **named)

        return call

    places: list[tuple[Any, str, Any]] = [
        (builtins, "open", opening(builtins.open)),
        (io, "open", opening(io.open)),
        (recording, "FileIO", opening(recording.FileIO)),
        *((os, name, by_path(name, getattr(os, name))) for name in ("open", "mkdir", "replace", "rename", "link")),
        *((os, name, by_file(name, getattr(os, name))) for name in ("fsync", "write", "sendfile")),
    ]
    before = [(place, name, getattr(place, name)) for place, name, _ in places]
    for place, name, instead in places:
        setattr(place, name, instead)
    try:
        yield disk
    finally:
        for place, name, real in before:
            setattr(place, name, real)
