"""Which process wrote a note: its number and when it started, since numbers are given out again."""

from __future__ import annotations

import contextlib
import os
import zlib
from pathlib import Path

import psutil

#: Two readings of one process's start differ by less than this many seconds.
_SAME_START = 1.0


def started(pid: int | None = None) -> float:
    """When process ``pid`` (default: this one) started, in seconds. Raises psutil.Error when it is gone.

    Only to be compared with another answer. Linux knows the time since the system started, to which goes a number of
    that start's own: seconds since 1970 would be others as soon as the clock is set, and every note a dead one's.
    """
    process = psutil.Process(pid)
    moment: float = process.create_time()
    with contextlib.suppress(OSError, ValueError, IndexError, AttributeError):
        boot = Path("/proc/sys/kernel/random/boot_id").read_bytes()
        ticks = int(Path(f"/proc/{process.pid}/stat").read_bytes().rpartition(b")")[2].split()[19])
        moment = zlib.crc32(boot) + ticks / os.sysconf("SC_CLK_TCK")
    return moment


def living(pid: int, since: float) -> psutil.Process | None:
    """The process ``pid`` that ``started`` at ``since``, or None; one that has ended and is only waited for is none."""
    try:
        process = psutil.Process(pid)
        same = abs(started(pid) - since) < _SAME_START
        return process if same and process.status() != psutil.STATUS_ZOMBIE else None
    except (psutil.Error, ValueError, OverflowError):
        return None
