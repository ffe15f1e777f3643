"""The ranking of photos by doubt as a job in the background, and the filmstrip that follows it."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject

from chromadesk.jobs.messages import Finished, Message, Progress
from chromadesk.studio.jobs import Jobs
from chromadesk.studio.panels.photos import PhotosPanel
from chromadesk.studio.process import JobProcess
from chromadesk.studio.session import Session
from chromadesk.studio.tips import with_keys
from chromadesk.studio.words import tr

#: What the job found out is read at most this often while it runs, seconds.
_EVERY = 2.0


class Ranking(QObject):
    """Starts the job, or follows one that was found running."""

    def __init__(self, session: Session, photos: PhotosPanel, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._photos, self._jobs = session, photos, jobs
        self._read = 0.0
        jobs.followed.connect(self._follow)
        for job in jobs.running:
            self._follow(job)

    def start(self) -> None:
        """Rank the photos that wait for a person and that the active model was not asked about yet."""
        if self._jobs.of("queue") is not None or self._jobs.waits("queue"):
            self._session.notice.emit(tr("The photos are being ranked already."), "info")
        elif self._session.active.path is None:
            self._session.notice.emit(
                with_keys(tr("No model is installed that could doubt anything; train one in Model (@show_model).")),
                "warning",
            )
        elif self._jobs.start("queue", {"model": str(self._session.active.path)}) is not None:
            self._photos.show_ranking(tr("Ranking…"))

    def _follow(self, job: JobProcess) -> None:
        if job.request.kind == "queue":
            job.message.connect(self._on_message)
            job.ended.connect(self._on_ended)

    def _on_message(self, message: Message) -> None:
        if isinstance(message, Progress):
            self._photos.show_ranking(tr("Ranking: {done} of {total}", done=message.done, total=message.total))
            now = time.monotonic()
            if now - self._read > _EVERY:
                self._read = now
                self._session.doubts.reload()
        elif isinstance(message, Finished):
            self._session.doubts.reload()

    def _on_ended(self, code: int) -> None:
        self._photos.show_ranking("")
