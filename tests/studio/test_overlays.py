"""Finder, page of keys, labelling guide: the real pages over the real window, by key and by mouse."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QScrollArea
from pytestqt.qtbot import QtBot

from chromadesk import settings
from chromadesk.classes import CLASSES, NAMES
from chromadesk.studio import commands, guide, words
from chromadesk.studio.actions import GROUPS, TABLE
from chromadesk.studio.keymap import CANVAS_KEYS
from chromadesk.studio.overlay import Overlay
from chromadesk.studio.tools.box import TOOLS
from chromadesk.studio.window import Window

LEFT = Qt.MouseButton.LeftButton
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """No settings before and after."""
    settings.path().unlink(missing_ok=True)
    yield
    settings.path().unlink(missing_ok=True)


@pytest.fixture
def painting(qtbot: QtBot, window: Window, folder: Path) -> Window:
    """The window with a photo open and the keyboard on the canvas."""
    window.session.open_dataset(folder)
    qtbot.waitUntil(lambda: window.session.document is not None)
    window.session.active.path = None
    window.activateWindow()
    window.paint.canvas.setFocus()
    return window


def shown(window: Window) -> list[Overlay]:
    return [overlay for overlay in window.findChildren(Overlay) if overlay.isVisible()]


@pytest.mark.parametrize(
    ("key", "held", "name"),
    [(Qt.Key.Key_F1, None, "keys"), (Qt.Key.Key_F, CTRL, "finder"), (Qt.Key.Key_F1, SHIFT, "guide")],
)
def test_a_key_opens_it_and_esc_gives_the_keyboard_back(qtbot: QtBot, painting: Window, key, held, name: str) -> None:
    canvas = painting.paint.canvas
    qtbot.keyClick(canvas, key, held or Qt.KeyboardModifier.NoModifier)
    overlay = getattr(painting.overlays, name)
    assert shown(painting) == [overlay]
    assert painting.focusWidget() is overlay.focus_first
    qtbot.keyClick(overlay.focus_first, Qt.Key.Key_Escape)
    assert shown(painting) == []
    assert painting.focusWidget() is canvas


def test_only_one_is_shown_and_the_window_is_never_locked(qtbot: QtBot, painting: Window) -> None:
    canvas = painting.paint.canvas
    for open_it in (painting.overlays.keys, painting.overlays.guide):
        open_it.toggle()
        assert shown(painting) == [open_it]
        assert not open_it.isModal()
    qtbot.keyClick(canvas, Qt.Key.Key_E)  # works on beside it
    assert painting.tool_state.tool == "eraser"
    canvas.setFocus()
    qtbot.mouseClick(painting.overlays.guide.cross, LEFT)
    assert painting.focusWidget() is canvas


@pytest.mark.parametrize("size", [(1440, 900), (960, 600)])
def test_they_fit_the_window(qtbot: QtBot, painting: Window, size: tuple[int, int]) -> None:
    painting.resize(*size)
    overlays = painting.overlays
    for overlay in (overlays.keys, overlays.finder, overlays.guide):
        overlay.toggle()
        assert painting.centralWidget().rect().contains(overlay.geometry())
        assert overlay.y() >= painting.paint.options.geometry().bottom()
    painting.resize(960, 600)
    assert painting.centralWidget().rect().contains(overlays.guide.geometry())


def test_the_page_of_keys_lists_everything(painting: Window) -> None:
    page = painting.overlays.keys
    page.toggle()
    names = {row.name for row in page.rows}
    assert names == (
        {spec.name for spec in TABLE} | {f"tool.{tool.name}" for tool in TOOLS} | {each.name for each in CANVAS_KEYS}
    )
    words = {label.text() for label in page.findChildren(QLabel)}
    assert {name.upper() for name in GROUPS.values()} <= words
    assert {gesture for gesture, _ in commands.gestures(painting)} <= words
    assert any(word.startswith("Brush, Eraser") and word.endswith(": straight line") for word in words)


def test_the_groups_begin_at_actions_that_are_there() -> None:
    assert set(GROUPS) <= {spec.name for spec in TABLE}
    assert TABLE[0].name in GROUPS


def test_the_search_looks_at_words_and_keys(qtbot: QtBot, painting: Window) -> None:
    page = painting.overlays.keys
    page.toggle()
    qtbot.keyClicks(page.search, "ctrl+z")
    assert {row.name for row in page.rows} == {"undo"}
    page.search.setText("zoom view")
    assert {row.name for row in page.rows} == {"zoom_in", "zoom_out"}
    page.search.setText("no such thing")
    assert page.nothing.isVisible()
    page.search.clear()
    assert len(page.rows) > 30


def test_a_key_is_changed_by_a_click_and_a_press(qtbot: QtBot, painting: Window) -> None:
    page = painting.overlays.keys
    page.toggle()
    row = page.row("save")
    qtbot.mouseClick(row.chip, LEFT)
    assert "Press the new key" in page.said.text()
    qtbot.keyClick(row.chip, Qt.Key.Key_O, CTRL)
    assert "“Open folder”" in page.said.text()
    assert row.chip.text() == "Ctrl+S"
    qtbot.mouseClick(row.chip, LEFT)
    qtbot.keyClick(row.chip, Qt.Key.Key_Escape)
    assert page.isVisible()
    assert not row.chip.isChecked()
    assert not row.reset.isVisible()
    row.chip.setFocus()
    qtbot.keyClick(row.chip, Qt.Key.Key_Space)
    qtbot.keyClick(row.chip, Qt.Key.Key_K, CTRL | SHIFT)
    assert row.chip.text() == "Ctrl+Shift+K"
    assert page.reset_all.isVisible()
    assert settings.get("keys") == {"save": "Ctrl+Shift+K"}
    with qtbot.waitSignal(painting.session.photo_saved):
        qtbot.keyClick(painting.paint.canvas, Qt.Key.Key_K, CTRL | SHIFT)
    qtbot.mouseClick(row.reset, LEFT)
    assert row.chip.text() == "Ctrl+S"
    assert not page.reset_all.isVisible()


def test_a_letter_of_the_canvas_is_changed_too(qtbot: QtBot, painting: Window) -> None:
    page = painting.overlays.keys
    page.toggle()
    row = page.row("canvas.overlay")
    qtbot.mouseClick(row.chip, LEFT)
    qtbot.keyClick(row.chip, Qt.Key.Key_K)
    assert row.chip.text() == "K"
    qtbot.keyClick(painting.paint.canvas, Qt.Key.Key_K)
    assert not painting.tool_state.overlay
    qtbot.mouseClick(page.reset_all, LEFT)
    assert row.chip.text() == "Q"


def test_the_finder_runs_what_is_typed(qtbot: QtBot, painting: Window) -> None:
    finder = painting.overlays.finder
    qtbot.keyClick(painting.paint.canvas, Qt.Key.Key_F, CTRL)
    qtbot.keyClicks(finder.field, "eras")
    assert finder.list.currentItem().text() == "Eraser"
    qtbot.keyClick(finder.field, Qt.Key.Key_Return)
    assert not finder.isVisible()
    assert painting.tool_state.tool == "eraser"
    assert painting.focusWidget() is painting.paint.canvas


def test_arrows_walk_and_a_click_runs(qtbot: QtBot, painting: Window) -> None:
    finder = painting.overlays.finder
    finder.toggle()
    qtbot.keyClicks(finder.field, "paint")
    names = [finder.list.item(row).text() for row in range(finder.list.count())]
    assert {f"Paint {name}" for name in NAMES} | {"Paint"} <= set(names)
    qtbot.keyClick(finder.field, Qt.Key.Key_Up)
    assert finder.list.currentRow() == 0
    qtbot.keyClick(finder.field, Qt.Key.Key_Down)
    assert finder.list.currentRow() == 1
    place = finder.list.visualItemRect(finder.list.item(names.index("Paint skin"))).center()
    qtbot.mouseClick(finder.list.viewport(), LEFT, pos=place)
    assert painting.tool_state.class_id == 2
    finder.toggle()
    assert finder.field.text() == ""


def test_what_cannot_be_done_now_says_why_and_does_nothing(qtbot: QtBot, window: Window) -> None:
    finder = window.overlays.finder
    finder.toggle()
    qtbot.keyClicks(finder.field, "approve")
    command = finder.list.currentItem().data(Qt.ItemDataRole.UserRole)
    assert (command.name, command.reason) == ("approve", "only in Paint, with a photo open")
    qtbot.keyClick(finder.field, Qt.Key.Key_Return)
    assert finder.isVisible()


def test_the_finder_opens_data_sets_of_late(qtbot: QtBot, window: Window, folder: Path) -> None:
    settings.put("recent", [{"folder": str(folder), "opened": "2026-01-05", "photos": 5, "approved": 2}])
    finder = window.overlays.finder
    finder.toggle()
    qtbot.keyClicks(finder.field, "open set")
    qtbot.keyClick(finder.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.session.dataset is not None)
    assert window.session.dataset is not None
    assert window.session.dataset.root == folder


def test_the_finder_goes_when_the_keyboard_goes(qtbot: QtBot, painting: Window) -> None:
    painting.overlays.finder.toggle()
    painting.paint.canvas.setFocus()
    assert shown(painting) == []
    assert painting.focusWidget() is painting.paint.canvas


@pytest.mark.parametrize(
    ("wanted", "better", "worse"),
    [("pa", "Paint", "Approve and go on"), ("zi", "Zoom in", "Fuzzing"), ("undo", "Undo", "Under no doubt")],
)
def test_the_score_likes_beginnings(wanted: str, better: str, worse: str) -> None:
    low = commands.score(wanted, worse)
    high = commands.score(wanted, better)
    assert high is not None
    assert low is None or high > low


def test_letters_in_another_order_are_no_answer() -> None:
    assert commands.score("odnu", "Undo") is None
    assert commands.score("", "Undo") is not None


def test_the_question_mark_opens_the_guide(qtbot: QtBot, painting: Window) -> None:
    qtbot.mouseClick(painting.paint.classes.guide, LEFT)
    assert shown(painting) == [painting.overlays.guide]


def test_the_guide_shows_each_class_in_its_own_colour_alone(painting: Window) -> None:
    assert set(guide.RULES) == set(NAMES)
    painting.overlays.guide.toggle()
    for section, name in zip(painting.overlays.guide.sections, guide.RULES, strict=False):
        (picture,) = section.findChildren(guide.Picture)
        image = picture.grab().toImage()
        seen = {image.pixelColor(x, y).getRgb()[:3] for x in range(image.width()) for y in range(image.height())}
        for each in CLASSES[1:]:
            assert (each.colour in seen) == (each.name == name), (name, each.name)
        assert (CLASSES[0].colour in seen) == (name == "background")


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize("size", [(1440, 900), (1280, 720), (960, 600)])
def test_no_key_is_cut_off(qtbot: QtBot, language: str, size: tuple[int, int]) -> None:
    words.use(language)
    try:
        window = Window()
        qtbot.addWidget(window, before_close_func=lambda _: window.leave())
        window.resize(*size)
        window.show()
        page = window.overlays.keys
        page.unfold()
        qtbot.wait(1)
        scroll = page.findChild(QScrollArea)
        assert scroll is not None
        assert scroll.widget().width() <= scroll.viewport().width()
    finally:
        words.use("en")
