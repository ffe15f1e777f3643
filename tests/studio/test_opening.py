"""Folders opened for a person: listed in a thread, the last one wins, errors are said, nothing is left behind."""

from __future__ import annotations

import shutil
from pathlib import Path

from pytestqt.qtbot import QtBot

from chromadesk.studio.session import Session
from chromadesk.studio.window import Window


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
