"""Told when a data set is opened: on which photos an earlier studio, which was killed, left unsaved strokes."""

from __future__ import annotations

from PySide6.QtCore import QObject

from chromadesk.editing.waiting import waiting
from chromadesk.studio.notices import Notice, Notices
from chromadesk.studio.session import Session
from chromadesk.studio.words import tr


class LeftOver(QObject):
    """Looks in the background; the photo that is being opened tells of its strokes itself."""

    def __init__(self, session: Session, notices: Notices, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._notices = session, notices
        self._opening = ""
        #: The photos that were told of and not opened since, and the notice that tells.
        self._left: list[str] = []
        self._said: Notice | None = None
        session.dataset_opened.connect(self._look)
        session.photo_opening.connect(self._open)

    def _open(self, key: str) -> None:
        self._opening = key
        if key in self._left:
            self._left.remove(key)
            if self._over():
                self._tell()

    def _look(self) -> None:
        session, dataset = self._session, self._session.dataset
        self._opening, self._left = "", []
        self._over()
        if dataset is None or session.refusal:
            return  # those of another studio are perhaps being painted

        def seen(keys: list[str]) -> None:
            if session.dataset is dataset:
                self._left = [key for key in keys if key != self._opening and session.status(key) == "edited"]
                self._tell()

        session.files.run(lambda: waiting(dataset), seen, lambda error: None)

    def _over(self) -> bool:
        """Take the notice away; whether it was still there."""
        said, self._said = self._said, None
        if said is None or said not in self._notices.shown:
            return False
        self._notices.dismiss(said)
        return True

    def _tell(self) -> None:
        item = self._session.find(self._left[0]) if self._left else None
        if item is None:
            return
        if len(self._left) == 1:
            said = tr("Unsaved strokes on {name} come back when you open it.", name=item.name)
        else:
            said = tr(
                "Unsaved strokes on %Ln photo(s), {name} among them, come back when you open them.",
                "",
                len(self._left),
                name=item.name,
            )
        key = item.key
        self._notices.show(said, "info", tr("Open {name}", name=item.name), lambda: self._go(key))
        self._said = next((notice for notice in self._notices.shown if notice.text == said), None)

    def _go(self, key: str) -> None:
        """Open the photo, then tell of the others."""
        self._session.open_photo(key)
        self._tell()
