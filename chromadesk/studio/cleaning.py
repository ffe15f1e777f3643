"""A clean-up from its command to its patch: found out off the GUI thread, looked at on the canvas, applied or not."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from chromadesk.editing.document import Document
from chromadesk.editing.patch import Box, Plane
from chromadesk.errors import ChromaDeskError
from chromadesk.studio.background import Background
from chromadesk.studio.canvas.preview import Preview
from chromadesk.studio.canvas.view import Canvas
from chromadesk.studio.cleaning_input import CleaningInput
from chromadesk.studio.cleanups import BY_NAME, CleanUp, Place
from chromadesk.studio.panels.cleanup_bar import CleanUpBar
from chromadesk.studio.words import tr

#: A slider that rests so long is looked at; a look that takes longer than this is told of, milliseconds.
_REST, _SLOW = 60, 300


class Cleaning(QObject):
    """One clean-up at a time, over one canvas."""

    #: A preview came up, or went.
    active_changed = Signal(bool)
    failed = Signal(str, str)

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.bar = CleanUpBar(canvas)
        self._input = CleaningInput(self, canvas, self.bar)
        self._cleanup: CleanUp | None = None
        self._document: Document | None = None
        self._place: Place | None = None
        #: Locked classes, and the only one that may be painted over.
        self._rule: tuple[frozenset[int], int | None] = frozenset(), None
        #: What sliders were last left at, as shares of the photo's side, by name.
        self._shares: dict[str, float] = {}
        #: Grows with every question, so that late answers are known by it.
        self._asked = 0
        self._answered = 0
        self._looking = False
        #: A preview of this clean-up has been shown; Apply was asked for while a newer one was being found out.
        self._seen = self._wanted = False
        self._work = Background(self, threads=1)
        self._rest = QTimer(self, singleShot=True, interval=_REST)
        self._rest.timeout.connect(self._look)
        self._slow = QTimer(self, singleShot=True, interval=_SLOW)
        self._slow.timeout.connect(lambda: self.bar.show_count(None))
        self.bar.amount_changed.connect(self._amount_changed)
        self.bar.view_only_changed.connect(self._ask)
        self.bar.applied.connect(self.apply)
        self.bar.cancelled.connect(self.cancel)
        canvas.state.changed.connect(self._state_changed)
        canvas.view_changed.connect(self._view_changed)

    @property
    def active(self) -> CleanUp | None:
        """The clean-up that is being looked at."""
        return self._cleanup

    @property
    def ready(self) -> bool:
        """What the canvas shows is what the slider says."""
        return self._cleanup is not None and self._answered == self._asked

    def begin(self, name: str, place: Place | None = None) -> None:
        """Look at a clean-up of the document on the canvas; ``place`` (default: under the pointer) says which person
        stays.
        """
        canvas, document = self._canvas, self._canvas.document
        if document is None or document.stroke is not None or canvas.is_coarse():
            return
        self._end()
        cleanup = BY_NAME[name]
        if name == "person" and 0 in canvas.state.locked:
            canvas.say(tr("Background is locked"))
            return
        if place is None and canvas.pointer is not None:
            column, row = canvas.transform.to_photo(*canvas.pointer)
            place = math.floor(row), math.floor(column)
        self._cleanup, self._document = cleanup, document
        self._place = place
        self._rule = canvas.state.locked, canvas.state.over
        self._seen = self._wanted = False
        canvas.picking = name == "person"
        canvas.state.set_overlay(True)
        side = math.sqrt(document.labels.size)
        most = cleanup.largest(side)
        left_at = self._shares.get(name)
        amount = cleanup.first(side) if left_at is None else min(max(round(left_at * side), 1), most)
        self.bar.present(cleanup, amount, most)
        document.changed.append(self._document_changed)
        self._input.start()
        canvas.setFocus()
        self.active_changed.emit(True)
        self._ask()
        self._look()

    def apply(self) -> None:
        """Make the preview one step of the document: at once, or when the one that is on its way is there. Nothing
        happens before a first one was shown.
        """
        preview, document, cleanup = self._canvas.preview, self._document, self._cleanup
        if document is None or cleanup is None or document.stroke is not None:
            return
        if not self.ready:
            self._wanted = self._seen
            return
        self._end()
        if preview is not None and preview.patch is not None:
            document.apply(preview.patch)

    def cancel(self) -> None:
        """Leave the mask as it is."""
        self._end()

    def close(self) -> None:
        """End the thread."""
        self._end()
        self._work.finish(drop=True)

    def choose(self, place: Place) -> None:
        """The person at ``place`` is the one who stays."""
        self._place = place
        self._ask()
        self._look()

    # -- inside ----------------------------------------------------------------------------------------------------

    def _amount_changed(self, amount: int) -> None:
        if self._cleanup is not None and self._document is not None:
            self._shares[self._cleanup.name] = amount / math.sqrt(self._document.labels.size)
            self._ask()

    def _document_changed(self, box: Box) -> None:
        self._ask()  # undone, redone or predicted meanwhile

    def _view_changed(self) -> None:
        if self._cleanup is not None and self.bar.view_only.isChecked():
            self._ask()

    def _state_changed(self) -> None:
        rule = self._canvas.state.locked, self._canvas.state.over
        if self._cleanup is not None and self._rule != rule:
            self._rule = rule
            self._ask()

    def _ask(self) -> None:
        """What the canvas shows is no longer it; look again in a moment."""
        if self._cleanup is not None:
            self._asked += 1
            self._rest.start()
            if not self._slow.isActive():
                self._slow.start()

    def _look(self) -> None:
        self._rest.stop()
        cleanup, document = self._cleanup, self._document
        if cleanup is None or document is None or self._looking:
            return
        if document.stroke is not None:
            self._rest.start()
            return
        self._looking = True
        asked, before, touched = self._asked, document.labels.copy(), document.touched.copy()
        amount, place, (locked, over) = self.bar.slider.value(), self._place, self._rule
        if place is not None and _inside(document, place).empty:
            place = None
        box = self._box_in_view(document) if self.bar.view_only.isChecked() else None
        self._work.run(
            lambda: Preview(
                cleanup.name, before, touched, _over(over, before, cleanup.clean(before, amount, place, locked, box))
            ),
            lambda preview: self._found(asked, preview),
            self._broken,
        )

    def _found(self, asked: int, preview: Preview) -> None:
        self._looking = False
        if self._cleanup is None:
            return
        if asked != self._asked:
            if not self._rest.isActive():
                self._look()
            return
        self._answered = asked
        self._slow.stop()
        self.bar.show_count(preview.count)
        self._canvas.show_preview(preview if preview.count else None)
        self._seen = True
        if not preview.count:
            self._canvas.say(tr("Nothing to clean up"))
        if self._wanted:
            self.apply()

    def _broken(self, error: ChromaDeskError) -> None:
        self._looking = False
        self._end()
        self.failed.emit(str(error), "error")

    def _box_in_view(self, document: Document) -> Box:
        canvas, ratio = self._canvas, self._canvas.ratio
        left, top = canvas.transform.to_photo(0, 0)
        right, bottom = canvas.transform.to_photo(canvas.width() * ratio, canvas.height() * ratio)
        shown = Box(math.floor(top), math.floor(left), math.ceil(bottom), math.ceil(right))
        return shown.intersection(document.bounds)

    def _end(self) -> None:
        """Take bar and preview away and give the keyboard back to the canvas."""
        document, self._document = self._document, None
        if self._cleanup is None:
            return
        self._cleanup = None
        self._rest.stop()
        self._slow.stop()
        self._canvas.picking = False
        if document is not None and self._document_changed in document.changed:
            document.changed.remove(self._document_changed)
        self._input.stop()
        had_keyboard = self.bar.isAncestorOf(self._canvas.window().focusWidget() or self._canvas)
        self.bar.hide()
        if had_keyboard:
            self._canvas.setFocus()
        self._canvas.show_preview(None)
        self.active_changed.emit(False)


def _over(class_id: int | None, before: Plane, after: Plane) -> Plane:
    """``after`` where ``before`` is of the only class that may be painted over, if there is such a rule."""
    return after if class_id is None else np.where(before == class_id, after, before)


def _inside(document: Document, place: Place) -> Box:
    """The pixel at ``place`` as a box, empty when it lies outside the photo."""
    row, column = place
    return Box(row, column, row + 1, column + 1).intersection(document.bounds)
