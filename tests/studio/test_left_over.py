"""Strokes that a killed studio left are told by the names of their photos when the data set is opened."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from chromadesk.dataset.index import Index
from chromadesk.dataset.pairs import Dataset
from chromadesk.editing.store import open_document
from chromadesk.studio.window import Window
from tests.editing.test_store import paint


def leave(folder: Path, *keys: str, status: str = "edited") -> None:
    """What a kill would have left: strokes in the journal, and a state that is not in the mask."""
    dataset = Dataset.open(folder)
    index = Index.open(dataset)
    for key in keys:
        opened = open_document(dataset[key], dataset.state)
        paint(opened, 1, (20.0, 20.0))
        opened.close()
        index.set_status(key, status)
    index.close()


def said(window: Window) -> list[str]:
    return [notice.text for notice in window.notices.shown if notice.text.startswith("Unsaved")]


def test_one_photo_is_named_and_opened(qtbot: QtBot, window: Window, folder: Path) -> None:
    leave(folder, "A/01.jpg", "A/02.jpg")
    leave(folder, "A/03.jpg", status="proposed")
    assert window.session.open_dataset(folder)
    qtbot.waitUntil(lambda: said(window) == ["Unsaved strokes on 02.jpg come back when you open it."])
    (notice,) = [each for each in window.notices.shown if each.text in said(window)]
    assert notice.answer is not None
    assert notice.answer.text() == "Open 02.jpg"
    qtbot.mouseClick(notice.answer, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.session.item is not None and window.session.item.key == "A/02.jpg")
    qtbot.waitUntil(lambda: any("02.jpg came back" in each.text for each in window.notices.shown))
    assert said(window) == []


def test_several_are_counted(qtbot: QtBot, window: Window, folder: Path) -> None:
    leave(folder, "A/02.jpg", "A/03.jpg")
    assert window.session.open_dataset(folder)
    wanted = "Unsaved strokes on 2 photos, 02.jpg among them, come back when you open them."
    qtbot.waitUntil(lambda: said(window) == [wanted])
    window.session.open_photo("A/03.jpg")  # not by the button
    qtbot.waitUntil(lambda: said(window) == ["Unsaved strokes on 02.jpg come back when you open it."])
    (notice,) = [each for each in window.notices.shown if each.text in said(window)]
    qtbot.mouseClick(notice.cross, Qt.MouseButton.LeftButton)
    window.session.open_photo("A/02.jpg")
    qtbot.waitUntil(lambda: any("02.jpg came back" in each.text for each in window.notices.shown))
    assert said(window) == []


def test_the_button_leads_from_one_to_the_next(qtbot: QtBot, window: Window, folder: Path) -> None:
    leave(folder, "A/02.jpg", "A/03.jpg")
    assert window.session.open_dataset(folder)
    for key in ("A/02.jpg", "A/03.jpg"):
        qtbot.waitUntil(lambda: bool(said(window)))
        (notice,) = [each for each in window.notices.shown if each.text in said(window)]
        assert notice.answer is not None
        qtbot.mouseClick(notice.answer, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda key=key: window.session.item is not None and window.session.item.key == key)
    assert said(window) == []
