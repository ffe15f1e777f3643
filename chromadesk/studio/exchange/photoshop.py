"""The open photo to Photoshop, Krita or GIMP and back: its layers come back as one step that can be undone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QColor, QDesktopServices
from PySide6.QtWidgets import QFileDialog

from chromadesk.dataset import exporting
from chromadesk.dataset.formats import table
from chromadesk.dataset.formats.pair import Labels
from chromadesk.dataset.mapping import OWN
from chromadesk.dataset.target import Fresh, read_onto
from chromadesk.editing.document import Document
from chromadesk.errors import ChromaDeskError
from chromadesk.studio import theme
from chromadesk.studio.background import Background
from chromadesk.studio.canvas.veil import Veil
from chromadesk.studio.canvas.view import Canvas
from chromadesk.studio.diagnostics import show_path
from chromadesk.studio.notices import Notice
from chromadesk.studio.words import numeral, tr

if TYPE_CHECKING:
    from chromadesk.studio.window import Window

#: Of the view, so much is what is looked at; it is not made larger than so many times.
_SEEN, _CLOSEST = 0.35, 6.0


class Photoshop(QObject):
    """Writes and reads in a thread of its own; what changes the photo goes through its document."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window, self._session = window, window.session
        self._thread = Background(self)
        #: Files that were written, by photo, with the time of their last change that is known.
        self._written: dict[str, tuple[Path, int]] = {}
        #: Asked about what lies in two classes.
        self.question: Notice | None = None
        window.session.photo_opened.connect(self._forget)

    def close(self) -> None:
        """End the thread."""
        self._thread.finish(drop=True)

    def ask_where(self) -> None:
        """Ask for a file, and write the open photo there."""
        item = self._session.item
        if item is None:
            return
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, tr("Export as Photoshop file"), str(self._place(".psd")), tr("Photoshop documents (*.psd)")
        )
        if chosen:
            path = Path(chosen)
            self.write(path if path.suffix.lower() == ".psd" else path.with_name(f"{path.name}.psd"))

    def write(self, path: Path) -> None:
        """Write the open photo and its mask as they are now; a notice says when it is done."""
        item, document, dataset = self._session.item, self._session.document, self._session.dataset
        if item is None or document is None or dataset is None:
            return
        labels = document.labels.copy()

        def done(changed: int) -> None:
            self._written[item.key] = path, changed
            self._window.notices.show(
                tr(
                    "{name} is written. Paint in the layers of its group “Mask”, save it, and bring it back.",
                    name=path.name,
                ),
                "info",
                tr("Open it"),
                lambda: _open(self._window, path),
                (tr("Show in folder"), lambda: show_path(self._window, path.parent)),
            )

        def work() -> int:
            exporting.one(dataset, item, labels, "psd", path)
            return _changed(path)

        self._thread.run(work, done, self._failed)

    def ask_which(self) -> None:
        """Ask for a file, and lay its layers over the open photo."""
        if self._session.item is None:
            return
        kinds = tr("Photoshop documents (*.psd *.psb)")
        chosen, _ = QFileDialog.getOpenFileName(
            self._window, tr("Bring back a Photoshop file"), str(self._place(".psd")), kinds
        )
        if chosen:
            self.read(Path(chosen))

    def read(self, path: Path) -> None:
        """Read ``path`` and lay it over the open photo, once it is clear whose pixels in two classes are."""
        item, document = self._session.item, self._session.document
        if item is None or document is None or self._session.refuses():
            return

        def work() -> tuple[Fresh, int]:
            entry = next(iter(table.to_read("psd").reading(path, False).entries))
            return read_onto(item, entry, OWN), _changed(path)

        def done(found: tuple[Fresh, int]) -> None:
            fresh, changed = found
            if document is not self._session.document:
                return  # the person went on to another photo
            self._written[item.key] = path, changed
            if fresh.conflict is None:
                self._lay(path, document, fresh.labels)
            else:
                self._ask(path, document, fresh)

        self._thread.run(work, done, self._failed)

    def look(self) -> None:
        """The window came back: offer the file of the open photo if another program has saved it since."""
        item = self._session.item
        known = self._written.get(item.key) if item is not None else None
        if item is None or known is None or self.question is not None or self._session.refusal:
            return
        (path, before), key = known, item.key

        def seen(changed: int) -> None:
            if changed and changed != before and self._session.item is not None and self._session.item.key == key:
                self._written[key] = path, changed
                self._window.notices.show(
                    tr("{name} was saved by another program.", name=path.name),
                    "info",
                    tr("Bring it back"),
                    lambda: self.read(path),
                )

        self._thread.run(lambda: _changed(path), seen, self._failed)

    def _place(self, suffix: str) -> Path:
        """Where the open photo's file was last, or else beside the data set."""
        session = self._session
        assert session.item is not None
        if session.item.key in self._written:
            return self._written[session.item.key][0]
        folder = next((path.parent for path, _ in reversed(self._written.values())), session.item.root.parent)
        return folder / f"{Path(session.item.name).stem}{suffix}"

    def _ask(self, path: Path, document: Document, fresh: Fresh) -> None:
        """Whose are the pixels that lie in two classes? They stand out until it is answered."""
        canvas, conflict = self._window.paint.canvas, fresh.conflict
        assert conflict is not None
        self._forget()
        lit = fresh.labels != fresh.beneath
        canvas.show_veil(Veil(lit, 1, document.size, QColor(theme.CANVAS)))
        _bring_into_view(canvas, conflict.box)

        def answer(plane: Callable[[], Labels]) -> Callable[[], None]:
            def answered() -> None:
                self._forget()
                self._lay(path, document, np.where(lit, plane(), fresh.labels).astype(np.uint8))

            return answered

        self.question = self._window.notices.show(
            tr(
                "In {name}, {pixels} pixels lie in two classes; they stand out now. Which class do they get?",
                name=path.name,
                pixels=numeral(conflict.pixels),
            ),
            "warning",
            tr("The upper layer's"),
            answer(lambda: fresh.labels),
            (tr("The lower layer's"), answer(lambda: fresh.beneath)),
            (tr("As they are now"), answer(lambda: document.labels)),
        )
        if self.question is not None:
            self.question.stays = True
            self.question.cross.clicked.connect(self._forget)

    def _lay(self, path: Path, document: Document, labels: Labels) -> None:
        """Make it a step of the document, but for locked classes; say how much has changed."""
        canvas = self._window.paint.canvas
        if document.stroke is not None:
            document.stroke.finish()
        wanted = labels
        locked = self._window.tool_state.locked
        if locked:
            stays = np.isin(document.labels, list(locked)) | np.isin(labels, list(locked))
            labels = np.where(stays, document.labels, labels)
        changed = labels != document.labels
        held = int(np.count_nonzero(wanted != labels))
        if document.edit("photoshop", document.bounds, labels, document.touched | changed) is None:
            canvas.say(
                tr("Nothing came back: what differs is of a locked class") if held else tr("Nothing was changed there")
            )
            return
        said = tr("%Ln pixel(s) came back from {name}.", "", int(np.count_nonzero(changed)), name=path.name)
        if held:
            said += " " + tr("{pixels} of locked classes stayed as they are.", pixels=numeral(held))
        self._window.notices.show(said)

    def _forget(self) -> None:
        """Nothing is asked any more."""
        question, self.question = self.question, None
        if question is not None:
            self._window.paint.canvas.show_veil(None)
            self._window.notices.dismiss(question)

    def _failed(self, error: ChromaDeskError) -> None:
        self._session.notice.emit(str(error), "error")


def _bring_into_view(canvas: Canvas, box: tuple[int, int, int, int]) -> None:
    """Show the whole photo or, where ``box`` would be small in it, what lies round it."""
    left, top, right, bottom = box
    canvas.fit()
    height, width = canvas.extent
    share = canvas.transform.scale * max((right - left) / width, (bottom - top) / height)
    if share < _SEEN:
        middle = (left + right) / 2, (top + bottom) / 2
        canvas.zoom_at(min(_SEEN / share, _CLOSEST), canvas.transform.to_screen(*middle))
        x, y = canvas.transform.to_screen(*middle)
        canvas.pan_by(width / 2 - x, height / 2 - y)


def _changed(path: Path) -> int:
    """When ``path`` was last changed, in ns; 0 where it is gone."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def _open(window: Window, path: Path) -> None:
    """Open the file with what the desktop opens such files with, or show where it lies."""
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        show_path(window, path.parent)
