"""What the filmstrip says when several photos are selected, and what can be done with them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QToolButton, QWidget

from chromadesk.studio.batch import Batch
from chromadesk.studio.keyboard import Holder
from chromadesk.studio.panels import parts
from chromadesk.studio.panels.photo_grid import PhotoGrid
from chromadesk.studio.panels.photo_model import PhotoModel
from chromadesk.studio.words import mark, tr

if TYPE_CHECKING:
    from chromadesk.studio.window import Window

#: A note is one line of so many letters.
MOST = 200
_TEXTS = {
    "predict": mark("Predict"),
    "approve": mark("Approve"),
    "exclude": mark("Exclude"),
    "exclude_why": mark("Exclude with a note…"),
    "take_back": mark("Back to work"),
    "note": mark("Note…"),
    "export": mark("Export masks…"),
}


class SelectionLine(QWidget):
    """ "12 selected" and a menu; how a command gets on and a way to stop it; hidden when there is nothing to say."""

    def __init__(self, grid: PhotoGrid, model: PhotoModel, batch: Batch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid, self._model, self._batch = grid, model, batch
        #: What can be done with the selected photos.
        self.commands: dict[str, Callable[[], None]] = {
            "predict": lambda: batch.predict(self.keys()),
            "approve": lambda: batch.approve(self.keys()),
            "exclude": lambda: batch.exclude(self.keys()),
            "exclude_why": self._ask_why,
            "take_back": lambda: batch.take_back(self.keys()),
            "note": self.ask_note,
            "export": self.export,
        }
        self.line = parts.meta()
        self.more = _small(tr("Actions ▾"), tr("What to do with the selected photos (also by right click)"))
        self.more.clicked.connect(lambda: self.menu().popup(self.more.mapToGlobal(QPoint(0, self.more.height()))))
        self.cancel = _small(tr("Cancel"), tr("Stop after this photo; what is done stays done"))
        self.cancel.clicked.connect(batch.cancel)
        self.note = _Note()
        self.note.setMaxLength(MOST)
        self.note.setAccessibleName(tr("Note"))
        self.note.setToolTip(tr("Kept with each selected photo; Enter keeps it, Esc changes nothing"))
        self.note.returnPressed.connect(self._noted)
        self._excluding = False
        row = parts.row(spacing=4)
        row.addWidget(self.line, 1)
        row.addWidget(self.more)
        row.addWidget(self.cancel)
        layout = parts.column(self, margins=0, spacing=4)
        layout.addLayout(row)
        layout.addWidget(self.note)
        self.note.hide()
        batch.changed.connect(self.follow)
        grid.selectionModel().selectionChanged.connect(self.follow)
        model.modelReset.connect(self.follow)
        grid.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        grid.customContextMenuRequested.connect(self._asked)
        self.follow()

    def keys(self) -> list[str]:
        """The selected photos."""
        found = (self._model.key_at(row) for row in self._grid.selected_rows())
        return [key for key in found if key is not None]

    def menu(self) -> QMenu:
        """The commands, for the photos that are selected now."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name, text in _TEXTS.items():
            menu.addAction(tr(text)).triggered.connect(lambda _=False, run=self.commands[name]: run())
        ready = bool(self.keys()) and not self._batch.words
        for action in menu.actions():
            action.setEnabled(ready)
        return menu

    def follow(self, *_: object) -> None:
        """Catch up with selection and command."""
        words, selected = self._batch.words, self._grid.selected_count()
        self.line.setText(words or tr("%Ln selected", "", selected))
        self.more.setVisible(not words)
        self.cancel.setVisible(bool(words))
        self.setVisible(bool(words) or selected > 1 or not self.note.isHidden())

    def _asked(self, place: QPoint) -> None:
        if self._grid.selected_count():
            self.menu().popup(self._grid.viewport().mapToGlobal(place))

    def ask_note(self) -> None:
        """Take a note on the selected photos; beginning with the one that they share."""
        self._ask(tr("A note; Enter keeps it"), excluding=False)

    def export(self) -> None:
        """Ask for a folder and write copies of the selected photos' masks into it."""
        from PySide6.QtWidgets import QFileDialog  # takes a while to load

        keys = self.keys()
        if not keys:
            return
        chosen = QFileDialog.getExistingDirectory(
            self, tr("Export masks into a folder"), str(self._batch.export_folder)
        )
        if chosen:
            self._batch.export(keys, Path(chosen))

    def _ask_why(self) -> None:
        self._ask(tr("Why? Enter excludes"), excluding=True)

    def _ask(self, words: str, excluding: bool) -> None:
        self._excluding = excluding
        self.note.before.remember(QApplication.focusWidget())
        shared = {self._model.note(key) for key in self.keys()}
        self.note.setPlaceholderText(words)
        self.note.setText(shared.pop() if len(shared) == 1 else "")
        self.note.selectAll()
        self.note.show()
        self.follow()
        self.note.setFocus()

    def _noted(self) -> None:
        keys, note = self.keys(), self.note.text().strip()
        self.note.put_away()
        changed = self.note.isModified()  # or Enter on an empty field would take notes off that differ
        if self._excluding:
            self._batch.exclude(keys, note if changed else None)
        elif changed:
            self._batch.note(keys, note)
        self.follow()


def run_selected(window: Window, name: str) -> None:
    """Do with the selected photos what ``name`` says (of ``SelectionLine.commands``), or say that none is selected."""
    line = window.paint.photos.selection
    assert line is not None
    if line.keys():
        line.commands[name]()
    else:
        window.session.notice.emit(tr("Select photos in the filmstrip first: Ctrl or Shift and a click."), "info")


class _Note(QLineEdit):
    def __init__(self) -> None:
        super().__init__()
        #: Who had the keyboard.
        self.before = Holder()

    def put_away(self) -> None:
        """Hide, and give the keyboard back, or Qt would hand it to the first button of the window."""
        back = self.before.take()
        if back is not None and back is not self:
            back.setFocus()
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
            return
        super().keyPressEvent(event)


def _small(text: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName("menu")
    button.setText(text)
    button.setToolTip(tip)
    button.setFixedHeight(24)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
