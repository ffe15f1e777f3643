"""How safe the strokes of the open photo are: on the disk, on this computer, or only in the window; and tried again."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from chromadesk.editing.recording import Journal
from chromadesk.studio.keeping import AGAIN
from chromadesk.studio.session import Session


class Safety(QObject):
    """Follows the journal of the open photo."""

    #: More strokes are on the disk.
    kept = Signal()
    #: The journal is refused, lies elsewhere, or is well again.
    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._again = QTimer(self, interval=AGAIN)
        self._again.timeout.connect(self._retry)
        session.photo_opened.connect(self._opened)

    @property
    def journal(self) -> Journal | None:
        """That of the open photo."""
        opened = self._session.opened
        return opened.journal if opened is not None else None

    @property
    def synced(self) -> bool:
        """Every stroke made on the open photo is on the disk, here or in the user's own folder."""
        journal = self.journal
        return journal is not None and journal.synced >= journal.appended

    @property
    def refused(self) -> bool:
        """No disk takes the journal: what was painted last is only in this window."""
        journal = self.journal
        return journal is not None and bool(journal.trouble) and not journal.away

    @property
    def away(self) -> bool:
        """The data set cannot be written: the journal lies in the user's own folder."""
        journal = self.journal
        return journal is not None and journal.away

    @property
    def only_here(self) -> bool:
        """Something that was painted, here or on a photo before, would end with the window."""
        return self.refused or self._session.writing.only_here

    def close(self) -> None:
        """Try nothing again from now on."""
        self._again.stop()

    def _opened(self) -> None:
        journal, deliver = self.journal, self._session.files.deliver
        self._again.stop()
        if journal is not None:
            journal.safe = lambda _: deliver(self.kept.emit)
            journal.failed = lambda _: deliver(self._refused)
            journal.mended = lambda _: deliver(self.changed.emit)
            if journal.trouble:
                self._refused()

    def _refused(self) -> None:
        self._again.start()
        self.changed.emit()

    def _retry(self) -> None:
        journal = self.journal
        if journal is None or not journal.trouble:
            self._again.stop()
        else:
            journal.retry()
