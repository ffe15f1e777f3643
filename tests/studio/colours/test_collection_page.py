"""The collection page in the real window, on photos of colours that are known."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from chromadesk.colour.formats import table
from chromadesk.masks import write_mask
from chromadesk.studio.colours.collection_page import CollectionPage
from chromadesk.studio.colours.gathering import Found
from chromadesk.studio.window import COLOURS, Window

RED, BLUE, GREEN = (190, 30, 40), (30, 60, 180), (40, 150, 60)


def dress(root: Path, stem: str, colour: tuple[int, int, int]) -> None:
    """A photo whose clothes have one colour, and its mask."""
    pixels = np.full((60, 40, 3), 128, np.uint8)
    pixels[15:55, 8:32] = colour
    labels = np.zeros((60, 40), np.uint8)
    labels[15:55, 8:32] = 3
    (root / "A").mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels).save(root / "A" / f"{stem}.png")
    write_mask(root / "B" / f"{stem}.png", labels)


@pytest.fixture
def wardrobe(tmp_path: Path) -> Path:
    """Six photos: red in 2023, blue in 2024, two of each and one green; a table says so."""
    root = tmp_path / "wardrobe"
    rows = ["photo,season,brand"]
    for season, colour in (("SS23", RED), ("SS24", BLUE)):
        for number in range(3):
            stem = f"{season}-{number}"
            dress(root, stem, GREEN if number == 2 else colour)
            rows.append(f"{stem}.png,{season},{'Kite' if number else 'Lark'}")
    (root / "fields.csv").write_text("\n".join(rows))
    return root


@pytest.fixture
def page(qtbot: QtBot, window: Window, wardrobe: Path) -> CollectionPage:
    assert window.session.open_dataset(wardrobe)
    window.show_workspace(COLOURS)
    window.colours.tabs.show_tab("Collection")
    qtbot.waitUntil(lambda: window.colours.collection_page._found is not None)
    return window.colours.collection_page


def after(qtbot: QtBot, page: CollectionPage, act) -> Found:
    with qtbot.waitSignal(page.reader.found) as caught:
        act()
    return caught.args[0]


def choose(page: CollectionPage, box, value: str) -> None:
    box.setCurrentIndex(box.findData(value))
    assert box.currentData() == value
    page.side.changed.emit()


def test_the_palette_of_approved_photos(page: CollectionPage) -> None:
    assert page.view.isVisible()
    shares = {mark.swatch.rgb: mark.share for mark in page.view.cards.marks}
    assert shares == {RED: pytest.approx(1 / 3), BLUE: pytest.approx(1 / 3), GREEN: pytest.approx(1 / 3)}
    assert page.view.trust.text().startswith("6 photos · 5,760 pixels · every mask approved · 6 assumed sRGB")
    assert page.side.counted.text() == "6 photos counted."


def test_a_mark_leads_to_its_photos_and_one_of_them_to_paint(
    qtbot: QtBot, window: Window, page: CollectionPage
) -> None:
    cards = page.view.cards
    cards.setFocus()
    place = next(number for number, spot in enumerate(cards.spots) if spot.what.swatch.rgb == RED)
    for _ in range(place):
        qtbot.keyClick(cards, Qt.Key.Key_Right)
    assert "2 photos" in cards.accessibleDescription()
    qtbot.keyClick(cards, Qt.Key.Key_Return)
    assert page.strip.isVisible()
    assert page.strip.count.text() == "2 photos with this colour"
    keys = [photo[0] for photo in page.strip.model.photos]
    assert sorted(keys) == ["A/SS23-0.png", "A/SS23-1.png"]
    page.strip.view.clicked.emit(page.strip.model.index(1))
    qtbot.waitUntil(lambda: window.session.item is not None and window.session.item.key == keys[1])
    assert window.workspaces.currentWidget() is window.paint


def test_seasons_from_a_table_are_compared_and_picked(
    qtbot: QtBot, page: CollectionPage, wardrobe: Path, notices: list[tuple[str, str]]
) -> None:
    found = after(qtbot, page, lambda: page.import_table(wardrobe / "fields.csv"))
    assert {"season", "brand"} <= set(found.by)
    found = after(qtbot, page, lambda: choose(page, page.side.by, "season"))
    assert [group.name for group in page.view.hues.groups] == ["SS 2023", "SS 2024"]
    assert found.compared == ("SS 2023", "SS 2024")
    moved = {change.mark.swatch.rgb: change.difference for change in found.changes}
    assert moved[RED] == pytest.approx(-2 / 3)
    assert moved[BLUE] == pytest.approx(2 / 3)
    assert moved[GREEN] == pytest.approx(0)
    turned = after(qtbot, page, lambda: page.view.pair_chosen.emit(("SS 2024", "SS 2023")))
    assert turned.compared == ("SS 2024", "SS 2023")
    assert {c.mark.swatch.rgb: (c.low, c.high) for c in turned.changes} == {
        c.mark.swatch.rgb: (-c.high, -c.low) for c in found.changes
    }
    picked = after(qtbot, page, lambda: choose(page, page.side.filters["brand"], "Lark"))
    assert len(picked.photos) == 2
    assert notices == []


def test_only_what_is_selected_in_the_filmstrip(qtbot: QtBot, window: Window, page: CollectionPage) -> None:
    window.show_workspace(0)
    window.paint.photos.view.selectAll()
    index = window.paint.photos.model.index(0)
    window.paint.photos.view.selectionModel().select(
        index, window.paint.photos.view.selectionModel().SelectionFlag.Deselect
    )
    found = after(qtbot, page, lambda: window.show_workspace(COLOURS))
    assert page.side.only_selected.text() == "Only the 5 selected"
    assert len(found.photos) == 5
    assert len(after(qtbot, page, lambda: page.side.only_selected.click()).photos) == 6


def test_masks_that_nobody_approved_count_when_asked(qtbot: QtBot, window: Window, page: CollectionPage) -> None:
    for item in window.session.items:
        window.session.states.set(item.key, "edited")
    window.session.flush()
    found = after(qtbot, page, lambda: None)
    assert found.collection is None
    assert page.empty.isVisible()
    assert page.empty.button.text() == "Count masks nobody approved"
    found = after(qtbot, page, lambda: page.empty.button.click())
    assert found.collection is not None
    assert "0 of 6 masks approved" in page.view.trust.text()


def test_a_class_that_nobody_wears(qtbot: QtBot, page: CollectionPage) -> None:
    after(qtbot, page, lambda: choose(page, page.side.fashion_class, "hair"))
    assert page.empty.sentence.text() == "No photo counted here shows hair."
    assert not page.export.button.isEnabled()


def test_a_mark_goes_to_the_board(qtbot: QtBot, window: Window, page: CollectionPage) -> None:
    mark = page.view.cards.marks[0]
    page.show_mark(mark)
    qtbot.mouseClick(page.strip.pin, Qt.MouseButton.LeftButton)
    board = window.colours.board_page.boards.board
    assert board is not None
    (pin,) = board.pins
    assert (pin.swatch, pin.photos, pin.region) == (mark.swatch, mark.keys, "clothes")


@pytest.mark.parametrize(
    ("kind", "name"), [("html", "o.html"), ("csv", "o.csv"), ("json", "o.json"), ("palette", "o.ase")]
)
def test_it_leaves_as_files(
    qtbot: QtBot, page: CollectionPage, tmp_path: Path, notices: list[tuple[str, str]], kind: str, name: str
) -> None:
    path = tmp_path / name
    page.export.write(kind, path)
    qtbot.waitUntil(lambda: bool(notices))
    assert notices == [(f"Saved {name}.", "info")]
    if kind == "json":
        assert len(json.loads(path.read_text("utf-8"))["overall"]["palette"]) == 3
    elif kind == "csv":
        assert len(path.read_text("utf-8").splitlines()) == 7
    elif kind == "html":
        assert "data:image/jpeg" in path.read_text("utf-8")
    else:
        assert {swatch.rgb for swatch in table.read(path).swatches} == {RED, BLUE, GREEN}


def test_without_a_data_set_it_asks_for_one(window: Window) -> None:
    window.show_workspace(COLOURS)
    window.colours.tabs.show_tab("Collection")
    page = window.colours.collection_page
    assert page.empty.isVisible()
    assert page.empty.button.text() == "Open folder"


def test_in_a_low_window_nothing_of_the_side_is_squeezed(qtbot: QtBot, window: Window, folder: Path) -> None:
    assert window.session.open_dataset(folder)
    window.resize(1024, 640)
    window.show_workspace(COLOURS)
    window.colours.tabs.show_tab("Collection")
    side = window.colours.collection_page.side
    qtbot.wait(20)
    fields = [field for field in side.findChildren(QComboBox) if field.isVisible()]
    assert fields
    assert all(field.height() >= field.minimumSizeHint().height() for field in fields)
