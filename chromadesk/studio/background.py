"""Work off the GUI thread: run a function, hand its result (or its error) back in the GUI thread."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from chromadesk.errors import ChromaDeskError
from chromadesk.studio.words import tr

_log = logging.getLogger(__name__)
#: Seconds after which a thread that computes hands over to the window's; Python's own 5 ms would be felt in a stroke.
_HANDOVER = 0.0005


class Background(QObject):
    """A small pool of threads, ``threads`` wide; one thread keeps the order in which work was asked for."""

    _delivered = Signal(object)

    def __init__(self, parent: QObject | None = None, threads: int = 1) -> None:
        super().__init__(parent)
        sys.setswitchinterval(_HANDOVER)
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="background")
        self._pending: set[Future[None]] = set()
        self._finished = False
        self._delivered.connect(self._call, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[], Any],
        then: Callable[[Any], None],
        failed: Callable[[ChromaDeskError], None],
    ) -> None:
        """Run ``work`` in a thread; then ``then(result)``, or ``failed(error)`` if it raised, in the GUI thread."""

        def job() -> None:
            try:
                result = work()
            except ChromaDeskError as error:
                sentence = error
                self.deliver(lambda: failed(sentence))
            except Exception as error:  # noqa: BLE001 - a bug: the person gets a sentence, the log the traceback
                _log.exception("background work failed")
                wrapped = ChromaDeskError(
                    tr(
                        "Something went wrong inside ChromaDesk ({kind}: {error}); see its log.",
                        kind=type(error).__name__,
                        error=error,
                    )
                )
                self.deliver(lambda: failed(wrapped))
            else:
                self.deliver(lambda: then(result))

        if self._finished:
            return
        self._pending = {future for future in self._pending if not future.done()}
        self._pending.add(self._pool.submit(job))

    def deliver(self, call: Callable[[], None]) -> None:
        """Have ``call`` made in the GUI thread; safe from any thread."""
        if not self._finished:
            self._delivered.emit(call)

    def wait(self) -> None:
        """Until everything asked for so far has run (results still travel through the event loop)."""
        for future in list(self._pending):
            future.result()

    def finish(self, drop: bool = False) -> None:
        """Wait for the threads and end them; ``drop`` leaves out what has not begun. Nothing is delivered after."""
        self._pool.shutdown(wait=True, cancel_futures=drop)
        self._finished = True

    def _call(self, call: Callable[[], None]) -> None:
        if not self._finished:
            call()
