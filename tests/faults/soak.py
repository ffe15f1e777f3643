"""Row 10: hours of work in one studio leave it as small as it was.

``python -m tests.faults.soak FOLDER PHOTOS SEED MINUTES`` is the studio that works; its last line is JSON.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.faults import vitals
from tests.faults.harness import ROOT, Campaign, Turn

#: The first quarter warms up: caches fill, pages of the window are made.
WARM = 0.25
#: Photos of each of the two data sets; so many of them have no mask yet.
PHOTOS, NEW = 24, 8
#: Work longer than this, in seconds, begins with full caches.
FILLED = 120


def data_sets(source: Path, folder: Path) -> list[Path]:
    """Two data sets of real photos (``source`` is train/A of some), copied into ``folder``."""
    photos = sorted((source / "A").glob("*.jpg"))[: 2 * PHOTOS]
    made = []
    for number in range(2):
        root = folder / f"set{number}"
        for name in ("A", "B"):
            (root / name).mkdir(parents=True)
        for place, photo in enumerate(photos[number::2]):
            shutil.copyfile(photo, root / "A" / photo.name)
            if place >= NEW:
                shutil.copyfile(source / "B" / f"{photo.stem}.png", root / "B" / f"{photo.stem}.png")
        made.append(root)
    return made


def work(folders: list[Path], seed: int, seconds: float, model: bool = True) -> dict[str, Any]:
    """Work for so long in one window: what was taken of the machine at the end of each round, what went wrong. Without
    ``model`` nothing is predicted or trained.
    """
    from chromadesk.studio import driver
    from tests.faults.day import Day, Hand
    from tests.faults.hearing import hearing

    samples: list[vitals.Vitals] = []
    with hearing() as wrong, driver.driven() as opened:
        hand = Hand(opened.app, opened.window)
        hand.window.session.notice.connect(lambda text, level: wrong.append(text) if level == "error" else None)
        day = Day(hand, folders, seed, model)
        day.begin()
        if seconds > FILLED:
            day.fill()
        begun = time.monotonic()
        while time.monotonic() - begun < seconds:
            day.round()
            samples.append(vitals.take(time.monotonic() - begun))
        day.end()
    return {"samples": samples, "wrong": wrong, "rounds": day.rounds, "done": day.done}


def _run(turn: Turn) -> None:
    source = Path(os.environ.get("CHROMADESK_DATA") or ROOT.parent / "shared" / "data") / "ccp5" / "train"
    command = [sys.executable, "-m", "tests.faults.soak", turn.within, source, str(turn.seed), str(turn.amount)]
    child = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60 * (3 * turn.amount + 15))
    if child.returncode:
        turn.fail(f"the studio ended with {child.returncode}: {child.stderr[-2000:]}")
        return
    result = json.loads(child.stdout.splitlines()[-1])
    for sentence in result["wrong"]:
        turn.fail(sentence)
    judge(turn, [vitals.Vitals(*each) for each in result["samples"]])
    turn.count(turn.amount)


def judge(turn: Turn, samples: list[vitals.Vitals]) -> None:
    """Measure what is asked of ``samples``, warm-up left out."""
    warm = [each for each in samples if each.seconds >= WARM * samples[-1].seconds]
    turn.measure("memory growth, % an hour", vitals.growth(warm))
    turn.measure("memory, MB", max(each.rss for each in samples) / 1e6)
    turn.measure("files more", vitals.more(warm, "files"))
    turn.measure("threads more", vitals.more(warm, "threads"))


CAMPAIGNS = (
    Campaign(
        row="10",
        what="soak: scripted work in one studio",
        unit="minutes",
        goal=40,
        turn=40,
        run=_run,
        limits={"memory growth, % an hour": 2, "files more": 0, "threads more": 0},
    ),
)

if __name__ == "__main__":
    import tests.conftest  # noqa: F401 -- no display, nobody's home folder

    made = data_sets(Path(sys.argv[2]), Path(sys.argv[1]))
    sys.stdout.write(json.dumps(work(made, int(sys.argv[3]), 60 * float(sys.argv[4]))) + "\n")
