"""Freed memory goes back to the system."""

from __future__ import annotations

import platform

import psutil
import pytest

from chromadesk.studio.memory import give_back


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc keeps what is freed")
def test_what_is_freed_leaves_the_process() -> None:
    process = psutil.Process()
    blocks = [bytes(4000) for _ in range(50_000)]
    blocks = blocks[-1:]  # the last one holds the top of the heap where it is
    before = process.memory_info().rss
    give_back()
    assert before - process.memory_info().rss > 100_000_000
    assert len(blocks[0]) == 4000
