"""What goes wrong in a studio without ending it: Qt's warnings, errors that nobody caught, errors in the log."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QtMsgType, qInstallMessageHandler

#: What the offscreen platform says of itself.
_PLATFORM = "This plugin does not support"


@contextmanager
def hearing() -> Iterator[list[str]]:
    """What Qt says, what no one caught in any thread, and errors in the log, while it lasts."""
    said: list[str] = []

    class Ears(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(f"log: {self.format(record)}")

    def qt(kind: QtMsgType, context: object, text: str) -> None:
        if _PLATFORM not in text:
            said.append(f"Qt: {text}")

    def take(kind: type[BaseException], error: BaseException | None, trace: object) -> None:
        said.append("".join(traceback.format_exception(kind, error, trace)))

    ears = Ears(logging.ERROR)
    logging.getLogger().addHandler(ears)
    hooks, before = (sys.excepthook, threading.excepthook), qInstallMessageHandler(qt)
    sys.excepthook, threading.excepthook = take, lambda told: take(told.exc_type, told.exc_value, told.exc_traceback)
    try:
        yield said
    finally:
        qInstallMessageHandler(before)
        sys.excepthook, threading.excepthook = hooks
        logging.getLogger().removeHandler(ears)
