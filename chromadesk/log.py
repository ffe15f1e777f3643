"""The log: a JSON object a line, the same from every process, in files that are turned over at a megabyte.

    {"time": "2026-05-03T14:07:31.250+02:00", "level": "error", "process": "studio", "pid": 71,
     "module": "chromadesk.studio", "message": "unhandled error", "trace": "Traceback ..."}

Each kind of process has a file of its own, ``<kind>.log``, with two older ones beside it. Folders of the person are
written from ``~`` on; what is in a photo or a note is not logged.
"""

from __future__ import annotations

import contextlib
import json
import logging
import logging.handlers
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from chromadesk import homes

_BYTES, _OLDER = 1_000_000, 2


def folder() -> Path:
    """Where the logs lie."""
    return homes.logs()


def path(process: str) -> Path:
    """The log of processes of the kind ``process``."""
    return folder() / f"{process}.log"


@contextlib.contextmanager
def kept(process: str) -> Iterator[None]:
    """While it lasts, this process's log goes to its file; to standard error where that cannot be written."""
    handler = _handler(process)
    handler.setFormatter(_Lines(process))
    root, ours = logging.getLogger(), logging.getLogger("chromadesk")
    level = ours.level
    ours.setLevel(logging.INFO)
    root.addHandler(handler)
    try:
        yield
    finally:
        root.removeHandler(handler)
        ours.setLevel(level)
        handler.close()


def last(process: str, pid: int, count: int = 40) -> list[str]:
    """The last ``count`` lines at most that the process ``pid`` wrote into the log of its kind."""
    found: list[str] = []
    for file in (path(process).with_suffix(".log.1"), path(process)):
        with contextlib.suppress(OSError):
            found += file.read_text("utf-8", "replace").splitlines()
    return [line for line in found if f'"pid": {pid},' in line][-count:]


def homeless(text: str) -> str:
    """``text`` with ``~`` for the person's home folder."""
    home = str(homes.home())
    return text.replace(home, "~") if len(home) > 1 else text


class _Lines(logging.Formatter):
    """A record as a line."""

    def __init__(self, process: str) -> None:
        super().__init__()
        self._process = process

    def format(self, record: logging.LogRecord) -> str:
        fields: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created).astimezone().isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "process": self._process,
            "pid": os.getpid(),
            "module": record.name,
            "message": homeless(record.getMessage()),
        }
        if record.exc_info:
            fields["trace"] = homeless(self.formatException(record.exc_info))
        return json.dumps(fields)


class _File(logging.handlers.RotatingFileHandler):
    """Several processes may write to it: whoever finds that another one turned it over goes on in the new file."""

    def shouldRollover(self, record: logging.LogRecord) -> bool:  # noqa: N802 -- logging's name
        with contextlib.suppress(OSError):
            if self.stream is not None and not _is_at(self.stream.fileno(), self.baseFilename):
                self.stream.close()
                self.stream = self._open()
        return bool(super().shouldRollover(record))

    def close(self) -> None:
        """End the log; what a full disk does not take of it is lost, and is no failure of what was logged."""
        with contextlib.suppress(OSError):
            super().close()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 -- logging's name
        """A log that cannot be written stops nothing, and says nothing into the person's terminal."""


def _handler(process: str) -> logging.Handler:
    try:
        folder().mkdir(parents=True, exist_ok=True)
        return _File(path(process), maxBytes=_BYTES, backupCount=_OLDER, encoding="utf-8")
    except OSError:
        return logging.StreamHandler()


def _is_at(descriptor: int, path: str) -> bool:
    """The file that is open still has its name."""
    try:
        return os.path.samestat(os.stat(path), os.fstat(descriptor))
    except FileNotFoundError:
        return False
