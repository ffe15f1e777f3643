"""Child processes of the studio: the segmenter that answers at once, and jobs that run on their own."""

from __future__ import annotations

import contextlib
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import psutil
from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from chromadesk.dataset.figures import KeptDoubt
from chromadesk.inference.looks import Quality
from chromadesk.jobs import record
from chromadesk.jobs.messages import Failed, Finished
from chromadesk.studio.tips import with_keys
from chromadesk.studio.words import mark, tr

#: What the segmenter is doing, in words for the person.
LOADING, PREDICTING = mark("Loading the model…"), mark("Predicting…")
_SHUTDOWN_MS = 800
#: A photo (None: only make ready), the weights, and how closely to look.
_Asked = tuple[Path | None, Path, Quality]
#: Messages passed on between two looks at the event loop.
_AT_ONCE = 200


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
    failed = Signal(object, str)
    """photo: Path, the sentence for the person"""
    doing = Signal(str)
    """What the person waits for now: LOADING, PREDICTING, or nothing ("")"""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = tempfile.TemporaryDirectory(prefix="chromadesk-", ignore_cleanup_errors=True)
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
                child.waitForFinished(_SHUTDOWN_MS)
            child.deleteLater()
        self._folder.cleanup()

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
        line = {
            "id": self._number,
            "photo": None if photo is None else str(photo),
            "model": str(model),
            "quality": quality,
            "labels": str(self._labels_path()),
            "scores": str(self._scores_path()),
        }
        self._living().write(json.dumps(line).encode() + b"\n")
        self._say()

    def _labels_path(self) -> Path:
        return Path(self._folder.name) / f"{self._number}.npy"

    def _scores_path(self) -> Path:
        return Path(self._folder.name) / f"{self._number}.scores.npy"

    def _say(self) -> None:
        asked = (self._waiting, None if self._quiet else self._current)
        wanted = next((r for r in asked if r is not None and r[0] is not None), None)
        words = "" if wanted is None else PREDICTING if wanted[1:] == self._loaded else LOADING
        if words != self._said:
            self._said = words
            self.doing.emit(words)

    def _living(self) -> QProcess:
        if self._child is None:
            child = QProcess(self)
            child.setProcessChannelMode(QProcess.ProcessChannelMode.ForwardedErrorChannel)
            child.readyReadStandardOutput.connect(self._read)
            child.finished.connect(self._on_finished)
            child.errorOccurred.connect(self._on_error)
            self._child = child
            child.start(sys.executable, ["-m", "chromadesk.jobs.segmenter", self._folder.name])
        return self._child

    def _read(self) -> None:
        while self._child is not None and self._child.canReadLine():
            answer: dict[str, Any] = json.loads(bytes(self._child.readLine().data()))
            if self._current is None or answer["id"] != self._number:
                continue
            photo, model, quality = self._current
            if "error" not in answer:
                self._loaded = model, quality
            if photo is None:
                self._next()  # a model that cannot be prepared says so at the first prediction
            elif "error" in answer:
                self._next()
                self.failed.emit(photo, answer["error"])
            else:
                labels, scores = _taken(self._labels_path()), _taken(self._scores_path())
                self._next()
                self.doubted.emit(photo, KeptDoubt(answer["doubt"], answer["reason"], model.stem))
                self.scored.emit(photo, scores)
                self.predicted.emit(photo, labels)

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
        self._lost(with_keys(tr("The segmenter stopped unexpectedly and will be restarted; predict again (@predict).")))

    def _lost(self, sentence: str) -> None:
        child, self._child, self._loaded = self._child, None, None
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


class JobProcess(QObject):
    """A job that runs in its own process, outlives the studio if need be, and is followed through its folder.

    The process is detached and speaks through ``messages.jsonl``: following a job just started, one found running after
    a restart and one that ended long ago is one and the same thing. Raises JobError when ``folder`` holds no job.
    """

    message = Signal(object)
    """chromadesk.jobs.messages.Message"""
    ended = Signal(int)
    """exit code; 0 also when it was stopped on request"""

    POLL_MS = 100
    GRACE_S = 30.0
    TERMINATE_S = 5.0

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folder = folder
        self.request = record.read_request(folder)
        self.attached = False
        self._tail = record.Tail(folder)
        self._stops = 0
        self._last: Finished | Failed | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(self.POLL_MS)
        self._timer.timeout.connect(self._poll)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self._press)

    @property
    def is_running(self) -> bool:
        """Whether the job is being followed and has not ended."""
        return self._timer.isActive()

    def start(self) -> None:
        """Start the job's process and follow it."""
        started, pid = QProcess.startDetached(sys.executable, ["-m", "chromadesk.jobs.worker", str(self.folder)])
        if started:
            record.claim(self.folder, int(pid))
        self._timer.start()

    def attach(self) -> None:
        """Follow a job whose process runs already, or has ended, from its first message on."""
        self.attached = True
        self._timer.start()

    def stop(self) -> None:
        """Ask the job to stop; when it does not within GRACE_S seconds its process is terminated, then killed."""
        if not self.is_running or self._stops:
            return
        record.ask_to_stop(self.folder)
        self._stops = 1
        self._patience.start(int(self.GRACE_S * 1000))

    def leave(self) -> None:
        """Follow no longer; the job itself goes on."""
        self._timer.stop()
        self._patience.stop()

    def _press(self) -> None:
        process = record.worker(self.folder)
        if process is None:
            return
        with contextlib.suppress(psutil.Error):
            if self._stops == 1:
                process.terminate()
            else:
                process.kill()
        self._stops += 1
        self._patience.start(int(self.TERMINATE_S * 1000))

    def _poll(self) -> None:
        # Whether it lives is asked before reading: what it said last is then certainly in the file.
        alive = record.running(self.folder)
        messages = self._tail.read(_AT_ONCE)
        for message in messages:
            if isinstance(message, Finished | Failed):
                self._last = message
            self.message.emit(message)
        if len(messages) == _AT_ONCE:
            QTimer.singleShot(0, self, self._poll)  # a long past to catch up with, in pieces
        if alive or messages or not self.is_running:
            return
        self.leave()
        if self._last is None:
            self._last = self._silent_end()
            self.message.emit(self._last)
        self.ended.emit(self._last.exit_code if isinstance(self._last, Failed) else 0)

    def _silent_end(self) -> Finished | Failed:
        if self._stops:
            return Finished({"cancelled": True})
        log = self.folder / record.LOG
        return Failed(tr("The job stopped without a word (out of memory?); what it printed is in {log}.", log=log))
