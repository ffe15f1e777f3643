"""The palette beside the canvas: what it lights up, copies and says of its changes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chromadesk import settings
from chromadesk.editing.patch import Box
from chromadesk.studio.window import Window


@pytest.fixture
def painted(qtbot: QtBot, window: Window, folder: Path, show) -> Window:
    assert window.session.open_dataset(folder)
    show(window.session, "A/02.jpg")
    qtbot.waitUntil(lambda: bool(window.live.found) and window.live.settled)
    window.tool_state.set_class(3)
    yield window
    settings.path().unlink(missing_ok=True)


def test_the_tile_under_the_pointer_lights_up_its_pixels(painted: Window) -> None:
    canvas, tile = painted.paint.canvas, painted.paint.palette_panel.swatches[0]
    plain, transform = canvas.grab().toImage(), (canvas.transform.left, canvas.transform.top, canvas.transform.scale)
    at = QPointF(4, 4)
    QApplication.sendEvent(tile, QEnterEvent(at, at, at))
    assert canvas.veil is not None
    assert canvas.grab().toImage() != plain
    assert transform == (canvas.transform.left, canvas.transform.top, canvas.transform.scale)
    QApplication.sendEvent(tile, QEvent(QEvent.Type.Leave))
    assert canvas.veil is None
    assert canvas.grab().toImage() == plain


def test_copied_in_the_form_chosen_last(qtbot: QtBot, painted: Window) -> None:
    tile = painted.paint.palette_panel.swatches[0]
    assert tile.swatch is not None
    qtbot.mouseClick(tile, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == tile.swatch.hex
    forms = tile.menu().actions()
    assert [action.isChecked() for action in forms] == [True, False, False, False]
    forms[1].trigger()
    assert QApplication.clipboard().text() == "rgb({}, {}, {})".format(*tile.swatch.rgb)
    qtbot.keyClick(tile, Qt.Key.Key_Return)
    assert QApplication.clipboard().text().startswith("rgb(")


def test_it_says_how_far_the_palette_has_moved(qtbot: QtBot, painted: Window) -> None:
    panel, document = painted.paint.palette_panel, painted.session.document
    assert document is not None
    assert panel.change.text() == "ΔE 0.0 since the photo was opened"
    photo = painted.session.photo
    assert photo is not None
    box = Box(0, 0, *document.size)
    light = (photo.pixels.sum(axis=2) > np.median(photo.pixels.sum(axis=2))).astype(np.uint8)
    document.edit("brush", box, light * 3, light > 0)
    qtbot.waitUntil(lambda: panel.change.text() != "ΔE 0.0 since the photo was opened")
    assert panel.change.text().endswith(" since the photo was opened")
    assert float(panel.change.text().split()[1]) > 0.5
    painted.session.apply_prediction("A/02.jpg", np.full(document.size, 3, np.uint8))
    qtbot.waitUntil(lambda: panel.change.text().endswith("against before the prediction"))
