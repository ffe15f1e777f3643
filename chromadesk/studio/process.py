"""Jobs, followed: each runs in a process of its own, which the studio starts, watches through its folder, and stops."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

import psutil
from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from chromadesk import children
from chromadesk.jobs import record
from chromadesk.jobs.heartbeat import SILENCE_S
from chromadesk.jobs.messages import Failed, Finished
from chromadesk.studio.words import tr

#: Messages passed on between two looks at the event loop.
_AT_ONCE = 200


class JobProcess(QObject):
    """A job that runs in its own process, outlives the studio if need be, and is followed through its folder.

    The process is detached and speaks through ``messages.jsonl``: following a job just started, one found running after
    a restart and one that ended long ago is one and the same thing. Raises JobError when ``folder`` holds no job.
    """

    message = Signal(object)
    """chromadesk.jobs.messages.Message"""
    ended = Signal(int)
    """exit code; 0 also when it was stopped on request"""
    hangs = Signal(bool)
    """whether it has given no sign of life for SILENCE_S seconds; False when it gives one again"""

    POLL_MS = 100
    SILENCE_S = SILENCE_S
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
        #: The last sign of life, when it was noticed (by the monotonic clock), and whether there should have been more.
        self._beat, self._heard, self._hangs = 0, time.monotonic(), False
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
        program, *words = children.command("chromadesk.jobs.worker", str(self.folder))
        started, pid = QProcess.startDetached(program, words)
        if started:
            record.claim(self.folder, int(pid))
        self._heard = time.monotonic()
        self._timer.start()

    def attach(self) -> None:
        """Follow a job whose process runs already, or has ended, from its first message on."""
        self.attached = True
        self._heard = time.monotonic()
        self._timer.start()

    def stop(self) -> None:
        """Ask the job to stop; when it does not within GRACE_S seconds its process is terminated, then killed."""
        if not self.is_running or self._stops:
            return
        record.ask_to_stop(self.folder)
        self._stops = 1
        self._patience.start(int((self.TERMINATE_S if self._hangs else self.GRACE_S) * 1000))

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
        self._listen(bool(messages))
        if len(messages) == _AT_ONCE:
            QTimer.singleShot(0, self, self._poll)  # a long past to catch up with, in pieces
        if alive or messages or not self.is_running:
            return
        self.leave()
        if self._last is None:
            self._last = self._silent_end()
            self.message.emit(self._last)
        self.ended.emit(self._last.exit_code if isinstance(self._last, Failed) else 0)

    def _listen(self, spoke: bool) -> None:
        """Notice signs of life, and that there are none."""
        beat, now = record.last_beat(self.folder), time.monotonic()
        if spoke or beat != self._beat:
            self._beat, self._heard = beat, now
        hangs = now - self._heard > self.SILENCE_S
        if hangs != self._hangs:
            self._hangs = hangs
            self.hangs.emit(hangs)

    def _silent_end(self) -> Finished | Failed:
        if self._stops:
            return Finished({"cancelled": True})
        log = self.folder / record.LOG
        return Failed(tr("The job stopped without a word (out of memory?); what it printed is in {log}.", log=log))
