"""Work off the GUI thread."""

from __future__ import annotations

import threading
import time

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chromadesk.errors import ChromaDeskError, StorageError
from chromadesk.studio.background import Background


def test_results_and_errors_come_back_in_the_gui_thread(qtbot: QtBot) -> None:
    background = Background()
    seen: list[object] = []
    failed: list[ChromaDeskError] = []

    def refuse() -> None:
        raise StorageError("The disk is full.")

    background.run(threading.get_ident, lambda ident: seen.extend((ident, threading.get_ident())), failed.append)
    background.run(refuse, seen.append, failed.append)
    background.run(lambda: 1 // 0, seen.append, failed.append)
    qtbot.waitUntil(lambda: len(failed) == 2)
    assert seen[0] != threading.get_ident()
    assert seen[1] == threading.get_ident()
    assert str(failed[0]) == "The disk is full."
    assert "ZeroDivisionError" in str(failed[1])
    background.finish()


def test_one_thread_keeps_the_order(qtbot: QtBot) -> None:
    background = Background(threads=1)
    done: list[int] = []
    for number in range(20):
        background.run(
            lambda number=number: time.sleep(0.002 * (number % 3)) or number, done.append, lambda error: None
        )
    background.wait()
    qtbot.waitUntil(lambda: len(done) == 20)
    assert done == list(range(20))
    background.finish()


def test_nothing_arrives_after_the_end(qapp: QApplication) -> None:
    background = Background()
    arrived: list[int] = []
    background.run(lambda: 1, arrived.append, lambda error: None)
    background.finish()
    background.run(lambda: 2, arrived.append, lambda error: None)
    qapp.processEvents()
    assert arrived == []
