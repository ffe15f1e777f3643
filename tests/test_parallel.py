"""Work in parallel: in order, no more than asked, and nothing begun that nobody waits for."""

from __future__ import annotations

import threading
import time

import pytest

from chromadesk.parallel import cores, in_order


def test_results_come_in_order_and_errors_with_their_item() -> None:
    def work(number: int) -> int:
        time.sleep(0.02 if number == 0 else 0)
        return 12 // (number - 3)

    found = list(in_order(range(6), work, 3))
    assert [item for item, _ in found] == list(range(6))
    assert [future.result() for item, future in found if item != 3] == [-4, -6, -12, 12, 6]
    with pytest.raises(ZeroDivisionError):
        found[3][1].result()


def test_items_are_drawn_only_as_there_is_room() -> None:
    drawn, at_once, most, lock = [], 0, 0, threading.Lock()

    def items():
        for number in range(100):
            drawn.append(number)
            yield number

    def work(number: int) -> None:
        nonlocal at_once, most
        with lock:
            at_once += 1
            most = max(most, at_once)
        time.sleep(0.002)
        with lock:
            at_once -= 1

    for told, _ in enumerate(in_order(items(), work, 3), start=1):
        assert len(drawn) - told <= 6
        if told == 20:
            break
    assert most <= 3
    assert len(drawn) <= 26
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("in order")]


def test_cores_are_those_this_process_may_use() -> None:
    assert 1 <= cores() <= 16
