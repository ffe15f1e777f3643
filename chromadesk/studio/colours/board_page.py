"""The board page of the Colours workspace: season boards, and the colours on the one in view."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QScrollArea,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from chromadesk.studio import theme
from chromadesk.studio.background import Background
from chromadesk.studio.colours import board_export
from chromadesk.studio.colours.board_grid import BoardGrid
from chromadesk.studio.colours.boards import Boards
from chromadesk.studio.colours.collection_export import menu_button
from chromadesk.studio.colours.collection_side import WIDTH
from chromadesk.studio.colours.marks import title_of_swatch
from chromadesk.studio.colours.photo_strip import PhotoStrip
from chromadesk.studio.colours.pin_card import PICTURE
from chromadesk.studio.panels import parts
from chromadesk.studio.panels.thumbnails import Thumbnails
from chromadesk.studio.session import Session
from chromadesk.studio.tips import plain, set_tip
from chromadesk.studio.words import mark, tr

_STYLE = f"""
#board, #ground {{ background: {theme.COLOURS}; }}
QLineEdit#onboard, QLineEdit#pinname, QLineEdit#boardtitle {{
    color: #000000; background: transparent; border: 1px solid transparent; padding: 0;
    placeholder-text-color: #262626; selection-background-color: {theme.ACCENT}; }}
QLineEdit#pinname {{ placeholder-text-color: #000000; }}
QLineEdit#boardtitle {{ font-size: 18px; font-weight: 600; }}
QLineEdit#onboard:hover, QLineEdit#pinname:hover, QLineEdit#boardtitle:hover {{ border-color: #4A4A4A; }}
QLineEdit#onboard:focus, QLineEdit#pinname:focus, QLineEdit#boardtitle:focus {{
    background: #8C8C8C; border-color: #000000; }}
