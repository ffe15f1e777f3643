"""Whether this studio may write to the open data set, or another one has it, until that one is gone."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from chromadesk.dataset.lock import BEAT, Holder, Lock
from chromadesk.errors import ChromaDeskError
from chromadesk.studio.background import Background
from chromadesk.studio.words import tr


class Access(QObject):
    """Renews the note that says who has the data set, or looks whether the other one's is still there."""

    #: ``reason`` is another.
    changed = Signal()
    #: The data set was taken from this studio: nothing it has is written from now on.
    lost = Signal()
    #: The other studio is gone, so that this one may write (see ``opening.open_again``).
    freed = Signal()

    def __init__(self, files: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._files = files
        self._lock: Lock | None = None
        #: Who has the data set instead of this studio.
        self.holder: Holder | None = None
        #: It had it, but is gone.
        self.gone = False
        self._timer = QTimer(self, interval=round(BEAT * 1000))
        self._timer.timeout.connect(self.look)

    @property
    def reason(self) -> str:
        """Why nothing may be written, in a few words; empty when it may."""
        if self.holder is None:
            return ""
        if self.gone:
            return tr("read-only: the other ChromaDesk is gone")
        return tr("read-only: also open in another ChromaDesk")

    @property
    def elsewhere(self) -> str:
        """Whose studio has the data set, as far as that is not this person on this machine: ``ana on studio-3``."""
        mine, holder = Holder.me(), self.holder
        if holder is None or (holder.host, holder.user) == (mine.host, mine.user):
            return ""
        return tr("{user} on {host}", user=holder.user or "?", host=holder.host)

    def use(self, lock: Lock | None, holder: Holder | None) -> None:
        """Another data set: with its ``lock``, which ``holder`` has unless None."""
        self._lock, self.holder, self.gone = lock, holder, False
        if lock is None:
            self._timer.stop()
        else:
            self._timer.start()
        self.changed.emit()

    def look(self) -> None:
        """Renew the note, or see whether the other one's still holds."""
        lock = self._lock
        if lock is not None:
            self._files.run(lock.renew, lambda other: self._seen(lock, other), self._unseen)

    def _seen(self, lock: Lock, other: Holder | None) -> None:
        if lock is not self._lock:
            return
        if self.holder is None and other is not None:
            self.holder = other
            self.changed.emit()
            self.lost.emit()
        elif self.holder is not None and self.gone != (other is None):
            self.holder, self.gone = other or self.holder, other is None
            self.changed.emit()
            if self.gone:
                self.freed.emit()

    def _unseen(self, error: ChromaDeskError) -> None:
        """The folder cannot be written now; what is to be saved says so."""
