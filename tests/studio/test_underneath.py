"""A mask that another program changes while it is open: found, asked about, compared; whatever is not kept stays."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from chromadesk.masks import read_mask, write_mask
from chromadesk.studio.session import Session
from chromadesk.studio.underneath import LATER, MINE, SEE, THEIRS, ClashQuestion
from chromadesk.studio.window import Window
from tests.studio.conftest import SIZE

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def session(qtbot: QtBot, window: Window, folder: Path) -> Session:
    """The first photo, open in the window."""
    assert window.session.open_dataset(folder)
    qtbot.waitUntil(lambda: window.session.document is not None)
    return window.session


def changed(folder: Path) -> np.ndarray:
    """Another program writes a mask over the first."""
    theirs = np.full(SIZE, 2, np.uint8)
    write_mask(folder / "B" / "01.png", theirs)
    return theirs


def painted(qtbot: QtBot, window: Window) -> np.ndarray:
    """A stroke; what the mask looks like then."""
    window.tool_state.set_class(1)
    canvas = window.paint.canvas
    qtbot.mousePress(canvas, LEFT, pos=canvas.rect().center())
    qtbot.mouseRelease(canvas, LEFT, pos=canvas.rect().center() + QPoint(40, 40))
    document = window.session.document
    assert document is not None
    assert document.dirty
    return document.labels.copy()


def kept(folder: Path) -> list[np.ndarray]:
    """The masks among the conflicts."""
    return [read_mask(path).labels for path in sorted((folder / ".chromadesk" / "conflicts").rglob("*.png"))]


def asked(qtbot: QtBot, window: Window) -> ClashQuestion:
    """The question, after a save."""
    window.session.save()
    qtbot.waitUntil(lambda: window.underneath.question is not None)
    assert window.underneath.question is not None
    return window.underneath.question


def among(plane: np.ndarray, planes: list[np.ndarray]) -> bool:
    """One of ``planes`` is ``plane``."""
    return any(np.array_equal(plane, each) for each in planes)


def test_keep_mine(qtbot: QtBot, window: Window, session: Session, folder: Path) -> None:
    theirs, mine = changed(folder), painted(qtbot, window)
    question = asked(qtbot, window)
    assert "01.png" in question.text()
    assert np.array_equal(read_mask(folder / "B" / "01.png").labels, theirs)  # until it is answered
    with qtbot.waitSignal(session.photo_saved):
        qtbot.mouseClick(question.choices[MINE], LEFT)
    assert np.array_equal(read_mask(folder / "B" / "01.png").labels, mine)
    assert among(theirs, kept(folder))
    assert session.document is not None
    assert not session.document.dirty


def test_keep_the_other_and_take_that_back(qtbot: QtBot, window: Window, session: Session, folder: Path) -> None:
    theirs, mine = changed(folder), painted(qtbot, window)
    with qtbot.waitSignal(session.photo_saved):
        qtbot.mouseClick(asked(qtbot, window).choices[THEIRS], LEFT)
    assert session.document is not None
    assert np.array_equal(session.document.labels, theirs)
    assert not session.document.dirty
    assert among(mine, kept(folder))
    window.undo()
    assert np.array_equal(session.document.labels, mine)
    with qtbot.waitSignal(session.photo_saved):
        session.save()
    assert np.array_equal(read_mask(folder / "B" / "01.png").labels, mine)


def test_compare_then_decide(qtbot: QtBot, window: Window, session: Session, folder: Path) -> None:
    changed(folder)
    painted(qtbot, window)
    qtbot.mouseClick(asked(qtbot, window).choices[SEE], LEFT)
    qtbot.waitUntil(lambda: window.paint.canvas.wipe is not None)
    answer = window.notices.shown[-1].answer
    assert answer is not None
    qtbot.mouseClick(answer, LEFT)
    assert window.underneath.question is not None
    qtbot.keyClick(window.underneath.question, Qt.Key.Key_Escape)
    assert window.underneath.question is None
    assert window.paint.canvas.wipe is not None
    with qtbot.waitSignal(session.photo_saved):
        qtbot.mouseClick(asked(qtbot, window).choices[MINE], LEFT)
    assert window.paint.canvas.wipe is None


def test_later_then_another_photo_keeps_both(qtbot: QtBot, window: Window, session: Session, folder: Path) -> None:
    theirs, mine = changed(folder), painted(qtbot, window)
    qtbot.mouseClick(asked(qtbot, window).choices[LATER], LEFT)
    session.open_photo("A/02.jpg")
    qtbot.waitUntil(lambda: "Both masks are kept" in " ".join(each.text for each in window.notices.shown))
    assert among(theirs, kept(folder))
    assert among(mine, kept(folder))
    assert np.array_equal(read_mask(folder / "B" / "01.png").labels, theirs)
    session.open_photo("A/01.jpg")
    qtbot.waitUntil(lambda: session.item is not None and session.item.key == "A/01.jpg")
    assert session.document is not None
    assert session.document.dirty  # the strokes, on top of theirs


def test_the_window_comes_back_to_a_changed_mask(qtbot: QtBot, window: Window, session: Session, folder: Path) -> None:
    theirs = changed(folder)
    with qtbot.waitSignal(session.photo_saved):
        window.underneath.look()
    assert session.document is not None
    assert np.array_equal(session.document.labels, theirs)
    assert "was changed by another program" in window.notices.shown[-1].text
    painted(qtbot, window)
    mine = session.document.labels.copy()
    write_mask(folder / "B" / "01.png", np.full(SIZE, 4, np.uint8))
    window.underneath.look()
    qtbot.waitUntil(lambda: window.notices.shown[-1].answer is not None)
    assert np.array_equal(session.document.labels, mine)


def test_a_mask_that_was_only_touched_is_no_news(qtbot: QtBot, window: Window, session: Session, folder: Path) -> None:
    (folder / "B" / "01.png").touch()
    window.underneath.look()
    session.flush()
    qtbot.wait(50)
    assert not window.notices.shown
