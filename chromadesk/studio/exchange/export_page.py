"""Export the data set: which photos, in which format, where to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QGridLayout, QListWidget, QListWidgetItem

from chromadesk.dataset import exporting
from chromadesk.dataset.exporting import Exported
from chromadesk.dataset.formats import table
from chromadesk.dataset.formats.pair import Labels, Options
from chromadesk.dataset.pairs import Dataset, Item
from chromadesk.editing import store
from chromadesk.errors import ChromaDeskError, InputError
from chromadesk.sidecars import beside
from chromadesk.studio import theme
from chromadesk.studio.background import Background
from chromadesk.studio.exchange import form_words, outcomes
from chromadesk.studio.exchange.page import Page, label, path_field, switch
from chromadesk.studio.panels import parts
from chromadesk.studio.session import Session
from chromadesk.studio.tips import plain
from chromadesk.studio.words import mark, tr

if TYPE_CHECKING:
    from chromadesk.studio.window import Window

_PHOTOS = {
    "approved": mark("Approved"),
    "all": mark("All that have a mask and are not excluded"),
    "selected": mark("Selected in the filmstrip"),
}
_SPLITS = {
    "all": mark("Training and testing"),
    "train": mark("Training only"),
    "test": mark("Testing only"),
}
#: A path that rests so long is looked at, milliseconds.
_REST = 150


class Wish(NamedTuple):
    """An export as it is asked for."""

    dataset: Dataset
    name: str
    options: Options
    split: Literal["all", "train", "test"]
    approved_only: bool
    keys: frozenset[str] | None
    out: Path
    replace: bool


class ExportPage(Page):
    """Asks, looks what would come of it, and begins it."""

    title = mark("Export the data set")
    wanted = QSize(760, 440)

    def __init__(self, window: Window) -> None:
        super().__init__(window, tr("Export"), tr("Write the files; you can go on painting meanwhile"))
        self._session = window.session
        self._thread = Background(self)
        self._asked = 0
        self._folder: Path | None = None
        self._typed = False
        self.forms = QListWidget()
        self.forms.setAccessibleName(tr("Format"))
        self.forms.setFixedWidth(184)
        self.forms.setStyleSheet(
            f"QListWidget {{ background: {theme.CHROME}; border-radius: {theme.RADIUS}px; padding: 4px; }}"
            f"QListWidget::item {{ min-height: {theme.ROW}px; padding-left: 8px; border-radius: 3px; }}"
            f"QListWidget::item:selected {{ background: {theme.FIELD}; color: {theme.TEXT}; }}"
            f"QListWidget:focus {{ border: 1px solid {theme.ACCENT}; padding: 3px; }}"
        )
        for name, text in form_words.titles().items():
            entry = QListWidgetItem(text)
            entry.setData(Qt.ItemDataRole.UserRole, name)
            self.forms.addItem(entry)
        self.forms.setCurrentRow(0)
        self.heading = parts.title()
        self.purpose = parts.meta()
        self.keeps = parts.meta()
        self.purpose.setStyleSheet(f"font-size: {theme.BODY}px; color: {theme.TEXT};")
        self.keeps.setStyleSheet(f"font-size: {theme.BODY}px;")
        self.options = {name: switch(tr(text), tr(tip)) for name, (text, tip) in form_words.OPTIONS.items()}
        self.photos = parts.Choices(_PHOTOS)
        self.split = parts.Choices(_SPLITS)
        self.path = path_field(tr("Folder"), tr("A new folder, or an empty one"))
        self.choose = parts.button(tr("Choose…"), self._choose, tip=tr("Choose where the folder goes"))
        self.replace = switch(tr("Write over what is there"), tr("Files of the same names are replaced, others stay"))
        right = parts.column(margins=0, spacing=8)
        for part in (self.heading, self.purpose, self.keeps, *self.options.values()):
            right.addWidget(part)
        right.addStretch(1)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.addWidget(label(tr("Photos"), self.photos, tr("Which photos are written, with their masks")), 0, 0)
        grid.addWidget(self.photos, 0, 1, 1, 2)
        grid.addWidget(label(tr("Part"), self.split, tr("Photos of both parts, or of one")), 1, 0)
        grid.addWidget(self.split, 1, 1, 1, 2)
        grid.addWidget(label(tr("Folder"), self.path), 2, 0)
        grid.addWidget(self.path, 2, 1)
        grid.addWidget(self.choose, 2, 2)
        grid.addWidget(self.replace, 3, 1, 1, 2)
        grid.setRowMinimumHeight(3, theme.ROW)
        right.addLayout(grid)
        body = parts.row(margins=16, spacing=20)
        body.setContentsMargins(16, 4, 16, 12)
        body.addWidget(self.forms)
        body.addLayout(right, 1)
        self.column.addLayout(body, 1)
        self.add_foot()
        self.focus_first = self.forms
        self._rest = QTimer(self, singleShot=True, interval=_REST)
        self._rest.timeout.connect(self._look)
        self.path.textEdited.connect(self._typing)
        self.forms.currentRowChanged.connect(self._form_changed)
        self.photos.currentIndexChanged.connect(self._look)
        self.split.currentIndexChanged.connect(self._look)
        self.replace.toggled.connect(self._look)
        for each in self.options.values():
            each.toggled.connect(self._form_changed)
        window.session.dataset_opened.connect(self.shut)

    @property
    def form(self) -> str:
        """The name of the format chosen."""
        chosen: str = self.forms.currentItem().data(Qt.ItemDataRole.UserRole)
        return chosen

    def choose_form(self, name: str) -> None:
        """Choose a format by its name."""
        self.forms.setCurrentRow(list(form_words.forms()).index(name))

    def refresh(self) -> None:
        """Begin with the photos that are selected, where they are several."""
        self._typed = False
        several = self._window.paint.photos.view.selected_count() > 1
        approved = any(self._session.status(key) == "approved" for key in self._keys())
        self.photos.setCurrentIndex(self.photos.findData("selected" if several else "approved" if approved else "all"))
        self._form_changed()

    def wish(self) -> Wish | None:
        """What is asked for now; None without a data set."""
        dataset = self._session.dataset
        if dataset is None:
            return None
        offers = form_words.forms()[self.form].offers
        chosen = {name: box.isChecked() and name in offers for name, box in self.options.items()}
        which = self.photos.currentData()
        selected = frozenset(self._window.paint.photos.selected_keys()) if which == "selected" else None
        out = Path(self.path.text().strip()).expanduser()
        replace = self.replace.isChecked()
        split = self.split.currentData()
        return Wish(dataset, self.form, Options(**chosen), split, which == "approved", selected, out, replace)

    def begin(self) -> None:
        """Write the files in the background."""
        wish = self.wish()
        if wish is None or not self.go.isEnabled():
            return
        labels = labels_as_painted(self._session)
        title = form_words.titles()[wish.name]

        def then(result: Exported) -> None:
            outcomes.tell_exported(self._window, result, wish.out, wish.options)

        if self._window.exchange.running.start(
            tr("Exporting as {format}…", format=title),
            lambda report, cancelled: exporting.run(
                wish.dataset,
                _chosen(wish),
                wish.name,
                wish.out,
                wish.options,
                wish.replace,
                labels,
                report,
                cancelled,
            ),
            then,
        ):
            self.shut()

    def close_threads(self) -> None:
        """End the thread that looks."""
        self._thread.finish(drop=True)

    def _keys(self) -> list[str]:
        return self._session.dataset.keys if self._session.dataset is not None else []

    def _form_changed(self, *_: object) -> None:
        name = self.form
        said = form_words.words(name)
        self.heading.setText(form_words.titles()[name])
        self.purpose.setText(said.purpose)
        self.keeps.setText(said.keeps)
        offers = form_words.forms()[name].offers
        for option, box in self.options.items():
            box.setVisible(option in offers)
            if box.isChecked() and option in offers:
                self.keeps.setText(tr(form_words.OPTIONS[option][1]))
        dataset = self._session.dataset
        if dataset is not None and not self._typed:
            self._put(str((self._folder or dataset.root.parent) / f"{dataset.root.name}-{name}"))
        self._look()

    def _typing(self) -> None:
        self._typed = True
        self._asked += 1  # what is being found out is of another folder; so is what was said of it
        self.replace.setChecked(False)
        self.go.setEnabled(False)
        self._rest.start()

    def _put(self, path: str) -> None:
        if path != self.path.text():
            self.path.setText(path)
            self.replace.setChecked(False)

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Export into a folder"), str(Path(self.path.text()).parent))
        if chosen:
            self._folder, self._typed = Path(chosen), False
            self._form_changed()

    def _look(self, *_: object) -> None:
        """Find out, in the thread, what would be written and what stands in the way."""
        wish = self.wish()
        if wish is None:
            return
        self._asked += 1
        asked = self._asked
        self.go.setEnabled(False)
        self.path.setToolTip(plain(str(wish.out)))

        def seen(found: tuple[int, bool, str]) -> None:
            if asked == self._asked:
                self._show(wish, *found)

        self._thread.run(lambda: _looked(wish), seen, lambda error: self.say(str(error), alert=True))

    def _show(self, wish: Wish, count: int, full: bool, problem: str) -> None:
        self.replace.setVisible(full)
        if full and not wish.replace:
            problem = tr(
                "{folder} is not empty: choose another name, or write over what is there.", folder=wish.out.name
            )
        self.go.setEnabled(not problem)
        self.say(problem or tr("%Ln photo(s) with their masks", "", count), alert=bool(problem))


def labels_as_painted(session: Session) -> Callable[[Item], Labels]:
    """What gives a photo's (H, W) class ids with the strokes that are not saved yet, safe in a thread."""
    item, document, dataset = session.item, session.document, session.dataset
    assert dataset is not None
    state = dataset.state
    key, shown = (item.key, document.labels.copy()) if item is not None and document is not None else ("", None)

    def labels_of(item: Item) -> Labels:
        if shown is not None and item.key == key:
            return shown
        if beside(state / "journal", item.key, ".journal").exists():
            opened = store.open_document(item, state, looking=True)
            opened.close()
            if not opened.mask_unreadable:
                return opened.document.labels
        return exporting.saved_labels(item)

    return labels_of


def _chosen(wish: Wish) -> list[Item]:
    return exporting.chosen(wish.dataset, wish.split, wish.approved_only, wish.keys)


def _looked(wish: Wish) -> tuple[int, bool, str]:
    """How many photos would be written, whether there is something at the place, and a sentence on what forbids it."""
    try:
        table.to_write(wish.name, wish.options)
        count = len(_chosen(wish))
        exporting.check_free(wish.dataset, wish.out, replace=True)
    except ChromaDeskError as error:
        return 0, False, str(error)
    try:
        exporting.check_free(wish.dataset, wish.out, replace=False)
    except InputError:
        return count, True, ""
    return count, False, ""
