"""The installed PySide6 keeps count of None and True.

Before Python 3.12 these are counted like any object; PySide6 6.12.0 dropped one of each in every call that returns
nothing and in every emitted signal, and the interpreter aborted the studio after some minutes of painting.
"""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot


class Sender(QObject):
    spoken = Signal(int)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal there")
def test_calls_and_signals_drop_no_references(qtbot: QtBot) -> None:
    label, sender = QLabel(), Sender()
    qtbot.addWidget(label)
    heard: list[int] = []
    sender.spoken.connect(heard.append)
    before = sys.getrefcount(None), sys.getrefcount(True)
    for number in range(1000):
        label.setText("a")
        label.update()
        sender.spoken.emit(number)
    assert len(heard) == 1000
    assert sys.getrefcount(None) > before[0] - 200
    assert sys.getrefcount(True) > before[1] - 200
