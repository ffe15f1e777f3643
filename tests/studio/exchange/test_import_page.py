"""The page for imports in the real window: labels found, classes decided, masks taken in, nothing lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from chromadesk.dataset import exporting, mapping
from chromadesk.dataset.mapping import NEAREST, UNDECIDED
from chromadesk.dataset.pairs import Dataset
from chromadesk.editing import store
from chromadesk.masks import read_mask, write_mask
from chromadesk.studio.exchange.import_page import ImportPage
from chromadesk.studio.exchange.label_table import TARGETS
from chromadesk.studio.notices import Notice
from chromadesk.studio.window import Window
from tests.foreign import foreign, masks
from tests.studio.conftest import SIZE, figure

Said = Callable[[str], Notice]


@pytest.fixture
def page(qtbot: QtBot, window: Window) -> ImportPage:
    """The page, by its key, in a window with nothing open."""
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    made = window.exchange.import_page
    assert made.isVisible()
    assert not made.go.isEnabled()
    return made


def read(qtbot: QtBot, page: ImportPage, path: Path) -> None:
    page.use_path(path)
    qtbot.waitUntil(lambda: page.seen.done, timeout=20_000)


def classes(page: ImportPage) -> list[int]:
    return [page.table.rows.class_of(row) for row in range(page.table.rows.rowCount())]


def test_numbers_get_classes_from_a_map_and_by_hand(
    qtbot: QtBot, window: Window, page: ImportPage, notice: Said, tmp_path: Path
) -> None:
    source = foreign(tmp_path / "lip", {"a": 2, "b": 5, "c": 99})
    read(qtbot, page, source)
    assert page.form.currentData() == "pix2pix"
    assert classes(page) == [UNDECIDED] * 3
    assert page.said.text().startswith("3 photos, 3 labels. 3 labels have no class yet")
    page.maps.setCurrentIndex(page.maps.findData("lip"))
    assert classes(page) == [4, 3, UNDECIDED]
    page.table.selectRow(2)
    qtbot.keyClick(page.table, Qt.Key.Key_1)
    assert classes(page) == [4, 3, 1]
    assert page.said.text() == "3 photos, 3 labels."
    page.table.selectRow(0)
    place = page.table.visualRect(page.table.rows.index(0, 3 + TARGETS.index(2))).center()
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))
    assert classes(page) == [2, 3, 1]
    page.keep_map(tmp_path / "mine")
    kept = mapping.read(tmp_path / "mine.toml")
    assert (kept.class_of(2), kept.class_of(5), kept.class_of(99), kept.class_of(13)) == (2, 3, 1, 2)
    assert page.out.text() == str(tmp_path / "lip-chromadesk")
    page.go.click()
    told = notice("3 masks added to lip-chromadesk.")
    found = {key: int(labels[0, 0]) for key, labels in masks(tmp_path / "lip-chromadesk").items()}
    assert found == {"A/a.png": 2, "A/b.png": 3, "A/c.png": 1}
    told.answers[0].click()
    qtbot.waitUntil(lambda: window.session.item is not None)
    assert window.session.dataset is not None
    assert window.session.dataset.root == tmp_path / "lip-chromadesk"


def test_our_own_come_into_the_open_data_set_and_leave_what_is_corrected(
    qtbot: QtBot, opened: Window, notice: Said, tmp_path: Path, folder: Path
) -> None:
    dataset = Dataset.open(folder)
    other = np.full(SIZE, 3, np.uint8)
    exporting.run(dataset, dataset.require(), "coco", tmp_path / "out", labels_of=lambda _: other)
    page = opened.exchange.import_page
    page.unfold()
    read(qtbot, page, tmp_path / "out")
    assert (page.form.currentData(), page.maps.currentData()) == ("coco", "own")
    page.target.setCurrentIndex(1)
    assert page.out.isHidden()
    page.go.click()
    notice("0 masks added to set, 3 left as they are.")
    assert (read_mask(folder / "B" / "01.png", SIZE).labels == figure()).all()
    document = opened.session.document
    assert document is not None
    document.edit("brush", document.bounds, np.full(SIZE, 4, np.uint8), np.ones(SIZE, bool))
    page.unfold()
    page.replace.setChecked(True)
    page.go.click()
    notice("0 masks added to set, 3 replaced.")
    qtbot.waitUntil(lambda: opened.session.document not in (None, document))
    assert opened.session.document is not None
    assert (opened.session.document.labels == 3).all()
    assert opened.session.status("A/01.jpg") == "edited"
    assert opened.session.opened is not None
    before = store.previous(opened.session.opened)
    assert before is not None
    assert (before == 4).all()  # what was painted was saved first, and can be brought back


@pytest.mark.slow
def test_several_rows_are_decided_together_and_ignored_pixels_take_the_nearest(
    qtbot: QtBot, page: ImportPage, notice: Said, tmp_path: Path
) -> None:
    source = foreign(tmp_path / "x", {"a": 7, "b": 8, "c": 9})
    labels = np.full((12, 9), 7, np.uint8)
    labels[:, 4:6] = 9
    write_mask(source / "B" / "a.png", np.zeros((12, 9), np.uint8))
    from PIL import Image

    Image.fromarray(labels).save(source / "B" / "a.png")
    (source / "A" / "c.png").unlink()
    (source / "B" / "c.png").unlink()
    read(qtbot, page, source)
    page.table.selectAll()
    qtbot.keyClick(page.table, Qt.Key.Key_3)
    assert classes(page) == [3, 3, 3]
    place = page.table.visualRect(page.table.rows.index(1, 3)).center()
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))
    assert classes(page) == [0, 0, 0]
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    assert classes(page) == [UNDECIDED] * 3
    for row, key in enumerate((Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_I)):
        page.table.selectRow(row)
        qtbot.keyClick(page.table, key)
    assert classes(page) == [3, 4, NEAREST]
    qtbot.waitUntil(lambda: page.caption.text() == "a.png")  # the photo that shows most of the row in hand
    page.go.click()
    notice("2 masks added")
    assert (masks(tmp_path / "x-chromadesk")["A/a.png"] == 3).all()


@pytest.mark.slow
def test_a_map_that_was_kept_is_taken_and_one_that_is_none_is_refused(
    qtbot: QtBot, page: ImportPage, tmp_path: Path
) -> None:
    source = foreign(tmp_path / "x", {"a": 7})
    read(qtbot, page, source)
    (tmp_path / "m.toml").write_text('labels = [{ id = 7, name = "scarf", class = "accessories" }]')
    page.take_map(tmp_path / "m.toml")
    assert classes(page) == [1]
    assert page.maps.currentText() == "m"
    assert page.table.rows.index(0, 0).data() == "\u2007\u20077   scarf"
    (tmp_path / "m.toml").write_text("labels = 3")
    page.take_map(tmp_path / "m.toml")
    assert "no list 'labels'" in page.said.text()
    assert classes(page) == [1]


@pytest.mark.slow
def test_what_is_broken_is_told_and_the_rest_comes(
    qtbot: QtBot, window: Window, page: ImportPage, notice: Said, tmp_path: Path
) -> None:
    page.use_path(tmp_path / "empty")
    qtbot.waitUntil(lambda: "does not exist" in page.said.text())
    (tmp_path / "empty").mkdir()
    page.use_path(tmp_path / "empty")
    qtbot.waitUntil(lambda: "Nothing here looks like" in page.said.text())
    page.form.setCurrentIndex(page.form.findData("voc"))
    page.form.activated.emit(page.form.currentIndex())
    qtbot.waitUntil(lambda: "no folder SegmentationClass" in page.said.text())
    assert not page.go.isEnabled()
    source = foreign(tmp_path / "x", {"a": 1, "b": 2, "c": 3})
    (source / "B" / "b.png").write_bytes(b"no PNG")
    read(qtbot, page, source)
    assert page.maps.currentData() == "own"
    assert page.said.text().startswith("2 photos, 2 labels. 1 photo cannot be read: ")
    qtbot.keyClick(page.path, Qt.Key.Key_Return)
    told = notice("2 masks added to x-chromadesk, 1 could not be read.")
    told.answers[1].click()
    assert "b.png" in window.exchange.details.list.item(0).text()


@pytest.mark.slow
def test_a_file_that_is_dropped_is_offered_or_comes_back(
    qtbot: QtBot, window: Window, notice: Said, tmp_path: Path, folder: Path
) -> None:
    dataset = Dataset.open(folder)
    exporting.run(dataset, dataset.require(), "psd", tmp_path / "out")
    assert not window.exchange.take([folder])
    assert window.exchange.take([tmp_path / "out" / "01.psd"])
    page = window.exchange.import_page
    assert page.isVisible()
    qtbot.waitUntil(lambda: page.seen.done)
    assert page.maps.currentData() == "own"
    page.shut()
    window.session.open_dataset(folder)
    qtbot.waitUntil(lambda: window.session.document is not None)
    window.session.active.path = None
    assert window.exchange.take([tmp_path / "out" / "01.psd"])
    qtbot.waitUntil(lambda: window.paint.canvas.saying == "Nothing was changed there")
