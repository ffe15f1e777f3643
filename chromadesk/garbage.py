"""Python's search for garbage, kept away from work that makes very much of what stays."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()
#: How many want it kept away now, and whether it was on before the first of them.
_wishes = 0
_before = False


@contextmanager
def unsought() -> Iterator[None]:
    """While it lasts nobody looks for garbage: beside a hundred thousand photos that are there already, the looking
    takes as long as listing a hundred thousand others. As decorator or context; from any thread, also several at once.
    """
    global _wishes, _before
    with _lock:
        if not _wishes:
            _before = gc.isenabled()
        _wishes += 1
        gc.disable()
    try:
        yield
    finally:
        with _lock:
            _wishes -= 1
            if _before and not _wishes:
                gc.enable()
