"""The collection page of the Colours workspace: what many photos show together, and what changes between groups."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QLabel, QStackedLayout, QWidget

from chromadesk.classes import by_name
from chromadesk.colour.board import Pin
from chromadesk.colour.pool import Mark
from chromadesk.dataset import fields
from chromadesk.errors import ChromaDeskError
from chromadesk.studio import theme
from chromadesk.studio.colours.charts import family_title
from chromadesk.studio.colours.collection_export import CollectionExport
from chromadesk.studio.colours.collection_side import CollectionSide
from chromadesk.studio.colours.collection_view import CollectionView
from chromadesk.studio.colours.gathering import Found, Reader
from chromadesk.studio.colours.marks import pin_of, title_of
from chromadesk.studio.colours.photo_strip import PhotoStrip
from chromadesk.studio.panels import parts
from chromadesk.studio.session import Session
from chromadesk.studio.words import class_name, tr

#: Several masks that are approved at once are read once, milliseconds.
_PAUSE = 250


class CollectionPage(QWidget):
    """Left: what is in the collection. Middle: its colours. Below: the photos behind the mark that was clicked."""

    #: A Pin for the board.
    to_board = Signal(object)

    def __init__(self, session: Session, choose_folder: Callable[[], None], selected: Callable[[], list[str]]) -> None:
        """``selected``: the photos selected in the filmstrip."""
        super().__init__()
        self.setObjectName("collection")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setStyleSheet(f"#collection {{ background: {theme.COLOURS}; }}")
        self._session = session
        self._choose_folder = choose_folder
        self._selected = selected
        self._found: Found | None = None
        self._mark: Mark | None = None
        #: What was read last is no longer how things are.
        self._stale = True
        self.reader = Reader(session, self)
        self.side = CollectionSide()
        self.view = CollectionView()
        self.strip = PhotoStrip()
        self.export = CollectionExport(session, self)
        self.doing = QLabel("")
        self.doing.setObjectName("meta")
        #: What stands beside the page's name while it is in view.
        self.head = QWidget()
        beside = parts.row(self.head)
        beside.addStretch(1)
        beside.addWidget(self.doing)
        beside.addWidget(self.export.button)
        self.empty = parts.EmptyState("", "", self._next_step)
        self.empty.button.setObjectName("primary")
        self.empty.sentence.setStyleSheet("color: #000000;")
        middle = QWidget()
        self._stack = QStackedLayout(middle)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.view)
        right = parts.column(margins=0, spacing=0)
        right.addWidget(middle, 1)
        right.addWidget(self.strip)
        layout = parts.row(self, spacing=0)
        layout.addWidget(self.side)
        layout.addLayout(right, 1)
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE)
        self._soon.timeout.connect(self._read)
        self.reader.found.connect(self._show)
        self.reader.doing.connect(self.doing.setText)
        self.reader.failed.connect(lambda sentence: session.notice.emit(sentence, "error"))
        self.side.changed.connect(self._read)
        self.side.import_wanted.connect(self._choose_table)
        self.view.chosen.connect(self.show_mark)
        self.view.pair_chosen.connect(self._compare)
        self.strip.opened.connect(self._open)
        self.strip.closed.connect(lambda: self.show_mark(None))
        self.strip.to_board.connect(self._pin)
        session.dataset_opened.connect(self._dataset_opened)
        for signal in (session.status_changed, session.photo_saved):
            signal.connect(self._changed)
        self._dataset_opened()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        keys = frozenset(self._selected())
        self.side.select(keys if len(keys) > 1 else frozenset())
        if self._found is None or self._stale or self._found.wanted != self.side.wanted:
            self._read()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._soon.stop()
        if self.doing.text():
            self._stale = True
            self.doing.clear()
        self.reader.stop()

    def show_mark(self, mark: Mark | None) -> None:
        """Show the photos behind ``mark``; None: hide them."""
        self._mark = mark
        self.view.show_chosen(mark)
        if mark is None or self._session.dataset is None:
            self.strip.hide()
            return
        dataset = self._session.dataset
        paths = {key: dataset[key].photo for key in mark.keys if key in dataset}
        title = family_title(mark) if mark.name in self.view.families else title_of(mark)
        self.strip.show_photos(mark.swatch, title, mark.photos, paths)

    def import_table(self, path: Path) -> None:
        """Keep what the table at ``path`` says of the photos, and read again."""
        dataset = self._session.dataset
        if dataset is None or self._session.refuses():
            return

        def kept(strangers: list[str]) -> None:
            if strangers:
                some = ", ".join(strangers[:3]) + ("…" if len(strangers) > 3 else "")
                self._session.notice.emit(
                    tr("{table} speaks of photos that are not here: {some}.", table=path.name, some=some),
                    "warning",
                )
            self.reader.forget()
            self._read()

        def refused(error: ChromaDeskError) -> None:
            self._session.notice.emit(str(error), "error")

        self._session.files.run(lambda: fields.imported(path, [("", dataset)]), kept, refused)

    def close_threads(self) -> None:
        """End what runs in the background."""
        self._soon.stop()
        self.reader.close()
        self.strip.close_threads()
        self.export.close()

    def _dataset_opened(self) -> None:
        self._found = None
        self._stale = True
        self.side.begin()
        self.show_mark(None)
        self.export.show_found(None)
        self._stack.setCurrentWidget(self.empty)
        self._say_empty(None)
        if self.isVisible():
            self._read()

    def _changed(self, key: str) -> None:
        self._stale = True
        if self.isVisible():
            self._soon.start()

    def _read(self) -> None:
        self._stale = False
        if self._session.dataset is not None and self._session.items:
            self.doing.setText(tr("Reading colours"))
            self.reader.read(self.side.wanted)

    def _show(self, found: Found) -> None:
        self._found = found
        self.side.show_found(found)
        self.export.show_found(found)
        self.show_mark(None)
        if found.collection is None:
            self._say_empty(found)
            self._stack.setCurrentWidget(self.empty)
            return
        self.view.show_found(found)
        self._stack.setCurrentWidget(self.view)

    def _say_empty(self, found: Found | None) -> None:
        """One sentence, one button."""
        what = class_name(by_name(found.wanted.class_name).id) if found is not None else ""
        if self._session.dataset is None or not self._session.items:
            sentence, text = tr("Open a folder of photos to see their colours together."), tr("Open folder")
        elif found is None:
            sentence, text = tr("The colours of the approved photos will be here in a moment."), tr("Go to Paint")
        elif found.photos:
            sentence, text = tr("No photo counted here shows {what}.", what=what), tr("Go to Paint")
        elif found.wanted.picked or found.wanted.keys is not None:
            sentence, text = tr("No photo with an approved mask is in this selection."), tr("Show all photos")
        elif found.wanted.all_masks:
            sentence, text = tr("No photo has a mask yet; paint or predict some."), tr("Go to Paint")
        else:
            sentence = tr("Approve some masks in Paint to see the colours of the collection.")
            text = tr("Count masks nobody approved")
        self.empty.sentence.setText(sentence)
        self.empty.button.setText(text)
        self.empty.button.setToolTip(sentence)

    def _next_step(self) -> None:
        found = self._found
        if self._session.dataset is None or not self._session.items:
            self._choose_folder()
        elif found is None or found.photos or found.wanted.all_masks:
            self._session.show_paint.emit()
        elif found.wanted.picked or found.wanted.keys is not None:
            self.side.begin()
            self._read()
        else:
            self.side.all_masks.setChecked(True)

    def _compare(self, pair: tuple[str, str]) -> None:
        self.side.compare(*pair)
        self._read()

    def _open(self, key: str) -> None:
        self._session.open_photo(key)
        self._session.show_paint.emit()

    def _pin(self) -> None:
        if self._mark is not None and self._found is not None:
            self.to_board.emit(self.pin(self._mark))

    def pin(self, mark: Mark) -> Pin:
        """``mark`` as it goes to a board."""
        return pin_of(mark, self._found.wanted.class_name if self._found is not None else "")

    def _choose_table(self) -> None:
        dataset = self._session.dataset
        if dataset is None:
            return
        chosen, _ = QFileDialog.getOpenFileName(
            self, tr("Import fields"), str(dataset.root), tr("Tables (*.csv *.tsv *.txt)")
        )
        if chosen:
            self.import_table(Path(chosen))
