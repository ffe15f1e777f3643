"""Signs of life come from work, and only from that."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from chromadesk.jobs.heartbeat import Heartbeat

EVERY = 0.05


def beats(during: Callable[[], object]) -> int:
    """How often it beats after the first time, while ``during`` runs for half a second."""
    count = [0]

    def beat() -> None:
        count[0] += 1

    with Heartbeat(beat, EVERY):
        during()
    assert not any(thread.name == "heartbeat" for thread in threading.enumerate())
    assert count[0] >= 1
    return count[0] - 1


def work() -> None:
    until = time.monotonic() + 0.5
    while time.monotonic() < until:
        sum(range(1000))


def test_work_is_alive() -> None:
    assert beats(work) >= 3


def test_what_sleeps_or_waits_for_a_lock_is_not() -> None:
    assert beats(lambda: time.sleep(0.5)) <= 1  # the thread's own start may count
    lock = threading.Lock()
    lock.acquire()
    assert beats(lambda: lock.acquire(timeout=0.5)) <= 1
