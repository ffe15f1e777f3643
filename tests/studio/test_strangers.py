"""A folder from a stranger in the real window: odd names are shown as they are, odd things are no photos, and nothing
listens to a network.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import psutil
import pytest
from PySide6.QtGui import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from chromadesk.studio.segmenter import SegmenterProcess
from chromadesk.studio.window import Window
from tests.studio.conftest import write_photo

NAMES = (
    "<b>bold.jpg",
    "<img src='x'>.jpg",
    "&amp;.jpg",
    "a\nb.jpg",
    "photo\u202egpj.exe.jpg",
    "n" * 251 + ".jpg",
    "-rf.jpg",
    "=1+1.jpg",
    "CON.jpg",
    "\u0301.jpg",
)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")


@pytest.fixture
def strange(tmp_path: Path) -> Path:
    """Sound photos with the names, beside things that are none."""
    root = tmp_path / "<i>strange & co"
    for number, name in enumerate(NAMES):
        write_photo(root / name, number)
    os.mkfifo(root / "pipe.jpg")
    (root / "device.jpg").symlink_to("/dev/zero")
    (root / "circle.jpg").symlink_to("circle.jpg")
    (root / "above").symlink_to("..")
    write_photo(Path(os.fsdecode(bytes(root) + b"/caf\xe9.jpg")))
    return root


def test_every_photo_opens_and_no_name_is_markup(qtbot: QtBot, window: Window, strange: Path, show) -> None:
    told: list[str] = []
    window.session.notice.connect(lambda text, level: told.append(text))
    assert window.session.open_dataset(strange)
    qtbot.waitUntil(lambda: window.session.document is not None)
    assert window.session.dataset is not None
    assert sorted(window.session.dataset.keys) == sorted(NAMES)
    assert any("name is no text (caf\\xe9.jpg)" in text for text in told)
    for name in NAMES:
        show(window.session, name)
        _nothing_is_markup(window)
        assert window.session.document is not None
        window.session.approve(go_on=False)
        window.session.flush()
        assert window.session.status(name) == "approved"
    assert (strange / "B" / f"{'n' * 251}.png").is_file()


def _nothing_is_markup(window: QWidget) -> None:
    for widget in window.findChildren(QWidget):
        tip = widget.toolTip()
        if Qt.mightBeRichText(tip):
            assert "<b>bold" not in tip, tip
            assert "<img src" not in tip, tip
            assert "<i>strange" not in tip, tip
        if isinstance(widget, QLabel) and widget.textFormat() == Qt.TextFormat.AutoText:
            assert not Qt.mightBeRichText(widget.text()), widget.text()


@pytest.mark.slow
def test_nothing_listens(qtbot: QtBot, window: Window, folder: Path, tiny_weights: Path) -> None:
    me = psutil.Process()
    before = set(me.net_connections("inet"))
    assert window.session.open_dataset(folder)
    qtbot.waitUntil(lambda: window.session.document is not None)
    segmenter = SegmenterProcess(window)
    with qtbot.waitSignal(segmenter.predicted, timeout=60_000):
        segmenter.predict(folder / "A" / "01.jpg", tiny_weights)
    children = me.children(recursive=True)
    assert children
    for process in (me, *children):
        assert not set(process.net_connections("inet")) - before, process
    segmenter.shutdown()
