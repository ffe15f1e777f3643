"""A training while it runs and what came of it: curves, time left, Stop; then old and new side by side, and Promote."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QStackedLayout, QWidget

from chromadesk.errors import ChromaDeskError
from chromadesk.jobs.messages import Failed, Finished, Message, Metrics, Progress, Started, Warned
from chromadesk.models.promote import next_name
from chromadesk.models.registry import ARCHITECTURES
from chromadesk.studio.jobs import Jobs
from chromadesk.studio.panels import parts
from chromadesk.studio.panels.curves import Curves
from chromadesk.studio.panels.score_table import ScoreTable
from chromadesk.studio.panels.training import duration
from chromadesk.studio.process import JobProcess
from chromadesk.studio.session import Session

#: In a job's folder: the name of the version its weights became.
PROMOTED = "promoted"


class TrainingRun(QWidget):
    """Shows one training job of the open data set: the one that runs, or else the last."""

    #: The empty state's button: start a training as the panel beside this one has it.
    improve = Signal()
    #: (folder of the job, base name of the version to make)
    promote = Signal(object, str)
    #: Whether a new model waits for Promote, which is then the button that matters.
    waiting = Signal(bool)

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._jobs = session, jobs
        self._job: JobProcess | None = None
        self._folder: Path | None = None
        self._base = ""
        self._phase = ""
        self.title = parts.title()
        self.status = parts.meta()
        self.status.setWordWrap(False)
        self.stop_button = parts.button("Stop", self.stop, tip="Stop after this step; what was learned so far is kept")
        self.continue_button = parts.button("Continue", self.resume, tip="Go on from where it stopped")
        self.bar = QProgressBar(textVisible=False)
        self.warning = parts.meta()
        self.curves = Curves()
        self.verdict = parts.title()
        self.table = ScoreTable()
        self.promote_button = parts.button("Promote", self._promote, primary=True)
        self.promoted = parts.meta()
        self.result = self._build_result()
        self.empty = parts.EmptyState(
            "No training yet. It runs in the background while you paint; its curves appear here.",
            "Improve model",
            self.improve.emit,
        )
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._build_run())

    def _build_result(self) -> QWidget:
        result = QWidget()
        layout = parts.column(result, margins=0)
        layout.addWidget(self.verdict)
        layout.addWidget(self.table)
        foot = parts.row()
        foot.addWidget(self.promote_button)
        foot.addWidget(self.promoted, 1)
        layout.addLayout(foot)
        layout.addStretch(1)
        return result

    def _build_run(self) -> QWidget:
        run = QWidget()
        layout = parts.column(run)
        head = parts.row()
        head.addWidget(self.title)
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
        self.waiting.emit(False)
        self._stack.setCurrentIndex(0)

    def follow(self, job: JobProcess) -> None:
        """Show ``job`` from its first message on."""
        self.forget()
        self._job, self._folder = job, job.folder
        config = job.request.config
        name = ARCHITECTURES[config["model"]].title if config.get("model") in ARCHITECTURES else "a network"
        start = config.get("init")
        self.title.setText(f"Training {name}" + (f" from {Path(start).stem}" if start else " from scratch"))
        self._base = Path(start).stem if start else str(config.get("model"))
        self._phase = ""
        self.status.setText("starting")
        self.bar.setRange(0, 0)
        self.bar.show()
        self.warning.hide()
        self.warning.clear()
        self.curves.clear(float(config.get("epochs") or 1))
        self.result.hide()
        self.stop_button.show()
        self.stop_button.setEnabled(True)
        self.continue_button.hide()
        self._stack.setCurrentIndex(1)
        job.message.connect(self._on_message)
        job.ended.connect(self._on_ended)

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
        self.status.setText("stopping after this step")

    def resume(self) -> None:
        """Run the job shown again; it goes on from its checkpoint."""
        if self._folder is not None and self._jobs.of("improve", "train") is None:
            self._jobs.resume(self._folder)

    def show_promoted(self, folder: Path, name: str) -> None:
        """The weights of the job in ``folder`` became the version ``name``."""
        if folder == self._folder:
            self.promote_button.hide()
            self.waiting.emit(False)
            self.promoted.setText(f"Promoted: it is {name} now. The model before it stays in the list.")

    def _on_message(self, message: Message) -> None:
        if self.sender() is not self._job:
            return
        if isinstance(message, Started):
            self._phase = {"evaluate": "comparing with the old model"}.get(message.kind, "")
            self.bar.setRange(0, message.total)
            self.bar.setValue(0)
        elif isinstance(message, Progress):
            self._show_progress(message)
        elif isinstance(message, Metrics):
            self.curves.add(message.epoch, message.values)
        elif isinstance(message, Warned):
            self._warn(message.text)
        elif isinstance(message, Failed):
            self._warn(message.text)
            self._end("failed")
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
        left = "" if message.seconds_left is None else f"about {duration(message.seconds_left)} left"
        self.status.setText(" · ".join(filter(None, [self._phase or message.text, left])))

    def _show_result(self, result: dict[str, Any]) -> None:
        trained = result.get("train", result)
        epochs = trained.get("epochs_done", 0)
        if result.get("cancelled"):
            self._end(f"stopped after {epochs} whole epoch{'' if epochs == 1 else 's'}")
            return
        self._end(f"done in {duration(trained.get('seconds', 0.0))}")
        new, old = result.get("new"), result.get("old")
        if new is None or self._folder is None:
            return
        self.verdict.setText(_verdict(old, new))
        self.table.show_two(old, new)
        promoted = self._folder / PROMOTED
        self.promote_button.setVisible(not promoted.exists())
        self.promoted.clear()
        if promoted.exists():
            self.show_promoted(self._folder, promoted.read_text("utf-8").strip())
        elif self._session.dataset is not None:
            name = next_name(self._base, self._session.dataset.state)
            self.promote_button.setText(f"Promote as {name}")
            self.promote_button.setEnabled(True)
            self.waiting.emit(True)
            self.promoted.setText("It then makes the proposals. Masks you edited or approved stay as they are.")
        self.result.show()

    def _end(self, text: str) -> None:
        self.status.setText(text)
        self.bar.hide()
        self.stop_button.hide()

    def _on_ended(self) -> None:
        if self.sender() is not self._job or self._folder is None:
            return
        self._job = None
        self.stop_button.hide()
        self.continue_button.setVisible(self.result.isHidden() and (self._folder / "checkpoint").exists())

    def _promote(self) -> None:
        if self._folder is not None:
            self.promote_button.setEnabled(False)
            self.promote.emit(self._folder, self._base)


def _verdict(old: dict[str, Any] | None, new: dict[str, Any]) -> str:
    photos = f"on {new['photos']:,} test photo{'' if new['photos'] == 1 else 's'}"
    if old is None or old["miou"] is None or new["miou"] is None:
        return f"The new model {photos}"
    change = round(new["miou"], 3) - round(old["miou"], 3)
    judged = "better" if change >= 0.0005 else "worse" if change <= -0.0005 else "as good"
    return f"The new model is {judged} {photos}: mIoU {old['miou']:.3f} → {new['miou']:.3f}"
