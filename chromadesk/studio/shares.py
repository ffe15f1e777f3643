"""The share of each class in each mask, for sorting: what the index keeps at once, the rest as it is read in the
background.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, QTimer, Signal

from chromadesk.dataset.shares import Shares
from chromadesk.studio.background import Background
from chromadesk.studio.session import Session

#: A mask that was saved is counted anew after a pause, milliseconds.
_PAUSE = 1500
#: While masks are read the order changes no more often than this, milliseconds.
_EVERY = 1000


class ClassShares(QObject):
    """Reads nothing before it is first asked for."""

    #: More shares are known.
    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._background = Background(self)
        self._known: dict[str, Shares] = {}
        self._wanted = False
        self._round = 0
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE)
        self._soon.timeout.connect(self._read)
        self._tell = QTimer(self, singleShot=True, interval=_EVERY)
        self._tell.timeout.connect(self.changed)
        session.dataset_opened.connect(self._forget)
        session.photo_saved.connect(self._saved)

    @property
    def all(self) -> Mapping[str, Shares]:
        """What is known so far; asking begins the reading."""
        if not self._wanted and self._session.index is not None:
            self._wanted = True
            self._known = self._session.index.shares()
            self._read()
        return self._known

    def close(self) -> None:
        """End the thread."""
        self._round += 1
        self._soon.stop()
        self._tell.stop()
        self._background.finish(drop=True)

    def _forget(self) -> None:
        self._round += 1
        self._known, self._wanted = {}, False

    def _saved(self, key: str) -> None:
        if self._wanted:
            self._soon.start()

    def _read(self) -> None:
        index = self._session.index
        if index is None:
            return
        self._round += 1
        mine = self._round

        def found(shares: dict[str, Shares]) -> None:
            self._background.deliver(lambda: self._add(mine, shares))

        self._background.run(
            lambda: index.read_shares(found, lambda: self._round != mine), lambda _: None, lambda _: None
        )

    def _add(self, mine: int, shares: dict[str, Shares]) -> None:
        if mine == self._round:
            self._known.update(shares)
            if not self._tell.isActive():
                self._tell.start()
