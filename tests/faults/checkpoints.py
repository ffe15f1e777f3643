"""Row 1, checkpointing: whenever the writer of checkpoints is killed, the next one goes on from a whole one.

This file is also the program that is killed, or rather its nursery.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

from tests.faults import nursery
from tests.faults.harness import Campaign, Turn

_LONGEST = 0.15  # seconds of a writer's life; it writes some twenty checkpoints in that time


def killed(turn: Turn) -> None:
    """Writers in one folder after another, each killed."""
    for said in nursery.run("tests.faults.checkpoints", turn.within, turn.seed, turn.amount):
        turn.count()
        for sentence in said["failures"]:
            turn.fail(f"kill {said['kill']}: {sentence}")
        turn.measure("checkpoints lost", said["lost"])


def _main(folder: Path, seed: int, kills: int) -> None:
    import torch

    from chromadesk import files
    from chromadesk.learning import checkpoint
    from chromadesk.learning.config import resumable

    def state(number: int) -> dict[str, object]:
        generator = torch.Generator().manual_seed(number)
        tensors = {str(i): torch.rand(64, 300 + i, generator=generator) for i in range(20)}
        return {"epoch": number, "step": 0, "network": tensors}

    def write() -> None:
        number = checkpoint.load(folder)["epoch"] if resumable(folder) else 0
        while True:
            number += 1
            checkpoint.save(state(number), folder)
            told.write_text(str(number))  # done, and said to be

    draw, told, log = random.Random(seed), folder / "told", folder / "log.txt"
    last = 0
    for kill in range(kills):
        ended = nursery.life(write, draw.uniform(0, _LONGEST), log)
        failures, lost = [], 0
        if ended != -9:
            failures.append(f"the writer ended with {ended}: {log.read_text()[-300:]}")
        promised = max(last, int(told.read_text() or 0) if told.exists() else 0)
        if resumable(folder):
            warned: list[object] = []
            try:
                found = checkpoint.load(folder, warned.append)
            except Exception as error:  # noqa: BLE001 -- whatever it is, it is the finding
                failures.append(f"cannot be gone on from: {error!r}")
            else:
                last, whole = found["epoch"], state(found["epoch"])
                lost = max(0, promised - last)
                if warned or not all(
                    torch.equal(found["network"][name], values)
                    for name, values in whole["network"].items()  # type: ignore[attr-defined]
                ):
                    failures.append(f"checkpoint {last} is damaged: {warned}")
        elif promised:
            failures.append("all checkpoints are gone")
        nursery.say(kill=kill, failures=failures, lost=lost)
    files.sweep(folder)
    left = {path.name for path in folder.iterdir()} - {"told", "log.txt", "checkpoint", "checkpoint.before"}
    if left:
        nursery.say(kill=kills, failures=[f"left behind: {sorted(left)}"], lost=0)


CAMPAIGNS = (
    Campaign("1d", "SIGKILL while a checkpoint is written", "kills", 100, 50, killed, {"checkpoints lost": 0}),
)

if __name__ == "__main__":
    _main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
