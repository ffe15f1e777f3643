"""Told when a data set is opened: on which photos an earlier studio, which was killed, left unsaved strokes."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from chromadesk.editing.waiting import waiting
from chromadesk.studio.notices import Notices
from chromadesk.studio.session import Session
from chromadesk.studio.words import tr


class LeftOver(QObject):
    """Looks in the background; the photo that is being opened tells of its strokes itself."""

    def __init__(self, session: Session, notices: Notices, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._notices = session, notices
        self._opening = ""
        session.dataset_opened.connect(self._look)
        session.photo_opening.connect(self._open)

    def _open(self, key: str) -> None:
        self._opening = key

    def _look(self) -> None:
        session, dataset = self._session, self._session.dataset
        self._opening = ""
        if dataset is None or session.refusal:
            return  # those of another studio are perhaps being painted

        def seen(keys: list[str]) -> None:
            if session.dataset is dataset:
                self._tell([key for key in keys if key != self._opening and session.status(key) == "edited"])

        session.files.run(lambda: waiting(dataset), seen, lambda error: None)

    def _tell(self, keys: list[str]) -> None:
        if not keys:
            return
        item = self._session.find(keys[0])
        assert item is not None
        if len(keys) == 1:
            said = tr("Unsaved strokes on {name} come back when you open it.", name=item.name)
        else:
            said = tr(
                "Unsaved strokes on %Ln photo(s), {name} among them, come back when you open them.",
                "",
                len(keys),
                name=item.name,
            )
        self._notices.show(said, "info", tr("Open {name}", name=item.name), partial(self._session.open_photo, item.key))
