"""An unexpected end is told once and quietly; a bundle is saved from the window, and says so."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from chromadesk import crashes, log
from chromadesk.dataset.index import FILE_NAME, Index
from chromadesk.dataset.pairs import Dataset
from chromadesk.studio import diagnostics
from chromadesk.studio.window import Window


@pytest.fixture(autouse=True)
def folder_of_logs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "log"
    monkeypatch.setattr(log, "folder", lambda: path)
    return path


def test_a_killed_studio_is_told_of_once(window: Window, folder_of_logs: Path) -> None:
    script = (
        "import os, signal, sys; from pathlib import Path; from PySide6.QtCore import QTimer\n"
        "from chromadesk import log; log.folder = lambda: Path(sys.argv[1])\n"
        "from chromadesk.studio.app import main\n"
        "QTimer.singleShot(0, lambda: os.kill(os.getpid(), signal.SIGKILL)); main(None)"
    )
    subprocess.run([sys.executable, "-c", script, str(folder_of_logs)], check=False)
    diagnostics.tell_of_the_last_end(window)
    (notice,) = window.notices.shown
    assert notice.level == "info"
    assert "ended unexpectedly" in notice.text
    assert [button.text() for button in notice.answers] == ["Show details", "Save a diagnostic bundle…"]
    notice.answers[0].click()
    (where,) = window.notices.shown
    assert str(crashes.kept()[0]) in where.text
    window.notices.dismiss(where)
    diagnostics.tell_of_the_last_end(window)
    assert window.notices.shown == []


@pytest.mark.parametrize("damaged", [False, True])
def test_an_index_begun_anew_is_said(
    window: Window, folder: Path, notices: list[tuple[str, str]], damaged: bool
) -> None:
    dataset = Dataset.open(folder)
    Index.open(dataset).close()
    if damaged:
        (dataset.state / FILE_NAME).write_text("no index")
    window.session.open_dataset(folder, show=False)
    assert ["made anew" in text for text, _ in notices] == [True] * damaged


@pytest.mark.slow
def test_a_bundle_is_saved(window: Window, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    window.session.open_dataset(folder, show=False)
    path = folder.parent / "bundle.zip"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    window.actions_table["bundle"].trigger()
    qtbot.waitUntil(lambda: any("bundle.zip is saved" in each.text for each in window.notices.shown), timeout=60_000)
    with zipfile.ZipFile(path) as bundle:
        assert "about.txt" in bundle.namelist()


@pytest.mark.slow
def test_a_bundle_that_cannot_be_saved_says_why(window: Window, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "file").touch()
    diagnostics.save_bundle(window, tmp_path / "file" / "bundle.zip")
    qtbot.waitUntil(lambda: any(each.level == "error" for each in window.notices.shown), timeout=60_000)


def test_the_window_closes_while_a_bundle_is_gathered(folder_of_logs: Path, tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from PySide6.QtCore import QTimer; from PySide6.QtWidgets import *\n"
        "from chromadesk import log; log.folder = lambda: Path(sys.argv[1])\n"
        "from chromadesk.studio import app, diagnostics; from chromadesk.studio.window import Window\n"
        "made = QApplication(['chromadesk'])\n"
        "window = lambda: next(w for w in made.topLevelWidgets() if isinstance(w, Window))\n"
        "QTimer.singleShot(300, lambda: diagnostics.save_bundle(window(), Path(sys.argv[2])))\n"
        "QTimer.singleShot(800, lambda: window().leave())\n"
        "sys.exit(app.main(None))"
    )
    command = [sys.executable, "-c", script, str(folder_of_logs), str(tmp_path / "bundle.zip")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert "error" not in (folder_of_logs / "studio.log").read_text()
