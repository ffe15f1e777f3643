"""Comparing the mask with the proposal, the saved mask, or what another model makes of the photo, under a wipe."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QMouseEvent

from chromadesk.editing.document import TOUCHED, Document
from chromadesk.editing.patch import Plane
from chromadesk.editing.restore import MISSING, Source, kept
from chromadesk.studio.canvas.view import Canvas
from chromadesk.studio.canvas.wipe import NEAR, Wipe
from chromadesk.studio.prediction import Predictor
from chromadesk.studio.session import Session
from chromadesk.studio.words import mark, tr

NAMES: dict[Source, str] = {"proposal": mark("Proposal"), "saved": mark("Saved"), "first": mark("First opened")}


class Comparing(QObject):
    """Puts a wipe over the canvas, keeps what lies under it up to date, and lets its line be dragged."""

    #: ``against`` is something else.
    changed = Signal()

    def __init__(self, session: Session, canvas: Canvas, predictor: Predictor) -> None:
        super().__init__(canvas)
        self._session, self._canvas, self._predictor = session, canvas, predictor
        #: What the mask is compared with; a path is a model's weights; None: nothing.
        self.against: Source | Path | None = None
        self._last: Source | Path = "proposal"
        self._dragging = False
        canvas.installEventFilter(self)
        session.photo_opened.connect(self._photo_opened)
        session.photo_saved.connect(lambda _: self._renew("saved"))

    def toggle(self) -> None:
        """Compare with what was compared with last, or end it."""
        self.choose(self._last if self.against is None else None)

    def choose(self, against: Source | Path | None) -> None:
        """Compare with this; a sentence at the cursor when there is no such mask."""
        self.against = against
        if against is not None:
            self._last = against
            self._canvas.state.set_overlay(True)
        self._lay()
        self.changed.emit()

    def _photo_opened(self) -> None:
        document = self._canvas.document
        if document is not None and self._stepped not in document.stepped:
            document.stepped.append(self._stepped)
        if isinstance(self.against, Path):
            self.choose(None)  # each photo would wait for two models
        elif self.against is not None:
            self._lay()

    def _stepped(self, kind: str) -> None:
        if kind == "prediction":
            self._renew("proposal")

    def _renew(self, source: Source) -> None:
        if self.against == source:
            self._lay()

    def _lay(self) -> None:
        document, against = self._canvas.document, self.against
        if document is None or against is None:
            self._canvas.show_wipe(None)
        elif isinstance(against, Path):
            self._canvas.show_wipe(None)
            self._ask(against)
        elif kept(document, against) is None:
            self._canvas.show_wipe(None)
            self._canvas.say(MISSING[against])
        else:
            self._read(document, against, lambda labels: self._show(document, against, tr(NAMES[against]), labels))

    def _read(self, document: Document, source: Source, then: Callable[[Plane], None]) -> None:
        def read() -> Plane:
            plane = kept(document, source)
            assert plane is not None
            return plane.read(document.bounds) & np.uint8(TOUCHED - 1)

        self._session.files.run(read, then, lambda error: self._session.notice.emit(str(error), "error"))

    def _ask(self, model: Path) -> None:
        item, document = self._session.item, self._canvas.document
        if item is None or document is None:
            return
        self._predictor.compare(item, model, lambda labels: self._show(document, model, model.stem, labels))

    def _show(self, document: Document, against: Source | Path, name: str, labels: Plane) -> None:
        if document is not self._canvas.document or against != self.against or labels.shape != document.size:
            return
        before = self._canvas.wipe
        self._canvas.show_wipe(Wipe(name, labels, 0.5 if before is None else before.share))

    # -- the line --------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        wipe = self._canvas.wipe
        if wipe is None or not isinstance(event, QMouseEvent):
            return False
        x = event.position().x() * self._canvas.ratio
        near = abs(x - wipe.at(self._canvas.transform)) <= NEAR * self._canvas.ratio
        left = Qt.MouseButton.LeftButton
        if event.type() == QEvent.Type.MouseButtonPress and event.button() == left and near:
            self._dragging = not self._canvas.keys.space
        elif event.type() == QEvent.Type.MouseButtonRelease and self._dragging:
            self._dragging = False
            return True
        elif event.type() == QEvent.Type.MouseMove and not event.buttons():
            self._canvas.show_grip(near)
        if self._dragging and event.type() == QEvent.Type.MouseMove:
            self._canvas.move_wipe(x)
        return self._dragging
