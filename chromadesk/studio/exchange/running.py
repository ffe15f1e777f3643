"""One export or import at a time, in a thread of its own, told in the corner."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from chromadesk.errors import ChromaDeskError
from chromadesk.jobs.messages import Cancelled, Message, Progress, Report
from chromadesk.studio.background import Background
from chromadesk.studio.notices import Notices
from chromadesk.studio.words import tr
from chromadesk.studio.working import Working


class Running(QObject):
    """Begins work, shows how it gets on, and stops it when asked or when the window closes."""

    def __init__(self, notices: Notices, parent: QObject) -> None:
        super().__init__(parent)
        self._notices = notices
        self._thread = Background(self)
        self._stop = threading.Event()
        #: The notice of the work under way.
        self.notice: Working | None = None

    def start(self, text: str, work: Callable[[Report, Cancelled], Any], then: Callable[[Any], None]) -> bool:
        """Do ``work(report, cancelled)``, then ``then(result)`` here; an error becomes a notice. False, and a notice,
        while other work is under way.
        """
        if self.notice is not None:
            self._notices.show(tr("Wait until the export or import under way is done, or cancel it."))
            return False
        self._stop = stop = threading.Event()
        self.notice = notice = Working(self._notices.over, text, stop.set)
        self._notices.put(notice)

        def report(message: Message) -> None:
            if isinstance(message, Progress):
                self._thread.deliver(lambda: self._follow(notice, message))

        def done(result: Any) -> None:
            self._over()
            then(result)

        def failed(error: ChromaDeskError) -> None:
            self._over()
            self._notices.show(str(error), "error")

        self._thread.run(lambda: work(report, stop.is_set), done, failed)
        return True

    def close(self) -> None:
        """Stop what is under way after its photo, and end the thread."""
        self._stop.set()
        self._thread.finish(drop=True)

    def _follow(self, notice: Working, progress: Progress) -> None:
        if notice is self.notice:
            notice.follow(progress)

    def _over(self) -> None:
        if self.notice is not None:
            self._notices.dismiss(self.notice)
        self.notice = None
