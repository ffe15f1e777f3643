"""Predictions for the open photo: the session asks, the segmenter's child answers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, QTimer, Signal

from chromadesk.dataset.figures import KeptDoubt
from chromadesk.dataset.pairs import Item
from chromadesk.studio.process import SegmenterProcess
from chromadesk.studio.session import Session

#: The window and the first photo come first; then the child starts, milliseconds.
_HEAD_START = 200


class Predictor(QObject):
    """Owns the segmenter; its child gets the model ready as soon as a data set is open, before it is first asked."""

    #: What the person waits for, in words; empty when there is nothing.
    doing = Signal(str)
    #: The class scores of a photo, with its labels: its path, uint8 (5, h, w).
    scored = Signal(object, object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._asked: dict[Path, str] = {}
        self._told = False
        self._segmenter = SegmenterProcess(self)
        self._segmenter.doubted.connect(self._doubted)
        self._segmenter.scored.connect(self.scored)
        self._segmenter.predicted.connect(self._predicted)
        self._segmenter.failed.connect(self._failed)
        self._segmenter.doing.connect(self.doing)
        self._soon = QTimer(self, singleShot=True, interval=_HEAD_START)
        self._soon.timeout.connect(self._prepare)
        session.dataset_opened.connect(self._soon.start)
        session.prediction_wanted.connect(self._ask)
        session.model_changed.connect(self._model_changed)

    def close(self) -> None:
        """End the child."""
        self._soon.stop()
        self._segmenter.shutdown()

    def score(self, item: Item) -> None:
        """Ask for the class scores of ``item`` alone: its labels, which nobody asked for, go nowhere."""
        if self._session.model is not None and item.photo not in self._asked:
            self._segmenter.predict(item.photo, self._session.model, self._session.quality)

    def _ask(self, item: Item, everything: bool) -> None:
        model = self._session.model
        if model is None:
            if not self._told:
                self._told = True
                self._session.notice.emit(
                    "No model is installed, so nothing is predicted; paint by hand or train one (F4).", "warning"
                )
            return
        self._asked[item.photo] = item.key
        self._segmenter.predict(item.photo, model, self._session.quality)

    def _model_changed(self) -> None:
        self._told = False
        self._soon.start()

    def _prepare(self) -> None:
        if self._session.model is not None and self._session.items:
            self._segmenter.prepare(self._session.model, self._session.quality)

    def _doubted(self, photo: Path, doubt: KeptDoubt) -> None:
        item = self._session.find(self._asked.get(photo, ""))
        if item is not None and item.photo == photo:
            self._session.doubts.set(item.key, doubt)

    def _predicted(self, photo: Path, labels: npt.NDArray[np.uint8]) -> None:
        key = self._asked.pop(photo, None)
        if key is not None:
            self._session.apply_prediction(key, labels)

    def _failed(self, photo: Path, sentence: str) -> None:
        self._asked.pop(photo, None)
        self._session.notice.emit(sentence, "error")
