"""The welcome page: sample photos, and data sets of late with what became of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from chromadesk import samples, settings
from chromadesk.studio import recents
from chromadesk.studio.recents import MOST, Recent
from chromadesk.studio.session import Session
from chromadesk.studio.window import Window

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """No settings before and after."""
    settings.path().unlink(missing_ok=True)
    yield
    settings.path().unlink(missing_ok=True)


def entry(folder: Path, day: str = "2026-01-05T10:00:00") -> dict[str, object]:
    return {"folder": str(folder), "opened": day, "photos": 5, "approved": 2}


def test_without_recent_data_sets_there_is_one_sentence(window: Window) -> None:
    page = window.paint.empty
    assert page.isVisible()
    assert page.rows == []
    assert not page._head.isVisible()
    assert window.focusWidget() is page.button


def test_a_script_s_window_leaves_no_trace(qtbot: QtBot, window: Window, folder: Path) -> None:
    window.session.open_dataset(folder)
    qtbot.waitUntil(lambda: window.session.document is not None)
    assert recents.listed() == []


def test_what_is_opened_is_remembered_with_its_approved_photos(
    qtbot: QtBot, window: Window, folder: Path, tmp_path: Path, show: Callable[[Session, str], None]
) -> None:
    window.paint.empty.recents.follow()
    window.session.open_dataset(folder)
    show(window.session, "A/04.jpg")
    qtbot.keyClick(window.paint.canvas, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert window.session.status("A/04.jpg") == "approved"
    other = tmp_path / "other"
    other.mkdir()
    window.session.open_dataset(other)  # what was approved a moment ago is written before the next one opens
    qtbot.waitUntil(lambda: len(recents.listed()) == 2)
    by_name = {recent.name: recent for recent in recents.listed()}
    assert (by_name["set"].approved, by_name["set"].photos) == (4, 5)
    assert (by_name["other"].approved, by_name["other"].photos) == (0, 0)
    assert by_name["set"].when == "today"


def test_the_last_approvals_are_written_when_the_window_closes(
    qtbot: QtBot, window: Window, folder: Path, show: Callable[[Session, str], None]
) -> None:
    window.paint.empty.recents.follow()
    window.session.open_dataset(folder)
    show(window.session, "A/05.jpg")
    qtbot.keyClick(window.paint.canvas, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    window.leave()
    assert recents.listed()[0].approved == 4


def test_a_click_opens_and_enter_does_too(qtbot: QtBot, window: Window, folder: Path, tmp_path: Path) -> None:
    settings.put("recent", [entry(folder), entry(tmp_path / "gone")])
    page = window.paint.empty
    page.refresh()
    there, gone = page.rows
    qtbot.waitUntil(lambda: not gone.found)
    assert "2 of 5 approved, 5 Jan 2026" in there.accessibleName()
    assert "not found" in gone.accessibleName()
    qtbot.mouseClick(gone, LEFT)
    assert window.session.dataset is None
    qtbot.keyClick(there, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.session.dataset is not None)
    assert window.session.dataset is not None
    assert window.session.dataset.root == folder


def test_a_missing_one_is_taken_off_by_mouse_or_key(qtbot: QtBot, window: Window, folder: Path, tmp_path: Path) -> None:
    settings.put("recent", [entry(tmp_path / "gone"), entry(folder), entry(tmp_path / "lost")])
    page = window.paint.empty
    page.refresh()
    qtbot.mouseClick(page.rows[0].cross, LEFT)
    qtbot.waitUntil(lambda: [row.recent.name for row in page.rows] == ["set", "lost"])
    page.rows[1].setFocus()
    qtbot.keyClick(page.rows[1], Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: [row.recent.name for row in page.rows] == ["set"])
    assert [recent.name for recent in recents.listed()] == ["set"]
    assert window.focusWidget() is page.rows[0]  # the keyboard goes on where it was
    assert folder.is_dir()


def test_nonsense_in_the_settings_is_left_out(window: Window, folder: Path) -> None:
    wrong = [7, {}, {"folder": 3}, entry(folder) | {"photos": "many"}, entry(folder) | {"approved": -1}]
    settings.put("recent", [*wrong, entry(folder) | {"opened": "once"}])
    window.paint.empty.refresh()
    assert [row.recent.folder for row in window.paint.empty.rows] == [str(folder)]
    assert window.paint.empty.rows[0].recent.when == ""


def test_when(tmp_path: Path) -> None:
    yesterday = (datetime.now() - timedelta(days=1)).isoformat()
    assert Recent("/a/b", yesterday, 1, 0).when == "yesterday"
    assert Recent("/", yesterday, 1, 0).name == "/"


def test_only_the_newest_are_kept(tmp_path: Path) -> None:
    for number in range(MOST + 3):
        recents._remember(Recent(f"/{number}", f"2026-01-{number + 1:02}", 1, 0))
    assert [recent.name for recent in recents.listed()] == [str(number) for number in range(MOST + 2, 2, -1)]


def test_sample_photos_open_as_a_data_set(qtbot: QtBot, window: Window) -> None:
    pytest.importorskip("skimage")
    pytest.importorskip("matplotlib")
    qtbot.mouseClick(window.paint.empty.samples, LEFT)
    qtbot.waitUntil(lambda: window.session.document is not None, timeout=20_000)
    assert [item.photo.name for item in window.session.items] == ["astronaut.jpg", "grace_hopper.jpg"]
    assert window.session.dataset is not None
    assert window.session.dataset.root == recents.sample_folder()
    window.session.close()
    shutil.rmtree(recents.sample_folder())


def test_without_the_extra_the_button_says_what_to_do(
    dressed: object, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    from chromadesk.studio.welcome import Welcome

    monkeypatch.setattr(samples, "_SOURCES", {"a.jpg": ("chromadesk", "no such picture.jpg")})
    page = Welcome(session, lambda: None)
    assert not page.samples.isEnabled()
    assert not page.missing.isHidden()
    assert "pip install 'chromadesk[demo]'" in page.missing.text()
    page.close_threads()
    page.deleteLater()