QListWidget::item {{ padding: 0 8px; min-height: {theme.ROW}px; border-radius: {theme.RADIUS}px; }}
QListWidget::item:selected {{ background: {theme.FIELD}; }}
"""
_KINDS = {".pdf": mark("Board as PDF…"), ".ase": mark("Swatches (ASE)…")}


class BoardPage(QWidget):
    """Left: the boards. Middle: title, note and colours of one. Below: the photos of a colour."""

    def __init__(self, session: Session, choose_folder: Callable[[], None]) -> None:
        super().__init__()
        self._session = session
        self._choose_folder = choose_folder
        self._background = Background(self)
        self.setObjectName("board")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setStyleSheet(_STYLE)
        self.boards = Boards(session, self)
        self.thumbnails = Thumbnails(PICTURE, self)
        self.grid = BoardGrid(session, self.boards, self.thumbnails)
        self.strip = PhotoStrip()
        self.strip.pin.hide()
        self.title = _line("boardtitle", tr("Title of the board"))
        self.title.setFixedHeight(32)
        self.note = _line("onboard", tr("Note on the board"))
        self.note.setPlaceholderText(tr("A note on this board: the mood, the season, for whom"))
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Boards of this data set"))
        self.list.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.list.currentRowChanged.connect(self._row_chosen)
        self.add = parts.button(tr("New board"), self._new, tip=tr("Begin another board"))
        self.delete = parts.button(tr("Delete board"), self._delete, tip=tr("Delete this board; undo brings it back"))
        self.undo_button = QToolButton()
        self.undo_button.setObjectName("menu")
        self.undo_button.setText(tr("Undo"))
        self.undo_button.setFixedHeight(24)
        self.undo_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        set_tip(self.undo_button, tr("Take the last change to the boards back (@undo)"))
        self.undo_button.clicked.connect(self._undo)
        self.export = menu_button(tr("Export"), tr("Save this board for print or for other programs"))
        menu = QMenu(self.export)
        for suffix, text in _KINDS.items():
            action = QAction(tr(text), menu)
            action.triggered.connect(lambda _=False, suffix=suffix: self._ask(suffix))
            menu.addAction(action)
        self.export.setMenu(menu)
        #: What stands beside the page's name while it is in view.
        self.head = QWidget()
        beside = parts.row(self.head)
        beside.addStretch(1)
        beside.addWidget(self.undo_button)
        beside.addWidget(self.export)
        self.empty = parts.EmptyState("", "", self._next_step)
        self.empty.button.setObjectName("primary")
        self.empty.sentence.setStyleSheet("color: #000000;")
        layout = parts.row(self, spacing=0)
        layout.addWidget(self._side())
        right = parts.column(margins=0, spacing=0)
        right.addWidget(self._middle(), 1)
        right.addWidget(self.strip)
        layout.addLayout(right, 1)
        self.title.editingFinished.connect(self._titled)
        self.note.editingFinished.connect(self._noted)
        self.grid.opened.connect(self._show_photos)
        self.strip.opened.connect(self._open)
        self.strip.closed.connect(self.strip.hide)
        self.boards.changed.connect(self._follow)
        session.dataset_opened.connect(self.thumbnails.clear)
        self._follow()

    def write(self, path: Path) -> None:
        """Write the board in view as .pdf or .ase, in the background; a notice says when it is there, or why not."""
        self.keep_typed()
        board, dataset = self.boards.board, self._session.dataset
        if board is None or dataset is None:
            return
        keys = list(dict.fromkeys(key for pin in board.pins for key in pin.photos[:1]))
        paths = self.grid.paths(tuple(keys))
        self._background.run(
            lambda: board_export.write(path, board, paths, dataset.root.name),
            lambda _: self._session.notice.emit(tr("Saved {file}.", file=path.name), "info"),
            lambda error: self._session.notice.emit(str(error), "error"),
        )

    def keep_typed(self) -> None:
        """Take what is still being typed as it stands: a click on a button or a board leaves the keyboard there."""
        field = self.focusWidget()
        if isinstance(field, QLineEdit):
            field.clearFocus()

    def close_threads(self) -> None:
        """End what runs in the background."""
        self._background.finish(drop=True)
        self.thumbnails.close()
        self.strip.close_threads()

    def _side(self) -> QFrame:
        made = QFrame()
        made.setObjectName("sidebar")
        made.setFixedWidth(WIDTH)
        layout = QVBoxLayout(made)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(parts.heading(tr("BOARDS")))
        layout.addWidget(self.list, 1)
        layout.addWidget(self.add)
        layout.addWidget(self.delete)
        return made

    def _middle(self) -> QWidget:
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(20, 12, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.title)
        column.addWidget(self.note)
        ground = QWidget()
        ground.setObjectName("ground")
        inside = QVBoxLayout(ground)
        inside.setContentsMargins(4, 12, 12, 12)
        inside.addWidget(self.grid)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(ground)
        column.addWidget(scroll, 1)
        self._stack = QStackedLayout()
        holder = QWidget()
        holder.setLayout(self._stack)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(sheet)
        return holder

    def _follow(self) -> None:
        board = self.boards.board
        with QSignalBlocker(self.list):
            self.list.clear()
            for name, each in self.boards.all.items():
                item = QListWidgetItem(f"{each.title}  ·  {len(each.pins)}")
                item.setData(Qt.ItemDataRole.UserRole, name)
                item.setToolTip(plain(each.note))
                self.list.addItem(item)
                if name == self.boards.current:
                    self.list.setCurrentItem(item)
        there = self._session.dataset is not None
        self.add.setEnabled(there)
        self.delete.setEnabled(board is not None)
        self.undo_button.setEnabled(self.boards.can_undo)
        self.export.setEnabled(board is not None and bool(board.pins))
        self.strip.hide()
        if board is None:
            self.empty.sentence.setText(
                tr("A board holds the colours of a season: add them from a photo or the collection.")
                if there
                else tr("Open a folder of photos to keep season boards with it.")
            )
            self.empty.button.setText(tr("New board") if there else tr("Open folder"))
            self.empty.button.setToolTip(self.empty.sentence.text())
            self._stack.setCurrentIndex(0)
            return
        self.title.setText(board.title)
        self.note.setText(board.note)
        self.grid.show_board(board)
        self._stack.setCurrentIndex(1)

    def _next_step(self) -> None:
        if self._session.dataset is None:
            self._choose_folder()
        else:
            self._new()

    def _new(self) -> None:
        self.keep_typed()
        self.boards.new()
        self.title.setFocus()
        self.title.selectAll()

    def _row_chosen(self, row: int) -> None:
        if 0 <= row < self.list.count():
            name = self.list.item(row).data(Qt.ItemDataRole.UserRole)
            self.keep_typed()
            self.boards.show_board(name)

    def _delete(self) -> None:
        self.keep_typed()
        self.boards.delete()

    def _undo(self) -> None:
        self.keep_typed()
        self.boards.undo()

    def _titled(self) -> None:
        self.boards.retitle(self.title.text())
        if self.boards.board is not None:
            self.title.setText(self.boards.board.title)  # a board is called something

    def _noted(self) -> None:
        if self.boards.board is not None:
            self.boards.change(replace(self.boards.board, note=self.note.text().strip()))

    def _show_photos(self, place: int) -> None:
        board = self.boards.board
        if board is None or place >= len(board.pins):
            return
        pin = board.pins[place]
        paths = self.grid.paths(pin.photos)
        if not paths:
            self._session.notice.emit(tr("The photos of this colour are not in the data set any more."), "info")
            return
        self.strip.show_photos(pin.swatch, title_of_swatch(pin.swatch), [(key, None) for key in paths], paths)

    def _open(self, key: str) -> None:
        self._session.open_photo(key)
        self._session.show_paint.emit()

    def _ask(self, suffix: str) -> None:
        dataset, board = self._session.dataset, self.boards.board
        if dataset is None or board is None:
            return
        start = dataset.root.parent / f"{self.boards.current}{suffix}"
        chosen, _ = QFileDialog.getSaveFileName(self, tr("Export"), str(start), f"*{suffix}")
        if chosen:
            path = Path(chosen)
            self.write(path if path.suffix else path.with_suffix(suffix))


def _line(kind: str, title: str) -> QLineEdit:
    made = QLineEdit()
    made.setObjectName(kind)
    made.setAccessibleName(title)
    made.setToolTip(title)
    made.setMaxLength(500)
    return made
