"""Notes that say which process something belongs to, which hold when its number has long been another's."""

from __future__ import annotations

import json
import os
from pathlib import Path

import psutil

from chromadesk import files, processes, reading


def note(path: Path, pid: int | None = None) -> None:
    """Write to ``path`` that it is process ``pid``'s (default: this one's). Raises StorageError."""
    mine = os.getpid() if pid is None else pid
    try:
        since = processes.started(mine)
    except psutil.Error:
        return  # it has ended already: nothing to note
    files.write_text(path, json.dumps({"pid": mine, "started": since}))


def living(path: Path) -> psutil.Process | None:
    """The living process that ``path`` names, or None. One that merely got the same number later does not count."""
    try:
        said = reading.read_json(path)
        return processes.living(int(said["pid"]), float(said["started"]))
    except (OSError, ValueError, KeyError, TypeError, OverflowError):
        return None
