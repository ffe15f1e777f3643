"""The open photo to Photoshop, Krita or GIMP and back: its layers come back as one step that can be undone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QColor, QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

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
from chromadesk.studio.diagnostics import show_path
from chromadesk.studio.exchange.outcomes import in_words
from chromadesk.studio.question import Question
from chromadesk.studio.words import numeral, tr

if TYPE_CHECKING:
    from chromadesk.studio.window import Window

UPPER, LOWER, AS_IS, NOTHING = "upper", "lower", "as it is", "nothing"


class LayersQuestion(Question):
    """Asks whose the pixels are that lie in two classes: UPPER, LOWER, AS_IS or NOTHING."""

    def __init__(self, name: str, fresh: Fresh, parent: QWidget) -> None:
        super().__init__(tr("Two classes"), NOTHING, parent)
        assert fresh.conflict is not None
        self.show_icon("warning")
        self.setText(tr("In {name} layers of two classes lie over each other.", name=name))
        self.setInformativeText(
            tr(
                "{where} They stand out behind this. Which class do they get?",
                where=in_words(fresh.conflict),
            )
        )
        role = QMessageBox.ButtonRole
        self.offer(
            UPPER,
            {
                UPPER: (tr("The upper layer's"), role.AcceptRole),
                LOWER: (tr("The lower layer's"), role.AcceptRole),
                AS_IS: (tr("As they are now"), role.AcceptRole),
                NOTHING: (tr("Cancel"), role.RejectRole),
            },
        )


class Photoshop(QObject):
    """Writes and reads in a thread of its own; what changes the photo goes through its document."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window, self._session = window, window.session
        self._thread = Background(self)
        #: Files that were written, by photo, with the time of their last change that is known.
        self._written: dict[str, tuple[Path, int]] = {}
        #: Asked about what lies in two classes.
        self.question: LayersQuestion | None = None
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
        session, item, document, dataset = self._session, self._session.item, self._session.document, None
        dataset = session.dataset
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
        canvas = self._window.paint.canvas
        lit = fresh.labels != fresh.beneath
        canvas.show_veil(Veil(lit, 1, document.size, QColor(theme.CANVAS)))
        self.question = LayersQuestion(path.name, fresh, self._window)

        def answered(answer: str) -> None:
            self.question = None
            canvas.show_veil(None)
            if answer == NOTHING or document is not self._session.document:
                return
            planes = {UPPER: fresh.labels, LOWER: fresh.beneath, AS_IS: document.labels}
            self._lay(path, document, np.where(lit, planes[answer], fresh.labels).astype(np.uint8))

        self.question.answered.connect(answered)
        self.question.open()

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
        if self.question is not None:
            self.question.reject()

    def _failed(self, error: ChromaDeskError) -> None:
        self._session.notice.emit(str(error), "error")


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
