"""Garbage is collected in one thread."""

from __future__ import annotations

import gc
import threading

from pytestqt.qtbot import QtBot

from chromadesk.studio.collecting import Collecting


class _Ring:
    """Garbage that only the collector finds; says in which thread."""

    def __init__(self, found: list[str]) -> None:
        self.me, self.found = self, found

    def __del__(self) -> None:
        self.found.append(threading.current_thread().name)


def test_garbage_is_collected_in_the_gui_thread_alone(qtbot: QtBot) -> None:
    found: list[str] = []

    def work() -> None:
        for _ in range(20_000):
            _Ring(found)

    before = gc.isenabled()
    with Collecting():
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
        qtbot.waitUntil(lambda: len(found) == 20_000)
    assert set(found) == {threading.current_thread().name}
    assert gc.isenabled() == before
