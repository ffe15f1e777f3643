"""The Model workspace: train, evaluate, choose a model. Composition only."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QStackedLayout, QVBoxLayout, QWidget

from chromadesk import files
from chromadesk.jobs import record
from chromadesk.models.promote import promote
from chromadesk.studio.background import Background
from chromadesk.studio.jobs import Jobs
from chromadesk.studio.panels import parts
from chromadesk.studio.panels.evaluation import EvaluationPanel
from chromadesk.studio.panels.jobs_list import JobsPanel
from chromadesk.studio.panels.models import ModelsPanel
from chromadesk.studio.panels.tabs import Tabs
from chromadesk.studio.panels.training import TrainingPanel
from chromadesk.studio.panels.training_run import TrainingRun
from chromadesk.studio.panels.versions import VersionsPanel
from chromadesk.studio.process import JobProcess
from chromadesk.studio.session import Session
from chromadesk.studio.words import tr

_SIDE = 300


class ModelWorkspace(QWidget):
    """Left: what to train, and the models there are. Right: the training under way; below it the last evaluation, all
    versions beside each other, or the jobs.
    """

    #: How many jobs run.
    jobs_changed = Signal(int)
    #: Paint should come to the front.
    show_paint = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._state: Path | None = None
        self._background = Background(self)
        self.jobs = Jobs(session, self)
        self.training = TrainingPanel(session, self.jobs)
        self.models = ModelsPanel(session, self._background)
        self.run = TrainingRun(session, self.jobs)
        self.evaluation = EvaluationPanel(session, self.jobs, self._background)
        self.versions = VersionsPanel(session, self.jobs, self._background)
        self.list = JobsPanel(session, self.jobs, self._background)
        self.tabs = Tabs(
            {
                tr("Evaluation"): (self.evaluation, self.evaluation.head),
                tr("Versions"): (self.versions, self.versions.head),
                tr("Jobs"): (self.list, self.list.head),
            }
        )
        self.empty = parts.EmptyState(
            tr("Open a folder of photos to train and evaluate models on them."), tr("Open folder"), self._open
        )
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._build())
        self.jobs.changed.connect(self.jobs_changed)
        self.jobs.followed.connect(self._on_followed)
        self.training.show_paint.connect(self.show_paint)
        self.run.improve.connect(self.training.start)
        self.run.adopt.connect(self._adopt)
        self.run.waiting.connect(lambda waiting: parts.set_primary(self.training.improve, not waiting))
        self.list.opened.connect(self._show_result)
        self.jobs.changed.connect(self._count_jobs)
        self.evaluation.photo_chosen.connect(self._open_photo)
        session.dataset_opened.connect(self._on_dataset)
        self.jobs.find()
        self._on_dataset()
        # Jobs found here are counted for whoever connects after this.
        QTimer.singleShot(0, self, lambda: self.jobs_changed.emit(len(self.jobs.running)))

    def show_jobs(self) -> None:
        """Bring the list of jobs into view."""
        self.tabs.show_tab(tr("Jobs"))
        self._scroll_to(self.tabs)

    def shutdown(self) -> None:
        """Let go of the threads; jobs that run go on, and are found again when the data set is next opened."""
        self.jobs.close()
        self._background.finish(drop=True)

    def _build(self) -> QWidget:
        full = QWidget()
        sides = parts.row(full, margins=12, spacing=12)
        left = QVBoxLayout()
        left.setSpacing(12)
        for heading, widget, stretch in ((tr("IMPROVE"), self.training, 0), (tr("MODELS"), self.models, 1)):
            left.addWidget(_card(widget, heading), stretch)
        holder = QWidget()
        holder.setFixedWidth(_SIDE)
        left.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(left)
        sides.addWidget(holder)
        main = QWidget()
        right = parts.column(main, margins=0, spacing=12)
        right.addWidget(_card(self.run), 1)
        right.addWidget(_card(self.tabs), 1)
        self._scroll = parts.scrolled(main, tr("Training and evaluation"))
        sides.addWidget(self._scroll, 1)
        return full

    def _on_dataset(self) -> None:
        dataset = self._session.dataset
        if dataset is None or dataset.state == self._state:
            return
        self._state = dataset.state
        self._stack.setCurrentIndex(1)
        if self.jobs.of("improve", "train") is None:
            self.run.forget()
            past = (f for f in record.list_jobs(dataset.state) if f.name[16:].startswith(("improve", "train")))
            last = next(past, None)
            if last is not None:
                self.jobs.replay(last)
        self.evaluation.restore()

    def _count_jobs(self, running: int) -> None:
        count = running + len(self.jobs.waiting)
        self.tabs.set_text(tr("Jobs"), tr("Jobs {count}", count=count) if count else tr("Jobs"))

    def _show_result(self, folder: Path, kind: str) -> None:
        """A job of the list is replayed: bring the panel that shows it into view."""
        if kind == "evaluate":
            self.tabs.show_tab(tr("Evaluation"))
        self._scroll_to(self.tabs if kind == "evaluate" else self.run)

    def _scroll_to(self, panel: QWidget) -> None:
        """Bring the top of ``panel`` into view, as soon as it is laid out."""

        def scroll() -> None:
            bar = self._scroll.verticalScrollBar()
            bar.setValue(bar.value() + panel.mapTo(self._scroll.viewport(), QPoint(0, 0)).y())

        QTimer.singleShot(0, self, scroll)

    def _on_followed(self, job: JobProcess) -> None:
        if job.request.kind in ("improve", "train"):
            self.run.follow(job)

    def _adopt(self, folder: Path, base: str) -> None:
        dataset = self._session.dataset
        if dataset is None:
            return
        state = dataset.state

        def work() -> Path:
            version = promote(folder / "model.safetensors", state, base)
            files.write_text(folder / record.ADOPTED, version.stem + "\n")
            return version

        def done(version: Path) -> None:
            if self._state == state:
                self._session.active.use(version)
            self.run.show_adopted(folder, version.stem)
            if self._state == state:
                self._session.notice.emit(tr("{stem} makes the proposals now.", stem=version.stem), "info")

        self._background.run(work, done, lambda error: self._session.notice.emit(str(error), "error"))

    def _open_photo(self, key: str) -> None:
        self._session.open_photo(key)
        self.show_paint.emit()

    def _open(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, tr("Open a folder of photos"))
        if folder:
            self._session.open_folder(Path(folder))


def _card(content: QWidget, heading: str = "") -> QWidget:
    card = parts.card()
    layout = parts.column(card, margins=0, spacing=0)
    if heading:
        label = parts.heading(heading)
        label.setContentsMargins(12, 12, 12, 0)
        layout.addWidget(label)
    layout.addWidget(content, 1)
    return card
