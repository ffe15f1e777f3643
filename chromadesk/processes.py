"""Which process wrote a note: its number and when it started, since numbers are given out again."""

from __future__ import annotations

import psutil

#: Two readings of one process's start differ by less than this many seconds.
_SAME_START = 1.0


def started(pid: int | None = None) -> float:
    """When process ``pid`` (default: this one) started, seconds since 1970. Raises psutil.Error when it is gone."""
    moment: float = psutil.Process(pid).create_time()
    return moment


def living(pid: int, since: float) -> psutil.Process | None:
    """The process ``pid`` that started at ``since``, or None; one that has ended and is only waited for is none."""
    try:
        process = psutil.Process(pid)
        same = abs(process.create_time() - since) < _SAME_START
        return process if same and process.status() != psutil.STATUS_ZOMBIE else None
    except (psutil.Error, ValueError, OverflowError):
        return None
