"""Reading files that may come from anybody: a pipe never blocks, a device never pours, and there is an end to size."""

from __future__ import annotations

import errno
import json
import os
import stat
from io import BufferedReader
from pathlib import Path
from typing import Any

#: The most bytes of a small file in which something is kept: a decision, a split of a hundred thousand photos.
MOST = 64 << 20
#: Flags for ``os.open``: a pipe is not waited for, a link is not followed.
NO_WAITING, NO_LINK = getattr(os, "O_NONBLOCK", 0), getattr(os, "O_NOFOLLOW", 0)


class NoFileError(OSError):
    """What is there is a pipe, a socket or a device; to open it could wait for ever, or never end."""


def opened(path: Path) -> BufferedReader:
    """The plain file at ``path``, open for reading. Raises OSError, of which NoFileError."""
    _check(os.stat(path).st_mode, path)  # first: to open a device may do something
    descriptor = os.open(path, os.O_RDONLY | NO_WAITING | getattr(os, "O_BINARY", 0))
    try:
        _check(os.fstat(descriptor).st_mode, path)
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def read_bytes(path: Path, most: int = MOST) -> bytes:
    """The bytes of the plain file at ``path``. Raises OSError, also for more than ``most`` of them."""
    with opened(path) as handle:
        data = handle.read(most + 1)
    if len(data) > most:
        raise OSError(errno.EFBIG, f"it is larger than {most / 1e6:.0f} MB", str(path))
    return data


def read_text(path: Path, most: int = MOST) -> str:
    """As ``read_bytes``, of UTF-8. Raises OSError, ValueError."""
    return read_bytes(path, most).decode()


def read_json(path: Path, most: int = MOST) -> Any:
    """The JSON value at ``path``. Raises OSError, and ValueError for what is none."""
    return json_of(read_bytes(path, most))


def json_of(text: bytes | str) -> Any:
    """The JSON value that ``text`` is. Raises ValueError, also for one nested so deeply that no reader gets through."""
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _check(mode: int, path: Path) -> None:
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(mode):
        raise NoFileError(errno.EINVAL, "it is a pipe, a socket or a device, no file", str(path))
