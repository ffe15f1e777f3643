"""The jobs of the open data set: started here, followed through their folders, found again after a restart."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from chromadesk.errors import ChromaDeskError
from chromadesk.jobs import record
from chromadesk.jobs.messages import Failed, Finished, Message, Warned
from chromadesk.jobs.record import Request
from chromadesk.studio.process import JobProcess
from chromadesk.studio.session import Session

#: Jobs step back behind the brush (os.nice).
_NICE = 10
#: How a job is called in a notice.
TITLES = {"train": "Training", "improve": "Training", "evaluate": "Evaluation", "queue": "Ranking"}
#: Where to look for what a job has done.
_SEE = {"queue": "Fix these first, above the photos, has the most doubtful on top"}


class Jobs(QObject):
    """Starts jobs and follows those of the open data set. Jobs outlive the studio; the next one finds them again."""

    #: How many run now.
    changed = Signal(int)
    #: A JobProcess is followed from its first message on: connect to it in this signal's slot and nothing is missed.
    followed = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._state: Path | None = None
        self._running: list[JobProcess] = []
        session.dataset_opened.connect(self.find)

    @property
    def running(self) -> list[JobProcess]:
        """Those whose process lives, oldest first."""
        return list(self._running)

    def of(self, *kinds: str) -> JobProcess | None:
        """The running job of one of these kinds, if there is one."""
        return next((job for job in self._running if job.request.kind in kinds), None)

    def find(self) -> None:
        """Follow the jobs of the open data set that run already; done by itself whenever a data set is opened."""
        dataset = self._session.dataset
        if dataset is None or dataset.state == self._state:
            return
        self.close()
        self._state = dataset.state
        for folder in reversed(record.list_jobs(dataset.state)):
            if record.outcome(folder) is None and record.running(folder):
                self._add(folder).attach()
        self.changed.emit(len(self._running))

    def start(self, kind: str, config: dict[str, Any]) -> JobProcess | None:
        """Start a job of ``kind`` on the open data set; None (and a notice) when its folder cannot be written.

        ``dataset`` and ``out`` of ``config`` are filled in here, relative to the job's folder where that is possible.
        """
        dataset = self._session.dataset
        if dataset is None:
            return None
        root = str(dataset.root.absolute())
        if dataset.state.absolute().is_relative_to(root):
            # Every job folder lies at this depth, so data set and jobs can move together.
            root = os.path.relpath(root, dataset.state.absolute() / "jobs" / "job")
        places = {"dataset": root} if kind in ("evaluate", "queue") else {"dataset": root, "out": "."}
        try:
            return self._launch(record.create(dataset.state, Request(kind, {**config, **places}, _NICE)))
        except ChromaDeskError as error:
            self._session.notice.emit(str(error), "error")
            return None

    def resume(self, folder: Path) -> JobProcess | None:
        """Run the job in ``folder`` again, from its checkpoint if it has one; None (and a notice) when it cannot be."""
        try:
            record.renew(folder)
            return self._launch(folder)
        except (ChromaDeskError, OSError) as error:
            self._session.notice.emit(str(error), "error")
            return None

    def replay(self, folder: Path) -> JobProcess | None:
        """Follow a job that has ended: its messages come once more, and no notice."""
        try:
            job = JobProcess(folder, self)
        except ChromaDeskError:
            return None
        job.ended.connect(lambda code: job.deleteLater())
        self.followed.emit(job)
        job.attach()
        return job

    def stop_all(self) -> bool:
        """Ask every job to stop; False (and a notice) when one cannot be asked."""
        try:
            for job in self._running:
                job.stop()
        except ChromaDeskError as error:
            self._session.notice.emit(str(error), "error")
            return False
        return True

    def close(self) -> None:
        """Follow no job any longer; those that run go on."""
        for job in self._running:
            job.leave()
            job.deleteLater()
        self._running = []

    def _launch(self, folder: Path) -> JobProcess:
        job = self._add(folder)
        job.start()
        return job

    def _add(self, folder: Path) -> JobProcess:
        job = JobProcess(folder, self)
        job.message.connect(lambda message: self._on_message(job, message))
        job.ended.connect(lambda code: self._on_ended(job))
        self._running.append(job)
        self.followed.emit(job)
        self.changed.emit(len(self._running))
        return job

    def _on_message(self, job: JobProcess, message: Message) -> None:
        title = TITLES.get(job.request.kind, job.request.kind.capitalize())
        if isinstance(message, Warned):
            if job.attached:
                return  # said when it was said
            self._session.notice.emit(message.text, "warning")
        elif isinstance(message, Failed):
            self._session.notice.emit(message.text, "error")
        elif isinstance(message, Finished):
            text = "stopped" if message.result.get("cancelled") else "done"
            see = _SEE.get(job.request.kind, "see the Model workspace (F4)")
            self._session.notice.emit(f"{title} {text}; {see}.", "info")

    def _on_ended(self, job: JobProcess) -> None:
        if job in self._running:
            self._running.remove(job)
            self.changed.emit(len(self._running))
        job.deleteLater()
