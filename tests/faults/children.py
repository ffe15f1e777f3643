"""Row 12: a child that runs out of memory, of numbers or of life while a person paints in the real window.

Each fault is brought into the trainer's or the segmenter's process (see ``stricken``). The window must say so in two
seconds, of one that hangs in two after the silence that proves it, while strokes go on being drawn and kept.

This file is also the window.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import psutil

from chromadesk.jobs import record
from chromadesk.jobs.heartbeat import SILENCE_S
from tests.faults import nursery, stricken
from tests.faults.harness import ROOT, Campaign, Turn
from tests.faults.trainings import write_pairs

#: By fault, what the notice says of a trainer and of a segmenter.
FAULTS = {
    "memory": ("too small for 4 photos at a time; the training goes on with 2", "too little memory to segment"),
    "numbers": ("goes on with half the learning rate", "what are no numbers"),
    "exit": ("stopped without a word", "stopped unexpectedly"),
    "segfault": ("stopped without a word", "stopped unexpectedly"),
    "hang": ("gives no sign of life", "gave no answer any more"),
    "stop": ("gives no sign of life", "gave no answer any more"),
}
ALL = [(where, how) for how in FAULTS for where in ("training", "segmenter")]
QUICK = [fault for fault in ALL if fault[1] not in ("hang", "stop")]
HANGS = [fault for fault in ALL if fault not in QUICK]
_PATIENCE = 180.0


def struck(turn: Turn, faults: list[tuple[str, str]]) -> None:
    """So many of ``faults``, each in a window of its own."""
    for number in range(turn.amount):
        where, how = faults[(turn.seed * turn.amount + number) % len(faults)]
        folder = turn.within / f"{number}-{where}-{how}"
        _prepare(folder, where, how, random.Random(f"{turn.seed} {number}"))
        environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{folder / 'fault'}", "OMP_NUM_THREADS": "1"}
        (folder / "tmp").mkdir()
        environment["TMPDIR"] = str(folder / "tmp")
        command = [sys.executable, "-m", "tests.faults.children", str(folder), where, how, str(turn.seed)]
        ended = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=ROOT, timeout=600)
        if ended.returncode:
            turn.fail(f"{where}, {how}: the window ended with {ended.returncode}: {ended.stderr[-600:]}")
            continue
        said = json.loads(ended.stdout.splitlines()[-1])
        for sentence in said["failures"]:
            turn.fail(f"{where}, {how}: {sentence}")
        silence = SILENCE_S if how in ("hang", "stop") else 0
        turn.measure("seconds until shown, hangs" if silence else "seconds until shown", said["seconds"])
        turn.measure("longest stroke while it happened, s", said["longest"])
        for left in alive(folder):
            turn.fail(f"{where}, {how}: left running: {' '.join(left.cmdline())[:200]}")
            left.kill()
        turn.count()


def _prepare(folder: Path, where: str, how: str, draw: random.Random) -> None:
    write_pairs(folder / "pairs", 10, draw.randrange(1000))
    (folder / "fault").mkdir()
    shutil.copy(stricken.__file__, folder / "fault" / "sitecustomize.py")
    # The first step or look, before anything is kept, or one in the middle.
    fault = {"where": where, "how": how, "step": draw.choice((1, 5)) if where == "training" else 1}
    (folder / "fault" / "fault.json").write_text(json.dumps(fault))


def alive(folder: Path) -> list[psutil.Process]:
    """Processes that know of ``folder`` by their command line, long after they should have gone."""
    deadline = time.monotonic() + 60
    while True:
        found = []
        for process in psutil.process_iter(["cmdline"]):
            if str(folder) in " ".join(process.info["cmdline"] or []) and process.pid != os.getpid():
                found.append(process)
        if not found or time.monotonic() > deadline:
            return found
        time.sleep(0.1)


class Hand:
    """The real window, somebody who paints in it, and what it says."""

    def __init__(self, pairs: Path, seed: int) -> None:
        from PySide6.QtWidgets import QApplication

        from chromadesk.studio import words
        from chromadesk.studio.window import Window

        self.app = QApplication.instance() or QApplication(["chromadesk"])
        words.use("en")
        self.window, self.draw = Window(), random.Random(seed)
        self.longest = 0.0
        self.window.session.active.path = None
        self.window.show()
        self.window.session.open_dataset(pairs)
        self.until(lambda: self.window.session.item is not None, paint=False)

    def until(self, reached: Callable[[], object], *, paint: bool = True, seconds: float = _PATIENCE) -> bool:
        """Let the window work, and draw strokes, until ``reached`` or the patience is over."""
        end, last = time.monotonic() + seconds, 0.0
        while not reached():
            if time.monotonic() > end:
                return False
            self.app.processEvents()
            if paint and time.monotonic() - last > 0.1:
                self.stroke()
                last = time.monotonic()
            time.sleep(0.005)
        return True

    def stroke(self) -> None:
        """One stroke, safe in the journal."""
        from PySide6.QtCore import QPoint, Qt
        from PySide6.QtTest import QTest

        opened = self.window.session._opened
        if opened is None:
            return
        begun = time.monotonic()
        canvas = self.window.paint.canvas
        self.window.tool_state.set_class(self.draw.randrange(5))
        places = [
            QPoint(canvas.width() // 2 + self.draw.randrange(-90, 90), 200 + self.draw.randrange(200)) for _ in "ab"
        ]
        QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=places[0])
        QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=places[1])
        self.longest = max(self.longest, time.monotonic() - begun)
        opened.journal.flush()

    def notices(self) -> list[str]:
        """What stands in the window at this moment."""
        return [notice.label.text() for notice in self.window.notices.shown if notice.isVisible()]

    def train(self) -> Path:
        """Start a training that would take all night; its folder."""
        from chromadesk.studio.window import MODEL, PAINT

        self.window.show_workspace(MODEL)
        assert self.window.model_workspace is not None
        settings = {"model": "unet", "parameters": {"depth": 2, "width": 4}, "epochs": 10_000, "patience": 0}
        about = {"size": [64, 32], "batch": 4, "device": "cpu", "precision": "fp32"}
        job = self.window.model_workspace.jobs.start("train", {**settings, **about})
        assert job is not None
        self.window.show_workspace(PAINT)
        return job.folder


def _main(folder: Path, where: str, how: str, seed: int) -> None:
    from chromadesk.dataset.pairs import Dataset
    from chromadesk.editing import store
    from chromadesk.models import library

    masks = {path: path.read_bytes() for path in sorted((folder / "pairs" / "B").iterdir())}
    hand, failures = Hand(folder / "pairs", seed), []
    window, mark = hand.window, folder / "fault" / "struck"
    item = window.session.item
    assert item is not None
    if where == "training":
        job = hand.train()
    else:
        window.session.active.path = library.bundled()[0]
        window.actions_table["predict"].trigger()
    expected = FAULTS[how][where == "segmenter"]
    if not hand.until(mark.exists):
        failures.append("the fault never struck")
    struck = float(mark.read_text() or 0)
    silence = SILENCE_S if how in ("hang", "stop") else 0
    shown = hand.until(lambda: any(expected in text for text in hand.notices()), seconds=silence + 30)
    seconds = time.time() - struck
    if not shown:
        failures.append(f"not shown; the window says {hand.notices()}")
    for _ in range(5):
        hand.stroke()
    if where == "segmenter":  # a new child answers
        done: list[object] = []
        other = next(each for each in window.session.items if each.key != item.key)
        window.predictor.compare(other, library.bundled()[0], done.append)
        if not hand.until(lambda: done):
            failures.append("no new segmenter answered")
    elif how in ("hang", "stop"):
        assert window.model_workspace is not None
        window.model_workspace.jobs.stop_all()
        if not hand.until(lambda: not record.running(job), seconds=60):
            failures.append("what hangs could not be stopped")
    elif how in ("memory", "numbers"):
        assert window.model_workspace is not None
        went_on = (job / record.MESSAGES).stat().st_size
        if not hand.until(lambda: (job / record.MESSAGES).stat().st_size > went_on + 1000):
            failures.append("the training did not go on")
        window.model_workspace.jobs.stop_all()
        if not hand.until(lambda: not record.running(job)):
            failures.append("the training could not be stopped")
    if {path: path.read_bytes() for path in masks} != masks:
        failures.append("a mask that nobody saved has changed")
    assert window.session._opened is not None
    looks = zlib.crc32(window.session._opened.document.labels)
    window.leave()
    kept = store.open_document(item, Dataset.open(folder / "pairs").state)
    kept.close()
    if zlib.crc32(kept.document.labels) != looks:
        failures.append("what is kept is not what the window showed")
    for path, data in masks.items():
        if path != item.mask and path.read_bytes() != data:
            failures.append(f"{path.name}, which nobody opened, has changed")
    left = [path.name for path in (folder / "tmp").glob("chromadesk-*")]
    if left:
        failures.append(f"left among the temporary files: {left}")
    nursery.say(failures=failures, seconds=seconds, longest=hand.longest)


CAMPAIGNS = (
    Campaign(
        "12",
        "out of memory, NaN, exit and segfault in trainer and segmenter, told in the window",
        "faults",
        16,
        8,
        lambda turn: struck(turn, QUICK),
        {"seconds until shown": 2},
    ),
    Campaign(
        "12h",
        "trainer and segmenter that wait for ever or are stopped, told in the window",
        "faults",
        8,
        2,
        lambda turn: struck(turn, HANGS),
        {"seconds until shown, hangs": SILENCE_S + 2},
    ),
)

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    _main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4]))
