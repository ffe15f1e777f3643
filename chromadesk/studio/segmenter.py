"""The segmenter's child process: asked for one photo after another, watched, killed where it hangs, started again."""

from __future__ import annotations

import contextlib
import json
import shutil
import time
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from chromadesk import children
from chromadesk.dataset.figures import KeptDoubt
from chromadesk.errors import StorageError
from chromadesk.explain import explain
from chromadesk.inference.quality import Quality
from chromadesk.jobs import scratch
from chromadesk.jobs.heartbeat import SILENCE_S
from chromadesk.studio.tips import with_keys
from chromadesk.studio.words import mark, tr

#: What the segmenter is doing, in words for the person.
LOADING, PREDICTING = mark("Loading the model…"), mark("Predicting…")
_SHUTDOWN_MS = 800
#: A killed process is gone at once, or when a busy machine comes round to it.
_KILLED_MS = 10_000
#: A photo (None: only make ready), the weights, and how closely to look.
_Asked = tuple[Path | None, Path, Quality]
#: So long after the last sign of life the child is killed; so long after it was asked although it gives some, seconds.
_PATIENCE_S, _LONGEST_S = SILENCE_S, 600.0
_WATCH_MS = 1000


class SegmenterProcess(QObject):
    """The child that keeps one model warm. One request is under way at a time; of those waiting the last counts, and
    photos asked for ahead come when nobody waits.
    """

    predicted = Signal(object, object)
    """photo: Path, labels: uint8 (H, W) at the photo's displayed size"""
    doubted = Signal(object, object)
    """photo: Path, dataset.figures.KeptDoubt; just before its labels"""
    scored = Signal(object, object)
    """photo: Path, class scores: uint8 (5, h, w) over all of it, 255 for certain; just before its labels"""
    sketched = Signal(object, object)
    """photo: Path, coarse labels: uint8 (h, w) over all of it; of a large photo, well before its labels"""
    failed = Signal(object, str)
    """photo: Path, the sentence for the person"""
    doing = Signal(str)
    """What the person waits for now: LOADING, PREDICTING, or nothing ("")"""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        #: Made with the first child.
        self._folder: Path | None = None
        self._child: QProcess | None = None
        self._number = 0
        self._current: _Asked | None = None
        self._waiting: _Asked | None = None
        self._later: list[_Asked] = []
        #: Nobody waits for what is under way.
        self._quiet = False
        #: The model the child that lives has answered with.
        self._loaded: tuple[Path, Quality] | None = None
        self._closing = False
        self._said = ""
        #: When the child was asked, and when it last gave a sign of life, by the monotonic clock.
        self._asked = self._heard = 0.0
        self._hung = False
        self._watch = QTimer(self, interval=_WATCH_MS)
        self._watch.timeout.connect(self._look)

    @property
    def warm(self) -> bool:
        """The child lives and has answered before."""
        return self._loaded is not None

    def predict(self, photo: Path, model: Path, quality: Quality = "standard") -> None:
        """Ask for the labels of ``photo`` by the weights ``model``; returns at once, a signal answers."""
        if self._quiet and self._current == (photo, model, quality):
            self._quiet = False  # under way already
            self._waiting = None
            self._say()
        else:
            self._ask((photo, model, quality))

    def predict_ahead(self, photos: list[Path], model: Path, quality: Quality = "standard") -> None:
        """Ask for photos that may be wanted next; of what was asked for so before only the one under way is done."""
        self._later = [(photo, model, quality) for photo in photos]
        if self._current is None and not self._closing:
            self._next()

    def prepare(self, model: Path, quality: Quality = "standard") -> None:
        """Start the child and load ``model`` ahead of the first request, unless there is something more urgent."""
        if not any(request is not None and request[0] is not None for request in (self._current, self._waiting)):
            self._ask((None, model, quality))

    def shutdown(self) -> None:
        """End the child: its input closes, and it is killed if it does not leave within a second (or still loads)."""
        self._closing = True
        self._waiting = self._current = None
        self._later = []
        child, self._child = self._child, None
        if child is not None:
            child.closeWriteChannel()
            if self._loaded is None or not child.waitForFinished(_SHUTDOWN_MS):
                child.kill()
                child.waitForFinished(_KILLED_MS)
            child.deleteLater()
        self._watch.stop()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _ask(self, request: _Asked) -> None:
        if self._closing:
            return
        if self._current is not None:
            self._waiting = request
            self._say()
            return
        self._send(request)

    def _send(self, request: _Asked) -> None:
        photo, model, quality = request
        self._number += 1
        self._current = request
        try:
            folder = self._answers()
        except (OSError, StorageError) as error:
            sentence, _ = explain(error)
            QTimer.singleShot(0, self, lambda: self._lost(sentence))
            return
        line = {
            "id": self._number,
            "photo": None if photo is None else str(photo),
            "model": str(model),
            "quality": quality,
            "labels": str(folder / f"{self._number}.npy"),
            "scores": str(folder / f"{self._number}.scores.npy"),
            "coarse": str(folder / f"{self._number}.coarse.npy"),
        }
        self._living(folder).write(json.dumps(line).encode() + b"\n")
        self._asked = self._heard = time.monotonic()
        self._watch.start()
        self._say()

    def _answers(self) -> Path:
        """The folder that the child answers into; raises OSError, StorageError."""
        if self._folder is None or not self._folder.is_dir():  # a system may tidy its temporary files
            self._folder = scratch.make()
        return self._folder

    def _say(self) -> None:
        asked = (self._waiting, None if self._quiet else self._current)
        wanted = next((r for r in asked if r is not None and r[0] is not None), None)
        words = "" if wanted is None else PREDICTING if wanted[1:] == self._loaded else LOADING
        if words != self._said:
            self._said = words
            self.doing.emit(words)

    def _living(self, folder: Path) -> QProcess:
        if self._child is None:
            child = QProcess(self)
            child.setProcessChannelMode(QProcess.ProcessChannelMode.ForwardedErrorChannel)
            child.readyReadStandardOutput.connect(self._read)
            child.finished.connect(self._on_finished)
            child.errorOccurred.connect(self._on_error)
            self._child = child
            program, *words = children.command("chromadesk.jobs.segmenter", str(folder))
            child.start(program, words)
        return self._child

    def _read(self) -> None:
        while self._child is not None and self._child.canReadLine():
            answer: dict[str, Any] = json.loads(bytes(self._child.readLine().data()))
            self._heard = time.monotonic()
            if self._current is None or answer.get("id") != self._number:
                continue
            photo, model, quality = self._current
            if "coarse" in answer:
                with contextlib.suppress(OSError, ValueError, StorageError):  # the labels are still to come
                    self.sketched.emit(photo, _taken(self._answers() / f"{self._number}.coarse.npy"))
                continue
            if "error" not in answer:
                self._loaded = model, quality
            if photo is None:
                self._next()  # a model that cannot be prepared says so at the first prediction
            elif "error" in answer:
                self._next()
                self.failed.emit(photo, answer["error"])
            else:
                self._take(answer, photo, model)

    def _take(self, answer: dict[str, Any], photo: Path, model: Path) -> None:
        try:
            folder = self._answers()
            labels, scores = (_taken(folder / f"{self._number}{end}") for end in (".npy", ".scores.npy"))
        except (OSError, ValueError, StorageError):
            self._next()
            self.failed.emit(
                photo, with_keys(tr("The segmenter's answer could not be read; predict again (@predict)."))
            )
            return
        self._next()
        self.doubted.emit(photo, KeptDoubt(answer["doubt"], answer["reason"], model.stem))
        self.scored.emit(photo, scores)
        self.predicted.emit(photo, labels)

    def _look(self) -> None:
        """Kill the child where it hangs; its end then says so."""
        self._read()
        if self._current is None or self._child is None:
            self._watch.stop()
            return
        now = time.monotonic()
        if now - self._heard > _PATIENCE_S or now - self._asked > _LONGEST_S:
            self._hung = True
            self._child.kill()

    def _next(self) -> None:
        request, self._current, self._waiting = self._waiting, None, None
        self._quiet = request is None and bool(self._later)
        if self._quiet:
            request = self._later.pop(0)
        if request is not None:
            self._send(request)
        else:
            self._say()

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._lost(
                tr("The segmenter could not be started; check that ChromaDesk's Python installation is complete.")
            )

    def _on_finished(self) -> None:
        self._read()
        if self._hung:
            sentence = tr("The segmenter gave no answer any more and will be restarted; predict again (@predict).")
        else:
            sentence = tr("The segmenter stopped unexpectedly and will be restarted; predict again (@predict).")
        self._lost(with_keys(sentence))

    def _lost(self, sentence: str) -> None:
        child, self._child, self._loaded, self._hung = self._child, None, None, False
        if child is not None:
            child.deleteLater()
        if self._current is None or self._closing:
            return
        photo = self._current[0]
        self._next()
        if photo is not None:
            self.failed.emit(photo, sentence)


def _taken(path: Path) -> npt.NDArray[np.uint8]:
    """What the child left at ``path``, which then is gone."""
    taken = np.array(np.load(path, mmap_mode="r"))
    path.unlink(missing_ok=True)
    return taken
