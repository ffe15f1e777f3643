"""A designer's day at the real window, by a script: painting with every tool, proposals, approving, colours, boards,
and a small training now and then.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from chromadesk.studio.driver import Driver
from chromadesk.studio.session import Session
from chromadesk.studio.window import COLOURS, MODEL, PAINT, Window

TOOLS = ("brush", "brush", "brush", "eraser", "lasso", "magnetic", "scribble", "fill", "history", "border")
CLEAN_UPS = ("smooth", "holes", "specks", "person")
#: Boards that are kept; with another one the oldest goes.
BOARDS = 4
CTRL, SHIFT, NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)


class Hand(Driver):
    """A hand that does not wait for paint: a move of the lasso outside the photo paints nothing."""

    def until_painted(self, act: Callable[[], object]) -> tuple[float, float]:
        act()
        self.app.processEvents()
        return 0.0, 0.0


class Day:
    """Draws what is done next from ``seed``; ``folders`` are the data sets that are worked on in turn."""

    def __init__(self, driver: Driver, folders: list[Path], seed: int, model: bool) -> None:
        self.driver, self.folders, self.draw, self.model = driver, folders, random.Random(seed), model
        self.rounds = 0
        #: How often each thing was done.
        self.done: dict[str, int] = {}

    @property
    def window(self) -> Window:
        return self.driver.window

    @property
    def session(self) -> Session:
        return self.window.session

    def begin(self) -> None:
        """Open the first data set and its first photo."""
        self._open_folder(self.folders[0])

    def fill(self) -> None:
        """Fill what is bounded but large, so that what comes after shows growth and not filling: the histories of
        closed photos (32 MB), thumbnails, palettes, kept colours. By the way it goes in work, only with masks that
        squeeze badly.
        """
        noise = np.random.default_rng(0)
        for folder in self.folders:
            self._open_folder(folder)
            for item in list(self.session.items):
                self._show(item.key)
                for _ in range(2):
                    document = self.session.document
                    assert document is not None
                    self.session.apply_prediction(item.key, noise.integers(0, 5, document.size, np.uint8))
                self.driver.settle()

    def round(self) -> None:
        """One photo, and what comes round with it."""
        self.rounds += 1
        self.window.show_workspace(PAINT)
        if self.model:
            self._predict()
        for _ in range(self.draw.randint(3, 8)):
            self._stroke(self.draw.choice(TOOLS))
        self._steps()
        if self.rounds % 2 == 0:
            self._clean(self.draw.choice(CLEAN_UPS))
        if self.rounds % 3 == 0:
            self._look_about()
        if self.rounds % 4 == 0:
            self._photo_colours()
        if self.rounds % 8 == 0:
            self._collection()
        if self.rounds % 12 == 0:
            self._boards()
        if self.model and self.rounds % 60 == 30:
            self._train()
        if self.rounds % 40 == 0:
            self._open_folder(self.folders[self.rounds // 40 % len(self.folders)])
        self._approve()
        self.driver.settle()

    def end(self) -> None:
        """Wait for jobs that still run; they step back behind everything else on the machine."""
        workspace = self.window.model_workspace
        while workspace is not None and (workspace.jobs.busy or workspace.jobs.waiting):
            self.driver.rest(0.2)

    # -- painting --------------------------------------------------------------------------------------------------

    def _did(self, what: str) -> None:
        self.done[what] = self.done.get(what, 0) + 1

    def _open_folder(self, folder: Path) -> None:
        assert self.session.open_dataset(folder)
        if not self.model:
            self.session.active.path = None
        self._arrive()
        self._did("folder")

    def _arrive(self) -> None:
        session = self.session
        self.driver.until(lambda: session.item is not None and session._opening is None, "the photo")
        self._did("photo")

    def _show(self, key: str) -> None:
        self.session.open_photo(key)
        self._arrive()

    def _predict(self) -> None:
        """Ask anew, where nobody painted or everywhere; wait for the segmenter."""
        asked = self.window.predictor._asked
        item = self.session.item
        assert item is not None
        self.window.actions_table[self.draw.choice(["predict", "predict", "predict_all"])].trigger()
        self.driver.until(lambda: item.photo not in asked, "the proposal")
        self._did("proposal")

    def _stroke(self, tool: str) -> None:
        state, canvas = self.window.tool_state, self.window.paint.canvas
        state.set_tool(tool)
        state.set_class(self.draw.randrange(5))
        state.set_size(self.draw.choice([3, 12, 40, 90]))
        if tool == "history":
            state.set_source(self.draw.choice(["proposal", "saved", "first"]))
        x, y = self.draw.uniform(0.2, 0.8) * canvas.width(), self.draw.uniform(0.1, 0.9) * canvas.height()
        self.driver.move((x, y), Qt.MouseButton.NoButton)
        self.driver.press((x, y))
        for _ in range(self.draw.randint(4, 25)):
            x += self.draw.uniform(-25, 25)
            y += self.draw.uniform(-25, 25)
            self.driver.move((x, y))
        self.driver.release((x, y))
        if tool in ("lasso", "border"):
            QTest.keyClick(canvas, Qt.Key.Key_Return)
            QTest.keyClick(canvas, Qt.Key.Key_Escape)
        self._did(tool)

    def _steps(self) -> None:
        for name in self.draw.choices(["undo", "undo", "redo"], k=self.draw.randint(0, 6)):
            self.window.actions_table[name].trigger()
            self.driver.rest(0.01)
            self._did(name)

    def _clean(self, name: str) -> None:
        cleaning = self.window.paint.cleaning
        self.window.actions_table[name].trigger()
        self.driver.until(lambda: cleaning.ready or cleaning.active is None, "the preview")
        QTest.keyClick(self.window.paint.canvas, self.draw.choice([Qt.Key.Key_Return, Qt.Key.Key_Escape]))
        self._did(name)

    def _look_about(self) -> None:
        for notches in (3, 3, -2, -4):
            canvas = self.window.paint.canvas
            self.driver.wheel((canvas.width() / 2, canvas.height() / 2), notches)
        for name in ("actual", "fit", "compare", "compare", "find", "find", "keys", "keys", "guide", "guide"):
            self.window.actions_table[name].trigger()
            self.driver.rest(0.02)
        self._did("look about")

    def _approve(self) -> None:
        """Approve and go on; where all is approved, to any photo."""
        item = self.session.item
        self.window.show_workspace(PAINT)
        self.window.actions_table["approve"].trigger()
        self._arrive()
        if self.session.item is item:
            self._show(self.draw.choice(self.session.items).key)
        self._did("approved")

    # -- the other workspaces --------------------------------------------------------------------------------------

    def _photo_colours(self) -> None:
        window = self.window
        window.show_workspace(COLOURS)
        window.colours.tabs.show_tab("Photo")
        self.driver.until(lambda: window.live.settled, "the palette")
        name = next((name for name in ("clothes", "hair", "skin") if window.live.swatches(name)), None)
        if name is not None:
            hand = window.colours.photo_page.hand
            hand.lock(name, 0)
            hand.undo()
            hand.remove(name, 0)
            self.driver.rest(0.05)
            hand.undo()
            self.driver.until(lambda: window.live.settled, "the palette")
        self._did("palette")

    def _collection(self) -> None:
        window = self.window
        page = self._page("Collection", window.colours.collection_page)
        self.driver.until(lambda: page._found is not None and not page.doing.text(), "the collection")
        for mark in page.view.cards.marks[:4]:
            page.show_mark(mark)
            self.driver.rest(0.1)
            page.strip.pin.click()
        page.show_mark(None)
        self._did("collection")

    def _boards(self) -> None:
        window = self.window
        page = self._page("Board", window.colours.board_page)
        boards = page.boards
        page.add.click()
        QTest.keyClicks(page.title, f"Season {self.rounds}")
        QTest.keyClick(page.title, Qt.Key.Key_Return)
        for _ in range(4):
            window.actions_table[self.draw.choice(["undo", "redo"])].trigger()
            self.driver.rest(0.05)
        while len(boards.all) > BOARDS:
            boards.show_board(next(iter(boards.all)))
            page.delete.click()
            self.driver.rest(0.05)
        self._did("board")

    def _page(self, title: str, page):
        self.window.show_workspace(COLOURS)
        self.window.colours.tabs.show_tab(title)
        self.driver.rest(0.05)
        return page

    def _train(self) -> None:
        """Begin a small training and an evaluation; they run beside the brush."""
        self.window.show_workspace(MODEL)
        workspace = self.window.model_workspace
        assert workspace is not None
        self.driver.rest(0.2)
        options = workspace.training.options
        options.set_size("64x32")
        options.epochs.setValue(1)
        self.driver.until(lambda: workspace.training.improve.isEnabled(), "the button")
        workspace.training.improve.click()
        workspace.tabs.show_tab("Jobs")
        self.driver.rest(0.2)
        workspace.tabs.show_tab("Evaluation")
        self._did("training")
