"""Writing files so that a reader, or a crash, sees the old bytes or the new ones and nothing between."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
import socket
import stat
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from chromadesk.errors import StorageError

#: Temporary files once named no writer, and those of another machine cannot be asked after theirs.
_OLD_SECONDS = 24 * 3600
_TEMPORARY = re.compile(r"\..*\.(?:(?P<machine>[0-9a-f]{8})-(?P<process>[0-9a-f]+)-)?[0-9a-f]{8}\.tmp", re.DOTALL)
_MACHINE = f"{zlib.crc32(socket.gethostname().encode()):08x}"
#: Those that this process is writing, and the folders in which it has looked for what others left.
_own: set[str] = set()
_swept: set[Path] = set()
_lasting: set[Path] = set()


def lasting(folder: Path) -> None:
    """From now on ``folder``, which is there, is never made anew: when it is gone, it lies on a drive that may come
    back.
    """
    _lasting.add(folder)


def make_folder(folder: Path) -> None:
    """Make ``folder`` with what it lies in where it is missing. Raises OSError, also for what lies in a lasting folder
    that is gone.
    """
    missing = []
    while not folder.is_dir():
        if folder in _lasting:
            raise FileNotFoundError(errno.ENOENT, "the folder is gone; bring it or its drive back", str(folder))
        if os.path.lexists(folder) and not folder.is_dir():  # asked again: another process may have made it just now
            raise NotADirectoryError(errno.ENOTDIR, f"{folder} is no folder", str(folder))
        missing.append(folder)
        folder = folder.parent
    for each in reversed(missing):  # one by one, so that a folder that goes at this moment stays gone
        each.mkdir(exist_ok=True)


@contextlib.contextmanager
def replacing(path: Path, before: Callable[[Path], None] | None = None) -> Iterator[Path]:
    """Yield a temporary path beside ``path``; when the block ends well it is synced and takes ``path``'s place.

    ``before`` gets the synced temporary file, whose next reading comes from the disk, right before it takes the place;
    what it raises leaves ``path`` as it was. The parent folder is made if missing; the permissions are the replaced
    file's, or any new file's. When the block or the disk fails the temporary file is removed and ``path`` is as it was.
    Raises StorageError for anything the operating system refuses, and for a device or pipe, which would be no more.
    """
    temporary = _beside(path)
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            raise StorageError(f"Could not write {path}: it is a device or a pipe. Name a file.")
        make_folder(path.parent)
        if path.parent not in _swept:
            _swept.add(path.parent)
            sweep(path.parent)
        temporary.touch(exist_ok=False)
        mode = stat.S_IMODE((path if path.exists() else temporary).stat().st_mode)
        temporary.unlink()  # so that a block that writes nothing fails, and makes no empty file of ``path``
        yield temporary
        with open(temporary, "rb+") as handle:
            os.fsync(handle.fileno())
            if before is not None and hasattr(os, "posix_fadvise"):
                os.posix_fadvise(handle.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        if before is not None:
            before(temporary)
        temporary.chmod(mode)  # some writers make files that only their owner can read
        os.replace(temporary, path)
        _sync_folder(path.parent)
    except OSError as error:
        reason = error.strerror or error
        raise StorageError(
            f"Could not write {path}: {reason}. Check the folder's permissions and free space."
        ) from error
    finally:
        _done(temporary)


def sweep(folder: Path) -> None:
    """Remove the ``leftovers`` in ``folder``. What cannot be removed stays: it is in nobody's way."""
    for path in leftovers(folder):
        with contextlib.suppress(OSError):
            path.unlink()


def leftovers(folder: Path) -> list[Path]:
    """The temporary files that killed writers left in ``folder``: only ours, of a process that is gone.

    Of a process on another machine, or of a version that did not name it, only those a day old.
    """
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        return [Path(entry.path) for entry in entries if _left_behind(entry)]
    return []


def copy(source: Path, target: Path) -> None:
    """Make ``target`` the same file as ``source`` atomically: a hard link where the disk has them, else a copy.

    Only for a ``source`` that is never written in place, as nothing that goes through ``replacing`` is; of a symbolic
    link, whose file may be, the content is copied. Raises StorageError.
    """
    temporary = _beside(target)
    try:
        make_folder(target.parent)
        if source.is_symlink():
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
        os.link(source, temporary)
        os.replace(temporary, target)
        _sync_folder(target.parent)
    except OSError:  # another disk, or one without links, or what is a link itself
        with replacing(target) as whole:
            shutil.copyfile(source, whole)
    finally:
        _done(temporary)


def move(source: Path, target: Path) -> None:
    """Give ``source`` the name ``target``, in the place of what had it. Raises StorageError."""
    try:
        os.replace(source, target)
        _sync_folder(target.parent)
    except OSError as error:
        raise StorageError(f"Could not write {target}: {error.strerror or error}. Check its permissions.") from error


def write_bytes(path: Path, data: bytes) -> None:
    """Replace ``path`` by ``data`` atomically; raises StorageError."""
    with replacing(path) as temporary:
        temporary.write_bytes(data)


def write_text(path: Path, text: str) -> None:
    """Replace ``path`` by ``text`` (UTF-8) atomically; raises StorageError.

    Half characters, which names of files may hold, are written as JSON writes them.
    """
    write_bytes(path, text.encode("utf-8", "backslashreplace"))


def append(path: Path, line: str) -> None:
    """Add ``line`` to a log at ``path``, whole or not at all; raises StorageError.

    Not synced: a log may lose its end, never the line after one that a crash cut short.
    """
    try:
        with open(path, "ab+", buffering=0) as handle:
            end = handle.seek(0, os.SEEK_END)
            if end:
                handle.seek(-1, os.SEEK_END)
            torn = bool(end) and handle.read(1) != b"\n"
            data = b"\n" * torn + line.encode() + b"\n"
            try:
                if handle.write(data) != len(data):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            except OSError:
                handle.truncate(end)
                raise
    except OSError as error:
        raise StorageError(f"Could not write {path}: {error.strerror or error}. Check free space.") from error


def remove(path: Path) -> None:
    """Take ``path`` away if it is there; raises StorageError."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise StorageError(f"Could not remove {path}: {error.strerror or error}. Check its permissions.") from error


def _beside(path: Path) -> Path:
    """A new name for a temporary file beside ``path``; ``_done`` has to follow."""
    temporary = path.with_name(f".{path.name[:40]}.{_MACHINE}-{os.getpid():x}-{os.urandom(4).hex()}.tmp")
    _own.add(temporary.name)
    return temporary


def _done(temporary: Path) -> None:
    with contextlib.suppress(OSError):
        temporary.unlink(missing_ok=True)
    _own.discard(temporary.name)


def _left_behind(entry: os.DirEntry[str]) -> bool:
    found = _TEMPORARY.fullmatch(entry.name) if entry.name[0] == "." else None
    if found is None or not entry.is_file(follow_symlinks=False):
        return False
    if found["machine"] == _MACHINE:
        process = int(found["process"], 16)
        if process == os.getpid():
            return entry.name not in _own  # of one before us that had our number
        import psutil

        if not psutil.pid_exists(process):
            return True
    try:
        return time.time() - entry.stat(follow_symlinks=False).st_mtime > _OLD_SECONDS
    except OSError:
        return False  # its writer was done with it just now


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":  # Windows cannot open a folder; its rename is journalled
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
