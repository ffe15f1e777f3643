"""From photo to retrained model in the real window: real bundled weights, real child processes, real files."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chromadesk.masks import write_mask
from chromadesk.models import library
from chromadesk.models.info import read_info
from chromadesk.studio import theme
from chromadesk.studio.model_workspace import ModelWorkspace
from chromadesk.studio.window import MODEL, PAINT, Window

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton
#: A child process starts, imports torch and works on a machine that may be busy.
PATIENCE = 180_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Ten pairs and, first in order, the portrait of an astronaut that nobody has looked at yet."""
    from skimage import data

    portrait = data.astronaut()
    root = tmp_path / "set"
    (root / "A").mkdir(parents=True)
    Image.fromarray(portrait).save(root / "A" / "0-astronaut.png")
    rng = np.random.default_rng(0)
    for number in range(1, 11):
        top, left = rng.integers(0, 300, 2)
        Image.fromarray(portrait[top : top + 200, left : left + 130]).save(root / "A" / f"{number}.png")
        labels = np.zeros((200, 130), np.uint8)
        labels[60:, 20:110] = 3
        labels[20:60, 40:90] = 2
        labels[:20, 40:90] = 4
        labels[150:180, 100:120] = 1
        write_mask(root / "B" / f"{number}.png", labels)
    return root


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot) -> Iterator[Window]:
    if not qapp.styleSheet():
        theme.apply(qapp)
    made = Window()
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.leave()
    made.deleteLater()
    QApplication.processEvents()


