"""Memory that was freed goes back to the system at once, where it is much."""

from __future__ import annotations

import ctypes
import gc
import sys

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENAS = -1, -3, -8
_BLOCK, _REST, _HEAPS = 4 << 20, 8 << 20, 2


def hold_little() -> None:
    """Have this process keep at most some megabytes of what it has freed; call it once, early.

    glibc learns from every large block that is freed to keep the next ones, up to 32 MB each and 64 MB together: after
    a large photo was read and painted, that is as much again as the photo. It also gives nearly every thread a heap of
    its own, from which little comes back: journals and readers begin many. Elsewhere nothing needs doing.
    """
    tune = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if tune is not None:
        tune(_MMAP_THRESHOLD, _BLOCK)
        tune(_TRIM_THRESHOLD, _REST)
        tune(_ARENAS, _HEAPS)


def give_back() -> None:
    """Give the system what lies free between what is in use: after hours of strokes and photos that is more than all
    the rest. Takes a millisecond at most, in which ``malloc`` may wait for it.
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:
        trim(0)


def settle(first: bool) -> None:
    """A data set, the ``first`` or another, was read and is to be opened: its 100,000 photos live as long as it is
    open, and looking through them for garbage would stop the window. What is garbage now would live as long, so it goes
    before.
    """
    gc.unfreeze()
    if not first:
        gc.collect()
    gc.freeze()
