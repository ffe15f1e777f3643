"""Work on many things at a time, told in their order, with no more of them in memory than are worked on."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

#: More photos at a time than this only fill the memory.
_MOST = 16


def cores() -> int:
    """How many things this process may work on at a time: its cores, 16 at most."""
    there = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(there, _MOST)


def in_order(
    items: Iterable[_Item], work: Callable[[_Item], _Result], threads: int
) -> Iterator[tuple[_Item, Future[_Result]]]:
    """Each item with its ``work`` done (the future tells the result or raises), in the order of ``items``.

    ``threads`` are worked on at a time and as many wait to be taken, so that none is idle while the first is slow;
    items are drawn only as there is room. Whoever stops listening waits for those under way, and no other is begun.
    """
    pool = ThreadPoolExecutor(threads, thread_name_prefix="in order")
    left = iter(items)
    try:
        under_way = deque((item, pool.submit(work, item)) for item in islice(left, 2 * threads))
        while under_way:
            item, future = under_way.popleft()
            future.exception()  # waits
            under_way.extend((item, pool.submit(work, item)) for item in islice(left, 1))
            yield item, future
    finally:
        pool.shutdown(cancel_futures=True)
