"""Two studios on one data set: the second looks on, writes nothing, and may edit once the first is gone."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chromadesk import processes
from chromadesk.dataset import lock
from chromadesk.dataset.lock import Holder, Lock
from chromadesk.studio.actions import CHANGING
from chromadesk.studio.opening import open_again
from chromadesk.studio.session import Session
from chromadesk.studio.window import COLOURS, Window

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def other(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Another studio's process, which has the data set."""
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    holder = replace(Holder.me(), pid=child.pid, started=processes.started(child.pid))
    (folder / ".chromadesk").mkdir()
    (folder / ".chromadesk" / lock.FILE_NAME).write_text(json.dumps(asdict(holder)))
    yield child
    child.kill()
    child.wait()


def everything(folder: Path) -> dict[str, bytes]:
    """All that lies in the data set, but for the index, which holds nothing of its own."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith("index.sqlite")
    }


def open_in(qtbot: QtBot, window: Window, folder: Path) -> Session:
    """The data set, open at its first photo."""
    assert window.session.open_dataset(folder)
    qtbot.waitUntil(lambda: window.session.document is not None)
    return window.session


def test_the_second_looks_on_and_writes_nothing(qtbot: QtBot, window: Window, folder: Path, other: object) -> None:
    before = everything(folder)
    session = open_in(qtbot, window, folder)
    canvas, document = window.paint.canvas, session.document
    assert document is not None
    labels = document.labels.copy()
    assert window.paint.options.approve.objectName() == ""  # not what matters
    assert "set is also open in another ChromaDesk" in window.notices.shown[-1].text
    assert window.status.fields["access"].text() == "read-only: also open in another ChromaDesk"
    for tool in ("brush", "lasso", "fill", "scribble", "history"):
        window.tool_state.set_tool(tool)
        qtbot.mouseClick(canvas, LEFT, pos=canvas.rect().center())
        assert canvas.saying == "Read-only: also open in another ChromaDesk"
    window.tool_state.set_tool("zoom")
    scale = canvas.scale
    qtbot.mouseClick(canvas, LEFT, pos=canvas.rect().center())
    assert canvas.scale > scale
    for name in CHANGING:
        window.actions_table[name].trigger()
    window.batch.exclude([item.key for item in session.items])
    window.show_workspace(COLOURS)
    window.colours.board_page.boards.new("Season")
    qtbot.waitUntil(lambda: bool(window.live.found))
    window.colours.photo_page.hand.lock("clothes", 0)
    session.states.set("A/04.jpg", "excluded")
    session.open_photo("A/04.jpg")
    qtbot.waitUntil(lambda: session.item is not None and session.item.key == "A/04.jpg")
    qtbot.wait(100)
    assert (document.labels == labels).all()
    session.flush()
    assert everything(folder) == before
    assert session.status("A/04.jpg") == "new"


def test_it_may_edit_once_the_first_is_gone(
    qtbot: QtBot, window: Window, folder: Path, other: subprocess.Popen[bytes]
) -> None:
    session = open_in(qtbot, window, folder)
    session.open_photo("A/02.jpg")
    qtbot.waitUntil(lambda: session.item is not None and session.item.key == "A/02.jpg")
    open_again(session)  # not yet
    qtbot.waitUntil(lambda: session.item is not None and session.item.key == "A/02.jpg")
    assert session.refusal
    session.access.look()
    qtbot.wait(50)
    assert session.refusal
    assert window.status.edit.isHidden()
    other.kill()
    other.wait()
    with qtbot.waitSignal(session.access.freed):
        session.access.look()
    assert window.notices.shown[-1].answer is not None
    assert session.refusal == "read-only: the other ChromaDesk is gone"
    qtbot.mouseClick(window.status.edit, LEFT)
    qtbot.waitUntil(lambda: session.item is not None and session.item.key == "A/02.jpg")
    assert not session.refusal
    assert window.status.edit.isHidden()
    assert window.paint.options.approve.objectName() == "primary"
    qtbot.mouseClick(window.paint.canvas, LEFT, pos=QPoint(300, 300))
    assert session.document is not None
    assert session.document.dirty


def test_the_first_that_loses_it_changes_nothing_more(qtbot: QtBot, window: Window, folder: Path) -> None:
    session = open_in(qtbot, window, folder)
    assert Lock(folder / ".chromadesk").look() is None  # ours
    far = replace(Holder.me(), space="elsewhere", host="studio-3", user="ana")
    (folder / ".chromadesk" / lock.FILE_NAME).write_text(json.dumps(asdict(far)))
    with qtbot.waitSignal(session.access.lost):
        session.access.look()
    assert "another ChromaDesk (ana on studio-3)" in window.notices.shown[-1].text
    qtbot.mouseClick(window.paint.canvas, LEFT, pos=window.paint.canvas.rect().center())
    assert session.document is not None
    assert not session.document.dirty


def test_the_note_goes_with_the_data_set(qtbot: QtBot, window: Window, folder: Path, tmp_path: Path) -> None:
    note = folder / ".chromadesk" / lock.FILE_NAME
    session = open_in(qtbot, window, folder)
    assert note.exists()
    assert session.open_dataset(folder)  # again
    session.flush()
    assert note.exists()
    (tmp_path / "empty").mkdir()
    assert session.open_dataset(tmp_path / "empty")
    session.flush()
    assert not note.exists()
    session.open_folder(folder)
    window.leave()
    QApplication.processEvents()
    assert not note.exists()
    assert not (tmp_path / "empty" / ".chromadesk" / lock.FILE_NAME).exists()
