"""The filmstrip: the photos in two columns, with state, filter and order."""

from __future__ import annotations

import functools
from collections.abc import Callable

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QActionGroup, QGuiApplication
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from chromadesk.dataset.index import STATUSES
from chromadesk.studio import icons
from chromadesk.studio.batch import Batch
from chromadesk.studio.panels.doubt_line import DoubtLine
from chromadesk.studio.panels.photo_grid import PICTURE, PhotoGrid
from chromadesk.studio.panels.photo_model import KEY_ROLE, NOTED, SORTS, PhotoModel, sort_title
from chromadesk.studio.panels.selection_line import SelectionLine
from chromadesk.studio.panels.thumbnails import Thumbnails
from chromadesk.studio.session import Session
from chromadesk.studio.tips import set_tip
from chromadesk.studio.words import capitalised, mark, tr

WIDTH = 176
#: Entries of the menus that are too long for their buttons, which stand beside each other.
_SHORT = {"": mark("All"), "doubt": mark("Fix first"), NOTED: mark("Noted")}


class PhotosPanel(QWidget):
    """A click opens a photo; the arrow keys do while the list has the keyboard."""

    #: The person wants to know which photos to fix first.
    rank_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("filmstrip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH)
        self._session = session
        #: The photo that could not be opened last, from which Page Down goes on.
        self._unreadable: str | None = None
        self.thumbnails = Thumbnails(PICTURE, self)
        self.model = PhotoModel(session, self.thumbnails, self)
        self.view = PhotoGrid()
        self.view.setAccessibleName(tr("Photos"))
        self.view.setModel(self.model)
        self.view.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.view.clicked.connect(self._chosen)
        self.view.selectionModel().currentChanged.connect(self._walked)
        self.filter = QLineEdit(placeholderText=tr("Filter by name"))
        self.filter.setAccessibleName(tr("Filter photos by name"))
        self.filter.setClearButtonEnabled(True)
        self.filter.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.filter.addAction(icons.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.filter.textChanged.connect(self._filtered)
        self.filter.setToolTip(tr("Show only photos whose name holds this"))
        self.state_menu = self._menu(
            ("", *STATUSES, NOTED), lambda name: capitalised(tr(name)) if name else tr("All states"), self._by_state
        )
        self.state_menu.setToolTip(tr("Show only photos in this state, or with a note"))
        self.sort_menu = self._menu(tuple(SORTS), sort_title, self._sorted)
        set_tip(self.sort_menu, tr("Order of the photos; @previous and @next walk through them"))
        self.doubt = DoubtLine(session, self.model)
        self.doubt.rank.clicked.connect(self.rank_wanted)
        self.none = QLabel(tr("No photo matches the filter."))
        self.none.setObjectName("meta")
        self.none.setWordWrap(True)
        self.none.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.none.setContentsMargins(12, 24, 12, 0)
        menus = QHBoxLayout()
        menus.setSpacing(0)
        menus.addWidget(self.state_menu)
        menus.addStretch(1)
        menus.addWidget(self.sort_menu)
        head = QVBoxLayout()
        head.setContentsMargins(8, 8, 8, 4)
        head.setSpacing(4)
        head.addWidget(self.filter)
        head.addLayout(menus)
        head.addWidget(self.doubt)
        self._stack = QStackedLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        strip = QHBoxLayout()
        strip.setContentsMargins(4, 0, 1, 0)  # photos flush with the field above; the line at the right stays in sight
        strip.addLayout(self._stack)
        layout.addLayout(strip, 1)
        for widget in (self.view, self.none):  # only now, or the first of them comes up as a window of its own
            self._stack.addWidget(widget)
        session.dataset_opened.connect(self._dataset_opened)
        self.model.shares.changed.connect(self._more_shares)
        session.photo_opening.connect(self._asked_for)
        session.opening_failed.connect(self._failed)
        #: What can be done with several photos; there once ``use_batch`` was called.
        self.selection: SelectionLine | None = None
        self._head = head
        self._dataset_opened()

    def use_batch(self, batch: Batch) -> None:
        """Offer commands for the selected photos."""
        self.selection = SelectionLine(self.view, self.model, batch)
        self._head.addWidget(self.selection)

    def step(self, direction: int) -> None:
        """Open the next (1) or previous (-1) photo of the list, seen from one that could not be opened if need be."""
        failed = None if self._unreadable is None else self.model.row_of(self._unreadable)
        current = self.view.currentIndex().row() if failed is None else failed
        key = self.model.key_at(current + direction if current >= 0 else 0)
        if key is not None:
            self._session.open_photo(key)

    def neighbours(self) -> list[str]:
        """The photos after and before the open one."""
        row = self.view.currentIndex().row()
        return [key for key in (self.model.key_at(row + 1), self.model.key_at(row - 1)) if key is not None]

    def selected_keys(self) -> list[str]:
        """The selected photos."""
        keys = (self.model.key_at(row) for row in self.view.selected_rows())
        return [key for key in keys if key is not None]

    def show_ranking(self, words: str) -> None:
        """Show how a ranking gets on; empty: it has ended, and the photos take their new places."""
        self.doubt.show_ranking(words)
        if not words and self.model.sort_by == "doubt":
            self._rearrange()

    def close_threads(self) -> None:
        """End the reading of thumbnails."""
        self.thumbnails.close()
        self.model.shares.close()

    def _menu(self, names: tuple[str, ...], label: Callable[[str], str], chosen: Callable[[str], None]) -> QToolButton:
        def pick(name: str) -> None:
            show(name)
            chosen(name)

        def show(name: str) -> None:
            button.setText(f"{tr(_SHORT[name]) if name in _SHORT else label(name)} ▾")

        button = QToolButton()
        button.setObjectName("menu")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        show(names[0])
        button.setFixedHeight(24)
        menu = QMenu(button)
        group = QActionGroup(menu)
        for name in names:
            action = menu.addAction(label(name))
            action.setCheckable(True)
            action.setChecked(name == names[0])
            group.addAction(action)
            action.triggered.connect(functools.partial(pick, name))
        button.setMenu(menu)
        return button

    def _dataset_opened(self) -> None:
        self.thumbnails.clear()
        self._rearrange()

    def _filtered(self, text: str) -> None:
        self.model.text = text.strip()
        self._rearrange()

    def _by_state(self, status: str) -> None:
        self.model.status = status
        self._rearrange()

    def _sorted(self, name: str) -> None:
        self.model.sort_by = name
        self._rearrange()

    def _more_shares(self) -> None:
        if self.model.by_share:
            self._rearrange()

    def _rearrange(self) -> None:
        self.model.rearrange()
        self.doubt.follow()
        nothing = self.model.rowCount() == 0
        self.none.setText(
            tr("No photo matches the filter.")
            if self._session.items
            else tr("This folder holds no photos.")
            if self._session.dataset
            else tr("Your photos will be listed here.")
        )
        self._stack.setCurrentIndex(1 if nothing else 0)
        if self._session.item is not None:
            self._show_current(self._session.item.key)

    def _asked_for(self, key: str) -> None:
        self._unreadable = None
        self._show_current(key)

    def _failed(self, key: str) -> None:
        """Back to the photo that is still open, so that frame and canvas agree; but never under arrow keys."""
        item = self._session.item
        if item is not None and not self.view.hasFocus():
            self._unreadable = key
            self._show_current(item.key)

    def _show_current(self, key: str) -> None:
        self.view.open_key = key
        row = self.model.row_of(key)
        if row is None:
            self.view.selectionModel().clear()
            return
        index = self.model.index(row)
        blocked = self.view.selectionModel().blockSignals(True)
        if self.view.selected_count() > 1 and self.view.selectionModel().isSelected(index):
            keep = QItemSelectionModel.SelectionFlag.NoUpdate
            self.view.selectionModel().setCurrentIndex(index, keep)  # one of several, which stay selected
        else:
            # Not the view's own way, which asks the keys held: Ctrl, of Ctrl+Enter, would add to the selection.
            alone = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.view.selectionModel().setCurrentIndex(index, alone)
        self.view.selectionModel().blockSignals(blocked)
        self.view.scrollTo(index)
        self.view.viewport().update()

    def _chosen(self, index: QModelIndex) -> None:
        self._unreadable = None
        if not _selecting():
            self._session.open_photo(index.data(KEY_ROLE))

    def _walked(self, current: QModelIndex) -> None:
        if current.isValid() and self.view.hasFocus() and not _selecting():
            self._session.open_photo(current.data(KEY_ROLE))


def _selecting() -> bool:
    """A key is held that selects several photos, or the menu is asked for; none is opened then."""
    if QGuiApplication.mouseButtons() & Qt.MouseButton.RightButton:
        return True
    held = QGuiApplication.keyboardModifiers()
    return bool(held & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier))
