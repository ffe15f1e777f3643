"""A folder that is read-only, moved away or full: said once, nothing lost, saved when it can be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from chromadesk import homes
from chromadesk.editing.recovery import places
from chromadesk.masks import read_mask
from chromadesk.studio.leaving import CANCEL, STOP
from chromadesk.studio.session import Session
from chromadesk.studio.window import Window

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def session(qtbot: QtBot, window: Window, folder: Path) -> Session:
    """The first photo, open in the window."""
    assert window.session.open_dataset(folder)
    qtbot.waitUntil(lambda: window.session.document is not None)
    return window.session


def stroke(qtbot: QtBot, window: Window, down: int = 40) -> np.ndarray:
    """A stroke; what the mask looks like then, once it is in a journal."""
    canvas, document = window.paint.canvas, window.session.document
    assert document is not None
    window.tool_state.set_class(1)
    qtbot.mousePress(canvas, LEFT, pos=canvas.rect().center())
    qtbot.mouseRelease(canvas, LEFT, pos=canvas.rect().center() + QPoint(40, down))
    qtbot.waitUntil(lambda: window.safety.synced)
    return document.labels.copy()


def said(window: Window) -> list[str]:
    """The notices in view."""
    return [notice.text for notice in window.notices.shown]


def test_the_status_bar_says_where_the_strokes_are(qtbot: QtBot, window: Window, session: Session) -> None:
    state = window.status.fields["state"]
    assert state.text() == "approved, saved"
    stroke(qtbot, window)
    qtbot.waitUntil(lambda: state.text() == "edited, kept")
    with qtbot.waitSignal(session.photo_saved):
        session.save()
    assert state.text() == "edited, saved"


def test_nothing_moves_in_the_status_bar_while_strokes_come_and_go(
    qtbot: QtBot, window: Window, session: Session
) -> None:
    state, seen = window.status.fields["state"], []
    for step in (lambda: None, lambda: stroke(qtbot, window), session.save, lambda: session.approve(go_on=False)):
        step()
        qtbot.wait(150)
        seen.append((state.text(), state.width()))
    assert [text for text, _ in seen] == ["approved, saved", "edited, kept", "edited, saved", "approved, saved"]
    assert len({width for _, width in seen}) == 1
    assert state.width() >= state.fontMetrics().horizontalAdvance("approved, saved")


def test_a_folder_that_is_moved_away_and_comes_back(
    qtbot: QtBot, window: Window, session: Session, folder: Path
) -> None:
    away = folder.with_name("away")
    stroke(qtbot, window)
    folder.rename(away)
    labels = stroke(qtbot, window, -40)  # into the user's own folder
    with qtbot.waitSignal(session.keeping.began):
        session.save()
    for _ in range(3):
        session.save()
    qtbot.wait(100)
    assert len(window.notices.shown) == 1
    assert said(window)[0].startswith("Not saved: the folder set is gone. Your work is kept")
    assert window.status.fields["access"].text() == "not saved: the folder set is gone"
    assert window.status.fields["state"].text() == "edited, kept"
    assert not folder.exists()  # a folder made anew would hide the one that comes back
    away.rename(folder)
    with qtbot.waitSignal(session.keeping.ended, timeout=10_000):  # by itself
        pass
    assert said(window) == ["Everything is saved now."]
    assert window.status.fields["access"].text() == ""
    assert np.array_equal(read_mask(folder / "B" / "01.png").labels, labels)


def test_a_photo_that_nothing_could_be_written_of_comes_back_however_soon_it_is_wanted(
    qtbot: QtBot, window: Window, session: Session, folder: Path
) -> None:
    document = session.document
    assert document is not None
    for path in places(session.item):
        path.parent.parent.mkdir(parents=True, exist_ok=True)
        path.parent.write_text("no folder for journals")
    (folder / "B" / "01.png").unlink()
    (folder / "B" / "01.png").mkdir()
    qtbot.mouseClick(window.paint.canvas, LEFT, pos=window.paint.canvas.rect().center())
    with qtbot.waitSignal(session.keeping.began):
        session.save()
    # Wanted again before it is known whether its journal could take it when it was left.
    session.photo_opened.connect(lambda: session.open_photo("A/01.jpg"), Qt.ConnectionType.SingleShotConnection)
    with qtbot.waitSignals([session.photo_opened, session.photo_opened]):
        session.open_photo("A/02.jpg")
    assert session.item is not None
    assert session.item.key == "A/01.jpg"
    assert session.document is document
    assert not session.writing.only_here  # it is open
    for path in places(session.item):
        path.parent.unlink()
    (folder / "B" / "01.png").rmdir()
    with qtbot.waitSignal(session.photo_saved):
        session.save()
    assert np.array_equal(read_mask(folder / "B" / "01.png").labels, document.labels)


def test_closing_while_a_mask_is_not_saved_asks(qtbot: QtBot, window: Window, session: Session, folder: Path) -> None:
    stroke(qtbot, window)
    (folder / "B" / "01.png").unlink()
    (folder / "B" / "01.png").mkdir()
    with qtbot.waitSignal(session.keeping.began):
        session.save()
    assert window.close() is False
    assert window.unsaved is not None
    assert window.unsaved.text() == "1 photo could not be saved: the disk cannot be written."
    assert "come back" in window.unsaved.informativeText()
    qtbot.mouseClick(window.unsaved.choices[CANCEL], LEFT)
    assert window.isVisible()
    window.close()
    assert window.unsaved is not None
    qtbot.mouseClick(window.unsaved.choices[STOP], LEFT)
    assert not window.isVisible()
    assert (folder / ".chromadesk" / "journal" / "A" / "01.jpg.journal").exists()


def test_a_read_only_folder_may_be_painted_on(qtbot: QtBot, window: Window, folder: Path, forbidden: Path) -> None:
    session = window.session
    assert session.open_dataset(folder)
    qtbot.waitUntil(lambda: session.document is not None)
    assert said(window)[0].startswith("set cannot be written. You can paint all the same")
    assert window.status.fields["access"].text() == "read-only folder: kept on this computer"
    stroke(qtbot, window)
    own = homes.data() / "datasets"
    assert list(own.rglob("01.jpg.journal"))
    assert not (folder / ".chromadesk").exists()


def test_what_came_back_is_told(qtbot: QtBot, window: Window, session: Session, folder: Path) -> None:
    stroke(qtbot, window)
    window.session.files.run(lambda: None, lambda _: None, lambda _: None)
    journal = folder / ".chromadesk" / "journal" / "A" / "01.jpg.journal"
    kept = journal.read_bytes()
    with qtbot.waitSignal(session.photo_saved):
        session.open_photo("A/02.jpg")
    qtbot.waitUntil(lambda: session.item is not None and session.item.key == "A/02.jpg")
    session.flush()
    journal.write_bytes(kept)  # as a kill before the save would have left it
    write_back(folder)
    session.open_photo("A/01.jpg")
    qtbot.waitUntil(lambda: session.item is not None and session.item.key == "A/01.jpg")
    assert any(text.startswith("1 stroke on 01.jpg came back") for text in said(window)), said(window)


def write_back(folder: Path) -> None:
    """The mask as it was before the save."""
    backup = folder / ".chromadesk" / "backups" / "A" / "01.jpg.png"
    (folder / "B" / "01.png").write_bytes(backup.read_bytes())


@pytest.fixture
def forbidden(folder: Path) -> Iterator[Path]:
    """The data set, which nobody may write to (its marks say so to an administrator, too)."""
    for path in (folder, folder / "A", folder / "B"):
        path.chmod(0o555)
    yield folder
    for path in (folder, folder / "A", folder / "B"):
        path.chmod(0o755)
