"""Row 6: hostile photos, masks, models and names, each met by a process of its own kind."""

from __future__ import annotations

import json
import os
import select
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any

from tests.faults import hostile_images, hostile_masks, hostile_models, hostile_names
from tests.faults.harness import ROOT, Campaign, Turn
from tests.faults.hostile_images import Case
from tests.faults.names_victim import photo

#: Seconds that one file may take all readers together, and MB that a process may hold; of a photo that is read and
#: larger than LARGE pixels, bytes a pixel.
_PATIENCE, _MOST, LARGE, _MOST_A_PIXEL = 180, 1000, 60_000_000, 18
_A_PIXEL = "bytes a pixel of large photos"
_LONGEST = 400


class Victim:
    """The process of ``victim.py``; one that dies, or says nothing for too long, is started anew for the next file."""

    def __init__(self, home: Path, program: str, argument: str) -> None:
        self._home, self._program, self._argument = home, program, argument
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Victim:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._end()

    def meet(self, path: Path) -> dict[str, Any] | str:
        """The answer, or how the process ended instead."""
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", self._program, self._argument],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                cwd=self._home,
                env={**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(self._home), "PYTHONWARNINGS": "ignore"},
            )
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(json.dumps(str(path)) + "\n")
            process.stdin.flush()
        except BrokenPipeError:
            pass
        if not select.select([process.stdout], [], [], _PATIENCE)[0]:
            self._end()
            return f"no answer within {_PATIENCE} s"
        line = process.stdout.readline()
        if not line:
            code = process.wait()
            self._end()
            return f"the process ended with {code}"
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()


def judge(turn: Turn, case: Case, answer: dict[str, Any] | str) -> None:
    """Hold what a process said of a file against what must be."""
    if isinstance(answer, str):
        turn.fail(f"{case.name}: {answer}")
        return
    for reader, said in answer["said"].items():
        if said == "ok":
            continue
        if said.startswith("!"):
            turn.fail(f"{case.name}: {reader} raised {said[1:]}")
        elif not _is_sentence(said, case.name):
            turn.fail(f"{case.name}: {reader} says {said!r}, no sentence on the file")
    main = list(answer["said"].values())[-3 if "file_hash" in answer["said"] else 0]
    if case.fate == "read" and main != "ok":
        turn.fail(f"{case.name} should be read: {main}")
    if case.fate == "refused" and main == "ok":
        turn.fail(f"{case.name} should be refused")
    if answer["pixels"] > LARGE:
        turn.measure(_A_PIXEL, answer["peak"] * 1e6 / answer["pixels"])
    else:
        turn.measure("MB", answer["peak"])
        if answer["peak"] > _MOST:
            turn.fail(f"{case.name}: {answer['peak']:.0f} MB")
    turn.measure("seconds a file", answer["seconds"])


def _is_sentence(text: str, name: str) -> bool:
    joined = text.replace("\u200c", "").replace("\u200d", "")  # which letters and emoji are joined with
    return joined.isprintable() and len(text) <= _LONGEST and name[:40] in text and text.endswith(".")


def _run(turn: Turn, kind: str, cases: Iterable[Case]) -> None:
    """Write each case, let a process meet it, and see that nothing else became of it."""
    folder, home = turn.within / kind, turn.within / "home"
    folder.mkdir()
    home.mkdir()
    with Victim(home, "tests.faults.victim", kind) as victim:
        for case in cases:
            path = folder / case.name
            path.write_bytes(case.data)
            judge(turn, case, victim.meet(path))
            if path.read_bytes() != case.data:
                turn.fail(f"{case.name} was changed")
            path.unlink()
            strangers = [found for found in turn.within.rglob("*") if found.is_file()]
            if strangers:
                turn.fail(f"{case.name} left {strangers}")
                for found in strangers:
                    found.unlink()
            turn.count()


def _images(turn: Turn) -> None:
    turn.measure(_A_PIXEL, 0)
    first = turn.seed * turn.amount
    _run(turn, "images", (hostile_images.case(number) for number in range(first, first + turn.amount)))


def _masks(turn: Turn) -> None:
    first = turn.seed * turn.amount
    _run(turn, "masks", (hostile_masks.case(number) for number in range(first, first + turn.amount)))


def _models(turn: Turn) -> None:
    first = turn.seed * turn.amount
    _run(turn, "models", (hostile_models.case(number) for number in range(first, first + turn.amount)))


def _names(turn: Turn) -> None:
    """A folder a name, or a thing that is no file under a photo's name, with a sound photo beside it."""
    home = turn.within / "home"
    home.mkdir()
    with Victim(home, "tests.faults.names_victim", str(turn.within / "tiny.safetensors")) as victim:
        for number in range(turn.seed * turn.amount, (turn.seed + 1) * turn.amount):
            root = turn.within / f"set{number}"
            root.mkdir()
            photo(bytes(root / "neighbour.jpg"))
            if number % 3 == 2:
                what = list(hostile_names.THINGS)[number // 3 % len(hostile_names.THINGS)]
                hostile_names.THINGS[what](root / ("thing.jpg" if number % 2 else "thing.dng"))
            else:
                named = hostile_names.name(number - number // 3)
                what = ascii(named)
                photo(bytes(root) + b"/" + named)
            answer = victim.meet(root)
            if isinstance(answer, str):
                turn.fail(f"{what}: {answer}")
            else:
                for wrong in answer["wrong"]:
                    turn.fail(f"{what}: {wrong}")
                for line in answer["lines"]:
                    if not line.isprintable() or len(line) > _LONGEST + len("Warning: "):
                        turn.fail(f"{what}: said {line!a}")
            _look_round(turn, root, what)
            turn.count()


def _look_round(turn: Turn, root: Path, what: str) -> None:
    """Nothing may have come about but a data set's own files, and what was asked for."""
    for found in turn.within.rglob("*"):
        place = found.relative_to(turn.within).parts
        own = place[0] in ("home", "out", "tiny.safetensors") or (place[0] == root.name and len(place) < 3)
        if found.name == "canary" or not (own or place[1] in ("B", ".chromadesk") or found.name == "inner.jpg"):
            turn.fail(f"{what}: left {found!a}")
    shutil.rmtree(root)
    shutil.rmtree(turn.within / "out", ignore_errors=True)


_LIMITS = {"MB": _MOST}
CAMPAIGNS = (
    Campaign(
        "6a", "hostile photos", "photos", 500, 90, _images, {**_LIMITS, "bytes a pixel of large photos": _MOST_A_PIXEL}
    ),
    Campaign("6b", "hostile masks", "masks", 200, 50, _masks, _LIMITS),
    Campaign("6d", "hostile names", "names", 120, 40, _names),
    Campaign("6c", "hostile model files", "files", 200, 50, _models, _LIMITS),
)
