"""Rows 3, 4 and 14: a disk that refuses or is full leaves old or new and nothing between, and a journal is soon back.

This file is also the program that works on a small disk of its own.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from PIL import Image

from chromadesk.dataset.pairs import Dataset, state_elsewhere
from chromadesk.editing import store
from chromadesk.editing.brush import dab
from chromadesk.editing.stroke import Stroke
from chromadesk.errors import ChromaDeskError
from chromadesk.masks import write_mask
from tests.faults.harness import ROOT, Campaign, Turn
from tests.faults.refusing import REASONS, refusing
from tests.faults.writes import WITHOUT_TORCH, Write, back, with_torch

#: A failing call, from then on or once, for each reason.
WAYS = [(sticky, reason) for reason in REASONS for sticky in (False, True)]


@functools.cache
def all_writes() -> tuple[Write, ...]:
    """Every write path."""
    return WITHOUT_TORCH + with_torch()


def refuse(turn: Turn) -> None:
    """Write path after write path, each with the failure of its 1st, 2nd, ... call until none fails any more."""
    writes = all_writes()
    for number in range(turn.seed * WALKS, turn.seed * WALKS + turn.amount):
        walk(turn, writes[number % len(writes)], *WAYS[number // len(writes) % len(WAYS)])
        turn.count()


def walk(turn: Turn, write: Write, sticky: bool, reason: int) -> None:
    """Fail at every call of ``write`` in turn."""
    folder = turn.within / "w"
    with begun(folder, write) as given:
        old = write.look(folder)
        with refusing(folder, 0) as disk:
            change(folder, write, given)
        calls, new = disk.calls, write.look(folder)
    if not calls:
        turn.fail(f"{write.name}: nothing was written")
    for nth in range(1, calls + 1):
        with begun(folder, write) as given:
            with refusing(folder, nth, sticky, reason) as disk:
                change(folder, write, given)
            where = f"{write.name}, {', '.join(disk.refused)[:120]}"
            problems(turn, where, folder, write, given, (old, new))


def change(folder: Path, write: Write, given: Any) -> bool:
    """Do it; False when the disk refused, in words."""
    try:
        write.change(folder, given)
        done = True
    except ChromaDeskError:
        done = False
    if isinstance(given, store.Opened):
        given.journal.flush()
    return done


def problems(
    turn: Turn, where: str, folder: Path, write: Write, given: Any, allowed: tuple[dict[str, object], ...]
) -> None:
    """What is there is one of ``allowed``, whole; what was acknowledged is back; no temporary file is left."""
    try:
        found = write.look(folder)
        if isinstance(given, store.Opened) and given.journal.synced == given.journal.appended and not back(given):
            turn.fail(f"{where}: an acknowledged stroke is gone")
    except Exception as error:  # noqa: BLE001 -- whatever cannot be read was damaged
        turn.fail(f"{where}: cannot be read any more: {error!r}")
        return
    for name in allowed[0].keys() | found.keys():
        if found.get(name) not in [state.get(name) for state in allowed]:
            turn.fail(f"{where}: {name} is neither old nor new")
    left = [path.name for path in folder.rglob("*") if path.name.endswith(".tmp")]
    if left:
        turn.fail(f"{where}: {left} were left")


@contextlib.contextmanager
def begun(folder: Path, write: Write) -> Iterator[Any]:
    """The older state of ``write``, in a fresh ``folder``."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.rmtree(state_elsewhere(folder), ignore_errors=True)
    folder.mkdir(parents=True)
    given = write.begin(folder)
    try:
        yield given
    finally:
        if isinstance(given, store.Opened):
            given.close()


# -- a full disk -------------------------------------------------------------------------------------------------------


def small_disks() -> bool:
    """A disk of our own can be mounted here."""
    try:
        return not subprocess.run(["unshare", "-rm", "true"], capture_output=True, check=False).returncode
    except OSError:
        return False


