"""The weights that predict, how closely they look, and the way back to those used before."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from chromadesk.errors import ChromaDeskError
from chromadesk.inference.quality import Quality
from chromadesk.models import choice


class ActiveModel(QObject):
    """Each data set remembers its own choice."""

    #: ``path`` or ``quality`` is another.
    changed = Signal()
    #: A sentence for the person; level is "warning" or "error".
    notice = Signal(str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        #: None when no weights are installed.
        self.path: Path | None = choice.default_model()
        #: How closely it looks at a photo.
        self.quality: Quality = "standard"
        self._state: Path | None = None
        #: A choice holds for this studio only: another one has the data set.
        self.closed = False

    def recall(self, state: Path) -> None:
        """Take up what the data set whose own folder is ``state`` remembers."""
        self._state = state
        before = self.path, self.quality
        self.quality = choice.remembered_quality(state)
        self.path, sentence = choice.remembered_model(state)
        if sentence:
            self.notice.emit(sentence, "warning")
        if before != (self.path, self.quality):
            self.changed.emit()

    def use(self, path: Path) -> None:
        """Let the weights at ``path`` predict."""
        if path == self.path:
            return
        before, self.path = self.path, path
        if self._state is not None and not self.closed:
            try:
                choice.remember_model(self._state, path, before)
            except ChromaDeskError as error:
                self.notice.emit(str(error), "warning")
        self.changed.emit()

    def look(self, quality: Quality) -> None:
        """Look at photos so closely from now on. Masks stay until predicted anew."""
        if quality == self.quality:
            return
        self.quality = quality
        if self._state is not None and not self.closed:
            try:
                choice.remember_quality(self._state, quality)
            except ChromaDeskError as error:
                self.notice.emit(str(error), "warning")
        self.changed.emit()

    @property
    def earlier(self) -> Path | None:
        """The weights the data set used before these; None when there are none to go back to."""
        earlier = choice.earlier_models(self._state) if self._state is not None else []
        return earlier[-1] if earlier and earlier[-1] != self.path else None

    def go_back(self) -> None:
        """Predict with the weights used before. Masks stay as they are."""
        if self._state is None or self.closed or self.earlier is None:
            return
        try:
            self.path = choice.go_back(self._state)
        except ChromaDeskError as error:
            self.notice.emit(str(error), "error")
            return
        self.changed.emit()
