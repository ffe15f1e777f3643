"""Memory that was freed, given back to the system."""

from __future__ import annotations

import ctypes
import sys


def give_back() -> None:
    """Hand back what the process has freed; takes milliseconds, releases the GIL, safe from any thread.

    glibc keeps freed blocks of up to 32 MB for later: after a large photo was read that is as much again as the photo.
    Elsewhere nothing needs doing.
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:
        trim(0)
