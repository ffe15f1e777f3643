"""The real window: folder, brush, keys, undo, save, notices, and what the design says of its looks."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QScrollBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from chromadesk.dataset.splits import ensure_split
from chromadesk.masks import read_mask
from chromadesk.studio.panels.photo_model import KEY_ROLE, STATUS_ROLE
from chromadesk.studio.window import COLOURS, MODEL, PAINT, Window

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


def opened(qtbot: QtBot, window: Window, folder: Path) -> Window:
    assert window.session.open_dataset(folder)
    qtbot.waitUntil(lambda: window.session.document is not None)
    window.session.active.path = None
    return window


def click(qtbot: QtBot, window: Window, x: float, y: float) -> None:
    canvas = window.paint.canvas
    screen = canvas.transform.to_screen(x, y)
    qtbot.mouseClick(canvas, LEFT, pos=QPoint(round(screen[0]), round(screen[1])))


def labels(window: Window) -> np.ndarray:
    assert window.session.document is not None
    return window.session.document.labels


def test_open_paint_undo_redo_save_reopen(qtbot: QtBot, window: Window, folder: Path, show) -> None:
    opened(qtbot, window, folder)
    canvas = window.paint.canvas
    qtbot.keyClick(canvas, Qt.Key.Key_1)
    window.tool_state.set_size(9)
    click(qtbot, window, 8, 8)
    painted = labels(window).copy()
    assert painted[8, 8] == 1
    qtbot.keyClick(canvas, Qt.Key.Key_Z, CTRL)
    assert labels(window)[8, 8] == 0
    qtbot.keyClick(canvas, Qt.Key.Key_Y, CTRL)
    assert np.array_equal(labels(window), painted)
    qtbot.keyClick(canvas, Qt.Key.Key_Z, CTRL)
    qtbot.keyClick(canvas, Qt.Key.Key_Z, CTRL | SHIFT)
    with qtbot.waitSignal(window.session.photo_saved):
        qtbot.keyClick(canvas, Qt.Key.Key_S, CTRL)
    assert np.array_equal(read_mask(folder / "B" / "01.png", painted.shape).labels, painted)
    show(window.session, "A/02.jpg")
    show(window.session, "A/01.jpg")
    assert np.array_equal(labels(window), painted)
    assert window.status.fields["state"].text() == "edited, saved"


def test_ctrl_enter_approves_and_goes_on(qtbot: QtBot, window: Window, folder: Path, show) -> None:
    opened(qtbot, window, folder)
    show(window.session, "A/04.jpg")
    click(qtbot, window, 20, 20)
    qtbot.keyClick(window.paint.canvas, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: window.session.item is not None and window.session.item.key == "A/05.jpg")
    assert window.session.status("A/04.jpg") == "approved"
    assert window.top.progress.text() == "1 today"
    assert "4 of 5 photos approved" in window.top.progress.toolTip()


def test_ctrl_t_keeps_a_photo_for_testing_and_gives_it_back(
    qtbot: QtBot, window: Window, folder: Path, notices: list[tuple[str, str]]
) -> None:
    opened(qtbot, window, folder)
    dataset = window.session.dataset
    assert dataset is not None
    qtbot.keyClick(window.paint.canvas, Qt.Key.Key_T, CTRL)
    assert "kept for testing" in notices[-1][0]
    ensure_split(dataset, seed=0)
    assert dataset["A/01.jpg"].split == "test"
    qtbot.keyClick(window.paint.canvas, Qt.Key.Key_T, CTRL)
    assert "for training again" in notices[-1][0]
    assert dataset["A/01.jpg"].split == "train"


def test_everything_follows_the_photo(qtbot: QtBot, window: Window, folder: Path) -> None:
    opened(qtbot, window, folder)
    assert window.windowTitle().startswith("01.jpg")
    assert window.status.fields["file"].text() == "01.jpg"
    assert window.status.fields["size"].text() == "80 × 120"
    assert window.top.dataset.text().startswith("set")
    qtbot.waitUntil(lambda: window.live.shares is not None)
    shares = [row._share.text() for row in window.paint.classes.rows]
    assert shares[3] == "22 %"
    qtbot.waitUntil(lambda: window.paint.palette_panel.swatches[0].swatch is not None)


def test_the_palette_follows_the_brush(qtbot: QtBot, window: Window, folder: Path) -> None:
    opened(qtbot, window, folder)
    qtbot.waitUntil(lambda: bool(window.live.found))
    assert window.live.swatches("accessories")
    window.tool_state.set_class(1)
    window.tool_state.set_tool("fill")
    before = window.live.shares
    click(qtbot, window, 40, 80)
    qtbot.waitUntil(lambda: window.live.shares != before)
    assert window.live.shares is not None
    assert window.live.shares[1] > 0.2
    assert window.live.swatches("clothes") == []
    window.tool_state.set_class(3)
    assert "No clothes in this photo" in window.paint.palette_panel.empty.text()


def test_history_goes_back_and_forth(qtbot: QtBot, window: Window, folder: Path) -> None:
    opened(qtbot, window, folder)
    window.tool_state.set_class(1)
    states = [labels(window).copy()]
    for x in (10, 30, 60):
        click(qtbot, window, x, 8)
        states.append(labels(window).copy())
    history = window.paint.history
    assert history.model.rowCount() == 4
    for row in (1, 3, 0, 2):
        history.go_to(row)
        assert np.array_equal(labels(window), states[row])
        assert history.view.currentIndex().row() == row


def test_filmstrip_lists_filters_and_sorts(qtbot: QtBot, window: Window, folder: Path, show) -> None:
    opened(qtbot, window, folder)
    model = window.paint.photos.model
    assert [model.data(model.index(row), STATUS_ROLE) for row in range(5)] == ["approved"] * 3 + ["new"] * 2
    thumbnails = window.paint.photos.thumbnails
    item = window.session.items[2]
    qtbot.waitUntil(lambda: thumbnails.get(item.key, item.photo) is not None)
    window.paint.photos.filter.setText("04")
    assert model.rowCount() == 1
    window.paint.photos.filter.setText("nothing")
    assert model.rowCount() == 0
    assert window.paint.photos.none.isVisible()
    window.paint.photos.filter.clear()
    window.paint.photos._by_state("new")
    assert [model.key_at(row) for row in range(model.rowCount())] == ["A/04.jpg", "A/05.jpg"]
    window.paint.photos._by_state("")
    show(window.session, "A/04.jpg")
    click(qtbot, window, 20, 20)
    window.paint.photos._sorted("state")
    assert model.key_at(0) == "A/04.jpg"


def test_page_keys_and_clicks_walk_the_photos(qtbot: QtBot, window: Window, folder: Path) -> None:
    opened(qtbot, window, folder)
    qtbot.keyClick(window.paint.canvas, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: window.session.item is not None and window.session.item.key == "A/02.jpg")
    view = window.paint.photos.view
    place = view.visualRect(window.paint.photos.model.index(2)).center()
    qtbot.mouseClick(view.viewport(), LEFT, pos=place)
    qtbot.waitUntil(lambda: window.session.item is not None and window.session.item.key == "A/03.jpg")
    qtbot.keyClick(window.paint.canvas, Qt.Key.Key_PageUp)
    qtbot.waitUntil(lambda: window.session.item is not None and window.session.item.key == "A/02.jpg")


def test_dropped_photos_open(qtbot: QtBot, window: Window, folder: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(folder / "A" / "03.jpg"))])
    copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    assert window.acceptDrops()
    window.dropEvent(QDropEvent(QPointF(300, 300), copy, data, LEFT, none))
    qtbot.waitUntil(lambda: window.session.item is not None and window.session.item.key == "A/03.jpg")


def test_clicks_leave_the_keyboard_on_the_canvas(qtbot: QtBot, window: Window, folder: Path) -> None:
    opened(qtbot, window, folder)
    window.activateWindow()
    window.paint.canvas.setFocus()
    row = window.paint.classes.rows[2]
    for widget in (row, row.eye, row.lock, *window.paint.tools.buttons.values()):
        qtbot.mouseClick(widget, LEFT)
        assert window.focusWidget() is window.paint.canvas
    buttons = [button for button in window.findChildren(QAbstractButton) if button.isVisible()]
    assert buttons
    for button in buttons:
        assert not button.focusPolicy() & Qt.FocusPolicy.ClickFocus & ~Qt.FocusPolicy.TabFocus, button


def test_classes_eye_and_lock(qtbot: QtBot, window: Window, folder: Path) -> None:
    opened(qtbot, window, folder)
    row = window.paint.classes.rows[3]
    qtbot.mouseClick(row.lock, LEFT)
    assert window.tool_state.locked == {3}
    window.tool_state.set_class(1)
    window.tool_state.set_size(9)
    before = labels(window).copy()
    click(qtbot, window, 40, 80)
    assert np.array_equal(labels(window), before)
    assert window.paint.canvas.saying == "Clothes is locked"
    shown = window.paint.canvas.grab().toImage()
    qtbot.mouseClick(row.eye, LEFT)
    assert window.tool_state.hidden == {3}
    assert window.paint.canvas.grab().toImage() != shown


def test_notices_stack_and_errors_stay(qtbot: QtBot, window: Window) -> None:
    window.notices.show("Something to know.", "info")
    window.notices.show("Something to know.", "info")
    window.notices.show("Something broke.", "error")
    assert [notice.text for notice in window.notices.shown] == ["Something to know.", "Something broke."]
    qtbot.waitUntil(lambda: [notice.level for notice in window.notices.shown] == ["error"], timeout=9000)
    qtbot.mouseClick(window.notices.shown[0].cross, LEFT)
    assert window.notices.shown == []


def test_an_unreadable_mask_is_replaced_only_after_yes(qtbot: QtBot, window: Window, folder: Path) -> None:
    mask = folder / "B" / "01.png"
    mask.write_text("no picture")
    opened(qtbot, window, folder)
    assert window.notices.shown[0].level == "error"
    click(qtbot, window, 20, 20)
    qtbot.keyClick(window.paint.canvas, Qt.Key.Key_S, CTRL)
    question = window.notices.shown[-1]
    assert question.answer is not None
    assert mask.read_text() == "no picture"
    with qtbot.waitSignal(window.session.photo_saved):
        qtbot.mouseClick(question.answer, LEFT)
    assert np.array_equal(read_mask(mask).labels, labels(window))


def test_tab_hides_the_panels(qtbot: QtBot, window: Window, folder: Path) -> None:
    opened(qtbot, window, folder)
    width = window.paint.canvas.width()
    qtbot.keyClick(window.paint.canvas, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: window.paint.canvas.width() > width + 400)
    qtbot.keyClick(window.paint.canvas, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: window.paint.canvas.width() == width)


def test_workspaces_by_key(qtbot: QtBot, window: Window, folder: Path) -> None:
    assert window.colours.photo_page.cards == []
    opened(qtbot, window, folder)
    qtbot.waitUntil(lambda: bool(window.live.found))
    qtbot.keyClick(window, Qt.Key.Key_F3)
    assert window.workspaces.currentIndex() == COLOURS
    assert len(window.colours.photo_page.cards) >= 5
    assert (window.colours.photo_page.cards[0].width(), window.colours.photo_page.cards[0].height()) == (88, 112)
    qtbot.keyClick(window, Qt.Key.Key_F2)
    assert window.workspaces.currentIndex() == PAINT


@pytest.mark.parametrize("name", ["empty", "nothing in it"])
def test_empty_states_offer_the_next_step(window: Window, tmp_path: Path, name: str) -> None:
    if name != "empty":
        assert window.session.open_dataset(tmp_path)
    state = window.paint.empty if name == "empty" else window.paint.bare
    assert state.isVisible()
    assert state.button.text() == "Open folder"
    assert not window.actions_table["save"].isEnabled()


def test_measures_of_the_design(qtbot: QtBot, window: Window, folder: Path) -> None:
    opened(qtbot, window, folder)

    def size(widget: QWidget) -> tuple[int, int]:
        return widget.width(), widget.height()

    assert window.top.height() == 40
    assert window.paint.options.height() == 36
    assert window.paint.photos.width() == 176
    assert window.paint.tools.width() == 44
    assert window.paint.sides[1].width() == 300
    assert window.status.height() == 24
    assert size(window.paint.classes.rows[0])[1] == 28


@pytest.mark.parametrize("workspace", [PAINT, COLOURS, MODEL])
def test_every_control_says_what_it_is(qtbot: QtBot, window: Window, folder: Path, workspace: int) -> None:
    opened(qtbot, window, folder)
    window.show_workspace(workspace)
    if window.model_workspace is not None:
        window.model_workspace.training.advanced.head.click()
    fields = (QComboBox, QAbstractSpinBox, QAbstractSlider, QLineEdit)
    inner = (QScrollBar, QAbstractSpinBox, QLineEdit)
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or isinstance(widget, QScrollBar) or isinstance(widget.parent(), inner):
            continue  # the parts that Qt makes its own fields of
        if isinstance(widget, QAbstractButton):
            assert widget.accessibleName() or widget.text(), widget
            assert widget.toolTip() or widget.text(), widget
        elif isinstance(widget, fields):
            assert widget.accessibleName(), widget
            assert widget.toolTip(), widget


def test_the_keyboard_starts_where_the_next_step_is(qtbot: QtBot, window: Window, folder: Path) -> None:
    assert window.focusWidget() is window.paint.empty.button
    opened(qtbot, window, folder)
    assert window.focusWidget() is window.paint.canvas
    window.show_workspace(MODEL)
    assert window.focusWidget() is window.model_workspace  # and in no button that nobody chose
    window.show_workspace(PAINT)
    assert window.focusWidget() is window.paint.canvas


def test_alt_click_on_a_lock_paints_over_that_class_only(qtbot: QtBot, window: Window, folder: Path) -> None:
    row, rule = window.paint.classes.rows[3], window.paint.options.rule
    qtbot.mouseClick(row.lock, LEFT, Qt.KeyboardModifier.AltModifier)
    assert window.tool_state.over == 3
    assert window.tool_state.locked == frozenset()
    assert row.lock.isChecked()
    assert rule.text() == "Over clothes only"
    assert not rule.isHidden()
    qtbot.mouseClick(row.lock, LEFT, Qt.KeyboardModifier.AltModifier)
    assert window.tool_state.over is None
    assert not row.lock.isChecked()
    assert rule.isHidden()


def test_a_locked_class_is_shown_whole_beside_its_name(qtbot: QtBot, window: Window, folder: Path) -> None:
    opened(qtbot, window, folder)
    painted = window.paint.options.painted
    for row in window.paint.classes.rows:
        window.tool_state.set_class(row.fashion_class.id)
        name = row.fashion_class.name.capitalize()
        assert 22 + painted.fontMetrics().horizontalAdvance(name) + 4 + 16 <= painted.width()
    window.tool_state.set_class(1)
    before = painted.grab().toImage()
    window.tool_state.toggle_lock(1)
    assert painted.grab().toImage() != before
    assert "accessories, which is locked" in painted.accessibleName()


@pytest.mark.parametrize("elsewhere", [COLOURS, MODEL])
def test_keys_do_nothing_to_a_mask_that_is_not_in_view(
    qtbot: QtBot, window: Window, folder: Path, show, elsewhere: int
) -> None:
    opened(qtbot, window, folder)
    show(window.session, "A/04.jpg")
    click(qtbot, window, 20, 20)
    painted = labels(window).copy()
    window.show_workspace(elsewhere)
    for key in (Qt.Key.Key_Z, Qt.Key.Key_Return, Qt.Key.Key_R):
        qtbot.keyClick(window, key, CTRL)
    assert np.array_equal(labels(window), painted)
    assert window.session.item is not None
    assert window.session.item.key == "A/04.jpg"
    assert window.session.status("A/04.jpg") == "edited"
    window.show_workspace(PAINT)
    qtbot.keyClick(window.paint.canvas, Qt.Key.Key_Z, CTRL)
    assert not np.array_equal(labels(window), painted)


def test_a_hidden_mask_is_said_in_the_status_bar(qtbot: QtBot, window: Window, folder: Path) -> None:
    opened(qtbot, window, folder)
    hint = window.status.fields["overlay"]
    assert hint.isHidden()
    qtbot.keyClick(window.paint.canvas, Qt.Key.Key_Q)
    assert not hint.isHidden()
    assert "Q shows it" in hint.text()
    qtbot.keyClick(window.paint.canvas, Qt.Key.Key_Q)
    assert hint.isHidden()


def test_a_photo_that_cannot_be_opened_leaves_the_open_one_marked_and_can_be_stepped_over(
    qtbot: QtBot, window: Window, folder: Path
) -> None:
    (folder / "A" / "02.jpg").write_bytes(b"no picture")
    opened(qtbot, window, folder)
    canvas, photos = window.paint.canvas, window.paint.photos
    with qtbot.waitSignal(window.session.opening_failed):
        qtbot.keyClick(canvas, Qt.Key.Key_PageDown)
    assert window.session.item is not None
    assert window.session.item.key == "A/01.jpg"
    assert photos.view.currentIndex().data(KEY_ROLE) == "A/01.jpg"
    assert window.status.fields["state"].text() == "approved, saved"
    qtbot.keyClick(canvas, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: window.session.item is not None and window.session.item.key == "A/03.jpg")
    with qtbot.waitSignal(window.session.opening_failed):
        qtbot.keyClick(canvas, Qt.Key.Key_PageUp)
    qtbot.keyClick(canvas, Qt.Key.Key_PageUp)
    qtbot.waitUntil(lambda: window.session.item is not None and window.session.item.key == "A/01.jpg")


def test_the_quality_is_chosen_beside_the_model_and_remembered(
    qtbot: QtBot, window: Window, folder: Path, show
) -> None:
    opened(qtbot, window, folder)
    bar = window.top
    bar.model_menu.aboutToShow.emit()
    careful = next(action for action in bar.model_menu.actions() if action.text().startswith("Careful"))
    assert not careful.isChecked()
    careful.trigger()
    assert window.session.active.quality == "careful"
    assert window.session.open_dataset(folder)
    assert window.session.active.quality == "careful"
    bar.model_menu.aboutToShow.emit()
    checked = [action.text() for action in bar.model_menu.actions() if action.isChecked()]
    assert any(text.startswith("Careful") for text in checked)
