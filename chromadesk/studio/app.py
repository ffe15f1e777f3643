"""The application: QApplication, and the one place where errors become notices and a line in the log."""

from __future__ import annotations

import contextlib
import logging
import logging.handlers
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

import platformdirs
from PySide6.QtCore import QMessageLogContext, QObject, QTimer, QtMsgType, Signal, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from chromadesk.errors import ChromaDeskError
from chromadesk.studio import theme, words
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
    """Show the studio, with ``dataset`` open; the exit code. ``quit_after_paint``: paint the window once and leave."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(["chromadesk"])
    app.setApplicationName("ChromaDesk")
    app.setDesktopFileName("chromadesk")
    words.use_chosen()
    theme.apply(app)
    with catching_errors() as catcher:
        window = Window()
        catcher.caught.connect(window.session.notice)
        window.paint.empty.recents.follow()
        window.show()
        if dataset is not None:
            QTimer.singleShot(0, lambda: window.session.open_folder(dataset))
        if quit_after_paint:
            window.repaint()
            QTimer.singleShot(0, window.leave)
        code = app.exec()
        window.leave()
        return code


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
                    log=log_path(),
                ),
                "error",
            )

    def take_from_thread(self, args: threading.ExceptHookArgs) -> None:
        """The same for a thread's error."""
        if args.exc_value is not None and not issubclass(args.exc_type, SystemExit):
            self.take(args.exc_type, args.exc_value, args.exc_traceback)


@contextlib.contextmanager
def catching_errors() -> Iterator[Catcher]:
    """While it lasts, no error ends the studio or shows a traceback: they go to the log and to ``caught``."""
    handler = _log_handler()
    logging.getLogger().addHandler(handler)
    catcher = Catcher()
    before = sys.excepthook, threading.excepthook
    sys.excepthook, threading.excepthook = catcher.take, catcher.take_from_thread
    before_qt = qInstallMessageHandler(_take_qt_message)
    try:
        yield catcher
    finally:
        qInstallMessageHandler(before_qt)
        sys.excepthook, threading.excepthook = before
        logging.getLogger().removeHandler(handler)
        handler.close()


def log_path() -> Path:
    """Where the studio's log lies."""
    return Path(platformdirs.user_log_dir("chromadesk", appauthor=False)) / "studio.log"


def _log_handler() -> logging.Handler:
    """Three files of at most 1 MB; standard error where the log's folder cannot be written."""
    handler: logging.Handler
    try:
        log_path().parent.mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(log_path(), maxBytes=1_000_000, backupCount=2, encoding="utf-8")
    except OSError:
        handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    return handler


def _take_qt_message(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    _log.log(_LEVELS.get(kind, logging.WARNING), "Qt: %s", text)
