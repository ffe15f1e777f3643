"""Every control of the real window has a name and a tool tip, and the keyboard gets to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFrame,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QScrollBar,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from chromadesk import settings
from chromadesk.studio.canvas.view import Canvas
from chromadesk.studio.window import COLOURS, MODEL, PAINT, Window

#: What Qt makes the parts of its own fields of.
_INNER = (QScrollBar, QAbstractSpinBox, QLineEdit, QComboBox, QMenu, QTableView)
#: What needs a tool tip; one over a canvas or a list would hide what it is about.
_FIELDS = (QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit)


@pytest.fixture
def everything(qtbot: QtBot, window: Window, folder: Path) -> Iterator[Window]:
    """A window that has a data set of late, a photo open, and all its workspaces and pages made."""
    settings.put("recent", [{"folder": str(folder), "opened": "2026-01-05", "photos": 5, "approved": 2}])
    window.paint.empty.refresh()
    window.session.open_dataset(folder)
    qtbot.waitUntil(lambda: bool(window.live.found))
    window.session.active.path = None
    window.show_workspace(COLOURS)
    window.show_workspace(MODEL)
    window.show_workspace(PAINT)
    overlays = window.overlays
    exchange = window.exchange
    for overlay in (exchange.export_page, exchange.import_page, exchange.details, overlays.keys, overlays.guide):
        overlay.toggle()
    overlays.finder.toggle()
    window.notices.show("Something happened.", "warning", "Do it", lambda: None)
    overlays.finder.shut()
    yield window
    settings.path().unlink(missing_ok=True)


def controls(window: Window) -> list[QWidget]:
    """Whatever can take the keyboard or a click, hidden ones too."""
    found = []
    for widget in window.findChildren(QWidget):
        if isinstance(widget, (QScrollBar, QMenu, QHeaderView)) or isinstance(widget.parent(), _INNER):
            continue
        takes_the_keyboard = widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        if widget.window() is window and (takes_the_keyboard or isinstance(widget, _FIELDS)):
            found.append(widget)
    return found


def describe(widget: QWidget) -> str:
    chain, at = [], widget
    while at is not None:
        chain.append(f"{type(at).__name__}{'#' + at.objectName() if at.objectName() else ''}")
        at = at.parentWidget()
    return f"{' < '.join(chain[:4])} {widget.property('text') or ''!r}"


class Shown(QObject):
    """Counts windows that come up."""

    def __init__(self) -> None:
        super().__init__()
        self.windows: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.windows.append(describe(watched))
        return False


@pytest.fixture
def windows(dressed: QApplication) -> Iterator[list[str]]:
    """What came up as a window of its own since."""
    watcher = Shown()
    dressed.installEventFilter(watcher)
    yield watcher.windows
    dressed.removeEventFilter(watcher)


def test_nothing_flashes_as_a_window_of_its_own(windows: list[str], everything: Window, qtbot: QtBot) -> None:
    everything.show_workspace(MODEL)
    assert everything.model_workspace is not None
    panel = everything.model_workspace.models
    qtbot.waitUntil(lambda: panel.findChild(QFrame, "") is not None)
    qtbot.wait(300)  # the models are listed by a thread
    assert [name for name in windows if not name.startswith("Window")] == []


def test_every_control_has_a_name_and_a_tool_tip(everything: Window) -> None:
    found = controls(everything)
    assert len(found) > 150
    nameless = [describe(w) for w in found if not (w.accessibleName() or w.property("text"))]
    assert nameless == []
    tipless = [describe(w) for w in found if isinstance(w, _FIELDS) and not w.toolTip()]
    assert tipless == []


@pytest.mark.parametrize("workspace", [PAINT, COLOURS, MODEL])
def test_tab_or_f6_reaches_every_control(qtbot: QtBot, everything: Window, workspace: int) -> None:
    """From each part that F6 goes to, Tab goes on; together they stop at all that is to be seen."""
    window = everything
    window.activateWindow()
    window.show_workspace(workspace)
    reached: set[QWidget] = set()
    for _ in range(12):
        qtbot.keyClick(window, Qt.Key.Key_F6)
        holder = window.focusWidget()
        assert holder is not None
        for _ in range(80):
            if holder in reached or isinstance(holder, Canvas):
                reached.add(holder)
                break
            reached.add(holder)
            window.focusNextChild()
            holder = window.focusWidget()
            assert holder is not None
    wanted = [
        widget
        for widget in controls(window)
        if widget.isVisible()
        and widget.isEnabled()
        and (widget.focusPolicy() != Qt.FocusPolicy.NoFocus or isinstance(widget, QAbstractButton))
        and not isinstance(widget, QLabel)  # a sentence that the mouse can copy is no control
    ]
    assert len(wanted) > 15
    missed = [widget for widget in wanted if widget not in reached]
    # Tab stops at the chosen one of a group only; the arrows go on from there.
    alone = [
        w for w in missed if not (isinstance(w, QAbstractButton) and w.group() and reached & {*w.group().buttons()})
    ]
    assert [describe(widget) for widget in alone] == []


def test_f6_leaves_the_canvas_and_comes_back(qtbot: QtBot, everything: Window) -> None:
    window = everything
    window.activateWindow()
    canvas = window.paint.canvas
    canvas.setFocus()
    stops = []
    while not stops or stops[-1] is not canvas:
        qtbot.keyClick(window, Qt.Key.Key_F6)
        stops.append(window.focusWidget())
        assert len(stops) < 12
    assert len(set(stops)) >= 6
    back = []
    for _ in stops:
        qtbot.keyClick(window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
        back.append(window.focusWidget())
    assert back == [*stops[-2::-1], canvas]
