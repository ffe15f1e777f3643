"""The fields of the page for imports, and how they are laid out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout

from chromadesk.dataset import mapping
from chromadesk.studio.elided import Elided
from chromadesk.studio.exchange import form_words
from chromadesk.studio.exchange.label_table import LabelTable
from chromadesk.studio.exchange.page import Page, label, path_field, switch
from chromadesk.studio.exchange.preview import Preview
from chromadesk.studio.panels import parts
from chromadesk.studio.words import mark, tr

if TYPE_CHECKING:
    from chromadesk.studio.window import Window

#: Of the maps offered: our own classes, and what the person made of one.
OURS, CHANGED = "own", "changed"
#: Where it goes.
NEW, OPEN = "new", "open"
#: What is asked for in a dialog of files.
FILE, FOLDER, OUT, LOAD, SAVE = "file", "folder", "out", "load", "save"
#: What the shipped maps are for.
_MAPS = {
    "ccp": "Clothing Co-Parsing (CCP)",
    "lip": "Look into Person (LIP)",
    "atr": "ATR",
    "segformer-clothes": "SegFormer-clothes",
}
#: Widths of the preview, in a wide window and in a narrow one.
_PREVIEW, _NARROW_PREVIEW, _WIDE = 272, 176, 1000


class ImportFields(Page):
    """From what, by which map, to where; what they do is the page's."""

    title = mark("Import a data set")
    wanted = QSize(1160, 740)
    #: One of FILE, FOLDER, OUT, LOAD and SAVE.
    asked = Signal(str)

    def __init__(self, window: Window) -> None:
        super().__init__(window, tr("Import"), tr("Take in photos and masks; you can go on painting meanwhile"))
        self.path = path_field(tr("From"), tr("What another program wrote: a folder, or a PSD, JSON or Parquet file"))
        self.file = parts.button(
            tr("File…"), lambda: self.asked.emit(FILE), tip=tr("Choose a PSD, JSON or Parquet file")
        )
        self.folder = parts.button(
            tr("Folder…"), lambda: self.asked.emit(FOLDER), tip=tr("Choose the folder of a data set")
        )
        self.form = parts.Choices()
        for name, text in form_words.titles().items():
            self.form.addItem(text, name)
        self.form.setCurrentIndex(-1)
        self.form.setPlaceholderText(tr("Not known yet"))
        self.maps = parts.Choices({OURS: mark("ChromaDesk's five classes")})
        for name in mapping.shipped():
            self.maps.addItem(_MAPS.get(name, name), name)
        self.load = parts.button(
            tr("Load…"), lambda: self.asked.emit(LOAD), tip=tr("Take a map that was kept as a TOML file")
        )
        self.save = parts.button(
            tr("Save…"), lambda: self.asked.emit(SAVE), tip=tr("Keep this map as a TOML file, for the next time")
        )
        self.table = LabelTable()
        self.preview = Preview()
        self.caption = Elided()
        self.caption.setObjectName("meta")
        self.target = parts.Choices({NEW: mark("A new data set"), OPEN: mark("The open data set")})
        self.out = path_field(tr("Folder of the data set"), tr("A new folder; one that is there gets more photos"))
        self.choose = parts.button(
            tr("Choose…"), lambda: self.asked.emit(OUT), tip=tr("Choose where the data set goes")
        )
        self.replace = switch(
            tr("Replace masks that are there"),
            tr("Photos that have a mask keep it otherwise; of each mask that is replaced, the one before is kept"),
        )
        self.column.addLayout(self._above())
        self.column.addLayout(self._middle(), 1)
        self.column.addLayout(self._below())
        self.add_foot()
        self.focus_first = self.path

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for part in (self.preview, self.caption):
            part.setFixedWidth(_PREVIEW if self.width() >= _WIDE else _NARROW_PREVIEW)

    def _above(self) -> QGridLayout:
        grid = _grid(8)
        grid.addWidget(label(tr("From"), self.path), 0, 0)
        grid.addWidget(self.path, 0, 1, 1, 3)
        grid.addWidget(self.file, 0, 4)
        grid.addWidget(self.folder, 0, 5)
        grid.addWidget(label(tr("Format"), self.form, tr("Who wrote it; guessed from its files")), 1, 0)
        grid.addWidget(self.form, 1, 1)
        grid.addWidget(label(tr("Map"), self.maps, tr("Which list of labels it has; change any row")), 1, 2)
        grid.addWidget(self.maps, 1, 3)
        grid.addWidget(self.load, 1, 4)
        grid.addWidget(self.save, 1, 5)
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(3, 3)
        return grid

    def _middle(self) -> QGridLayout:
        grid = _grid(0)
        grid.addWidget(self.table, 0, 0, 2, 1)
        grid.addWidget(self.preview, 0, 1)
        grid.addWidget(self.caption, 1, 1)
        grid.setColumnStretch(0, 1)
        grid.setHorizontalSpacing(16)
        return grid

    def _below(self) -> QGridLayout:
        grid = _grid(12)
        grid.addWidget(label(tr("To"), self.target, tr("Where photos and masks go")), 0, 0)
        grid.addWidget(self.target, 0, 1)
        grid.addWidget(self.out, 0, 2)
        grid.addWidget(self.choose, 0, 3)
        grid.addWidget(self.replace, 0, 4)
        grid.setColumnStretch(2, 1)
        self.target.setMinimumWidth(168)
        return grid


def _grid(above: int) -> QGridLayout:
    made = QGridLayout()
    made.setContentsMargins(16, above, 16, 12)
    made.setHorizontalSpacing(8)
    made.setVerticalSpacing(8)
    return made
