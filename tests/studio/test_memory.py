"""Freed memory goes back to the system."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

_WORK = """
import numpy as np, psutil
from chromadesk.studio.memory import hold_little
{call}
for _ in range(3):  # as a photo is read: blocks of many sizes, let go in another order
    blocks = [np.ones(size << 20, np.uint8) for size in (1, 30, 3, 25, 2, 30, 1)]
    last = np.ones(100_000, np.uint8)
    del blocks[1::2], blocks
print(psutil.Process().memory_info().rss >> 20)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc keeps what is freed")
def test_what_is_freed_leaves_the_process() -> None:
    def rss(call: str) -> int:
        done = subprocess.run([sys.executable, "-c", _WORK.format(call=call)], check=True, capture_output=True)
        return int(done.stdout)

    assert rss("hold_little()") < rss("") - 40
