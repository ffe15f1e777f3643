"""A child's sign of life: given from time to time, and only while it gets on with its work.

A thread alone would go on beating beside work that waits for ever. So it beats only where the process has used the
processor since: what sleeps, is stopped, or waits for a lock or a disk that never answers, falls silent.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

#: Seconds between two signs, and without one after which a child is said to hang.
EVERY_S, SILENCE_S = 1.0, 30.0
#: Of the processor's time, that count as work.
_LEAST_S = 0.005


class Heartbeat:
    """``with Heartbeat(beat):`` calls ``beat`` every second, in a thread of its own, while the block works."""

    def __init__(self, beat: Callable[[], None], every: float = EVERY_S) -> None:
        self._beat, self._every = beat, every
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="heartbeat", daemon=True)

    def __enter__(self) -> Self:
        self._beat()
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        used = _used()
        while not self._over.wait(self._every):
            now = _used()
            if now - used >= _LEAST_S:
                self._beat()
            used = now


def _used() -> float:
    """Seconds of the processor that the process has had, less this thread's."""
    return time.process_time() - time.thread_time()
