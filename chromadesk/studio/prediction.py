"""Predictions for the open photo: the session asks, the segmenter's child answers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, Signal

from chromadesk.dataset.pairs import Item
from chromadesk.studio.process import SegmenterProcess
from chromadesk.studio.session import Session


class Predictor(QObject):
    """Owns the segmenter; its child starts with the first prediction."""

    #: A prediction is under way (or no longer).
    busy = Signal(bool)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._asked: dict[Path, str] = {}
        self._told = False
        self._segmenter = SegmenterProcess(self)
        self._segmenter.predicted.connect(self._predicted)
        self._segmenter.failed.connect(self._failed)
        self._segmenter.busy.connect(self.busy)
        session.prediction_wanted.connect(self._ask)
        session.model_changed.connect(self._model_changed)

    def close(self) -> None:
        """End the child."""
        self._segmenter.shutdown()

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
        self._segmenter.predict(item.photo, model)

    def _model_changed(self) -> None:
        self._told = False

    def _predicted(self, photo: Path, labels: npt.NDArray[np.uint8]) -> None:
        key = self._asked.pop(photo, None)
        if key is not None:
            self._session.apply_prediction(key, labels)

    def _failed(self, photo: Path, sentence: str) -> None:
        self._asked.pop(photo, None)
        self._session.notice.emit(sentence, "error")
