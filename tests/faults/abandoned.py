"""Row 13: a studio that is killed while it trains. The job goes on, the next studio finds it, and nothing is left over:
no process, no temporary folder.

This file is also the studio, the first and the next one.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psutil

from chromadesk.jobs import owner, record
from chromadesk.jobs.messages import Finished
from tests.faults import nursery
from tests.faults.children import Hand, alive
from tests.faults.harness import ROOT, Campaign, Turn
from tests.faults.trainings import write_pairs

_MODULE = "tests.faults.abandoned"


def killed(turn: Turn) -> None:
    """One studio after another is killed, from when it starts its job on; some with a segmenter that cannot leave."""
    draw = random.Random(turn.seed)
    for number in range(turn.amount):
        folder = turn.within / str(number)
        write_pairs(folder / "pairs", 10, turn.seed)
        (folder / "tmp").mkdir()
        try:
            _one(turn, folder, draw.uniform(0, 8), stuck=draw.random() < 0.4)
        except AssertionError as error:
            turn.fail(f"studio {number}: {error}")
        for left in alive(folder):
            turn.fail(f"studio {number}: left running: {' '.join(left.cmdline())[:200]}")
            left.kill()
        turn.count()


def _one(turn: Turn, folder: Path, after: float, *, stuck: bool) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", "TMPDIR": str(folder / "tmp")}
    command = [sys.executable, "-m", _MODULE, str(folder), str(turn.seed)]
    with subprocess.Popen([*command, "first"], stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT) as studio:
        assert studio.stdout is not None
        job = Path(studio.stdout.readline().strip())  # it has asked for the job, which may not run yet
        time.sleep(after)
        if stuck:
            for note in (folder / "tmp").glob("*/segmenter.json"):
                segmenter = owner.living(note)
                if segmenter is not None:
                    segmenter.suspend()  # it will not notice that its studio is gone
        studio.send_signal(signal.SIGKILL)
    assert studio.returncode == -signal.SIGKILL, "it had ended before"
    _wait(lambda: (job / record.MESSAGES).exists(), "the job did not go on")
    size = (job / record.MESSAGES).stat().st_size
    _wait(lambda: (job / record.MESSAGES).stat().st_size > size, "the job went on no longer")
    process = record.worker(job)
    assert process is not None, "the job's process cannot be found"
    subprocess.run([*command, "next"], check=True, env=environment, cwd=ROOT, timeout=300, stdout=subprocess.DEVNULL)
    _wait(lambda: not process.is_running() or process.status() == psutil.STATUS_ZOMBIE, "the job's process stays")
    outcome = record.outcome(job)
    assert isinstance(outcome, Finished), f"the job ended with {outcome}"
    assert outcome.result["cancelled"], "the job was not stopped by the next studio"
    assert (job / "checkpoint").is_file(), "the job left no checkpoint"
    _wait(lambda: not list((folder / "tmp").glob("chromadesk-*")), "temporary folders stay")
    turn.measure("temporary folders left", len(list((folder / "tmp").glob("chromadesk-*"))))


def _wait(reached: Any, sentence: str, seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < end, sentence
        time.sleep(0.05)


def _main(folder: Path, seed: int, which: str) -> None:
    from chromadesk.models import library

    hand = Hand(folder / "pairs", seed)
    window = hand.window
    if which == "first":
        window.session.active.path = library.bundled()[0]
        window.actions_table["predict"].trigger()
        sys.stdout.write(f"{hand.train()}\n")
        sys.stdout.flush()
        hand.until(lambda: False)  # paints until it is killed
        return
    assert window.model_workspace is not None, "no job was found"
    (job,) = window.model_workspace.jobs.running
    assert job.attached
    answered: list[object] = []
    window.predictor.compare(window.session.items[-1], library.bundled()[0], answered.append)
    assert hand.until(lambda: answered), "its segmenter does not answer"
    window.close()  # asks, since a job runs
    assert window.question is not None
    window.question.choices["stop"].click()
    hand.until(lambda: window.question is None)
    nursery.say(done=True)


CAMPAIGNS = (
    Campaign("13", "SIGKILL of a studio while it trains", "studios", 20, 3, killed, {"temporary folders left": 0}),
)

if __name__ == "__main__":
    _main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
