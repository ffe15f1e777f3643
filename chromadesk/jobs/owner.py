"""Notes that say which process something belongs to, which hold when its number has long been another's."""

from __future__ import annotations

import json
import os
from pathlib import Path

import psutil

from chromadesk import files, reading

#: Two readings of one process's start time differ by less than this many seconds.
_SAME_START = 1.0


def note(path: Path, pid: int | None = None) -> None:
    """Write to ``path`` that it is process ``pid``'s (default: this one's). Raises StorageError."""
    mine = os.getpid() if pid is None else pid
    try:
        started = psutil.Process(mine).create_time()
    except psutil.Error:
        return  # it has ended already: nothing to note
    files.write_text(path, json.dumps({"pid": mine, "started": started}))


def living(path: Path) -> psutil.Process | None:
    """The living process that ``path`` names, or None. One that merely got the same number later does not count."""
    try:
        said = reading.read_json(path)
        process = psutil.Process(int(said["pid"]))
        same = abs(process.create_time() - float(said["started"])) < _SAME_START
        return process if same and process.status() != psutil.STATUS_ZOMBIE else None
    except (OSError, ValueError, KeyError, TypeError, OverflowError, psutil.Error):
        return None
