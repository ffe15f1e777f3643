"""The real window against plain arrays: paint, fill, undo, redo, switch, save, approve, kill and reopen in any order.

Files are real, and so are events: the pointer goes over the canvas, the journal and the masks lie on the disk. Beside
them stands what a person would expect: for each photo full copies of label plane and provenance, a list of steps, and
what was last written.
"""

from __future__ import annotations

import math
import shutil
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from PIL import Image
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel

from chromadesk.classes import PALETTE
from chromadesk.masks import read_mask, write_mask
from chromadesk.studio import theme
from chromadesk.studio.canvas.view import Canvas
from chromadesk.studio.session import Session
from chromadesk.studio.window import Window
from tests.plain import Plain, Planes, connected, swept

#: Height and width of each photo, and whether it has a mask: odd, a single pixel, a strip, larger than a tile of the
#: undo (256) and than the first plane of the pyramid (128).
PHOTOS = (((37, 23), True), ((1, 1), False), ((5, 91), True), ((301, 263), False))
KEYS = [f"A/{number}.png" for number in range(len(PHOTOS))]
NONE, LEFT = Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton
#: Places as parts of the photo's width and height; some lie outside.
places = st.tuples(st.floats(-0.3, 1.3), st.floats(-0.3, 1.3))
classes = st.integers(0, 4)


