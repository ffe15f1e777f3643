"""The bar of a clean-up has room for all its words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from chromadesk.studio import words
from chromadesk.studio.cleanups import CLEAN_UPS
from chromadesk.studio.panels.cleanup_bar import CleanUpBar


@pytest.fixture(params=words.LANGUAGES)
def language(dressed: QApplication, request: pytest.FixtureRequest) -> Iterator[str]:
    words.use(request.param)
    yield request.param
    words.use("en")


@pytest.mark.parametrize("width", [600, 760, 920, 1600])
def test_no_word_is_cut_off(qtbot: QtBot, language: str, width: int) -> None:
    canvas = QWidget()
    qtbot.addWidget(canvas)
    canvas.resize(width, 600)
    canvas.show()
    bar = CleanUpBar(canvas)
    for cleanup in CLEAN_UPS:
        bar.present(cleanup, 1, 100)
        for count in (None, 0, 1_000_000):
            bar.show_count(count)
            QApplication.processEvents()
            shown = {*bar.findChildren(QLabel), *bar.findChildren(QPushButton), bar.view_only}
            if width < 760:
                shown.remove(bar.hint)  # it has its tip
            assert [each.text() for each in shown if each.width() < each.sizeHint().width()] == []
        assert bar.height() == 40 or width < 1600
