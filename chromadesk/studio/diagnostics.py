"""What went wrong, in the open: how the last studio ended, an index begun anew, and a bundle for who can mend it."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QProcess, QUrl
from PySide6.QtGui import QDesktopServices

from chromadesk import children, crashes, homes, plugins
from chromadesk.studio.words import tr

if TYPE_CHECKING:
    from chromadesk.studio.window import Window


def tell_of_the_last_end(window: Window) -> None:
    """Say quietly that the last studio ended without a goodbye, if it did."""
    ended = crashes.collect()
    if ended:
        window.notices.show(
            tr("ChromaDesk ended unexpectedly last time; your strokes are kept."),
            "info",
            tr("Show details"),
            lambda: show_path(window, ended[-1]),
            (tr("Save a diagnostic bundle…"), lambda: choose_bundle(window)),
        )


def tell_of_the_index(window: Window) -> None:
    """Say that what the index of the open data set knew besides the files is gone, if it is."""
    index = window.session.index
    if index is not None and index.made_anew:
        window.session.notice.emit(
            tr(
                "The index of this data set was damaged and has been made anew from its files. Nothing you did is "
                "lost; scores and doubts come back with the next evaluation and ranking."
            ),
            "info",
        )


def tell_of_plugins(window: Window) -> None:
    """Say which tools of other packages were left out."""
    for text in plugins.problems():
        window.session.notice.emit(text, "warning")


def choose_bundle(window: Window) -> None:
    """Ask where a diagnostic bundle shall go, and save it there."""
    from PySide6.QtWidgets import QFileDialog  # takes a while to load

    name = f"chromadesk-diagnostics-{time.strftime('%Y%m%d')}.zip"
    chosen, _ = QFileDialog.getSaveFileName(
        window, tr("Save a diagnostic bundle"), str(homes.home() / name), tr("ZIP files (*.zip)")
    )
    if chosen:
        save_bundle(window, Path(chosen))


def save_bundle(window: Window, path: Path) -> None:
    """Have ``path`` written by a process of its own, which may load what the studio must not; a notice follows."""
    dataset = window.session.dataset
    child = QProcess(window)
    folder = [] if dataset is None else [str(dataset.root)]
    program, *words = children.command("chromadesk", "doctor", "--bundle", str(path), "--", *folder)
    child.setProgram(program)
    child.setArguments(words)

    application = QCoreApplication.instance()
    assert application is not None

    def stop() -> None:
        child.finished.disconnect()
        child.kill()
        child.waitForFinished()

    def finished(code: int) -> None:
        application.aboutToQuit.disconnect(stop)
        said = bytes(child.readAllStandardError().data()).decode("utf-8", "replace").strip().splitlines()
        child.deleteLater()
        if code == 0:
            window.notices.show(
                tr(
                    "{name} is saved: versions, checks, logs and settings, without photos, masks, notes or names. "
                    "Look into it before you hand it on.",
                    name=path.name,
                ),
                "info",
                tr("Show in folder"),
                lambda: show_path(window, path.parent),
            )
        else:
            reason = said[-1] if said else tr("it ended with the code {code}", code=code)
            window.notices.show(tr("The diagnostic bundle was not saved: {reason}", reason=reason), "error")

    child.finished.connect(finished)
    child.errorOccurred.connect(lambda error: finished(-1) if error == QProcess.ProcessError.FailedToStart else None)
    application.aboutToQuit.connect(stop)
    window.notices.show(tr("A diagnostic bundle is being gathered…"))
    child.start()


def show_path(window: Window, path: Path) -> None:
    """Open ``path`` with what the desktop opens such things with, or say where it lies."""
    opened = os.environ.get("QT_QPA_PLATFORM") != "offscreen" and QDesktopServices.openUrl(
        QUrl.fromLocalFile(str(path))
    )
    if not opened:
        window.notices.show(tr("It lies in {path}.", path=path), "info")
