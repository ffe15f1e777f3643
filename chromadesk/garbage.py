"""Python's search for garbage, kept away from work that makes very much of what stays."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def unsought() -> Iterator[None]:
    """While it lasts nobody looks for garbage: beside a hundred thousand photos that are there already, the looking
    takes as long as listing a hundred thousand others. As decorator or context; from any thread.
    """
    sought = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if sought:
            gc.enable()
