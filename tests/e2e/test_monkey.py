"""A monkey at the studio: seeded events over everything in the real window. Nothing may break, warn, or stay behind."""

from __future__ import annotations

import functools
import gc
import random
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QEventLoop, QPoint, QPointF, Qt, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenu, QWidget

from chromadesk.dataset.pairs import Dataset
from chromadesk.masks import write_mask
from chromadesk.studio import theme
from chromadesk.studio.session import Session
from chromadesk.studio.window import COLOURS, MODEL, PAINT, Window

#: What the offscreen platform says of itself.
_PLATFORM = "This plugin does not support"
#: Not for monkeys: they ask the system for a file, start long jobs or end the window.
_LEFT_ALONE = (
    "open",
    "quit",
    "folder",
    "improve",
    "train",
    "evaluate",
    "rank",
    "import",
    "sample",
    "benchmark",
    "export",
)
_KEYS = [getattr(Qt.Key, f"Key_{letter}") for letter in "BEGHZLYMSQFOXRUKW01234"]
_KEYS += [Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_BracketLeft, Qt.Key.Key_BracketRight]
_KEYS += [Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Tab, Qt.Key.Key_Backspace, Qt.Key.Key_Down, Qt.Key.Key_Up]
_HELD = [Qt.KeyboardModifier.NoModifier] * 6 + [Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier]


