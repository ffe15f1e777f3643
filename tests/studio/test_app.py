"""The application: up and away again, and errors that become notices."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QtMsgType, qWarning
from PySide6.QtWidgets import QApplication
from pytestqt.exceptions import capture_exceptions

from chromadesk.errors import StorageError
from chromadesk.studio import app


@pytest.fixture(autouse=True)
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "log" / "studio.log"
    monkeypatch.setattr(app, "log_path", lambda: path)
    return path


def test_quit_paints_once_and_leaves(dressed: QApplication, folder: Path) -> None:
    before = sys.excepthook
    assert app.main(None, quit_after_paint=True) == 0
    assert app.main(folder, quit_after_paint=True) == 0
    assert sys.excepthook is before


def test_the_window_waits_for_no_workspace_but_the_first() -> None:
    script = (
        "import sys; from chromadesk.studio.app import main; main(None, quit_after_paint=True); "
        "late = {'chromadesk.studio.colours.workspace', 'chromadesk.studio.model_workspace', 'pyqtgraph', 'torch'}; "
        "print(sorted(late & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_errors_of_any_thread_become_sentences(dressed: QApplication, log: Path) -> None:
    said: list[tuple[str, str]] = []
    with app.catching_errors() as catcher:
        catcher.caught.connect(lambda text, level: said.append((text, level)))
        try:
            raise ValueError("a bug")
        except ValueError as error:
            sys.excepthook(ValueError, error, error.__traceback__)
        thread = threading.Thread(target=lambda: (_ for _ in ()).throw(StorageError("The disk is full.")))
        thread.start()
        thread.join()
        QApplication.processEvents()
    assert [level for _, level in said] == ["error", "error"]
    assert "ValueError" in said[0][0]
    assert str(log) in said[0][0]
    assert said[1][0] == "The disk is full."
    assert "a bug" in log.read_text()
    assert "Traceback" in log.read_text()


def test_qt_s_own_messages_go_to_the_log(dressed: QApplication, log: Path) -> None:
    with app.catching_errors():
        qWarning("from Qt")
    assert "from Qt" in log.read_text()
    assert QtMsgType.QtWarningMsg in app._LEVELS


def test_a_log_that_cannot_be_written_stops_nothing(
    dressed: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(app, "log_path", lambda: tmp_path / "file" / "studio.log")
    with app.catching_errors(), capture_exceptions() as raised:
        QApplication.processEvents()
    assert raised == []