class Heartbeat:
    """The longest time the event loop was silent."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(interval=5, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self._last)
        self._last = now

    def stop(self) -> float:
        self._timer.stop()
        return self.longest


def place(window: Window, x: float, y: float) -> QPoint:
    screen = window.paint.canvas.transform.to_screen(x, y)
    return QPoint(round(screen[0]), round(screen[1]))


def stroke(qtbot: QtBot, window: Window, *points: tuple[float, float]) -> None:
    canvas = window.paint.canvas
    qtbot.mousePress(canvas, LEFT, pos=place(window, *points[0]))
    for point in points[1:]:
        qtbot.mouseMove(canvas, place(window, *point))
        QApplication.processEvents()
    qtbot.mouseRelease(canvas, LEFT, pos=place(window, *points[-1]))


def labels(window: Window) -> np.ndarray:
    assert window.session.document is not None
    return window.session.document.labels


def on_disk(mask: Path) -> np.ndarray:
    with Image.open(mask) as image:
        assert image.mode == "P"
        return np.asarray(image)


def show(qtbot: QtBot, window: Window, key: str) -> None:
    session = window.session
    session.open_photo(key)
    qtbot.waitUntil(lambda: session.item is not None and session.item.key == key, timeout=20_000)


def workspace(window: Window) -> ModelWorkspace:
    window.show_workspace(MODEL)
    assert window.model_workspace is not None
    return window.model_workspace


def test_from_photo_to_retrained_model(qtbot: QtBot, window: Window, folder: Path) -> None:
    session = window.session
    said: list[str] = []
    session.notice.connect(lambda text, level: said.append(text) if level != "info" else None)

    # open a folder: its first photo, which is new, is predicted without being asked, by the bundled model in its child
    assert session.open_dataset(folder)
    qtbot.waitUntil(lambda: session.document is not None and bool(session.document.labels.any()), timeout=PATIENCE)
    proposal = labels(window).copy()
    assert session.status("A/0-astronaut.png") == "proposed"
    assert proposal[117, 214] == 2, "the face is skin"
    assert proposal[52, 221] == 4, "the hair is hair"
    assert proposal[325, 130] == 3, "the suit is clothes"
    mask = folder / "B" / "0-astronaut.png"
    assert not mask.exists(), "a proposal nobody looked at is no ground truth"

    # paint, undo, redo, save, reopen: the file is the label plane
    canvas = window.paint.canvas
    qtbot.keyClick(canvas, Qt.Key.Key_1)
    stroke(qtbot, window, (30, 30), (90, 60), (150, 40))
    painted = labels(window).copy()
    assert painted[30, 30] == painted[60, 90] == painted[40, 150] == 1
    qtbot.keyClick(canvas, Qt.Key.Key_Z, CTRL)
    assert np.array_equal(labels(window), proposal)
    qtbot.keyClick(canvas, Qt.Key.Key_Z, CTRL | SHIFT)
    assert np.array_equal(labels(window), painted)
    with qtbot.waitSignal(session.photo_saved, timeout=20_000):
        qtbot.keyClick(canvas, Qt.Key.Key_S, CTRL)
    assert np.array_equal(on_disk(mask), painted)
    show(qtbot, window, "A/1.png")
    show(qtbot, window, "A/0-astronaut.png")
    assert np.array_equal(labels(window), painted)
    with qtbot.waitSignal(session.photo_saved, timeout=20_000):
        qtbot.keyClick(canvas, Qt.Key.Key_Return, CTRL)
    assert session.status("A/0-astronaut.png") == "approved"
    show(qtbot, window, "A/0-astronaut.png")

    # a fine-tune runs beside the brush: the loop never falls silent, the curve moves, Stop stops it
    model = workspace(window)
    options = model.training.options
    options.set_size("64x32")
    options.epochs.setValue(500)
    options.batch.setValue(2)
    qtbot.mouseClick(model.training.improve, LEFT)
    run = model.run
    qtbot.waitUntil(lambda: len(run.curves.loss[0]) >= 3, timeout=PATIENCE)
    window.show_workspace(PAINT)
    steps, epochs = len(run.curves.loss[0]), len(run.curves.miou[0])
    pulse = Heartbeat()
    for row in range(40):
        stroke(qtbot, window, (30, 40 + 10 * row), (200, 50 + 10 * row), (400, 40 + 10 * row))
        qtbot.wait(50)
    silence = pulse.stop()
    qtbot.waitUntil(lambda: len(run.curves.loss[0]) > steps + 5 and len(run.curves.miou[0]) > epochs, timeout=PATIENCE)
    assert silence < 0.1, f"the event loop was silent for {silence * 1000:.0f} ms"
    assert all(np.isfinite(run.curves.loss[1]))
    model = workspace(window)
    assert run.job is not None
    qtbot.mouseClick(run.stop_button, LEFT)
    qtbot.waitUntil(lambda: run.job is None, timeout=PATIENCE)
    assert "stopped" in run.status.text()

    # evaluate the bundled model: a table, a confusion matrix, the worst photos, one click from the canvas
    evaluation = model.evaluation
    qtbot.mouseClick(evaluation.evaluate_button, LEFT)
    qtbot.waitUntil(lambda: not evaluation.is_empty, timeout=PATIENCE)
    assert "2 test photos" in evaluation.caption.text()

    # a whole fine-tune: old and new side by side, and the person promotes the new one
    options.set_size("64x32")
    options.epochs.setValue(1)
    before, held = session.active.path, labels(window).copy()
    assert before == library.find(library.DEFAULT)
    qtbot.waitUntil(model.training.improve.isEnabled, timeout=PATIENCE)
    qtbot.mouseClick(model.training.improve, LEFT)
    qtbot.waitUntil(run.adopt_button.isVisible, timeout=PATIENCE)
    qtbot.mouseClick(run.adopt_button, LEFT)
    qtbot.waitUntil(lambda: session.active.path != before, timeout=20_000)
    version = folder / ".chromadesk" / "models" / "chromanet-v2.safetensors"
    assert session.active.path == version
    assert read_info(version).parent == "chromanet"
    assert np.array_equal(labels(window), held), "promoting alters no mask a person touched"
    assert np.array_equal(on_disk(mask), painted)
    qtbot.waitUntil(lambda: model.jobs.running == [], timeout=PATIENCE)
    assert said == []
