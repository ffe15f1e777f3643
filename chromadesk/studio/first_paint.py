"""``studio --quit``: says on stdout when what was asked for has been painted, and leaves."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer

from chromadesk.studio.window import Window

#: What is said, a line each: the window; the data set's photos in it, listed; the first of them, its mask over it.
WINDOW, DATASET, PHOTO = "window", "data set", "photo"


class FirstPaint(QObject):
    """Follows a ``window`` about to be shown, with ``dataset`` (None: without one), until it has been painted."""

    def __init__(self, window: Window, dataset: Path | None) -> None:
        super().__init__(window)
        self._window = window
        self._wanted = [WINDOW] if dataset is None else [WINDOW, DATASET, PHOTO]
        #: What the next painting shows for the first time.
        self._there = [WINDOW]
        window.installEventFilter(self)
        session = window.session
        session.dataset_opened.connect(self._opened)
        session.photo_opened.connect(self._shown)
        session.notice.connect(self._told)

    def _opened(self) -> None:
        if not self._window.session.items:
            self._wanted = [each for each in self._wanted if each != PHOTO]
        self._reached(DATASET)

    def _shown(self) -> None:
        if self._window.session.photo is not None:
            self._reached(PHOTO)

    def _told(self, text: str, level: str) -> None:
        """After an error nothing more comes; what there is already is still painted."""
        if level == "error":
            self._wanted = [each for each in self._wanted if each in self._there]
            self._window.top.update()

    def _reached(self, what: str) -> None:
        self._there.append(what)
        self._window.top.update()  # something is painted, whatever else has changed

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.UpdateRequest, QEvent.Type.Paint):
            painted, self._there = self._there, []
            QTimer.singleShot(0, self, lambda: self._say(painted))  # after this painting, which has yet to begin
        return False

    def _say(self, painted: list[str]) -> None:
        for what in painted:
            sys.stdout.write(f"{what}\n")
            sys.stdout.flush()
            self._wanted = [each for each in self._wanted if each != what]
        if not self._wanted:
            self._window.leave()
