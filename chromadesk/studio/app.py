"""The application: QApplication, and the one place where errors become notices and a line in the log."""

from __future__ import annotations

import contextlib
import logging
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    QSocketNotifier,
    QTimer,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
    qVersion,
)
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

import chromadesk
from chromadesk import crashes, log, resources
from chromadesk.errors import ChromaDeskError
from chromadesk.studio import diagnostics, dropping, theme, words
from chromadesk.studio.collecting import Collecting
from chromadesk.studio.window import Window
from chromadesk.studio.words import tr

_log = logging.getLogger("chromadesk.studio")
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def main(dataset: Path | None = None, quit_after_paint: bool = False) -> int:
    """Show the studio, with what ``dataset`` means open (see dropping); the exit code.

    ``quit_after_paint``: say on stdout what has been painted, and leave; see first_paint.
    """
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(["chromadesk"])
    app.setApplicationName("ChromaDesk")
    app.setDesktopFileName("chromadesk")
    app.setWindowIcon(QIcon(str(resources.folder() / "application" / "chromadesk.svg")))
    words.use_chosen()
    theme.apply(app)
    with log.kept("studio"), crashes.watched("studio"), Collecting(), catching_errors() as catcher:
        _log.info("ChromaDesk %s, Python %s, Qt %s", chromadesk.__version__, sys.version.split()[0], qVersion())
        window = Window()
        catcher.caught.connect(window.session.notice)
        window.session.notice.connect(_log_notice)
        window.paint.empty.recents.follow()
        if quit_after_paint:
            from chromadesk.studio.first_paint import FirstPaint

            FirstPaint(window, dataset)
        else:
            QTimer.singleShot(0, lambda: diagnostics.tell_of_the_last_end(window))
            QTimer.singleShot(0, lambda: diagnostics.tell_of_plugins(window))
        if dataset is not None:  # listed in a thread while the window is shown
            try:
                dropping.open_path(window, dataset)
            except ChromaDeskError as error:
                window.session.notice.emit(str(error), "error")
        window.show()
        with _heeding_the_system(window.leave):
            code = app.exec()
        window.leave()
        _log.info("closed")
        return code


@contextlib.contextmanager
def _heeding_the_system(leave: Callable[[], None]) -> Iterator[None]:
    """While it lasts, a log-off or a shutdown (SIGTERM, SIGHUP) is no crash: the studio saves and leaves."""
    reader, writer = socket.socketpair()
    reader.setblocking(False)
    writer.setblocking(False)
    notifier = QSocketNotifier(reader.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(lambda: reader.recv(4096))  # Python heeds a signal only when it runs
    woken = signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
    numbers = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {number: signal.signal(number, lambda *_: QTimer.singleShot(0, leave)) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(woken)
        notifier.setEnabled(False)
        reader.close()
        writer.close()


def _log_notice(text: str, level: str) -> None:
    if level != "info":
        _log.warning("said: %s", text)


class Catcher(QObject):
    """Takes errors from any thread; ``caught`` carries (sentence, level) to the window."""

    caught = Signal(str, str)

    def take(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Log an error nobody handled and say it in words; what is on screen stays as it is."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        _log.critical("unhandled error", exc_info=(kind, error, trace))
        if isinstance(error, ChromaDeskError):
            self.caught.emit(str(error), "error")
        else:
            self.caught.emit(
                tr(
                    "Something went wrong inside ChromaDesk ({kind}). Your work is kept; the details are in {log}.",
                    kind=kind.__name__,
                    log=log.path("studio"),
                ),
                "error",
            )

    def take_from_thread(self, args: threading.ExceptHookArgs) -> None:
        """The same for a thread's error."""
        if args.exc_value is not None and not issubclass(args.exc_type, SystemExit):
            self.take(args.exc_type, args.exc_value, args.exc_traceback)

    def take_unraisable(self, args: sys.UnraisableHookArgs) -> None:
        """An error where nobody could be told (a finaliser, a callback): into the log, for the work goes on."""
        trace = (args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback)
        _log.error("error nobody could be told of: %s", args.err_msg or args.object, exc_info=trace)


@contextlib.contextmanager
def catching_errors() -> Iterator[Catcher]:
    """While it lasts, no error ends the studio or shows a traceback: they go to the log and to ``caught``."""
    catcher = Catcher()
    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    sys.excepthook, threading.excepthook = catcher.take, catcher.take_from_thread
    sys.unraisablehook = catcher.take_unraisable
    before_qt = qInstallMessageHandler(_take_qt_message)
    try:
        yield catcher
    finally:
        qInstallMessageHandler(before_qt)
        sys.excepthook, threading.excepthook, sys.unraisablehook = before


def _take_qt_message(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    _log.log(_LEVELS.get(kind, logging.WARNING), "Qt: %s", text)
