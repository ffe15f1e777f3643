"""The guide (Ctrl+Shift+F1): a window of its own beside the studio, so that one can do what one reads. No network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QUrl
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QToolButton, QVBoxLayout, QWidget

from chromadesk.manual import pages
from chromadesk.studio import icons, theme
from chromadesk.studio.manual_page import Page, name_of, said, text
from chromadesk.studio.panels.parts import meta
from chromadesk.studio.words import tr

if TYPE_CHECKING:
    from chromadesk.studio.window import Window

_NAME = Qt.ItemDataRole.UserRole
_STYLE = f"""
#manual {{ background: {theme.PANEL}; }}
#manual QTextBrowser {{ background: {theme.PANEL}; border: none; }}
#contents {{ background: {theme.CHROME}; border: none; }}
#contents::item {{ padding: 5px 16px; border-left: 2px solid transparent; }}
#contents::item:selected {{ background: {theme.FIELD}; color: {theme.TEXT}; border-left: 2px solid {theme.ACCENT}; }}
#contents::item:disabled {{ color: {theme.DIM}; padding-top: 14px; background: {theme.CHROME}; }}
#contents::item:hover:enabled {{ background: {theme.PANEL}; }}
"""


class Manual(QWidget):
    """Contents and search at the left, the page at the right. Closes with the studio."""

    def __init__(self, window: Window) -> None:
        super().__init__(window, Qt.WindowType.Window)
        self.setObjectName("manual")
        self.setStyleSheet(_STYLE)
        self.setWindowTitle(tr("Guide – ChromaDesk"))
        self.resize(980, 820)
        self.page = Page()
        self.page.sourceChanged.connect(self._follow)
        self.search = QLineEdit(placeholderText=tr("Search"))
        self.search.setAccessibleName(tr("Search the guide"))
        self.search.setToolTip(tr("Show only pages that hold these words; Enter goes to the next place"))
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icons.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.textChanged.connect(self._searched)
        self.search.installEventFilter(self)
        self.contents = QListWidget()
        self.contents.setObjectName("contents")
        self.contents.setAccessibleName(tr("Pages of the guide"))
        self.contents.setToolTip(tr("Arrows and clicks choose a page"))
        self.contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.contents.currentItemChanged.connect(self._chosen)
        self.nothing = meta(tr("No page holds these words."))
        self.nothing.setContentsMargins(16, 8, 16, 8)
        self.back = QToolButton()
        self.back.setIcon(icons.icon("undo"))
        self.back.setFixedSize(28, 28)
        self.back.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.back.setToolTip(tr("Back to the page before (Alt+Left)"))
        self.back.setAccessibleName(tr("Back to the page before"))
        self.back.clicked.connect(self.page.backward)
        self.page.backwardAvailable.connect(self.back.setEnabled)
        self.back.setEnabled(False)
        self._lay_out()
        self._fill()
        self.open_page("index")

    def toggle(self) -> None:
        """Show it where it was, or close it."""
        if self.isVisible():
            self.close()
            return
        self.show()
        self.raise_()
        self.activateWindow()
        self.page.setFocus()

    def open_page(self, name: str) -> None:
        """Show a page from its beginning."""
        self.page.go(QUrl(f"guide:/docs/{name}.md"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.matches(QKeySequence.StandardKey.Find):
            self.search.setFocus()
            self.search.selectAll()
        elif event.matches(QKeySequence.StandardKey.Back):
            self.page.backward()
        elif event.matches(QKeySequence.StandardKey.Forward):
            self.page.forward()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.page.next_place()
                return True
            if event.key() == Qt.Key.Key_Down:
                self.contents.setFocus()
                return True
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(12, 12, 12, 8)
        head.addWidget(self.back)
        head.addWidget(self.search, 1)
        side = QWidget()
        side.setObjectName("chrome")
        side.setFixedWidth(208)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.nothing)
        column.addWidget(self.contents, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(side)
        row.addWidget(self.page, 1)

    def _fill(self) -> None:
        """List the pages that hold every word of the search, under their chapters."""
        wanted = self.search.text().lower().split()
        self.contents.blockSignals(True)
        self.contents.clear()
        for chapter, names in pages.CONTENTS:
            found = [name for name in names if all(word in said(name) for word in wanted)]
            if not found:
                continue
            heading = QListWidgetItem(chapter)
            heading.setFlags(Qt.ItemFlag.NoItemFlags)
            heading.setFont(theme.font(theme.META, semibold=True))
            self.contents.addItem(heading)
            for name in found:
                item = QListWidgetItem(pages.title(text(name)))
                item.setData(_NAME, name)
                self.contents.addItem(item)
        self.nothing.setVisible(self.contents.count() == 0)
        self.contents.setVisible(self.contents.count() > 0)
        self.contents.blockSignals(False)
        self._follow(self.page.source())

    def _searched(self, typed: str) -> None:
        self._fill()
        if typed.strip() and self.contents.currentItem() is None and self.contents.count():
            self.contents.setCurrentRow(1)
        self.page.mark(typed.lower().split())

    def _chosen(self, item: QListWidgetItem | None) -> None:
        name = item.data(_NAME) if item is not None else None
        if name is not None and name != name_of(self.page.source()):
            self.open_page(name)

    def _follow(self, source: QUrl) -> None:
        """Choose the page that is shown in the list, and light up in it what is searched for."""
        self.contents.blockSignals(True)
        self.contents.setCurrentRow(-1)
        for row in range(self.contents.count()):
            if self.contents.item(row).data(_NAME) == name_of(source):
                self.contents.setCurrentRow(row)
        self.contents.blockSignals(False)
        self.page.mark(self.search.text().lower().split())
