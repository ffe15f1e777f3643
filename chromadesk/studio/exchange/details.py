"""A list of photos and what is to be said of each; Enter or a double-click opens one that the data set has."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem

from chromadesk.studio.exchange.page import Page
from chromadesk.studio.panels import parts
from chromadesk.studio.words import mark, tr

if TYPE_CHECKING:
    from chromadesk.studio.window import Window

_KEY = Qt.ItemDataRole.UserRole


class DetailsPage(Page):
    """Made of what ``show_list`` gets."""

    title = mark("Details")
    wanted = QSize(760, 440)

    def __init__(self, window: Window) -> None:
        super().__init__(window, tr("Open the photo"), tr("Open the photo of this line in Paint"))
        self.leave.setText(tr("Close"))
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setAccessibleName(tr("Photos and what is to be said of them"))
        self.list.setStyleSheet("QListWidget::item { padding: 6px 16px; }")
        self.list.itemActivated.connect(lambda _: self.begin())
        self.list.currentRowChanged.connect(self._follow)
        self.copy = parts.button(tr("Copy all"), self.copy_all, tip=tr("Put all lines on the clipboard"))
        self.column.addWidget(self.list, 1)
        self.add_foot(self.copy)
        self.focus_first = self.list

    def show_list(self, title: str, lines: Sequence[tuple[str, str]]) -> None:
        """Show (photo, sentence) pairs; a photo is a key of the open data set, or a name from elsewhere."""
        heading = self.findChild(QLabel, "title")
        assert heading is not None
        heading.setText(title)
        self.setAccessibleName(title)
        self.list.clear()
        for key, sentence in lines:
            name = PurePosixPath(key).name
            entry = QListWidgetItem(sentence if name in sentence else f"{name}: {sentence}")
            entry.setData(_KEY, key)
            self.list.addItem(entry)
        self.list.setCurrentRow(0)
        self.unfold()

    def begin(self) -> None:
        """Open the photo in hand."""
        key = self._key()
        if key:
            self.shut()
            self._window.session.show_paint.emit()
            self._window.session.open_photo(key)

    def refresh(self) -> None:
        """The open data set may be another one by now."""
        self._follow()

    def copy_all(self) -> None:
        """Put all lines on the clipboard."""
        QGuiApplication.clipboard().setText("\n".join(self.list.item(row).text() for row in range(self.list.count())))
        self.say(tr("Copied."))

    def _key(self) -> str:
        """The photo of the line in hand, where the open data set has it."""
        entry = self.list.currentItem()
        key = entry.data(_KEY) if entry is not None else ""
        return key if self._window.session.find(key) is not None else ""

    def _follow(self, *_: object) -> None:
        self.go.setEnabled(bool(self._key()))
