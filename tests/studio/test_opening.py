"""Folders opened for a person: listed in a thread, the last one wins, errors are said, nothing is left behind."""

from __future__ import annotations

import shutil
from pathlib import Path

from pytestqt.qtbot import QtBot

from chromadesk.checkup import Checkup
from chromadesk.dataset.pairs import state_elsewhere
from chromadesk.editing import store
from chromadesk.studio.opening import Found, find
from chromadesk.studio.session import Session
from chromadesk.studio.window import Window
from tests.editing.test_store import paint
from tests.studio.test_left_over import leave


def test_the_window_says_what_it_opens(qtbot: QtBot, window: Window, folder: Path) -> None:
    window.session.open_folder(folder, folder / "A" / "03.jpg")
    assert window.session.dataset is None  # at once back
    assert window.status.fields["state"].text() == "opening set…"
    assert window.paint.empty.sentence.text() == "Opening set…"
    qtbot.waitUntil(lambda: window.session.item is not None)
    assert window.session.item is not None
    assert window.session.item.key == "A/03.jpg"
    assert window.status.fields["state"].text() == "approved, saved"
    assert window.paint.empty.sentence.text().startswith("Open a folder")


def test_the_last_folder_asked_for_wins(qtbot: QtBot, session: Session, folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(folder, other)
    opened = []
    session.dataset_opened.connect(lambda: opened.append(session.dataset.root if session.dataset else None))
    session.open_folder(folder)
    session.open_folder(other)
    qtbot.waitUntil(lambda: session.item is not None)
    assert opened == [other]
    session.open_folder(folder)
    assert session.open_dataset(other)
    qtbot.wait(300)
    assert opened == [other, other]


def test_a_folder_that_is_none_leaves_what_is_open(
    qtbot: QtBot, session: Session, folder: Path, notices: list[tuple[str, str]]
) -> None:
    said: list[str] = []
    session.opening.changed.connect(said.append)
    assert session.open_dataset(folder)
    session.open_folder(folder / "gone")
    qtbot.waitUntil(lambda: bool(notices))
    assert notices[-1][1] == "error"
    assert "gone does not exist" in notices[-1][0]
    assert said[-1] == ""
    assert session.dataset is not None
    assert session.dataset.root == folder


def test_closing_while_a_folder_is_listed(dressed: object, folder: Path) -> None:
    session = Session()
    session.open_folder(folder)
    session.close()
    assert session.dataset is None


def test_strokes_on_a_read_only_data_set_that_is_renamed_come_back(
    qtbot: QtBot, window: Window, folder: Path, tmp_path: Path
) -> None:
    for place in (folder, folder / "A", folder / "B"):
        place.chmod(0o555)
    find(folder).close()  # as every opening does
    leave(folder, "A/02.jpg")
    other = folder.rename(tmp_path / "DISK1")
    (finding,) = [each for each in Checkup(other).examine() if each.level == "warning"]
    assert finding.what == f"work on {folder}, which is this data set"
    other.chmod(0o755)
    assert window.session.open_dataset(other)
    qtbot.waitUntil(lambda: any(each.text.startswith("Unsaved strokes on 02.jpg") for each in window.notices.shown))
    window.session.open_photo("A/02.jpg")
    qtbot.waitUntil(lambda: any("02.jpg came back" in each.text for each in window.notices.shown))


def test_strokes_on_a_drive_that_went_away_come_back_where_it_is_put_next(
    qtbot: QtBot, window: Window, folder: Path, tmp_path: Path
) -> None:
    found = find(folder)
    opened = store.open_document(found.dataset["A/02.jpg"], found.dataset.state)
    drawer, other = tmp_path / "drawer", tmp_path / "DISK1"
    folder.rename(drawer)
    paint(opened, 1, (20.0, 20.0))
    opened.close()
    found.close()
    copy = Path(shutil.copytree(drawer, tmp_path / "copy"))
    assert str(state_elsewhere(folder)) in find_and_close(copy).remark
    drawer.rename(other)
    assert find_and_close(other).remark == ""
    assert find_and_close(copy).remark == ""
    assert window.session.open_dataset(other)
    window.session.open_photo("A/02.jpg")
    qtbot.waitUntil(lambda: any("02.jpg came back" in each.text for each in window.notices.shown))


def find_and_close(folder: Path) -> Found:
    found = find(folder)
    found.close()
    return found


def test_the_studio_from_under_which_a_drive_went_finds_all_strokes_where_it_is_put_next(
    qtbot: QtBot, window: Window, folder: Path, tmp_path: Path
) -> None:
    session = window.session
    assert session.open_dataset(folder)
    session.open_photo("A/02.jpg")
    qtbot.waitUntil(lambda: session.item is not None and session.item.key == "A/02.jpg")
    opened = session.opened
    assert opened is not None
    paint(opened, 1, (20.0, 20.0))
    opened.journal.flush()
    other = folder.rename(tmp_path / "DISK1")
    paint(opened, 2, (50.0, 20.0))
    opened.journal.flush()
    assert opened.journal.away
    session.open_folder(other)
    qtbot.waitUntil(lambda: session.dataset is not None and session.dataset.root == other)
    session.open_photo("A/02.jpg")
    qtbot.waitUntil(lambda: any("2 strokes on 02.jpg came back" in each.text for each in window.notices.shown))
    assert session.document is not None
    assert (session.document.labels == opened.document.labels).all()
