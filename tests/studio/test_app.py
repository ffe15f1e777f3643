"""The application: up and away again, and errors that become notices."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QtMsgType, qWarning
from PySide6.QtWidgets import QApplication
from pytestqt.exceptions import capture_exceptions

from chromadesk import log
from chromadesk.errors import StorageError
from chromadesk.studio import app


@pytest.fixture(autouse=True)
def folder_of_logs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "log"
    monkeypatch.setattr(log, "folder", lambda: path)
    return path


def written(folder: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in (folder / "studio.log").read_text().splitlines()]


def test_quit_says_what_was_painted_and_leaves(
    dressed: QApplication, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sys.excepthook
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "photo.jpg").write_bytes(b"none")
    for opened, painted in (
        (None, ["window"]),
        (folder, ["window", "data set", "photo"]),
        (tmp_path / "empty", ["window", "data set"]),
        (tmp_path / "broken", ["window", "data set"]),
        (tmp_path / "missing", ["window"]),
    ):
        assert app.main(opened, quit_after_paint=True) == 0
        assert capsys.readouterr().out.splitlines() == painted
    assert sys.excepthook is before


def test_a_clean_end_leaves_no_crash(dressed: QApplication, folder_of_logs: Path) -> None:
    assert app.main(None, quit_after_paint=True) == 0
    assert [path.name for path in folder_of_logs.iterdir()] == ["studio.log"]
    assert [line["message"].split()[0] for line in written(folder_of_logs)] == ["ChromaDesk", "closed"]


def test_the_window_waits_for_no_workspace_but_the_first() -> None:
    script = (
        "import sys; from chromadesk.studio.app import main; main(None, quit_after_paint=True); "
        "late = {'chromadesk.studio.colours.workspace', 'chromadesk.studio.model_workspace'}; "
        "late |= {'pyqtgraph', 'torch', 'cv2', 'PIL'}; "
        "print(sorted(late & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["window", "[]"]


@pytest.mark.skipif(sys.platform == "win32", reason="nobody is asked to end there")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_shutdown_is_no_crash(name: str) -> None:
    script = (
        "import os, signal, sys; from PySide6.QtCore import QTimer; from PySide6.QtWidgets import QApplication; "
        "application = QApplication(['x']); from chromadesk.studio.app import main; "
        f"QTimer.singleShot(0, lambda: os.kill(os.getpid(), signal.{name})); sys.exit(main())"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_errors_of_any_thread_become_sentences(dressed: QApplication, folder_of_logs: Path) -> None:
    said: list[tuple[str, str]] = []
    with log.kept("studio"), app.catching_errors() as catcher:
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
    assert str(folder_of_logs / "studio.log") in said[0][0]
    assert said[1][0] == "The disk is full."
    one, two = written(folder_of_logs)
    assert "Traceback" in one["trace"]
    assert "a bug" in one["trace"]
    assert "The disk is full." in two["trace"]


class Unwilling:
    def __del__(self) -> None:
        raise ValueError("in a finaliser")


def test_errors_nobody_could_be_told_of_are_logged(dressed: QApplication, folder_of_logs: Path) -> None:
    before = sys.unraisablehook
    with log.kept("studio"), app.catching_errors():
        Unwilling()
    assert sys.unraisablehook is before
    assert "in a finaliser" in written(folder_of_logs)[0]["trace"]


def test_qt_s_own_messages_go_to_the_log(dressed: QApplication, folder_of_logs: Path) -> None:
    with log.kept("studio"), app.catching_errors():
        qWarning("from Qt")
    assert written(folder_of_logs)[0]["message"] == "Qt: from Qt"
    assert QtMsgType.QtWarningMsg in app._LEVELS


def test_a_log_that_cannot_be_written_stops_nothing(dressed: QApplication, folder_of_logs: Path) -> None:
    folder_of_logs.write_text("")
    with capture_exceptions() as raised:
        assert app.main(None, quit_after_paint=True) == 0
    assert raised == []