def fill(turn: Turn) -> None:
    """Half of the sizes on a disk that is full, half under a limit to the size of a file."""
    on_disk = turn.amount // 2
    with tempfile.TemporaryDirectory(dir=turn.within) as folder:
        mount = f"mount -t tmpfs -o size=24m chromadesk {folder} && exec {sys.executable} -m tests.faults.storage"
        run = subprocess.run(
            ["unshare", "-rm", "sh", "-c", f"{mount} {folder} {turn.seed} {on_disk}"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
    if run.returncode:
        turn.fail(f"no disk of its own: {run.stderr[-400:]}")
        return
    done = json.loads(run.stdout.splitlines()[-1])
    turn.count(done["done"])
    turn.failures += done["failures"]
    draw = random.Random(turn.seed)
    for _ in range(turn.amount - on_disk):
        narrow(turn, draw.choice(all_writes()), draw.choice((0, 1, draw.randrange(400), draw.randrange(20_000))))
        turn.count()


def narrow(turn: Turn, write: Write, size: int) -> None:
    """No file grows beyond ``size`` bytes; then they may."""
    folder = turn.within / "w"
    try_in(turn, folder, write, f"{write.name}, files of {size} bytes", functools.partial(_limited, size))


def full(turn: Turn, folder: Path, write: Write, free: int) -> None:
    """``free`` bytes are left on the disk that ``folder`` is; then there is room."""
    try_in(turn, folder / "w", write, f"{write.name}, {free} bytes free", functools.partial(_filled, folder, free))


def try_in(turn: Turn, folder: Path, write: Write, where: str, little: Any) -> None:
    """Old or new where there is ``little`` room, and all of it once there is room."""
    with begun(folder, write) as given:
        old = write.look(folder)
        change(folder, write, given)
        new = write.look(folder)
    with begun(folder, write) as given:
        with little():
            change(folder, write, given)
        problems(turn, where, folder, write, given, (old, new))
        if isinstance(given, store.Opened):
            given.journal.retry()
        if not change(folder, write, given):
            turn.fail(f"{where}: still refused when there was room again")
        problems(turn, f"{where}, then room", folder, write, given, (new,))
        if isinstance(given, store.Opened) and given.journal.synced != given.journal.appended:
            turn.fail(f"{where}: strokes were not written when there was room again")


@contextlib.contextmanager
def _limited(size: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextlib.contextmanager
def _filled(disk: Path, free: int) -> Iterator[None]:
    filler = disk / "filler"
    room = shutil.disk_usage(disk).free
    with open(filler, "wb") as handle:
        os.posix_fallocate(handle.fileno(), 0, max(1, room - free))
    try:
        yield
    finally:
        filler.unlink()


def main() -> None:
    """FOLDER SEED AMOUNT: so many sizes on the disk that FOLDER is; a line of JSON says what was found."""
    folder, seed, amount = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    os.environ["XDG_DATA_HOME"] = str(folder / "home")  # the user's own folder is as full
    os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
    turn, draw = Turn(seed, amount, folder), random.Random(seed)
    for _ in range(amount):
        full(
            turn, folder, draw.choice(all_writes()), 4096 * draw.choice((0, 1, draw.randrange(12), draw.randrange(64)))
        )
        turn.count()
    sys.stdout.write(json.dumps({"done": turn.done, "failures": turn.failures}) + "\n")


# -- recovery ----------------------------------------------------------------------------------------------------------

STROKES = 500


def recover(turn: Turn) -> None:
    """A photo of 24 megapixels, a proposal and 500 strokes in its journal: how long until it is open again."""
    draw = np.random.default_rng(turn.seed)
    height, width = 4000, 6000
    (turn.within / "A").mkdir()
    pixels = cv2.resize(draw.integers(0, 256, (40, 60, 3), np.uint8), (width, height), interpolation=cv2.INTER_CUBIC)
    Image.fromarray(pixels).save(turn.within / "A" / "1.jpg", quality=90)
    labels = cv2.resize(draw.integers(0, 5, (20, 30), np.uint8), (width, height), interpolation=cv2.INTER_NEAREST)
    write_mask(turn.within / "B" / "1.png", np.asarray(labels, np.uint8))
    dataset = Dataset.open(turn.within)
    for _ in range(turn.amount):
        opened = store.open_document(dataset.items[0], dataset.state)
        opened.document.predict(np.roll(opened.document.labels, 50, 1))
        while opened.document.revision <= STROKES:
            stroke, at = Stroke(opened.document, int(draw.integers(5))), draw.uniform((0, 0), (width, height))
            step, size = draw.normal(0, 25, 2), int(draw.integers(20, 300))
            for dot in range(int(draw.integers(3, 40))):
                stroke.add(*dab((at[0] + dot * step[0], at[1] + dot * step[1]), size))
            stroke.finish()
        opened.close()
        times = []
        for _ in range(3):  # of three, for the machine may be busy with something else
            start = time.monotonic()
            again = store.open_document(dataset.items[0], dataset.state)
            times.append(time.monotonic() - start)
            if not np.array_equal(again.document.labels, opened.document.labels) or not again.recovered:
                turn.fail("the strokes did not come back")
            again.close()
        turn.measure("seconds until it is open", min(times))
        opened.journal.path.unlink()
        turn.count()


WALKS = 16
CAMPAIGNS = (
    Campaign("3", "the Nth call of every write path refused, once and from then on", "walks", 240, WALKS, refuse),
    Campaign("4", "full disk: a small one, and a limit to the size of files", "sizes", 240, 60, fill),
    Campaign(
        "14",
        "recovery of a 24 MP photo with 500 journalled strokes",
        "recoveries",
        5,
        1,
        recover,
        {"seconds until it is open": 2.0},
    ),
)

if __name__ == "__main__":
    main()
