"""A training while it runs and what came of it: curves, time left, Stop; then old and new side by side, and Adopt."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QStackedLayout, QWidget

from chromadesk.errors import ChromaDeskError
from chromadesk.jobs import past, record
from chromadesk.jobs.messages import Device, Failed, Finished, Message, Metrics, Progress, Started, Warned
from chromadesk.learning.config import resumable
from chromadesk.models.promote import next_name
from chromadesk.studio.jobs import Jobs
from chromadesk.studio.outside import said
from chromadesk.studio.panels import parts
from chromadesk.studio.panels.curves import Curves
from chromadesk.studio.panels.score_table import ScoreTable
from chromadesk.studio.process import JobProcess
from chromadesk.studio.session import Session
from chromadesk.studio.words import duration, mark, tr

#: What going back or on to another model leaves alone.
BACK_TIP = mark("masks you edited or approved stay as they are")


class TrainingRun(QWidget):
    """Shows one training job of the open data set: the one that runs, or else the last."""

    #: The empty state's button: start a training as the panel beside this one has it.
    improve = Signal()
    #: (folder of the job, base name of the version to make)
    adopt = Signal(object, str)
    #: Whether a new, better model waits for Adopt, which is then the button that matters.
    waiting = Signal(bool)

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._jobs = session, jobs
        self._job: JobProcess | None = None
        self._folder: Path | None = None
        self._base = ""
        self._version = ""
        self._phase = ""
        self.title = parts.title()
        self.status = parts.meta()
        self.status.setWordWrap(False)
        #: What it runs on.
        self.device = parts.meta()
        self.device.setWordWrap(False)
        self.stop_button = parts.button(
            tr("Stop"), self.stop, tip=tr("Stop after this step; what was learned so far is kept")
        )
        self.continue_button = parts.button(tr("Continue"), self.resume, tip=tr("Go on from where it stopped"))
        self.bar = QProgressBar(textVisible=False)
        self.warning = parts.meta()
        self.curves = Curves()
        self.verdict = parts.title()
        self.verdict.setWordWrap(True)
        self.table = ScoreTable()
        self.adopt_button = parts.button(tr("Adopt"), self._adopt, primary=True, tip=tr("Let the new model predict"))
        self.back_button = parts.button(
            tr("Back"), session.active.go_back, tip=tr("Predict with the model used before")
        )
        self.adopted = parts.meta()
        self.result = self._build_result()
        self.empty = parts.EmptyState(
            tr("No training yet. It runs in the background while you paint; its curves appear here."),
            tr("Improve model"),
            self.improve.emit,
        )
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._build_run())
        session.active.changed.connect(self._show_way_back)

    def _build_result(self) -> QWidget:
        result = QWidget()
        layout = parts.column(result, margins=0)
        layout.addWidget(self.verdict)
        layout.addWidget(self.table)
        foot = parts.row()
        foot.addWidget(self.adopt_button)
        foot.addWidget(self.back_button)
        foot.addWidget(self.adopted, 1)
        layout.addLayout(foot)
        layout.addStretch(1)
        return result

    def _build_run(self) -> QWidget:
        run = QWidget()
        layout = parts.column(run)
        head = parts.row()
        head.addWidget(self.title)
        head.addWidget(self.device)
        head.addStretch(1)
        for widget in (self.status, self.stop_button, self.continue_button):
            head.addWidget(widget)
        layout.addLayout(head)
        layout.addWidget(self.bar)
        layout.addWidget(self.warning)
        body = parts.Sides(narrow=900)
        body.sides.addWidget(self.curves, 1)
        body.sides.addWidget(self.result, 1)
        layout.addWidget(body, 1)
        return run

    @property
    def job(self) -> JobProcess | None:
        """The job shown, while it runs."""
        return self._job

    @property
    def is_empty(self) -> bool:
        """Whether there is no training to show."""
        return self._stack.currentIndex() == 0

    def forget(self) -> None:
        """Show nothing; another data set was opened."""
        self._job = self._folder = None
        self._version = ""
        self.waiting.emit(False)
        self._stack.setCurrentIndex(0)

    def follow(self, job: JobProcess) -> None:
        """Show ``job`` from its first message on."""
        self.forget()
        self._job, self._folder = job, job.folder
        config = job.request.config
        start = config.get("init")
        self.title.setText(said(past.title(job.request)))
        self._base = Path(start).stem if start else str(config.get("model"))
        self._phase = ""
        self.status.setText(tr("starting"))
        self.device.clear()
        self.continue_button.setEnabled(True)
        self.bar.setRange(0, 0)
        self.bar.show()
        self.warning.hide()
        self.warning.clear()
        self.curves.clear(float(config.get("epochs") or 1))
        self.result.hide()
        self.back_button.hide()
        self.stop_button.show()
        self.stop_button.setEnabled(True)
        self.continue_button.hide()
        self._stack.setCurrentIndex(1)
        job.message.connect(self._on_message)
        job.ended.connect(self._on_ended)
        job.hangs.connect(self._on_hangs)

    def stop(self) -> None:
        """Ask the job shown to stop."""
        if self._job is None:
            return
        try:
            self._job.stop()
        except ChromaDeskError as error:
            self._session.notice.emit(str(error), "error")
            return
        self.stop_button.setEnabled(False)
        self.status.setText(tr("stopping after this step"))

    def resume(self) -> None:
        """Run the job shown again; it goes on from its checkpoint."""
        if self._folder is not None and not record.queued(self._folder):
            self._jobs.resume(self._folder)
            self.continue_button.setEnabled(not record.queued(self._folder))

    def show_adopted(self, folder: Path, name: str) -> None:
        """The weights of the job in ``folder`` became the version ``name``."""
        if folder == self._folder:
            self._version = name
            self.adopt_button.hide()
            self.waiting.emit(False)
            self._show_way_back()

    def _show_way_back(self) -> None:
        """One click leads back, as long as what came of this job makes the proposals."""
        if not self._version:
            return
        model, earlier = self._session.active.path, self._session.active.earlier
        in_use = model is not None and model.stem == self._version
        self.back_button.setVisible(in_use and earlier is not None)
        if earlier is not None:
            self.back_button.setText(tr("Back to {stem}", stem=earlier.stem))
            self.back_button.setToolTip(
                tr("Let {stem} make the proposals again; {tip}", stem=earlier.stem, tip=tr(BACK_TIP))
            )
        self.adopted.setText(
            tr("Adopted: it is {version} and makes the proposals.", version=self._version)
            if in_use
            else tr("It is kept as {version}.", version=self._version)
        )

    def _on_message(self, message: Message) -> None:
        if self.sender() is not self._job:
            return
        if isinstance(message, Started):
            self._phase = {"evaluate": tr("comparing with the old model")}.get(message.kind, "")
            self.bar.setRange(0, message.total)
            self.bar.setValue(0)
        elif isinstance(message, Progress):
            self._show_progress(message)
        elif isinstance(message, Device):
            self.device.setText(said(message.sentence))
        elif isinstance(message, Metrics):
            self.curves.add(message.epoch, message.values)
        elif isinstance(message, Warned):
            self._warn(said(message.text))
        elif isinstance(message, Failed):
            self._warn(said(message.text))
            self._end(tr("failed"))
        elif isinstance(message, Finished):
            self._show_result(message.result)

    def _warn(self, text: str) -> None:
        said = [line for line in self.warning.text().splitlines() if line != text]
        self.warning.setText("\n".join([*said, text]))
        self.warning.show()

    def _show_progress(self, message: Progress) -> None:
        self.bar.setRange(0, message.total)
        self.bar.setValue(message.done)
        if not self.stop_button.isEnabled():
            return
        left = (
            "" if message.seconds_left is None else tr("about {duration} left", duration=duration(message.seconds_left))
        )
        self.status.setText(" · ".join(filter(None, [self._phase or said(message.text), left])))

    def _show_result(self, result: dict[str, Any]) -> None:
        trained = result.get("train", result)
        epochs = trained.get("epochs_done", 0)
        if result.get("cancelled"):
            self._end(tr("stopped after %n whole epoch(s)", "", epochs))
            return
        took = duration(trained.get("seconds", 0.0))
        best = tr("the best epoch was {best} of {epochs}", best=trained.get("epoch_kept"), epochs=epochs)
        self._end(", ".join([tr("done in {time}", time=took), *([best] if trained.get("judged_on") else [])]))
        new, old = result.get("new"), result.get("old")
        if self._folder is None or "new" not in result:
            return
        why = said(str(result.get("why") or "")) or tr("The new model beside the old one")
        self.verdict.setText(why.replace(" → ", "\N{NO-BREAK SPACE}→\N{NO-BREAK SPACE}"))
        self.table.setVisible(new is not None)
        if new is not None:
            self.table.show_two(old, new)
        adopted = record.adopted(self._folder)
        self.adopt_button.setVisible(not adopted)
        self.adopted.clear()
        if adopted:
            self.show_adopted(self._folder, adopted)
        elif self._session.dataset is not None:
            self._offer(result.get("better"), next_name(self._base, self._session.dataset.state))
        self.result.show()

    def _offer(self, better: bool | None, name: str) -> None:
        """The button that adopts: the one that matters unless the old model is as good or better."""
        advised = better is not False
        self.adopt_button.setText(tr("Adopt as {name}", name=name) if advised else tr("Adopt anyway"))
        self.adopt_button.setToolTip(
            tr("Keep it as {name} and let it make the proposals; {tip}", name=name, tip=tr(BACK_TIP))
        )
        self.adopt_button.setEnabled(True)
        parts.set_primary(self.adopt_button, advised)
        self.waiting.emit(advised)
        if advised:
            self.adopted.setText(tr("It then makes the proposals. Masks you edited or approved stay as they are."))
        else:
            self.adopted.setText(tr("The old model goes on making the proposals."))

    def _end(self, text: str) -> None:
        self.status.setText(text)
        self.bar.hide()
        self.stop_button.hide()

    def _on_hangs(self, hangs: bool) -> None:
        if hangs and self.sender() is self._job and self.stop_button.isEnabled():
            self.status.setText(tr("no sign of life"))

    def _on_ended(self) -> None:
        if self.sender() is not self._job or self._folder is None:
            return
        self._job = None
        self.stop_button.hide()
        self.continue_button.setVisible(self.result.isHidden() and resumable(self._folder))

    def _adopt(self) -> None:
        if self._folder is not None:
            self.adopt_button.setEnabled(False)
            self.adopt.emit(self._folder, self._base)
