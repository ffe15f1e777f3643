"""Row 9: a monkey at the studio: seeded events over everything in the real window. Nothing may break, warn, or stay.

``python -m tests.faults.monkey FOLDER SEED EVENTS`` is one sitting, in a process of its own; its last line is JSON.
"""

from __future__ import annotations

import functools
import gc
import json
import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import psutil
from PIL import Image
from PySide6.QtCore import (
    QEvent,
    QEventLoop,
    QMimeDatabase,
    QPoint,
    QPointF,
    Qt,
    QThreadPool,
    QTimer,
)
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QMenu, QWidget
from shiboken6 import isValid

from chromadesk.dataset.pairs import Dataset
from chromadesk.images import photo_size
from chromadesk.masks import read_mask, write_mask
from chromadesk.studio import theme, words
from chromadesk.studio.session import Session
from chromadesk.studio.window import COLOURS, MODEL, PAINT, Window
from tests.faults import vitals
from tests.faults.harness import ROOT, Campaign, Turn
from tests.faults.hearing import hearing

#: Not for monkeys: they ask the system for a file, start long jobs or end the window. In both languages.
_LEFT_ALONE = (
    *("open", "quit", "folder", "improve", "train", "evaluate", "rank", "import", "sample", "benchmark", "export"),
    *("öffnen", "beenden", "ordner", "verbesser", "trainier", "auswert", "bewert", "ordnen", "beispiel"),
)
#: What ends so asks for a file, but for these.
_ASKS, _ALLOWED = "…", ("note", "notiz", "find", "finden", "befehl")
_KEYS = [getattr(Qt.Key, f"Key_{letter}") for letter in "BEGHZLYMSPQFOXRUKW01234"]
_KEYS += [Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_BracketLeft, Qt.Key.Key_BracketRight]
_KEYS += [Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Tab, Qt.Key.Key_Backspace, Qt.Key.Key_Down, Qt.Key.Key_Up]
_HELD = [Qt.KeyboardModifier.NoModifier] * 6 + [Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier]
#: How often each is done, of a thousand.
_OFTEN = {
    "move": 450,
    "press": 140,
    "release": 120,
    "key": 140,
    "wheel": 40,
    "command": 60,
    "key_up": 49,
    "resize": 0.7,
    "change_folder": 0.3,
}


#: How often it comes back to Paint, of the rounds of twenty events: commands and keys lead away from it.
_HOME = 0.1
#: Events of the first sitting, after which what is made once is there: pools of threads, menus of plots.
_FIRST = 500


