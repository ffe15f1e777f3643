"""From the command to the painted window, in new processes that take turns: the studio, Qt alone, and labelme; then
from there to a photo's first mask.

Each program says what it has painted as it goes, a line each; times count from the start of its interpreter. ChromaDesk
says so by ``--quit``; labelme is told to from outside, its files stay as they are. Settings and logs go into a folder
that is thrown away, and so does compiled Python where the environment keeps it from being written: who installs a
program has that, and would wait for it only once.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from chromadesk import children, display
from chromadesk.bench import first_mask, studio
from chromadesk.bench.sheets import Sheet
from chromadesk.dataset.pairs import Dataset
from chromadesk.errors import Cancelled as CancelledError
from chromadesk.errors import InputError
from chromadesk.jobs.messages import Cancelled, Progress, Report, Started, ignore, never

#: Photos of the data set that is made up where none is given.
PHOTOS = 801
STUDIO, BARE, LABELME = "ChromaDesk", "Qt alone", "labelme"
#: The studio's child process, warm.
SEGMENTER = "segmenter"

_BARE = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        QTimer.singleShot(0, lambda: (print("window", flush=True), app.quit()))
app = QApplication([])
window = Window()
window.resize(1440, 900)
window.show()
app.exec()
"""
# Its window is shown with the folder listed and the first photo in it, so one painting is all three.
_LABELME = """
import os, sys
from PyQt5 import QtCore, QtWidgets
class Painted(QtCore.QObject):
    def eventFilter(self, watched, event):
        if event.type() == QtCore.QEvent.Paint:
            QtCore.QTimer.singleShot(0, self.say)
        return False
    def say(self):
        print("window", "data set", "photo", sep=os.linesep, file=sys.__stdout__, flush=True)
        os._exit(0)
class Application(QtWidgets.QApplication):
    def exec_(self):
        painted = Painted()
        for window in self.topLevelWidgets():
            if isinstance(window, QtWidgets.QMainWindow):
                window.installEventFilter(painted)
        return super().exec_()
QtWidgets.QApplication = Application
from labelme.__main__ import main
sys.argv = ["labelme", "--config", "{}", sys.argv[1]]
main()
"""


@dataclass(frozen=True)
class Row:
    """``ms``: the median until ``program`` had painted ``what``, or answered with it (the segmenter).

    ``of_labelme``: as a part of labelme's, None where it did not run.
    """

    program: str
    what: str
    ms: float
    of_labelme: float | None = None


def measure(
    dataset: Path | None = None,
    *,
    labelme: Path | None = None,
    rounds: int = 7,
    report: Report = ignore,
    cancelled: Cancelled = never,
) -> list[Row]:
    """The rows of every program, ``dataset`` open (None: one of PHOTOS made-up photos); ``labelme``: the interpreter of
    an environment that has it. One round before those counted warms the disk. Raises InputError, DatasetError,
    errors.Cancelled.
    """
    report(Started("startup", rounds + 2))
    with tempfile.TemporaryDirectory(prefix="chromadesk-startup-") as folder:
        root = dataset or _made_up(Path(folder) / "photos")
        first = _first(root)
        environment = _environment(Path(folder))
        programs = {LABELME: [str(labelme), "-c", _LABELME, str(first.parent)]} if labelme is not None else {}
        programs[BARE] = [sys.executable, "-c", _BARE]
        programs[STUDIO] = children.command("chromadesk", "studio", str(root), "--quit")
        took: dict[tuple[str, str], list[float]] = defaultdict(list)
        for turn in range(rounds + 1):
            for program, command in programs.items():
                if cancelled():
                    raise CancelledError("The timing was stopped.")
                for what, seconds in _painted(program, command, environment).items():
                    if turn:
                        took[program, what].append(1000 * seconds)
            report(Progress(turn + 1, rounds + 2, "starting"))
        masks = first_mask.measure(None if dataset is None else first, rounds)
        report(Progress(rounds + 2, rounds + 2, "masks"))
    medians = {each: statistics.median(times) for each, times in took.items()}
    shares = {what: ms for (program, what), ms in medians.items() if program == LABELME}
    return [
        Row(program, what, round(ms, 1), round(ms / shares[what], 3) if what in shares else None)
        for (program, what), ms in medians.items()
    ] + [Row(SEGMENTER, what, round(ms, 1)) for what, ms in masks.items()]


def sheet(rows: list[Row]) -> Sheet:
    """The rows as a table."""
    lines = tuple(
        (row.program, row.what, f"{row.ms:.0f}", "" if row.of_labelme is None else f"{row.of_labelme:.2f}x")
        for row in rows
    )
    return Sheet("How long until it is there", ("program", "what", "ms", "of labelme"), lines)


def _made_up(root: Path) -> Path:
    studio.write_pair(root, "0", studio.NEXT)
    studio.write_many(root, PHOTOS - 1)
    return root


def _first(root: Path) -> Path:
    """The data set's first photo."""
    items = Dataset.open(root).items
    if not items:
        raise InputError(f"There are no photos in {root} to open; give a data set that has some.")
    return items[0].photo


def _environment(folder: Path) -> dict[str, str]:
    found = dict(os.environ)
    if not display.available():
        found["QT_QPA_PLATFORM"] = "offscreen"
    for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"):
        found[name] = str(folder / name)
    if found.pop("PYTHONDONTWRITEBYTECODE", ""):
        found["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")
    return found


def _painted(program: str, command: list[str], environment: dict[str, str]) -> dict[str, float]:
    """What ``command`` said it painted, and after how many seconds. Raises InputError when it says nothing."""
    begun, found = time.perf_counter(), {}
    with tempfile.TemporaryFile() as said:
        try:
            child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=said, env=environment, text=True)
        except OSError as error:
            raise InputError(
                f"{command[0]} cannot be started ({error.strerror}); give a Python interpreter."
            ) from error
        with child:
            assert child.stdout is not None
            for line in child.stdout:
                found[line.strip()] = time.perf_counter() - begun
        if child.returncode or not found:
            said.seek(0)
            last = said.read().decode(errors="replace").strip().splitlines()[-1:]
            raise InputError(f"{program} showed no window ({' '.join(last) or 'it said nothing'}): {command[0]}.")
    return found
