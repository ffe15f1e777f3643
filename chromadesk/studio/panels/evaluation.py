"""How good a model is on photos whose masks are known: scores per class, what is mixed up, the worst photos."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QStackedLayout, QToolButton, QWidget

from chromadesk.jobs import record
from chromadesk.jobs.messages import Failed, Finished, Message, Progress, Warned
from chromadesk.learning.config import EvaluateConfig
from chromadesk.models.library import list_weights
from chromadesk.studio.background import Background
from chromadesk.studio.jobs import Jobs
from chromadesk.studio.outside import said
from chromadesk.studio.panels import parts
from chromadesk.studio.panels.confusion import Cell, ConfusionMap
from chromadesk.studio.panels.score_table import ScoreTable
from chromadesk.studio.panels.worst_photos import WorstPhotos, confused
from chromadesk.studio.process import JobProcess
from chromadesk.studio.session import Session
from chromadesk.studio.words import mark, tr

_SPLITS = {"test": mark("Test photos"), "train": mark("Training photos"), "all": mark("All photos")}
_COUNTED: dict[str, Callable[[int], str]] = {
    "test": lambda count: tr("%Ln test photo(s)", "", count),
    "train": lambda count: tr("%Ln training photo(s)", "", count),
    "all": lambda count: tr("%Ln photo(s)", "", count),
}
_WORST = mark("WORST PHOTOS FIRST")
_WORST_COLOURS = mark("WORST COLOURS FIRST")


class EvaluationPanel(QWidget):
    """Choose a model and photos, evaluate in a job, read the result. The last one of the data set is shown at once."""

    #: The key of a photo to open in Paint.
    photo_chosen = Signal(str)

    def __init__(self, session: Session, jobs: Jobs, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._jobs = session, jobs
        self._job: JobProcess | None = None
        self.model = parts.Choices()
        self.model.setAccessibleName(tr("Model to evaluate"))
        self.model.setToolTip(tr("The model to evaluate"))
        self.split = parts.Choices()
        self.split.setAccessibleName(tr("Photos to evaluate on"))
        self.split.setToolTip(tr("The photos to evaluate on"))
        for value, text in _SPLITS.items():
            self.split.addItem(tr(text), value)
        self.evaluate_button = parts.button(
            tr("Evaluate"), self.evaluate, tip=tr("Compare the model's masks with the true ones")
        )
        self.stop_button = parts.button(tr("Stop"), self.stop, tip=tr("Stop after this photo; nothing is kept"))
        self.bar = QProgressBar(textVisible=False)
        self.caption = parts.meta()
        self.warning = parts.meta()
        self.table = ScoreTable()
        self.confusion = ConfusionMap()
        self.worst = WorstPhotos(background)
        self.worst.chosen.connect(self.photo_chosen)
        self.heading = parts.heading(tr(_WORST))
        self.all_button = QToolButton()
        self.all_button.setObjectName("menu")
        self.all_button.setText(tr("All photos"))
        self.all_button.setToolTip(tr("Worst photos first again (Escape in the confusion)"))
        self.all_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.all_button.setFixedHeight(16)  # as high as the headings
        self.all_button.clicked.connect(lambda: self.confusion.choose(None))
        self.colour_button = QToolButton()
        self.colour_button.setCheckable(True)
        self.colour_button.setObjectName("menu")
        self.colour_button.setText(tr("By colour"))
        self.colour_button.setToolTip(tr("Order by palette error instead of mIoU"))
        self.colour_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.colour_button.setFixedHeight(16)
        self.colour_button.clicked.connect(lambda: self._show_photos(None))
        self._per_photo: list[dict[str, Any]] = []
        self.confusion.chosen.connect(self._show_photos)
        self.empty = parts.EmptyState(
            tr("See how good a model is on photos whose true masks are known."), tr("Evaluate"), self.evaluate
        )
        self._body = QStackedLayout()
        #: What stands beside the panel's name.
        self.head = self._build_head()
        layout = parts.column(self)
        layout.addWidget(self.caption)
        layout.addWidget(self.bar)
        layout.addWidget(self.warning)
        layout.addLayout(self._body, 1)
        self._body.addWidget(self.empty)
        self._body.addWidget(self._build_result())
        self._rest()
        jobs.followed.connect(self._on_followed)
        session.active.changed.connect(self.offer)

    def _build_head(self) -> QWidget:
        head = QWidget()
        layout = parts.row(head)
        layout.addStretch(1)
        for combo in (self.model, self.split):
            combo.setMinimumWidth(64)
            combo.setMaximumWidth(140)
            layout.addWidget(combo, 100)  # as wide as it may be before anything else grows
        layout.addWidget(self.evaluate_button)
        layout.addWidget(self.stop_button)
        return head

    def _build_result(self) -> QWidget:
        result = parts.Sides(narrow=860)
        for heading, widget in (
            (parts.heading(tr("SCORES PER CLASS")), self.table),
            (parts.heading(tr("CONFUSION, % OF EACH TRUE CLASS")), self.confusion),
            (self.heading, self.worst),
        ):
            column = parts.column(margins=0)
            head = parts.row()
            head.addWidget(heading, 1)
            column.addLayout(head)
            if heading is self.heading:
                head.addWidget(self.colour_button)
                head.addWidget(self.all_button)
                self.all_button.hide()
            column.addWidget(widget, 100)
            column.addStretch(1)
            result.sides.addLayout(column, 1)
        self.confusion.setMaximumHeight(300)
        self.worst.setMinimumHeight(260)
        return result

    @property
    def is_empty(self) -> bool:
        """Whether there is no result to show."""
        return self._body.currentIndex() == 0

    def offer(self) -> None:
        """List the models of the open data set, the active one chosen."""
        state = self._session.dataset.state if self._session.dataset else None
        active = self._session.active.path
        self.model.clear()
        found = [path for path, _ in list_weights(state)]
        if active is not None and active not in found:
            found.insert(0, active)
        for path in found:
            self.model.addItem(path.stem, str(path))
        self.model.setCurrentIndex(max(0, self.model.findData(str(active))))
        self.evaluate_button.setEnabled(bool(found) and self._job is None)

    def restore(self) -> None:
        """Show the last evaluation of the open data set, if there was one and none runs."""
        self._job = self._jobs.of("evaluate")
        self.offer()
        if self._job is None:
            self.warning.clear()
            self._rest()
        self._body.setCurrentIndex(0)
        self.caption.clear()
        self.caption.hide()
        if self._session.dataset is None:
            return
        for folder in record.list_jobs(self._session.dataset.state):
            ended = record.outcome(folder) if folder.name.find("evaluate") >= 0 else None
            if isinstance(ended, Finished) and "confusion" in ended.result:
                self.show_result(ended.result, record.read_request(folder).config)
                return

    def evaluate(self) -> None:
        """Start a job that evaluates the chosen model on the chosen photos."""
        dataset = self._session.dataset
        if dataset is None or self.model.currentData() is None:
            return
        config = EvaluateConfig(str(dataset.root), self.model.currentData(), self.split.currentData())
        self._jobs.start("evaluate", config.to_json())

    def stop(self) -> None:
        """Ask the evaluation to stop."""
        if self._job is not None:
            self.stop_button.setEnabled(False)
            self._job.stop()

    def show_result(self, evaluation: dict[str, Any], config: dict[str, Any]) -> None:
        """Show the JSON of learning.evaluate; ``config`` is what was asked."""
        counted = _COUNTED.get(str(evaluation.get("split")), _COUNTED["all"])(evaluation["photos"])
        name = Path(str(config.get("model", evaluation["model"]))).stem
        self.caption.setText(
            tr("{model} on {photos}, {size}", model=name, photos=counted, size=evaluation["size"].replace("x", " × "))
        )
        self.caption.show()
        self.table.show_one(evaluation)
        self._per_photo = evaluation["per_photo"]
        self.confusion.set_confusion(evaluation["confusion"])
        self._body.setCurrentIndex(1)

    def _show_photos(self, cell: Cell | None) -> None:
        """Those behind ``cell`` of the confusion; None: the worst ones."""
        self.all_button.setVisible(cell is not None)
        known = [
            entry for entry in self._per_photo if "palette_error" in entry
        ]  # evaluations kept from before have none
        self.colour_button.setVisible(cell is None and bool(known))
        if cell is None and known and self.colour_button.isChecked():
            self.heading.setText(tr(_WORST_COLOURS))
            self.worst.show_colours(known)
        elif cell is None:
            self.heading.setText(tr(_WORST))
            self.worst.show_photos(self._per_photo)
        else:
            self.heading.setText(confused(*cell).upper())
            self.worst.show_confused([entry for entry in self._per_photo if "confusion" in entry], *cell)

    def _on_followed(self, job: JobProcess) -> None:
        if job.request.kind != "evaluate":
            return
        self._job = job
        self.bar.setRange(0, 0)
        self.bar.show()
        self.warning.hide()
        self.evaluate_button.hide()
        self.stop_button.setEnabled(True)
        self.stop_button.show()
        self.empty.button.setEnabled(False)
        job.message.connect(self._on_message)
        job.ended.connect(self._on_ended)

    def _on_message(self, message: Message) -> None:
        if self._job is None or self.sender() is not self._job:
            return
        if isinstance(message, Progress):
            self.bar.setRange(0, message.total)
            self.bar.setValue(message.done)
        elif isinstance(message, Warned | Failed):
            self.warning.setText(said(message.text))
            self.warning.show()
        elif isinstance(message, Finished) and "confusion" in message.result:
            self.show_result(message.result, self._job.request.config)

    def _on_ended(self) -> None:
        if self.sender() is self._job:
            self._job = None
            self._rest()

    def _rest(self) -> None:
        self.bar.hide()
        self.stop_button.hide()
        self.warning.setVisible(bool(self.warning.text()))
        self.evaluate_button.show()
        self.evaluate_button.setEnabled(self.model.count() > 0)
        self.empty.button.setEnabled(True)