class Monkey:
    """Draws events with ``draw`` and posts them to ``window`` or to what has popped up over it (sent, an error in what
    they lead to would end the process: PySide6 6.11). ``folders`` are the data sets it may open.
    """

    def __init__(self, window: Window, draw: random.Random, folders: list[Path]) -> None:
        self.window, self.draw, self.folders = window, draw, folders
        self.left, self.loop, self.over = 0, QEventLoop(), False
        self.pressed: tuple[QWidget, Qt.MouseButton] | None = None
        self._acts = [getattr(self, name) for name in _OFTEN]

    def run(self, events: int) -> None:
        """So many events, or until the window is closed; then an end to what is still open."""
        self.left, self.over = events, False
        QTimer.singleShot(0, self._go_on)
        self.loop.exec()
        self.over = True

    def _go_on(self) -> None:
        if self.over:
            return
        QTimer.singleShot(0, self._go_on)  # first, for an open menu or dialog is a loop of its own
        if (modal := QApplication.activeModalWidget()) is not None:
            modal.close()  # the finder and the keys lead to those that ask for a file
        if self.left <= 0 or not self.window.isVisible():
            self.release()
            while (popup := QApplication.activePopupWidget()) is not None:
                popup.close()
            self.loop.quit()
            return
        if self.draw.random() < _HOME:
            self.window.show_workspace(PAINT)
        for _ in range(20):
            self.act()

    def act(self) -> None:
        """One event, and what follows from it."""
        if self.pressed is not None and not isValid(self.pressed[0]):
            self.pressed = None  # what was pressed is gone: another data set, another page
        self.draw.choices(self._acts, list(_OFTEN.values()))[0]()

    def move(self) -> None:
        self._mouse(QEvent.Type.MouseMove, *(self.pressed or (self._where(0.9), Qt.MouseButton.NoButton)))

    def press(self) -> None:
        if self.pressed is not None:
            self.release()
        widget = QApplication.activePopupWidget() or self._where(0.7)
        if isinstance(widget, QMenu):
            self._choose(widget)
        elif not _left_alone(widget):
            buttons = [Qt.MouseButton.LeftButton] * 8 + [Qt.MouseButton.MiddleButton]
            self.pressed = widget, self.draw.choice(buttons)
            self._mouse(QEvent.Type.MouseButtonPress, *self.pressed)

    def _choose(self, menu: QMenu) -> None:
        for action in self.draw.sample(menu.actions(), min(1, len(menu.actions()))):
            if action.isEnabled() and not _left_alone(action):
                self.left -= 1
                action.trigger()
        menu.close()

    def release(self) -> None:
        if self.pressed is not None:
            (widget, button), self.pressed = self.pressed, None
            self._mouse(QEvent.Type.MouseButtonRelease, widget, button)

    def key(self) -> None:
        self._key(QEvent.Type.KeyPress)

    def key_up(self) -> None:
        self._key(QEvent.Type.KeyRelease)

    def wheel(self) -> None:
        widget = self._where(0.8)
        place = self._place(widget)
        turned = QPoint(0, self.draw.choice((-120, 120)))
        everywhere = QPointF(widget.mapToGlobal(place.toPoint()))
        none, still = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
        event = QWheelEvent(place, everywhere, QPoint(), turned, none, still, Qt.ScrollPhase.NoScrollPhase, False)
        self.left -= 1
        QApplication.postEvent(widget, event)

    def command(self) -> None:
        action = self.draw.choice([each for each in self.window.actions() if each.isEnabled()])
        if not _left_alone(action):
            self.left -= 1
            action.trigger()

    def resize(self) -> None:
        self.left -= 1
        self.window.resize(self.draw.randrange(600, 2000), self.draw.randrange(400, 1300))

    def change_folder(self) -> None:
        """Another data set: at once, or listed in the background."""
        self.left -= 1
        folder = self.draw.choice(self.folders)
        if self.draw.random() < 0.5:
            self.window.session.open_folder(folder)
        else:
            self.window.session.open_dataset(folder)

    def _where(self, canvas: float) -> QWidget:
        """The canvas this often while it is in view, else any place of the window."""
        if self.window.workspaces.currentIndex() == PAINT and self.draw.random() < canvas:
            return self.window.paint.canvas
        place = QPoint(self.draw.randrange(self.window.width()), self.draw.randrange(self.window.height()))
        return self.window.childAt(place) or self.window.paint.canvas

    def _place(self, widget: QWidget) -> QPointF:
        return QPointF(self.draw.uniform(-5, widget.width() + 5), self.draw.uniform(-5, widget.height() + 5))

    def _mouse(self, kind: QEvent.Type, widget: QWidget, button: Qt.MouseButton) -> None:
        place = self._place(widget)
        held = button if kind != QEvent.Type.MouseButtonRelease else Qt.MouseButton.NoButton
        sent = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else button
        everywhere = QPointF(widget.mapToGlobal(place.toPoint()))
        self.left -= 1
        QApplication.postEvent(widget, QMouseEvent(kind, place, everywhere, sent, held, self.draw.choice(_HELD)))

    def _key(self, kind: QEvent.Type) -> None:
        target = QApplication.activePopupWidget() or QApplication.focusWidget() or self.window.paint.canvas
        event = QKeyEvent(kind, self.draw.choice(_KEYS), self.draw.choice(_HELD), self.draw.choice("abz09[]"))
        event.setTimestamp(self.draw.randrange(2000))
        if not _left_alone(target) and not isinstance(target, QMenu):
            self.left -= 1
            QApplication.postEvent(target, event)


def _left_alone(it: QWidget | QAction) -> bool:
    if isinstance(it, QLineEdit):
        return False
    named = it.accessibleName() if isinstance(it, QWidget) else ""
    shown = it.text() if isinstance(it, QAction | QAbstractButton | QLabel) else ""
    told = f"{shown} {named} {it.toolTip()}".lower()
    if shown.endswith(_ASKS) and not any(word in shown.lower() for word in _ALLOWED):
        return True
    return any(word in told for word in _LEFT_ALONE)


def data_sets(folder: Path) -> list[Path]:
    """Six photos of unlike shapes, four with masks; and another data set of two."""
    draw = np.random.default_rng(1)
    made = []
    for name, shapes in (
        ("one", [(120, 80), (80, 120), (1, 1), (301, 200), (64, 500), (90, 90)]),
        ("two", [(70, 70), (100, 40)]),
    ):
        root = folder / name
        (root / "A").mkdir(parents=True)
        for number, shape in enumerate(shapes):
            Image.fromarray(draw.integers(0, 256, (*shape, 3), np.uint8)).save(root / "A" / f"{number}.png")
            if number < 4:
                write_mask(root / "B" / f"{number}.png", draw.integers(0, 5, shape, np.uint8))
        made.append(root)
    return made


