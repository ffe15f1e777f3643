"""The page for exports in the real window: what is written, what stands in the way, what is told."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from chromadesk.dataset.formats import table
from chromadesk.dataset.formats.pair import Options
from chromadesk.masks import read_mask
from chromadesk.studio.exchange import form_words
from chromadesk.studio.exchange.export_page import ExportPage
from chromadesk.studio.notices import Notice
from chromadesk.studio.window import Window
from tests.studio.conftest import SIZE, figure

Said = Callable[[str], Notice]


@pytest.fixture
def page(qtbot: QtBot, opened: Window) -> ExportPage:
    """The page, by its key."""
    opened.activateWindow()
    qtbot.keyClick(opened.paint.canvas, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    made = opened.exchange.export_page
    assert made.isVisible()
    qtbot.waitUntil(made.go.isEnabled)
    return made


def to(qtbot: QtBot, page: ExportPage, path: Path) -> None:
    page.path.selectAll()
    qtbot.keyClicks(page.path, str(path))


def test_what_is_painted_goes_out_saved_or_not(
    qtbot: QtBot, opened: Window, page: ExportPage, notice: Said, tmp_path: Path
) -> None:
    document = opened.session.document
    assert document is not None
    document.edit("brush", document.bounds, np.full(SIZE, 2, np.uint8), np.ones(SIZE, bool))
    assert page.said.text() == "3 photos with their masks"
    assert page.photos.currentData() == "approved"
    page.choose_form("voc")
    assert page.path.text() == str(tmp_path / "set-voc")
    assert page.options["paper"].isHidden()
    page.photos.setCurrentIndex(page.photos.findData("all"))
    qtbot.waitUntil(page.go.isEnabled)
    qtbot.keyClick(page.forms, Qt.Key.Key_Return)
    assert not page.isVisible()
    assert opened.exchange.running.notice is not None
    told = notice("3 photos written to set-voc.")
    assert [button.text() for button in told.answers] == ["Show in folder"]
    assert opened.exchange.running.notice is None
    out = tmp_path / "set-voc" / "SegmentationClass"
    assert (read_mask(out / "01.png", SIZE).labels == 2).all()
    assert (read_mask(out / "02.png", SIZE).labels == figure()).all()


@pytest.mark.slow
def test_what_is_there_is_not_written_over_unasked(
    qtbot: QtBot, opened: Window, page: ExportPage, notice: Said, tmp_path: Path, folder: Path
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("dear")
    to(qtbot, page, tmp_path / "full")
    qtbot.waitUntil(page.replace.isVisible)
    assert not page.go.isEnabled()
    assert page.said.text().startswith("full is not empty")
    page.replace.setChecked(True)
    qtbot.waitUntil(page.go.isEnabled)
    to(qtbot, page, folder / "inside")
    qtbot.waitUntil(lambda: "is the data set" in page.said.text())
    assert not page.go.isEnabled()
    assert page.replace.isHidden()
    to(qtbot, page, tmp_path / "full")
    qtbot.waitUntil(page.replace.isVisible)
    assert not page.replace.isChecked()  # what was said of it before does not hold any more
    page.replace.setChecked(True)
    qtbot.waitUntil(page.go.isEnabled)
    page.go.click()
    notice("3 photos written to full.")
    assert (tmp_path / "full" / "letter.txt").read_text() == "dear"


@pytest.mark.slow
def test_the_selected_ones_go_and_losses_and_failures_are_told(
    qtbot: QtBot, opened: Window, page: ExportPage, notice: Said, tmp_path: Path, folder: Path
) -> None:
    page.shut()
    (folder / "B" / "02.png").write_bytes(b"no PNG")
    opened.paint.photos.view.selectAll()
    page.unfold()
    assert page.photos.currentData() == "selected"
    page.choose_form("coco")
    page.options["polygons"].setChecked(True)
    assert "another class" in page.keeps.text()
    qtbot.waitUntil(page.go.isEnabled)
    page.go.click()
    told = notice("2 photos written")
    assert told.level == "warning"
    assert told.text.startswith("2 photos written to set-coco, 1 could not be written.")
    assert [button.text() for button in told.answers] == ["Show in folder", "Details…"]
    told.answers[1].click()
    details = opened.exchange.details
    assert details.isVisible()
    assert "02.png is not a picture" in details.list.item(0).text()
    details.copy.click()
    assert "02.png is not a picture" in QGuiApplication.clipboard().text()
    qtbot.keyClick(details.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: opened.session.item is not None and opened.session.item.key == "A/02.jpg")
    assert not details.isVisible()


@pytest.mark.slow
def test_it_can_be_stopped_and_only_one_runs_at_a_time(
    qtbot: QtBot, opened: Window, page: ExportPage, notice: Said, tmp_path: Path
) -> None:
    def hold(report: object, cancelled: Callable[[], bool]) -> int:
        while not cancelled():
            time.sleep(0.01)
        return 3

    ended: list[int] = []
    running = opened.exchange.running
    assert running.start("Working…", hold, ended.append)
    page.go.click()
    assert page.isVisible()
    notice("under way is done")
    assert running.notice is not None
    assert running.notice.answer is not None
    running.notice.answer.click()
    qtbot.waitUntil(lambda: ended == [3])
    assert running.notice is None


def test_every_format_has_its_words() -> None:
    for name, form in table.FORMATS.items():
        said = form_words.words(name)
        assert said.purpose
        assert said.keeps
        assert form_words.titles()[name]
        assert all(option in form_words.OPTIONS for option in form.offers)
    assert form_words.words("of a plug-in") == form_words.Words("", "")
    assert set(form_words.OPTIONS) == set(vars(Options()))
