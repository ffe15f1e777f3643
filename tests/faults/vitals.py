"""What a process takes of the machine, and whether it takes ever more: memory, open files, threads."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple


class Vitals(NamedTuple):
    """``seconds`` since the work began; ``rss`` in bytes; ``files`` open; ``threads``, those of Qt and the C libraries
    among them.
    """

    seconds: float
    rss: int
    files: int
    threads: int


def take(seconds: float) -> Vitals:
    """This process, now."""
    resident = int(Path("/proc/self/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return Vitals(seconds, resident, len(os.listdir("/proc/self/fd")), len(os.listdir("/proc/self/task")))


def held() -> list[str]:
    """The names of this process's threads and the targets of its open files."""
    found = [f"thread {(task / 'comm').read_text('ascii').strip()}" for task in Path("/proc/self/task").iterdir()]
    for entry in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(OSError):  # the one that lists them
            found.append(f"file {re.sub('[0-9]+', '', os.readlink(entry))}")
    return found


def growth(samples: Sequence[Vitals]) -> float:
    """Per cent of the first memory by which memory grows in an hour, as the middle slope of all pairs (Theil and Sen):
    a photo that happens to be open when a sample is taken does not tilt it.
    """
    slopes = [
        (other.rss - one.rss) / (other.seconds - one.seconds)
        for number, one in enumerate(samples)
        for other in samples[number + 1 :]
        if other.seconds > one.seconds
    ]
    return 100 * 3600 * median(slopes) / median(each.rss for each in samples[: max(len(samples) // 4, 1)])


def more(samples: Sequence[Vitals], name: str) -> float:
    """By how much the middle of ``files`` or ``threads`` is larger in the last quarter than in the first."""
    part = max(len(samples) // 4, 1)
    first, last = ([getattr(each, name) for each in some] for some in (samples[:part], samples[-part:]))
    return median(last) - median(first)
