"""How much a model doubts each photo, as the studio shows it: at once in memory, on disk by the thread that also writes
masks.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from chromadesk.dataset.figures import KeptDoubt
from chromadesk.dataset.index import Index
from chromadesk.errors import ChromaDeskError
from chromadesk.studio.background import Background
from chromadesk.studio.outside import said
from chromadesk.studio.words import numeral, tr


def words(doubt: KeptDoubt) -> str:
    """A doubt for a person: ``skin or hair? (46 % doubt)``."""
    return tr("{reason} ({score} % doubt)", reason=said(doubt.reason), score=numeral(100 * doubt.score))


class Doubts(QObject):
    """What the index keeps, overlaid with what it has yet to be told."""

    #: The doubt about this key is new; about any, when it is empty.
    changed = Signal(str)

    def __init__(self, files: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._files = files
        self._index: Index | None = None
        self._kept: dict[str, KeptDoubt] = {}
        #: Nothing may be written: another studio has the data set.
        self.closed = False

    def use(self, index: Index | None) -> None:
        """Follow another index."""
        self._index = index
        self._kept = index.doubts() if index is not None else {}

    @property
    def all(self) -> Mapping[str, KeptDoubt]:
        """What is known of every photo that a model was asked about."""
        return self._kept

    def get(self, key: str) -> KeptDoubt | None:
        """The doubt about a photo, where a model was asked."""
        return self._kept.get(key)

    def set(self, key: str, doubt: KeptDoubt) -> None:
        """Show a doubt and have it written after everything asked for before."""
        index = self._index
        if index is None:
            return
        self._kept[key] = doubt
        self.changed.emit(key)
        if self.closed:
            return
        self._files.run(
            lambda: index.set_doubts({key: (doubt.score, doubt.reason)}, doubt.model), lambda _: None, self._refused
        )

    def reload(self) -> None:
        """Read what another process has found out meanwhile."""
        index = self._index
        if index is None:
            return

        def read(kept: dict[str, KeptDoubt]) -> None:
            if self._index is index and kept != self._kept:
                self._kept = kept
                self.changed.emit("")

        self._files.run(index.doubts, read, self._refused)

    def _refused(self, error: ChromaDeskError) -> None:
        """Nothing is lost but an order of photos, and that comes back with the next prediction."""