def play(folders: list[Path], weights: Path, seed: int, events: int) -> dict[str, Any]:
    """A monkey's sittings: how many events, what it did to masks, and what was wrong. A window that it closed
    is followed by another one. Odd seeds speak German.
    """
    steps: list[str] = []
    others = set(psutil.Process().children())
    with hearing() as wrong:
        words.use("de" if seed % 2 else "en")
        theme.apply(QApplication.instance())  # type: ignore[arg-type]
        _sit(folders, weights, random.Random(f"first {seed}"), _FIRST, [])
        QMimeDatabase().mimeTypeForName("image/png")  # what Qt keeps open from its first file dialog on
        stay, held = _widgets(), _held()  # the menus of its plots, which pyqtgraph keeps; not one more a window
        draw, done, windows = random.Random(seed), 0, 1
        while done < events:
            done += _sit(folders, weights, draw, events - done, steps)
            windows += 1
        if more := _widgets() - Counter({kind: windows * count for kind, count in stay.items()}):
            wrong.append(f"widgets left: {dict(more)}")
        if more := _held() - held:
            wrong.append(f"left: {dict(more)}")
        if children := set(psutil.Process().children()) - others:
            wrong.append(f"processes left: {children}")
        for folder in folders:
            for item in Dataset.open(folder).items:
                if item.mask.exists():
                    read_mask(item.mask, photo_size(item.photo))  # raises where it cannot be read
        words.use("en")
    return {"events": done, "windows": windows - 1, "steps": Counter(steps), "wrong": wrong}


def _sit(folders: list[Path], weights: Path, draw: random.Random, events: int, steps: list[str]) -> int:
    """A window, from its beginning to its end; how many events there were."""
    window = Window()
    window.resize(1200, 800)
    window.show()
    window.session.open_dataset(folders[0])
    window.session.active.use(weights)
    for number in (COLOURS, MODEL, PAINT):
        window.show_workspace(number)
    window.session.photo_opened.connect(functools.partial(_listen, window.session, steps))
    monkey = Monkey(window, draw, folders)
    monkey.run(events)
    document = window.session.document
    assert document is None or document.labels.max() <= 4
    window.leave()
    window.deleteLater()
    for _ in range(3):
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()
        gc.collect()
    return events - monkey.left


def _widgets() -> Counter[str]:
    return Counter(type(each).__name__ for each in QApplication.allWidgets())


def _held() -> Counter[str]:
    """Threads and files; not those of Qt's own pool, which come and go with what it draws."""
    pool = QThreadPool.globalInstance()
    pool.setExpiryTimeout(1)
    pool.waitForDone()
    time.sleep(0.1)
    return Counter(vitals.held())


def _listen(session: Session, steps: list[str]) -> None:
    if session.document is not None:
        session.document.stepped.append(steps.append)


def run(turn: Turn) -> None:
    """A sitting in a process of its own: a crash is one of it, and what stays can be seen."""
    command = [sys.executable, "-m", "tests.faults.monkey", turn.within, str(turn.seed), str(turn.amount)]
    child = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=3600)
    if child.returncode:
        turn.fail(f"the studio ended with {child.returncode}: {child.stderr[-3000:]}")
        return
    result = json.loads(child.stdout.splitlines()[-1])
    for sentence in result["wrong"]:
        turn.fail(sentence)
    if sum(result["steps"].values()) < turn.amount // 1000:
        turn.fail(f"it did too little: {result['steps']}")
    turn.count(turn.amount)
    turn.measure("mask steps a turn", sum(result["steps"].values()))


CAMPAIGNS = (Campaign(row="9", what="monkey at the studio", unit="events", goal=1_000_000, turn=20_000, run=run),)


def _main() -> None:
    import tests.conftest  # noqa: F401 -- no display, nobody's home folder

    folder = Path(sys.argv[1])
    weights = folder / "tiny.safetensors"
    # torch stays out of the studio's process.
    script = f"from tests.weights import write_tiny; from pathlib import Path; write_tiny(Path({str(weights)!r}))"
    subprocess.run([sys.executable, "-c", script], check=True, cwd=ROOT)
    app = QApplication(["chromadesk"])
    result = play(data_sets(folder), weights, int(sys.argv[2]), int(sys.argv[3]))
    sys.stdout.write(json.dumps(result) + "\n")
    sys.stdout.flush()
    del app


if __name__ == "__main__":
    _main()
