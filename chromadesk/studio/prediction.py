"""Predictions for the open photo: the session asks, the segmenter's child answers."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, QTimer, Signal

from chromadesk.dataset.figures import KeptDoubt
from chromadesk.dataset.pairs import Item
from chromadesk.editing.decoded import file_version
from chromadesk.inference.quality import Quality
from chromadesk.studio.segmenter import SegmenterProcess
from chromadesk.studio.session import Session
from chromadesk.studio.tips import with_keys
from chromadesk.studio.words import tr

#: The window and the first photo come first; then the child starts, milliseconds.
_HEAD_START = 200
#: Predictions made ahead that are kept.
_KEPT = 3
_Labels = npt.NDArray[np.uint8]
#: A photo, its version, a model, its version, how closely it looks: what a prediction depends on.
_Terms = tuple[Path, object, Path | None, object, Quality]


class Predictor(QObject):
    """Owns the segmenter; its child gets the model ready as soon as a data set is open, before it is first asked."""

    #: What the person waits for, in words; empty when there is nothing.
    doing = Signal(str)
    #: The answer to ``batch``: an Item and its labels, uint8 (H, W); or its key and a sentence.
    proposed = Signal(object, object)
    refused = Signal(str, str)
    #: A coarse prediction of the photo with this key, uint8 (h, w) over all of it, well before the session gets its
    #: labels; and that it has them, or that there will be none.
    sketched = Signal(str, object)
    settled = Signal(str)
    #: The class scores of a photo, with its labels: its path, uint8 (5, h, w).
    scored = Signal(object, object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._asked: dict[Path, str] = {}
        #: Photos asked for ahead, and what came of it.
        self._expected: dict[Path, _Terms] = {}
        self._doubts: dict[Path, KeptDoubt] = {}
        #: The last coarse prediction of a photo that nobody has asked for yet.
        self._sketch: tuple[Path, _Labels] | None = None
        self._ready: OrderedDict[_Terms, tuple[_Labels, KeptDoubt | None]] = OrderedDict()
        self._batch: dict[Path, Item] = {}
        self._compared: dict[Path, Callable[[_Labels], None]] = {}
        self._told = False
        self._segmenter = SegmenterProcess(self)
        self._segmenter.doubted.connect(self._doubted)
        self._segmenter.scored.connect(self.scored)
        self._segmenter.sketched.connect(self._sketched)
        self._segmenter.predicted.connect(self._predicted)
        self._segmenter.failed.connect(self._failed)
        self._segmenter.doing.connect(self.doing)
        self._soon = QTimer(self, singleShot=True, interval=_HEAD_START)
        self._soon.timeout.connect(self._prepare)
        session.dataset_opened.connect(self._soon.start)
        session.prediction_wanted.connect(self._ask)
        session.active.changed.connect(self._model_changed)

    def close(self) -> None:
        """End the child."""
        self._soon.stop()
        self._segmenter.shutdown()

    def ahead(self, items: list[Item]) -> None:
        """Predict these photos when nobody waits for another one, and keep what comes of it until they are opened."""
        terms = {item.photo: self._terms(item.photo) for item in items}
        self._expected = {photo: terms[photo] for photo in terms if terms[photo] not in self._ready}
        self._plan()

    @property
    def warm(self) -> bool:
        """The child has answered with a model, and so does again without having to load it."""
        return self._segmenter.warm

    def batch(self, items: list[Item]) -> None:
        """Predict these photos after those; ``proposed`` or ``refused`` answers for each, unless asked anew before."""
        self._batch = {item.photo: item for item in items}
        self._plan()

    def compare(self, item: Item, model: Path, then: Callable[[_Labels], None]) -> None:
        """Hand ``then`` what another ``model`` makes of a photo; waits until what was asked before is answered."""
        if item.photo in self._asked:
            self._session.notice.emit(tr("Compare again when the prediction under way is there."), "info")
            return
        self._compared[item.photo] = then
        self._segmenter.predict(item.photo, model, self._session.active.quality)

    def _plan(self) -> None:
        later = dict.fromkeys([*self._expected, *self._batch])
        if self._session.active.path is not None:
            self._segmenter.predict_ahead(list(later), self._session.active.path, self._session.active.quality)

    def _terms(self, photo: Path) -> _Terms:
        model = self._session.active.path
        return (photo, file_version(photo), model, model and file_version(model), self._session.active.quality)

    def score(self, item: Item) -> None:
        """Ask for the class scores of ``item`` alone: its labels, which nobody asked for, go nowhere."""
        if self._session.active.path is not None and item.photo not in self._asked:
            self._segmenter.predict(item.photo, self._session.active.path, self._session.active.quality)

    def _ask(self, item: Item, everything: bool) -> None:
        model = self._session.active.path
        if model is None:
            self._session.proposals.owed.discard(item.key)
            if not self._told:
                self._told = True
                self._session.notice.emit(
                    with_keys(tr("No model is installed, so nothing is predicted; paint, or train one (@show_model).")),
                    "warning",
                )
            return
        self._compared.pop(item.photo, None)
        self._asked[item.photo] = item.key
        ready = self._ready.pop(self._terms(item.photo), None)
        if ready is not None:
            if ready[1] is not None:
                self._doubted(item.photo, ready[1])
            self._predicted(item.photo, ready[0])
            return
        self._segmenter.predict(item.photo, model, self._session.active.quality)
        if self._sketch is not None and self._sketch[0] == item.photo:  # begun ahead
            self._sketched(*self._sketch)

    def _model_changed(self) -> None:
        self._told = False
        self._soon.start()

    def _prepare(self) -> None:
        if self._session.active.path is not None and self._session.items:
            self._segmenter.prepare(self._session.active.path, self._session.active.quality)

    def _doubted(self, photo: Path, doubt: KeptDoubt) -> None:
        self._doubts = {photo: doubt}
        item = self._session.find(self._asked.get(photo, "")) or self._batch.get(photo)
        if item is not None and item.photo == photo:
            self._session.doubts.set(item.key, doubt)

    def _sketched(self, photo: Path, labels: _Labels) -> None:
        key = self._asked.get(photo)
        if key is not None:
            self.sketched.emit(key, labels)
        else:
            self._sketch = photo, labels

    def _predicted(self, photo: Path, labels: npt.NDArray[np.uint8]) -> None:
        self._sketch = None
        compared = self._compared.pop(photo, None)
        if compared is not None:
            compared(labels)
            self._soon.start()  # the model in use comes back before it is asked
            return
        key, item = self._asked.pop(photo, None), self._batch.pop(photo, None)
        expected = self._expected.pop(photo, None)
        if key is not None:
            self._session.apply_prediction(key, labels)
            self.settled.emit(key)
        elif expected is not None and item is None:
            self._ready[expected] = labels, self._doubts.get(photo)
            while len(self._ready) > _KEPT:
                self._ready.popitem(last=False)
        if item is not None:
            self.proposed.emit(item, labels)

    def _failed(self, photo: Path, sentence: str) -> None:
        self._sketch = None
        if self._compared.pop(photo, None) is not None:
            self._session.notice.emit(sentence, "error")
            return
        self._expected.pop(photo, None)
        item = self._batch.pop(photo, None)
        if (key := self._asked.pop(photo, None)) is not None:
            self._session.proposals.owed.discard(key)  # else a model that works would paint into what is done by hand
            self._session.notice.emit(sentence, "error")
            self.settled.emit(key)
        if item is not None:
            self.refused.emit(item.key, sentence)
