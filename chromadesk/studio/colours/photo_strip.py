"""The photos behind a mark: thumbnails in a row at the foot of the page; a click opens one in Paint."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QListView, QWidget

from chromadesk.colour.swatch import Swatch
from chromadesk.studio import theme
from chromadesk.studio.copying import copy
from chromadesk.studio.panels import parts
from chromadesk.studio.panels.thumbnails import Thumbnails
from chromadesk.studio.words import numeral, tr

PICTURE = QSize(76, 100)
#: Of a mark's photos, those of which it takes the most.
MOST = 300
_Index = QModelIndex | QPersistentModelIndex


class _Photos(QAbstractListModel):
    def __init__(self, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self.photos: list[tuple[str, Path, float | None]] = []
        self._thumbnails = thumbnails
        self._blank = QPixmap(PICTURE)
        self._blank.fill(QColor(theme.FIELD))
        thumbnails.ready.connect(self._ready)

    def show_photos(self, photos: list[tuple[str, Path, float | None]]) -> None:
        self.beginResetModel()
        self.photos = photos
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.photos)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        key, path, share = self.photos[index.row()]
        if role == Qt.ItemDataRole.DecorationRole:
            return self._thumbnails.get(key, path) or self._blank
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            if share is None:
                return tr("{photo}. Click to open it in Paint.", photo=key)
            return tr("{photo}: {share} % of it. Click to open it in Paint.", photo=key, share=numeral(100 * share))
        return None

    def _ready(self, key: str) -> None:
        for row, photo in enumerate(self.photos):
            if photo[0] == key:
                self.dataChanged.emit(self.index(row), self.index(row), [Qt.ItemDataRole.DecorationRole])


class PhotoStrip(QFrame):
    """Hidden until there is a mark to show."""

    #: The key of the photo clicked, or chosen with Enter.
    opened = Signal(str)
    #: The colour shown should go to the board.
    to_board = Signal()
    #: The person has seen enough.
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.swatch: Swatch | None = None
        self.patch = _Patch()
        self.title = parts.title()
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.count = QLabel()
        self.count.setObjectName("meta")
        self.pin = parts.button(
            tr("Add to board"), self.to_board.emit, tip=tr("Put this colour and its photos on the season board")
        )
        self.copy = parts.button(
            tr("Copy hex"), lambda: copy(self, self.swatch), tip=tr("Copy the hex code of this colour")
        )
        self.shut = parts.button(tr("Close"), self.closed.emit, tip=tr("Hide these photos"))
        self.thumbnails = Thumbnails(PICTURE, self)
        self.model = _Photos(self.thumbnails, self)
        self.view = QListView()
        self.view.setAccessibleName(tr("Photos with this colour"))
        self.view.setModel(self.model)
        self.view.setFlow(QListView.Flow.LeftToRight)
        self.view.setWrapping(False)
        self.view.setUniformItemSizes(True)
        self.view.setIconSize(PICTURE)
        self.view.setGridSize(QSize(PICTURE.width() + 8, PICTURE.height() + 4))
        self.view.setFixedHeight(PICTURE.height() + 16)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.view.clicked.connect(self._choose)
        self.view.activated.connect(self._choose)
        head = parts.row()
        for widget in (self.patch, self.title, self.count):
            head.addWidget(widget)
        head.addStretch(1)
        for button in (self.pin, self.copy, self.shut):
            head.addWidget(button)
        layout = parts.column(self, margins=8, spacing=8)
        layout.addLayout(head)
        layout.addWidget(self.view)
        self.hide()

    def show_photos(
        self, swatch: Swatch, title: str, photos: Sequence[tuple[str, float | None]], paths: dict[str, Path]
    ) -> None:
        """``photos`` (key, share of ``swatch`` in it, if known), most first; ``title``: what the colour is called."""
        self.swatch = swatch
        self.patch.colour = QColor(*swatch.rgb)
        self.patch.update()
        self.title.setText(f"{title}  {swatch.hex}")
        count = tr("%Ln photo(s) with this colour", "", len(photos))
        if len(photos) > MOST:
            most = tr("the {count} that show most of it", count=MOST)
            count = f"{count}, {most}"
        self.count.setText(count)
        self.thumbnails.clear()
        self.model.show_photos([(key, paths[key], share) for key, share in photos[:MOST] if key in paths])
        self.view.scrollToTop()
        self.show()

    def close_threads(self) -> None:
        """End the reading of thumbnails."""
        self.thumbnails.close()

    def _choose(self, index: QModelIndex) -> None:
        self.opened.emit(self.model.photos[index.row()][0])


class _Patch(QWidget):
    """The colour, flat."""

    def __init__(self) -> None:
        super().__init__()
        self.colour = QColor(theme.PANEL)
        self.setFixedSize(40, 26)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self.colour)