class Designer(RuleBasedStateMachine):
    """A person at the window, on a disk that may lose power."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp(prefix="chromadesk-designer-"))
        self.folder = self.root / "0"
        (self.folder / "A").mkdir(parents=True)
        draw = np.random.default_rng(0)
        self.photos: dict[str, Plain] = {}
        for key, (size, masked) in zip(KEYS, PHOTOS, strict=True):
            Image.fromarray(draw.integers(60, 200, size, np.uint8)).save(self.folder / key)
            labels = draw.integers(0, 5, size, np.uint8) if masked else np.zeros(size, np.uint8)
            if masked:
                write_mask(self.mask(key), labels)
            self.photos[key] = Plain(
                (labels, np.zeros(size, bool)), labels if masked else None, "approved" if masked else "new"
            )
        self.draw = draw
        self.open_window()

    # -- the hand --------------------------------------------------------------------------------------------------

    @property
    def session(self) -> Session:
        return self.window.session

    @property
    def canvas(self) -> Canvas:
        return self.window.paint.canvas

    @property
    def photo(self) -> Plain:
        """What is expected of the open photo."""
        assert self.session.item is not None
        return self.photos[self.session.item.key]

    def mask(self, key: str) -> Path:
        return self.folder / key.replace("A/", "B/")

    def open_window(self) -> None:
        self.window = Window()
        self.window.session.active.path = None
        self.window.resize(960, 600)
        self.window.show()
        self.window.session.open_dataset(self.folder)
        self.arrive()
        self.window.tool_state.set_fill(100)

    def close_window(self) -> None:
        self.window.leave()
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def until(self, ready: Callable[[], bool]) -> None:
        end = time.monotonic() + 20
        while not ready():
            assert time.monotonic() < end
            QApplication.processEvents()
            time.sleep(0.001)

    def arrive(self) -> None:
        """Until the photo that was asked for is there, and everything is written."""
        self.until(lambda: self.session.item is not None and self.session._opening is None)
        self.session.flush()
        QApplication.processEvents()

    def mouse(self, kind: QEvent.Type, place: tuple[float, float], button: Qt.MouseButton) -> tuple[float, float]:
        """An event at a place given as parts of the photo; the same place in photo pixels."""
        height, width = self.photo.now[0].shape
        at = QPointF(*self.canvas.transform.to_screen(place[0] * width, place[1] * height))
        held = NONE if kind == QEvent.Type.MouseButtonRelease else LEFT
        everywhere = QPointF(self.canvas.mapToGlobal(at))
        event = QMouseEvent(kind, at, everywhere, button, held, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(self.canvas, event)
        return self.canvas.transform.to_photo(at.x(), at.y())

    def allowed(self, class_id: int) -> np.ndarray:
        """Where the locks let this class be painted."""
        state, labels = self.window.tool_state, self.photo.now[0]
        if class_id in state.locked:
            return np.zeros(labels.shape, bool)
        free = ~np.isin(labels, list(state.locked))
        return free if state.over is None else free & (labels == state.over)

    def covered(self, pixels: np.ndarray, class_id: int) -> Planes:
        """The planes once these pixels have a class from a person."""
        labels, touched = self.photo.now
        painted = pixels & self.allowed(class_id)
        return np.where(painted, np.uint8(class_id), labels), touched | painted

    def proposal(self, seed: int) -> np.ndarray:
        draw, size = np.random.default_rng(seed), self.photo.now[0].shape
        return (
            draw.integers(0, 5, (size[0] // 7 + 1, size[1] // 7 + 1), np.uint8)
            .repeat(7, 0)
            .repeat(7, 1)[: size[0], : size[1]]
        )

    # -- what may happen -------------------------------------------------------------------------------------------

    @initialize(key=st.sampled_from(KEYS))
    def begin(self, key: str) -> None:
        self.switch(key)

    @rule(
        points=st.lists(places, min_size=1, max_size=4),
        size=st.integers(1, 60),
        class_id=classes,
        tool=st.sampled_from(["brush", "brush", "eraser"]),
        ending=st.sampled_from(["lifted"] * 6 + ["escape", "saved", "undo", "proposed", "proposed, escape"]),
    )
    def paint(self, points: list[tuple[float, float]], size: int, class_id: int, tool: str, ending: str) -> None:
        """A stroke, and what may come between its begin and its end."""
        state, photo = self.window.tool_state, self.photo
        state.set_tool(tool)
        state.set_class(class_id)
        state.set_size(size)
        way = [self.mouse(QEvent.Type.MouseButtonPress, points[0], LEFT)]
        way += [self.mouse(QEvent.Type.MouseMove, point, NONE) for point in points[1:]]
        painted = self.covered(swept(photo.now[0].shape, way, size), 0 if tool == "eraser" else class_id)
        labels = self.proposal(size)
        if "proposed" in ending:
            self.session.apply_prediction(self.session.item.key, labels)
        if ending == "undo":
            self.window.undo()
        if ending == "saved":
            self.window.actions_table["save"].trigger()
        if "escape" in ending:
            QApplication.sendEvent(
                self.canvas, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
            )
        else:
            photo.step(*painted)
        self.mouse(QEvent.Type.MouseButtonRelease, points[-1], LEFT)
        if ending == "saved":
            photo.saved()
        if "proposed" in ending:
            photo.proposed(np.where(photo.now[1], photo.now[0], labels), photo.now[1])

    @rule(place=places, class_id=classes)
    def fill(self, place: tuple[float, float], class_id: int) -> None:
        self.window.tool_state.set_tool("fill")
        self.window.tool_state.set_class(class_id)
        x, y = self.mouse(QEvent.Type.MouseButtonPress, place, LEFT)
        self.mouse(QEvent.Type.MouseButtonRelease, place, LEFT)
        labels = self.photo.now[0]
        if 0 <= x < labels.shape[1] and 0 <= y < labels.shape[0]:
            self.photo.step(*self.covered(connected(labels, math.floor(y), math.floor(x)), class_id))

    @rule(seed=st.integers(0, 9), everything=st.booleans())
    def predict(self, seed: int, everything: bool) -> None:
        """A proposal comes in."""
        labels, touched = self.photo.now
        proposal = self.proposal(seed)
        self.session.predict(everything)
        self.session.apply_prediction(self.session.item.key, proposal)
        if everything:
            self.photo.proposed(proposal, np.zeros(touched.shape, bool))
        else:
            self.photo.proposed(np.where(touched, labels, proposal), touched)

    @rule(names=st.lists(st.sampled_from(["undo", "undo", "redo"]), min_size=1, max_size=6))
    def to_and_fro(self, names: list[str]) -> None:
        for name in names:
            self.window.actions_table[name].trigger()
            if name == "undo":
                self.photo.undo()
            else:
                self.photo.redo()

    @rule(
        class_id=classes,
        what=st.sampled_from(["lock", "lock", "over", "zoom"]),
        factor=st.sampled_from([0.3, 0.8, 3.0]),
    )
    def settle_down(self, class_id: int, what: str, factor: float) -> None:
        """What comes before a stroke."""
        lock = self.window.paint.classes.rows[class_id].lock
        if what == "zoom":
            self.canvas.zoom_at(factor, (100 * class_id, 80 * class_id))
        elif what == "over":
            lock.customContextMenuRequested.emit(QPoint())
        else:
            lock.click()

    @rule(key=st.sampled_from(KEYS))
    def switch(self, key: str) -> None:
        before = self.photo
        self.session.open_photo(key)
        self.arrive()
        if self.photo is not before:
            before.left()

    @rule(key=st.sampled_from(KEYS), place=places, class_id=classes, back=st.booleans())
    def switch_and_paint_on(self, key: str, place: tuple[float, float], class_id: int, back: bool) -> None:
        """A stroke on the photo that is left, while the next one is being read; which is then not wanted after all."""
        before, open_key = self.photo, self.session.item.key
        self.session.open_photo(key)
        if key != open_key:
            before.left()
        self.paint([place], 9, class_id, "brush", "lifted")
        if back:
            self.session.open_photo(open_key)
        self.arrive()
        if self.photo is not before:
            before.left()

    @rule()
    def save(self) -> None:
        self.window.actions_table["save"].trigger()
        self.photo.saved()
        self.arrive()
        assert self.session.document is not None
        assert not self.session.document.dirty

    @rule(key=st.sampled_from(KEYS), seed=st.integers(0, 9))
    def hurry(self, key: str, seed: int) -> None:
        """A proposal comes in, and the next photo is opened, while the mask is still being written."""
        self.window.actions_table["save"].trigger()
        self.photo.saved()
        self.predict(seed, everything=False)
        self.switch(key)

    @rule()
    def approve(self) -> None:
        key, photo, document = self.session.item.key, self.photo, self.session.document
        assert document is not None
        if document.dirty or self.session.status(key) != "approved":
            photo.saved()
        photo.status = "approved"
        self.window.actions_table["approve"].trigger()
        self.arrive()

    @rule(
        moment=st.sampled_from(["closed", "killed", "killed", "in mid-stroke", "before the save", "before the approve"])
    )
    def reopen(self, moment: str) -> None:
        """The studio ends, well or not, and a new one opens what lies on the disk."""
        assert self.session.item is not None
        if moment == "in mid-stroke":
            self.window.tool_state.set_tool("brush")
            self.mouse(QEvent.Type.MouseButtonPress, (0.5, 0.5), LEFT)
        if moment == "closed":
            self.photo.left()
            self.close_window()
        else:
            self.session.flush()
            gate = threading.Event()
            if moment.startswith("before"):  # the mask is about to be written
                self.session.files.run(gate.wait, lambda _: None, lambda error: None)
                self.window.actions_table[moment.split()[-1]].trigger()
            self.session._opened.journal.flush()  # what is done is acknowledged: it is on the disk
            left = self.folder
            self.folder = self.folder.with_name(str(int(left.name) + 1))
            shutil.copytree(left, self.folder)  # the disk as the kill leaves it; the old studio works on its own
            gate.set()
            self.close_window()
            shutil.rmtree(left)
        for photo in self.photos.values():
            photo.found_again()
        self.open_window()

    # -- what must be so -------------------------------------------------------------------------------------------

    @invariant()
    def the_document_is_as_expected(self) -> None:
        document, photo = self.session.document, self.photo
        assert document is not None
        np.testing.assert_array_equal(document.labels, photo.now[0])
        np.testing.assert_array_equal(document.touched, photo.now[1])
        assert [patch.kind != "prediction" for patch in document.history.done] == [step.person for step in photo.done]
        assert len(document.history.undone) == len(photo.undone)

    @invariant()
    def the_files_are_as_expected(self) -> None:
        self.session.flush()
        assert self.session.index is not None
        for key, photo in self.photos.items():
            assert self.session.status(key) == photo.status
            assert self.session.index.status(key) == photo.status
            path = self.mask(key)
            if photo.disk is None:
                assert not path.exists()
            else:
                np.testing.assert_array_equal(read_mask(path, photo.disk.shape).labels, photo.disk)

    @invariant()
    def the_window_shows_the_labels(self) -> None:
        canvas, labels = self.canvas, self.photo.now[0]
        if canvas.transform.scale < 1:
            return
        QApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave))
        canvas.findChild(QLabel, "saying").hide()
        QApplication.processEvents()
        picture = self.window.screen().grabWindow(self.window.winId()).toImage()
        rows = self.draw.integers(0, labels.shape[0], 30)
        for row, column in zip(rows, self.draw.integers(0, labels.shape[1], 30), strict=True):
            x, y = canvas.transform.to_screen(column + 0.5, row + 0.5)
            at = QPoint(math.floor(x), math.floor(y))
            if self.window.childAt(canvas.mapTo(self.window, at)) is canvas:  # not below a notice
                shown = QColor(picture.pixel(canvas.mapTo(self.window, at))).getRgb()[:3]
                class_id = labels[row, column]
                if class_id:
                    assert shown == tuple(PALETTE[class_id])
                else:
                    assert len(set(shown)) == 1  # the photo is grey

    def teardown(self) -> None:
        self.close_window()
        shutil.rmtree(self.root)


@pytest.mark.parametrize("examples", [5, pytest.param(80, marks=pytest.mark.slow)])
def test_the_window_does_what_plain_arrays_do(qapp: QApplication, examples: int) -> None:
    if not qapp.styleSheet():
        theme.apply(qapp)
    run_state_machine_as_test(
        Designer,
        settings=settings(
            max_examples=examples,
            stateful_step_count=50,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
            report_multiple_bugs=False,
        ),
    )
