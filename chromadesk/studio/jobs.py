"""The jobs of the open data set: started here, one at a time, followed through their folders, found after a restart."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from chromadesk.errors import ChromaDeskError
from chromadesk.jobs import record
from chromadesk.jobs.messages import Failed, Finished, Message, Warned
from chromadesk.jobs.record import Request
from chromadesk.studio.outside import said
from chromadesk.studio.process import JobProcess
from chromadesk.studio.session import Session
from chromadesk.studio.tips import with_keys
from chromadesk.studio.words import mark, tr

#: Jobs step back behind the brush (os.nice).
_NICE = 10
#: How a job is called in a notice.
TITLES = {
    "train": mark("Training"),
    "improve": mark("Training"),
    "evaluate": mark("Evaluation"),
    "queue": mark("Ranking"),
}
#: Where another data set's job is waited for, it is looked at so often.
_AGAIN_MS = 2000
#: Where to look for what a job has done.
_SEE = {"queue": mark("Fix these first, above the photos, has the most doubtful on top")}
_SEE_MODEL = mark("see the Model workspace (@show_model)")


class Jobs(QObject):
    """Starts jobs and follows those of the open data set. Jobs outlive the studio; the next one finds them again.

    Each takes all the machine has, so only one is started at a time and the others wait for their turn.
    """

    #: How many run now; also when the queue has changed.
    changed = Signal(int)
    #: A JobProcess is followed from its first message on: connect to it in this signal's slot and nothing is missed.
    followed = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._state: Path | None = None
        self._running: list[JobProcess] = []
        self._shown: list[JobProcess] = []
        #: Those left running when another data set was opened.
        self._left: list[Path] = []
        self._later = QTimer(self, singleShot=True, interval=_AGAIN_MS)
        self._later.timeout.connect(self._next)
        session.dataset_opened.connect(self.find)

    @property
    def running(self) -> list[JobProcess]:
        """Those whose process lives, oldest first."""
        return list(self._running)

    @property
    def waiting(self) -> list[Path]:
        """The folders of those that wait, in the order of their turn."""
        return record.waiting(self._state) if self._state is not None else []

    @property
    def busy(self) -> bool:
        """Whether a job started now would have to wait."""
        self._left = [folder for folder in self._left if record.running(folder)]
        return bool(self._running or self._left)

    def of(self, *kinds: str) -> JobProcess | None:
        """The running job of one of these kinds, if there is one."""
        return next((job for job in self._running if job.request.kind in kinds), None)

    def waits(self, *kinds: str) -> bool:
        """Whether a job of one of these kinds waits."""
        return any(_request(folder).kind in kinds for folder in self.waiting)

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
        self._next()

    def start(self, kind: str, config: dict[str, Any], *, quiet: bool = False) -> JobProcess | None:
        """Start a job of ``kind`` on the open data set, or let it wait for its turn (``quiet``: without a word).

        None (and a notice) where it has to wait, where the very same waits already, or when its folder cannot be
        written.

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
        request = Request(kind, {**config, **places}, _NICE)
        if any(_request(folder) == _as_read(request) for folder in self.waiting):
            self._say(tr("The very same job waits already; see the jobs in Model (@show_model)."))
            return None
        try:
            return self._launch_in_turn(record.create(dataset.state, request), quiet)
        except ChromaDeskError as error:
            self._session.notice.emit(str(error), "error")
            return None

    def resume(self, folder: Path) -> JobProcess | None:
        """Run the job in ``folder`` again, from its checkpoint if it has one; None (and a notice) where it has to wait
        or cannot be run.
        """
        try:
            record.forget_wish(folder)
            record.renew(folder)
            return self._launch_in_turn(folder)
        except (ChromaDeskError, OSError) as error:
            self._session.notice.emit(str(error), "error")
            return None

    def replay(self, folder: Path) -> JobProcess | None:
        """Follow a job that has ended, or runs already: its messages come once more, and no notice."""
        try:
            job = JobProcess(folder, self)
        except ChromaDeskError:
            return None
        self._shown.append(job)
        job.ended.connect(lambda code: self._forget(job))
        self.followed.emit(job)
        job.attach()
        return job

    def stop(self, folder: Path) -> None:
        """Ask the running job in ``folder`` to stop."""
        try:
            for job in self._running:
                if job.folder == folder:
                    job.stop()
        except ChromaDeskError as error:
            self._session.notice.emit(str(error), "error")

    def remove(self, folder: Path) -> None:
        """Take a job that waits out of the queue."""
        if folder in self.waiting:
            record.drop(folder)
            self.changed.emit(len(self._running))

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
        self._later.stop()
        self._left += [job.folder for job in self._running]
        for job in (*self._running, *self._shown):
            job.leave()
            job.deleteLater()
        self._running, self._shown = [], []

    def _launch_in_turn(self, folder: Path, quiet: bool = False) -> JobProcess | None:
        if not self.busy:
            return self._launch(folder)
        record.enqueue(folder)
        self._next()  # which looks again later where the one that runs is not followed
        self.changed.emit(len(self._running))
        if not quiet:
            title = _title(_request(folder).kind)
            self._say(tr("{title} waits for its turn; see the jobs in Model (@show_model).", title=title))
        return None

    def _launch(self, folder: Path) -> JobProcess:
        record.dequeue(folder)
        job = self._add(folder)
        job.start()
        return job

    def _next(self) -> None:
        """Start the job that waits longest, unless one runs."""
        waiting = self.waiting
        if self.busy or self._session.refusal:  # two studios would start the same one, and each spoil the other's
            if waiting and not self._running:
                self._later.start()
        elif waiting:
            try:
                if not self._is_of_this_data_set(waiting[0]):
                    record.dequeue(waiting[0])
                    self._later.start()
                    self._session.notice.emit(
                        tr(
                            "The job {job} is for another data set, so it was not started; delete it unless it is "
                            "yours, then open that data set and start it there.",
                            job=waiting[0].name,
                        ),
                        "warning",
                    )
                    return
                self._launch(waiting[0])
            except ChromaDeskError as error:
                record.drop(waiting[0])
                self._session.notice.emit(str(error), "error")
                self._later.start()

    def _is_of_this_data_set(self, folder: Path) -> bool:
        """Whether the job would work on the open data set: one from a stranger may name any folder."""
        named, dataset = _request(folder).config.get("dataset"), self._session.dataset
        if dataset is None or not isinstance(named, str):
            return True  # it ends by itself, and says why
        return os.path.realpath(folder / named) == os.path.realpath(dataset.root)

    def _forget(self, job: JobProcess) -> None:
        if job in self._shown:
            self._shown.remove(job)
        job.deleteLater()

    def _add(self, folder: Path) -> JobProcess:
        job = JobProcess(folder, self)
        job.message.connect(lambda message: self._on_message(job, message))
        job.ended.connect(lambda code: self._on_ended(job))
        job.hangs.connect(lambda hangs: self._on_hangs(job, hangs))
        self._running.append(job)
        self.followed.emit(job)
        self.changed.emit(len(self._running))
        return job

    def _on_message(self, job: JobProcess, message: Message) -> None:
        title = _title(job.request.kind)
        if isinstance(message, Warned):
            if job.attached:
                return  # said when it was said
            self._session.notice.emit(said(message.text), "warning")
        elif isinstance(message, Failed):
            self._session.notice.emit(said(message.text), "error")
        elif isinstance(message, Finished):
            see = tr(_SEE.get(job.request.kind, _SEE_MODEL))
            if message.result.get("cancelled"):
                self._say(tr("{title} stopped; {see}.", title=title, see=see))
            else:
                self._say(tr("{title} done; {see}.", title=title, see=see))

    def _on_hangs(self, job: JobProcess, hangs: bool) -> None:
        title = _title(job.request.kind)
        if hangs:
            sentence = tr("{title} gives no sign of life; wait, or stop it in Model (@show_model).", title=title)
            self._session.notice.emit(with_keys(sentence), "warning")
        else:
            self._say(tr("{title} goes on.", title=title))

    def _say(self, sentence: str) -> None:
        self._session.notice.emit(with_keys(sentence), "info")

    def _on_ended(self, job: JobProcess) -> None:
        if job in self._running:
            self._running.remove(job)
            self.changed.emit(len(self._running))
            QTimer.singleShot(0, self, self._next)  # when everybody has heard of the end
        job.deleteLater()


def _title(kind: str) -> str:
    return tr(TITLES[kind]) if kind in TITLES else kind.capitalize()


def _request(folder: Path) -> Request:
    """The request of the job in ``folder``; one without a kind where it cannot be read."""
    try:
        return record.read_request(folder)
    except ChromaDeskError:
        return Request("")


def _as_read(request: Request) -> Request:
    """``request`` as it comes back from JSON, in which tuples are lists."""
    return Request(request.kind, json.loads(json.dumps(request.config)), request.nice)
