"""A hand that never tires: drives the real window with synthetic events and times each until its pixels are painted."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from chromadesk import display
from chromadesk.errors import ChromaDeskError
from chromadesk.studio import theme, words
from chromadesk.studio.canvas.view import Canvas
from chromadesk.studio.window import Window

#: Wall clock and the process's processor time (its threads together), milliseconds.
Sample = tuple[float, float]
Point = tuple[float, float]
#: Nothing that is timed here takes this long unless it never comes, seconds.
PATIENCE = 120.0
LEFT, MIDDLE, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton, Qt.MouseButton.NoButton


@contextmanager
def driven() -> Iterator[Driver]:
    """A window with nothing open, offscreen where there is no display; it is closed afterwards."""
    if not display.available():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(["chromadesk"])
    if not app.styleSheet():
        words.use("en")
        theme.apply(app)
    window = Window()
    try:
        window.show()
        yield Driver(app, window)
    finally:
        window.leave()
        window.deleteLater()
        app.processEvents()


class Driver(QObject):
    """Events go to the canvas as Qt's own mouse and wheel events; positions are the canvas's logical pixels."""

    def __init__(self, app: QApplication, window: Window) -> None:
        super().__init__(window)
        self.app = app
        self.window: Window = window
        self.canvas: Canvas = window.paint.canvas
        self._painted = False
        self._loop = QEventLoop(self)
        self.canvas.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._painted = True
            self._loop.quit()  # once the event that is being handled, the painting, is done
        return False

    # -- photos ----------------------------------------------------------------------------------------------------

    def open_folder(self, root: Path) -> None:
        """Open a data set, none of its photos, and no model: nothing is predicted."""
        if not self.window.session.open_dataset(root, show=False):
            raise ChromaDeskError(f"The benchmark's photos in {root} cannot be opened; is the disk full?")
        self.window.session.active.path = None

    def open_photo(self, key: str) -> tuple[Sample, float]:
        """Open a photo and wait until the canvas shows it: its times, and the event loop's longest silence in ms."""
        session = self.window.session
        begun, busy = time.perf_counter(), time.process_time()
        with self.listening() as silences:
            session.open_photo(key)
            while session.item is None or session.item.key != key or not self._painted:
                self._painted = False
                self._loop.exec()
                if time.perf_counter() - begun > PATIENCE:
                    raise ChromaDeskError(f"{key} was not shown within {PATIENCE:.0f} s.")
        return ((time.perf_counter() - begun) * 1000, (time.process_time() - busy) * 1000), max(silences)

    @contextmanager
    def listening(self) -> Iterator[list[float]]:
        """How long the event loop is silent each time, in ms, by a timer that wants to beat every one."""
        silences: list[float] = []
        last = time.perf_counter()

        def beat() -> None:
            nonlocal last
            now = time.perf_counter()
            silences.append((now - last) * 1000)
            last = now

        heart = QTimer(self, interval=1, timerType=Qt.TimerType.PreciseTimer)
        heart.timeout.connect(beat)
        heart.start()
        try:
            yield silences
        finally:
            beat()
            heart.deleteLater()

    def until(self, ready: Callable[[], bool], what: str) -> None:
        """Let the window live until ``ready``."""
        begun = time.perf_counter()
        while not ready():
            self.rest(0.02)
            if time.perf_counter() - begun > PATIENCE:
                raise ChromaDeskError(f"{what} did not come within {PATIENCE:.0f} s.")

    def settle(self) -> None:
        """Wait for files, journal and palette; collect garbage, and wait until it is given back."""
        self.window.session.flush()
        self.rest(0.3)
        self.until(lambda: self.window.live.settled, "the palette")
        gc.collect()
        self.rest(0.3)
        self.window.session.flush()

    def rest(self, seconds: float) -> None:
        """Do nothing while the window goes on, and its threads: QTest.qWait would keep the interpreter from them."""
        loop = QEventLoop()
        QTimer.singleShot(round(seconds * 1000), loop.quit)
        loop.exec()

    # -- the hand --------------------------------------------------------------------------------------------------

    def press(self, at: Point, button: Qt.MouseButton = LEFT) -> Sample:
        """A button goes down."""
        return self._mouse(QEvent.Type.MouseButtonPress, at, button, button)

    def move(self, at: Point, button: Qt.MouseButton = LEFT) -> Sample:
        """The pointer moves with the button down."""
        return self._mouse(QEvent.Type.MouseMove, at, NONE, button)

    def release(self, at: Point, button: Qt.MouseButton = LEFT) -> Sample:
        """It goes up."""
        return self._mouse(QEvent.Type.MouseButtonRelease, at, button, NONE)

    def wheel(self, at: Point, notches: int) -> Sample:
        """The wheel turns."""
        local = QPointF(*at)
        event = QWheelEvent(
            local,
            QPointF(self.canvas.mapToGlobal(local)),
            QPoint(),
            QPoint(0, 120 * notches),
            NONE,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        return self.until_painted(lambda: self.app.sendEvent(self.canvas, event))

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> Sample:
        """A key is pressed and let go, through the window's shortcuts."""
        return self.until_painted(lambda: QTest.keyClick(self.canvas, key, modifiers))

    def until_painted(self, act: Callable[[], object]) -> Sample:
        """How long from ``act`` until the canvas has painted what came of it."""
        self._painted = False
        # In this order: to add up its threads takes the system 0.1 ms while others of them are at work.
        busy = time.process_time_ns()
        wall = time.perf_counter_ns()
        act()
        while not self._painted:
            self.app.processEvents()
            if time.perf_counter_ns() - wall > PATIENCE * 1e9:
                raise ChromaDeskError("The canvas did not paint; is the window hidden?")
        return (time.perf_counter_ns() - wall) / 1e6, (time.process_time_ns() - busy) / 1e6

    def _mouse(self, kind: QEvent.Type, at: Point, button: Qt.MouseButton, buttons: Qt.MouseButton) -> Sample:
        local = QPointF(*at)
        place = QPointF(self.canvas.mapToGlobal(local))
        event = QMouseEvent(kind, local, place, button, buttons, Qt.KeyboardModifier.NoModifier)
        return self.until_painted(lambda: self.app.sendEvent(self.canvas, event))