class Monkey:
    """Draws events from its seed and posts them to ``window`` or to what has popped up over it (sent, an error in what
    they lead to would end the process: PySide6 6.11).
    """

    def __init__(self, window: Window, seed: int) -> None:
        self.window, self.draw = window, random.Random(seed)
        self.left, self.loop = 0, QEventLoop()
        self.pressed: tuple[QWidget, Qt.MouseButton] | None = None

    def run(self, events: int) -> None:
        """So many events, then an end to what is still open."""
        self.left = events
        QTimer.singleShot(0, self._go_on)
        self.loop.exec()

    def _go_on(self) -> None:
        if self.left <= 0:
            self.release()
            while (popup := QApplication.activePopupWidget()) is not None:
                popup.close()
            self.loop.quit()
            return
        QTimer.singleShot(0, self._go_on)  # first, for an open menu is a loop of its own
        for _ in range(20):
            self.left -= 1
            self.act()

    def act(self) -> None:
        """One event, and what follows from it."""
        kinds = (self.move, self.press, self.release, self.key, self.wheel, self.command, self.key_up)
        self.draw.choices(kinds, (45, 14, 12, 14, 4, 6, 5))[0]()

    def move(self) -> None:
        self._mouse(QEvent.Type.MouseMove, *(self.pressed or (self._canvas(), Qt.MouseButton.NoButton)))

    def press(self) -> None:
        if self.pressed is not None:
            self.release()
        popup = QApplication.activePopupWidget()
        widget = popup or (self._canvas() if self.draw.random() < 0.7 else self._somewhere())
        if isinstance(widget, QMenu):
            self._choose(widget)
        elif not _left_alone(widget):
            self._press(widget)

    def _choose(self, menu: QMenu) -> None:
        for action in self.draw.sample(menu.actions(), min(1, len(menu.actions()))):
            if action.isEnabled() and not _left_alone(action):
                action.trigger()
        menu.close()

    def _press(self, widget: QWidget) -> None:
        buttons = [Qt.MouseButton.LeftButton] * 8 + [Qt.MouseButton.MiddleButton]
        button = self.draw.choice(buttons)
        self.pressed = widget, button
        self._mouse(QEvent.Type.MouseButtonPress, widget, button)

    def release(self) -> None:
        if self.pressed is not None:
            (widget, button), self.pressed = self.pressed, None
            self._mouse(QEvent.Type.MouseButtonRelease, widget, button)

    def key(self) -> None:
        self._key(QEvent.Type.KeyPress)

    def key_up(self) -> None:
        self._key(QEvent.Type.KeyRelease)

    def wheel(self) -> None:
        canvas = self._canvas()
        place = self._place(canvas)
        turned = QPoint(0, self.draw.choice((-120, 120)))
        everywhere = QPointF(canvas.mapToGlobal(place.toPoint()))
        event = QWheelEvent(
            place,
            everywhere,
            QPoint(),
            turned,
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.postEvent(canvas, event)

    def command(self) -> None:
        action = self.draw.choice([each for each in self.window.actions() if each.isEnabled()])
        if not _left_alone(action):
            action.trigger()

    def _canvas(self) -> QWidget:
        return self.window.paint.canvas

    def _somewhere(self) -> QWidget:
        place = QPoint(self.draw.randrange(self.window.width()), self.draw.randrange(self.window.height()))
        return self.window.childAt(place) or self._canvas()

    def _place(self, widget: QWidget) -> QPointF:
        return QPointF(self.draw.uniform(-5, widget.width() + 5), self.draw.uniform(-5, widget.height() + 5))

    def _mouse(self, kind: QEvent.Type, widget: QWidget, button: Qt.MouseButton) -> None:
        place = self._place(widget)
        held = button if kind != QEvent.Type.MouseButtonRelease else Qt.MouseButton.NoButton
        sent = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else button
        everywhere = QPointF(widget.mapToGlobal(place.toPoint()))
        QApplication.postEvent(widget, QMouseEvent(kind, place, everywhere, sent, held, self.draw.choice(_HELD)))

    def _key(self, kind: QEvent.Type) -> None:
        target = QApplication.activePopupWidget() or QApplication.focusWidget() or self._canvas()
        event = QKeyEvent(kind, self.draw.choice(_KEYS), self.draw.choice(_HELD), self.draw.choice("abz09[]"))
        event.setTimestamp(self.draw.randrange(2000))
        if not _left_alone(target) and not isinstance(target, QMenu):
            QApplication.postEvent(target, event)


def _left_alone(it: QWidget | QAction) -> bool:
    named = it.accessibleName() if isinstance(it, QWidget) else ""
    shown = it.text() if isinstance(it, QAction | QAbstractButton | QLabel) else ""
    told = f"{shown} {named} {it.toolTip()}".lower()
    return any(word in told for word in _LEFT_ALONE)


def _listen(session: Session, steps: list[str]) -> None:
    if session.document is not None:
        session.document.stepped.append(steps.append)


def _window(photos: Path, weights: Path) -> Window:
    window = Window()
    window.resize(1200, 800)
    window.show()
    window.session.open_dataset(photos)
    window.session.active.use(weights)
    return window


def _close(window: Window) -> Counter[str]:
    """Close a window; the widgets that are there afterwards, by kind."""
    window.leave()
    window.deleteLater()
    for _ in range(3):
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()
        gc.collect()
    return Counter(type(each).__name__ for each in QApplication.allWidgets() if each is not window)


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """Six photos of unlike shapes, four with masks."""
    draw = np.random.default_rng(1)
    shapes = [(120, 80), (80, 120), (1, 1), (301, 200), (64, 500), (90, 90)]
    for number, shape in enumerate(shapes):
        (tmp_path / "A").mkdir(exist_ok=True)
        Image.fromarray(draw.integers(0, 256, (*shape, 3), np.uint8)).save(tmp_path / "A" / f"{number}.png")
        if number < 4:
            write_mask(tmp_path / "B" / f"{number}.png", draw.integers(0, 5, shape, np.uint8))
    return tmp_path


@pytest.fixture
def qt_messages() -> Iterator[list[str]]:
    """What Qt says from now on, but for the platform's own notes."""
    said: list[str] = []

    def take(kind: QtMsgType, context: object, text: str) -> None:
        if _PLATFORM not in text:
            said.append(text)

    before = qInstallMessageHandler(take)
    yield said
    qInstallMessageHandler(before)


@pytest.mark.parametrize("events", [5_000, pytest.param(200_000, marks=pytest.mark.slow)])
def test_no_event_breaks_the_studio(
    qapp: QApplication, photos: Path, tiny_weights: Path, qt_messages: list[str], events: int
) -> None:
    theme.apply(qapp)
    threads = {thread.ident for thread in threading.enumerate()}
    idle = _window(photos, tiny_weights)
    for number in (COLOURS, MODEL, PAINT):
        idle.show_workspace(number)
    stay = _close(idle)  # the menus of its plots, which pyqtgraph keeps; not one more
    del idle
    window = _window(photos, tiny_weights)
    steps: list[str] = []
    window.session.photo_opened.connect(functools.partial(_listen, window.session, steps))
    monkey = Monkey(window, seed=events)
    monkey.run(events)  # an exception in a slot or an event fails the test by itself
    document = window.session.document
    assert document is not None
    assert document.labels.max() <= 4
    left = _close(window)
    assert qt_messages == []
    assert {"brush", "eraser", "undo"} <= set(steps)  # or it has done nothing worth a test
    assert left <= stay + stay
    assert {thread.ident for thread in threading.enumerate()} <= threads
    for item in Dataset.open(photos).items:  # and what it left on disk can be read
        assert item.photo.exists()
