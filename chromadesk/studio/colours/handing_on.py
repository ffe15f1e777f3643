"""The open photo's colours out to files, and a person's own colour book in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from chromadesk import homes, settings
from chromadesk.classes import CLASSES, PAPER_ORDER
from chromadesk.colour.book import Book, read_book
from chromadesk.colour.formats import lookbook, table
from chromadesk.colour.formats.swatchfile import Group, SwatchFile
from chromadesk.errors import ChromaDeskError
from chromadesk.studio.background import Background
from chromadesk.studio.colours import telling
from chromadesk.studio.palettes import LivePalettes
from chromadesk.studio.session import Session
from chromadesk.studio.words import tr


def in_order(live: LivePalettes) -> list[tuple[str, int]]:
    """Classes, each followed by the garments told apart in it, and the class's id; the background last."""
    return [
        (name, class_id)
        for class_id in (*PAPER_ORDER[1:], 0)
        for name in (
            CLASSES[class_id].name,
            *(region.name for region in live.kept.regions if region.class_id == class_id),
        )
    ]


class HandingOn(QObject):
    """Asks for a file and writes or reads it in the background."""

    #: Another colour book is used, or none.
    book_changed = Signal()

    def __init__(self, session: Session, live: LivePalettes, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._live = live
        self._over = parent
        self._background = Background(self)
        self._last: Path | None = None
        self._page: Path | None = None
        #: The colour book in use.
        self.book: Book | None = None
        path = telling.book_path()
        if path:
            self.use_book(Path(path))

    def close(self) -> None:
        """End the thread."""
        self._background.finish(drop=True)

    def export(self) -> None:
        """Ask for a file and write the palettes as its suffix says."""
        kinds = {f"{each.title} (*{suffix})": suffix for suffix, each in table.FORMATS.items()}
        path = self._ask(tr("Export the colours"), kinds)
        if path is not None:
            self.write(path)

    def export_page(self) -> None:
        """Ask for a file and write the page of photo, outlines and swatches."""
        path = self._ask(tr("Export a lookbook page"), {"PDF (*.pdf)": ".pdf", "PNG (*.png)": ".png"}, page=True)
        if path is not None:
            self.write_page(path)

    def choose_book(self) -> None:
        """Ask for a swatch file whose nearest entry is told of each colour."""
        start = str(Path(telling.book_path()).parent) if telling.book_path() else str(homes.home())
        kinds = " ".join(f"*{suffix}" for suffix in table.READABLE)
        path, _ = QFileDialog.getOpenFileName(
            self._over, tr("Choose a colour book"), start, tr("Swatches ({kinds})", kinds=kinds)
        )
        if path:
            self.use_book(Path(path))

    def use_book(self, path: Path) -> None:
        """Read a colour book and keep its place."""

        def read(book: Book) -> None:
            self.book = book
            settings.put("colour book", str(path))
            if book.remark:
                self._session.notice.emit(f"{path.name}: {book.remark}.", "info")
            self.book_changed.emit()

        self._background.run(lambda: read_book(path), read, self._failed)

    def drop_book(self) -> None:
        """Name no book's colours any more."""
        self.book = None
        settings.put("colour book", "")
        self.book_changed.emit()

    @property
    def file(self) -> SwatchFile:
        """All palettes of the photo but the background's, in the order of the page."""
        groups = [
            Group(name.capitalize() if name == CLASSES[class_id].name else name, self._live.swatches(name))
            for name, class_id in in_order(self._live)
            if class_id
        ]
        groups = [group for group in groups if group.swatches]
        item, grey = self._session.item, self._live.kept.grey
        swatches = [swatch for group in groups for swatch in group.swatches]
        status = self._session.status(item.key) if item is not None else "new"
        said = "" if grey is None else tr("set at row {row}, column {column}", row=grey.at[0], column=grey.at[1])
        title = item.photo.stem if item is not None else ""
        return SwatchFile(groups, title, telling.trust(self._live, status, swatches), said)

    def write(self, path: Path) -> None:
        """Write the palettes in the format of ``path``'s suffix."""
        file = self.file
        self._write(lambda: table.write(path, file), path)

    def write_page(self, path: Path) -> None:
        """Write the lookbook page of the photo."""
        photo, document, file = self._session.photo, self._session.document, self.file
        if photo is not None and document is not None:
            labels = document.labels.copy()
            self._write(lambda: lookbook.write(path, photo.pixels, labels, file), path)

    def _write(self, work: object, path: Path) -> None:
        assert callable(work)
        self._last = path.parent
        self._background.run(
            work,
            lambda _: self._session.notice.emit(tr("{name} is written.", name=path.name), "info"),
            self._failed,
        )

    def _ask(self, title: str, kinds: dict[str, str], page: bool = False) -> Path | None:
        dataset, item = self._session.dataset, self._session.item
        if dataset is None or item is None:
            return None
        folder = self._last or dataset.root.parent
        suffix = next(iter(kinds.values()))
        start = str(folder / f"{item.photo.stem}{'-lookbook' if page else ''}{suffix}")
        chosen, kind = QFileDialog.getSaveFileName(self._over, title, start, ";;".join(kinds))
        if not chosen:
            return None
        path = Path(chosen)
        # the kind that was chosen counts where the name does not say one
        return path if path.suffix.lower() in kinds.values() else path.with_name(path.name + kinds.get(kind, suffix))

    def _failed(self, error: ChromaDeskError) -> None:
        self._session.notice.emit(str(error), "error")
