"""The panel that begins a training: what there is to learn from, how long it takes, one button."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from chromadesk.errors import ChromaDeskError
from chromadesk.jobs import past, record
from chromadesk.jobs.messages import Finished
from chromadesk.jobs.past import TRAININGS
from chromadesk.learning.config import TrainConfig
from chromadesk.models import library, registry
from chromadesk.models.promote import short
from chromadesk.studio.jobs import Jobs
from chromadesk.studio.panels import parts
from chromadesk.studio.panels.training_options import TrainingOptions
from chromadesk.studio.session import Session
from chromadesk.studio.words import duration, numeral, tr

#: Past jobs looked at for an estimate.
_LOOK_BACK = 20
#: After a click the button rests, milliseconds.
_PAUSE_MS = 1000
#: Without a split, training draws one that leaves this share out (learning.config.TrainConfig.test_share).
_TRAIN_SHARE = 0.8


class TrainingPanel(QWidget):
    """``24 approved since v3 - Improve model - about 12 min``, the rest under Advanced."""

    show_paint = Signal()

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._jobs = session, jobs
        self.count = parts.title()
        self.total = parts.meta()
        self.corrected = parts.meta()
        self.estimate = parts.meta()
        self.improve = parts.button(
            tr("Improve model"), self.start, primary=True, tip=tr("Train on the approved masks, in the background")
        )
        self.options = TrainingOptions()
        self.advanced = parts.Expander(tr("Advanced"), self.options)
        self.empty = parts.EmptyState(
            tr("A model learns from approved masks, and there is none yet."),
            tr("Correct and approve photos"),
            self.show_paint.emit,
        )
        full = QWidget()
        layout = parts.column(full)
        layout.addWidget(self.count)
        layout.addWidget(self.total)
        layout.addWidget(self.corrected)
        layout.addWidget(self.improve)
        layout.addWidget(self.estimate)
        layout.addWidget(self.advanced)
        layout.addStretch(1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(full)
        self._refresh_soon = QTimer(self, singleShot=True, interval=100)
        self._refresh_soon.timeout.connect(self.refresh)
        self.options.changed.connect(self._refresh_soon.start)
        session.dataset_opened.connect(self._on_dataset)
        session.active.changed.connect(self._offer)
        session.status_changed.connect(self._on_status)
        jobs.changed.connect(lambda count: self._refresh_soon.start())
        #: A double click asks once.
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.refresh)
        self._approved: set[str] = set()
        #: Of these, what was approved since the active model chose what to learn from.
        self._new: set[str] = set()
        self._corrected: set[str] = set()
        self._on_dataset()

    def refresh(self) -> None:
        """Count the approved photos and work out how long a training would take."""
        approved = self.approved()
        busy = self._jobs.busy
        self._stack.setCurrentIndex(1 if approved or self._jobs.of(*TRAININGS) is not None else 0)
        total = tr("%Ln approved photo(s)", "", approved)
        model = self._session.active.path
        versioned = model is not None and model not in library.bundled()
        if model is not None and versioned:
            new = len(self._new & self._approved)
            since = short(model.stem)
            self.count.setText(
                tr("%Ln approved since {model}", "", new, model=since)
                if new
                else tr("None approved since {model}", model=since)
            )
        else:
            self.count.setText(total)
        self.total.setText(tr("{total} in all", total=total))
        self.total.setVisible(versioned)
        corrected = len(self._corrected)
        self.corrected.setText(
            tr("{corrected} corrected by you, learned from more often", corrected=numeral(corrected))
            if corrected
            else ""
        )
        self.corrected.setVisible(bool(corrected and self._shows_corrected_more))
        self.improve.setEnabled(approved > 0 and not self._pause.isActive())
        does = tr("Improve model") if self.options.init else tr("Train a new model")
        self.improve.setText(tr("{does} next", does=does) if busy else does)
        self.improve.setToolTip(
            tr("Train on the approved masks as soon as the jobs before it are done")
            if busy
            else tr("Train on the approved masks, in the background")
        )
        seconds = self._seconds()
        self.estimate.setText("" if seconds is None else tr("about {duration}", duration=duration(seconds)))
        self.estimate.setVisible(seconds is not None)

    def approved(self) -> int:
        """How many photos are approved."""
        return len(self._approved)

    def start(self) -> None:
        """Start the training asked for, or let it wait for its turn; the run panel shows it."""
        dataset = self._session.dataset
        if dataset is None or self._pause.isActive():
            return
        try:
            config = self.options.config(dataset.root)
        except ChromaDeskError as error:
            self._session.notice.emit(str(error), "error")
            return
        baseline = config.init or (str(self._session.active.path) if self._session.active.path else None)
        self._pause.start()
        self._jobs.start("improve", {**config.to_json(), "baseline": baseline})
        self.refresh()

    def _on_dataset(self) -> None:
        index = self._session.index
        self._approved = index.approved() if index is not None else set()
        self._corrected = index.corrected() if index is not None else set()
        self._offer()

    def _on_status(self, key: str) -> None:
        if self._session.status(key) == "approved":
            self._approved.add(key)
            self._corrected.add(key)  # for a person decided just now
            self._new.add(key)
        else:
            self._new.discard(key)
            self._approved.discard(key)
            self._corrected.discard(key)
        self._refresh_soon.start()

    def _offer(self) -> None:
        dataset = self._session.dataset
        index, model = self._session.index, self._session.active.path
        self._new = set()
        if dataset is not None and index is not None and model is not None:
            self._new = index.approved_since(past.born(model, dataset.state))
        self.options.offer(dataset.state if dataset else None, model)
        self.refresh()

    @property
    def _shows_corrected_more(self) -> bool:
        chosen = self.options.photos.currentData()
        return bool(chosen == "mixed" or (not chosen and self.options.init))

    def _seconds(self) -> float | None:
        """How long the training would take by what a like one took; None when there was none."""
        dataset = self._session.dataset
        if dataset is None:
            return None
        try:
            config = self.options.config(dataset.root)
        except ChromaDeskError:
            return None
        pace = past_pace(dataset.state, config)
        if pace is None:
            return None
        photos = [item.key for item in dataset.items if item.key in self._approved and item.split != "test"]
        share = 1.0 if dataset.has_split else _TRAIN_SHARE
        corrected = math.ceil(share * sum(key in self._corrected for key in photos))
        samples = sum(config.portions(corrected, math.ceil(share * len(photos)) - corrected))
        return pace * -(-samples // config.batch) * config.total_epochs


def past_pace(state: Path, config: TrainConfig) -> float | None:
    """Seconds a step of ``config`` takes by the newest job of its network, size, batch and device; None: not known."""
    wanted = _work(config.to_json())
    for folder in record.list_jobs(state)[:_LOOK_BACK]:
        ended = record.outcome(folder)
        if not isinstance(ended, Finished):
            continue
        trained = ended.result.get("train", ended.result)
        try:
            asked = record.read_request(folder).config
        except ChromaDeskError:
            continue
        if _work(asked) == wanted and trained.get("seconds_per_step"):
            return float(trained["seconds_per_step"])
    return None


def _work(config: dict[str, Any]) -> list[object]:
    """What decides how long a step of the TrainConfig ``config`` takes. What a new network's parameters leave out has
    its default; those of weights to start from are in their file.
    """
    work = [config.get(name) for name in ("model", "parameters", "size", "batch", "device")]
    row = registry.find(str(config.get("model")))
    if row is not None and isinstance(work[1], dict) and not config.get("init"):
        work[1] = {**row.parameters, **work[1]}
    return [list(value) if isinstance(value, tuple) else value for value in work]
