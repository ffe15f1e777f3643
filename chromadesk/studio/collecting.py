"""Garbage is collected where the window lives."""

from __future__ import annotations

import gc
from contextlib import ExitStack

from PySide6.QtCore import QObject, QTimer

from chromadesk import garbage


class Collecting(QObject):
    """While it is entered, garbage is collected in the GUI thread alone, as often as Python would do it elsewhere.

    Python collects in whichever thread is at work. One that so destroys what Qt made cannot stop its timers, and the
    next of them to fire ends the studio.
    """

    _LOOK_MS = 200

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._since_all = 0
        self._unsought = ExitStack()
        self._timer = QTimer(self, interval=self._LOOK_MS)
        self._timer.timeout.connect(self.collect)

    def __enter__(self) -> None:
        self._unsought.enter_context(garbage.unsought())
        self._timer.start()

    def __exit__(self, *raised: object) -> None:
        self._timer.stop()
        self._unsought.close()

    def collect(self) -> None:
        """Collect if enough was made since, all generations when it was much."""
        made = gc.get_count()[0]
        young, middle, _ = (max(1, threshold) for threshold in gc.get_threshold())
        if made < young:
            return
        self._since_all += made
        if self._since_all >= young * middle * 10:
            self._since_all = 0
            gc.collect()
        else:
            gc.collect(1 if made >= young * middle else 0)
