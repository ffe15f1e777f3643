"""Is a mask on disk still the one that was read? Its bytes decide; time and size only spare reading them."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple

from chromadesk import files, reading
from chromadesk.errors import StorageError

if sys.platform != "win32":
    import fcntl

_PATIENCE = 10.0


class Identity(NamedTuple):
    """A file as it was: time of change (ns), size (bytes) and number on its disk; a digest of its bytes."""

    modified: int
    size: int
    number: int
    digest: bytes


def identify(path: Path) -> Identity | None:
    """The file at ``path`` as it is now; None when there is none, or none that can be read."""
    try:
        with reading.opened(path) as handle:
            found = os.fstat(handle.fileno())
            digest = hashlib.file_digest(handle, "sha256").digest()
    except OSError:
        return None
    return Identity(found.st_mtime_ns, found.st_size, found.st_ino, digest)


def same(path: Path, known: Identity | None) -> bool:
    """Whether the file at ``path`` has the bytes of ``known``; one that is gone takes nothing with it, and is.

    Raises StorageError for one that cannot be read: nobody knows, and it is not replaced.
    """
    try:
        found = path.stat()
    except FileNotFoundError:
        return True
    except OSError as error:
        raise _unknown(path, error) from error
    if known is not None and (found.st_mtime_ns, found.st_size, found.st_ino) == known[:3]:
        return True
    try:
        reading.opened(path).close()
    except OSError as error:
        raise _unknown(path, error) from error
    now = identify(path)
    return now is not None and known is not None and now.digest == known.digest


def _unknown(path: Path, error: OSError) -> StorageError:
    return StorageError(
        f"{path} cannot be read, so it is not replaced: {error.strerror or error}. Look at what lies there."
    )


@contextlib.contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold the lock file ``path`` so that no other ChromaDesk compares and replaces at the same time.

    Where the disk knows no locks it goes without. Raises StorageError when another one holds it for ten seconds.
    """
    handle = _lock_file(path)
    if handle is None:
        yield
        return
    with handle:
        end = time.monotonic() + _PATIENCE
        while not _locked(handle):
            if time.monotonic() > end:
                raise StorageError(f"Another ChromaDesk holds {path}; close it, then save again.")
            time.sleep(0.005)
        yield  # closing the file lets go of it


def _lock_file(path: Path) -> IO[bytes] | None:
    if sys.platform == "win32":
        return None
    with contextlib.suppress(OSError):
        files.make_folder(path.parent)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | reading.NO_LINK | reading.NO_WAITING, 0o666)
        return os.fdopen(descriptor, "wb")
    return None


def _locked(handle: IO[bytes]) -> bool:
    if sys.platform != "win32":
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # no locks on this disk
            return True
    return True
