"""Photos and folders dropped on the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from chromadesk import links
from chromadesk.dataset.pairs import Dataset
from chromadesk.jobs import record
from chromadesk.studio.dropping import dataset_of, drop, open_path
from chromadesk.studio.session import Session
from chromadesk.studio.window import Window


@pytest.mark.parametrize(
    ("dropped", "folder"),
    [("x/A/1.jpg", "x"), ("x/train/A/1.jpg", "x"), ("x/test/A/1.jpg", "x"), ("x/photos/1.jpg", "x/photos")],
)
def test_a_dropped_photo_means_its_data_set(tmp_path: Path, dropped: str, folder: str) -> None:
    assert dataset_of(tmp_path / dropped) == tmp_path / folder
    assert dataset_of(tmp_path) == tmp_path


def test_dropped_photos_open_their_data_set(qtbot: QtBot, session: Session, folder: Path, notices: list) -> None:
    drop(session, [folder / "A" / "03.jpg"])
    qtbot.waitUntil(lambda: session.item is not None and session.item.key == "A/03.jpg")
    assert session.dataset == session.dataset
    assert isinstance(session.dataset, Dataset)
    assert session.dataset.root == folder
    drop(session, [folder / "B" / "notes.txt"])
    assert "no photo" in notices[-1][0]
    assert notices[-1][1] == "warning"  # nothing is wrong with the work: it need not be dismissed


@pytest.mark.parametrize("around", ["", "train", "test"])
def test_a_mask_means_its_photo_and_a_folder_of_masks_or_photos_its_data_set(folder: Path, around: str) -> None:
    if around:
        (folder / around).mkdir()
        for name in "AB":
            (folder / name).rename(folder / around / name)
    for each in ("A", "B", "B/02.png"):
        assert dataset_of(folder / around / each) == folder
    (folder / around / "A" / "B").mkdir()
    assert dataset_of(folder / around / "A" / "B") == folder / around / "A" / "B"  # of no photo


def test_masks_of_a_plain_folder(folder: Path) -> None:
    plain = (folder / "A").rename(folder / "photos")
    masks = (folder / "B").rename(plain / "B")
    for each in (plain, masks, masks / "02.png"):
        assert dataset_of(each) == plain


def test_a_dropped_mask_shows_its_photo(qtbot: QtBot, session: Session, folder: Path) -> None:
    drop(session, [folder / "B" / "03.png"])
    qtbot.waitUntil(lambda: session.item is not None and session.item.key == "A/03.jpg")
    drop(session, [folder / "B" / "02.png"])
    qtbot.waitUntil(lambda: session.item is not None and session.item.key == "A/02.jpg")
    assert session.dataset is not None
    assert session.dataset.root == folder


def test_what_a_desktop_hands_over_is_opened(qtbot: QtBot, window: Window, folder: Path, tmp_path: Path) -> None:
    def handed(path: Path, key: str) -> None:
        open_path(window, path)
        qtbot.waitUntil(lambda: window.session.item is not None and window.session.item.key == key)
        assert window.session.dataset is not None
        assert window.session.dataset.root == folder

    handed(folder / "A" / "03.jpg", "A/03.jpg")
    handed(links.make(folder, tmp_path / "x.chromadesk"), "A/01.jpg")
    assert window.workspaces.currentIndex() == 0
    job = record.create(folder / ".chromadesk", record.Request("train", {"dataset": "../../.."}))
    handed(job / "request.json", "A/01.jpg")
    assert window.workspaces.currentWidget() is window.model_workspace
