"""Writing files so that a reader, or a crash, sees the old bytes or the new ones and nothing between."""

from __future__ import annotations

import contextlib
import glob
import os
import secrets
import stat
from collections.abc import Iterator
from pathlib import Path

from chromadesk.errors import StorageError


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Yield a temporary path beside ``path``; when the block ends well it is synced and takes ``path``'s place.

    The parent folder is made if missing; the permissions are the replaced file's, or any new file's. When the block
    or the disk fails the temporary file is removed and ``path`` is as it was. Raises StorageError for anything the
    operating system refuses.
    """
    temporary = path.with_name(f".{path.name[:40]}.{secrets.token_hex(4)}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.touch(exist_ok=False)
        mode = stat.S_IMODE((path if path.exists() else temporary).stat().st_mode)
        temporary.unlink()  # so that a block that writes nothing fails, and makes no empty file of ``path``
        yield temporary
        with open(temporary, "rb+") as handle:
            os.fsync(handle.fileno())
        temporary.chmod(mode)  # some writers make files that only their owner can read
        os.replace(temporary, path)
        _sync_folder(path.parent)
    except OSError as error:
        reason = error.strerror or error
        raise StorageError(
            f"Could not write {path}: {reason}. Check the folder's permissions and free space."
        ) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def write_bytes(path: Path, data: bytes) -> None:
    """Replace ``path`` by ``data`` atomically; raises StorageError."""
    with replacing(path) as temporary:
        temporary.write_bytes(data)


def write_text(path: Path, text: str) -> None:
    """Replace ``path`` by ``text`` (UTF-8) atomically; raises StorageError."""
    write_bytes(path, text.encode())


def remove(path: Path) -> None:
    """Take ``path`` away if it is there; raises StorageError."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise StorageError(f"Could not remove {path}: {error.strerror or error}. Check its permissions.") from error


def remove_leftovers(path: Path) -> None:
    """Remove the temporary files that killed writers of ``path`` left beside it; for its only writer."""
    for left in path.parent.glob(f".{glob.escape(path.name[:40])}.*.tmp"):
        with contextlib.suppress(OSError):
            left.unlink()


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":  # Windows cannot open a folder; its rename is journalled
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
