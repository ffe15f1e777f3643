"""The index's files damaged at random places: the data set opens, nothing decided is lost, nothing false is said."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

from chromadesk.dataset.decisions import STATUSES
from chromadesk.dataset.index import FILE_NAME, Index
from chromadesk.dataset.pairs import Dataset
from chromadesk.dataset.splits import photo_hash
from tests.faults.harness import Campaign, Turn

PHOTOS = 60
#: What SQLite left behind: closed well, or as a kill leaves it, in WAL mode and in the other.
STATES = ("closed", "killed")
FILES = (FILE_NAME, FILE_NAME + "-wal", FILE_NAME + "-shm")


def run(turn: Turn) -> None:
    """Damage ``turn.amount`` copies of one data set's index."""
    draw = random.Random(turn.seed)
    dataset = _dataset(turn.within / "set")
    truth = _history(dataset, draw, turn.within)
    for case in range(turn.amount):
        state = draw.choice(STATES)
        for name in FILES:
            (dataset.state / name).unlink(missing_ok=True)
        for path in (turn.within / state).iterdir():
            shutil.copyfile(path, dataset.state / path.name)
        there = [name for name in FILES if (dataset.state / name).exists()]
        hit = dataset.state / draw.choice(there)
        damage = draw.choice(list(DAMAGES))
        what = f"case {case}: {damage} of {hit.name} ({state})"
        if hit.name == FILE_NAME and damage in WHILE_OPEN and draw.random() < 0.3:
            with Index.open(dataset) as index:
                DAMAGES[damage](hit, draw)
                _compare(turn, index, truth, what + " while open")
        else:
            DAMAGES[damage](hit, draw)
        with Index.open(dataset) as index:
            _compare(turn, index, truth, what)
            index.set_scores({"A/00.jpg": 0.75})
            if index.scores().get("A/00.jpg") != 0.75:
                turn.fail(f"{what}: keeps nothing new")
            index.set_scores({"A/00.jpg": truth["scores"]["A/00.jpg"]})
        with Index.open(dataset) as index:
            if index.made_anew:
                turn.fail(f"{what}: damaged still after it was mended")
        turn.count()


def _dataset(root: Path) -> Dataset:
    for folder in ("A", "B"):
        (root / folder).mkdir(parents=True)
    for number in range(PHOTOS):
        (root / "A" / f"{number:02}.jpg").write_bytes(b"photo %d" % number)
    for number in range(0, PHOTOS, 2):
        (root / "B" / f"{number:02}.png").touch()
    return Dataset.open(root)


def _history(dataset: Dataset, draw: random.Random, within: Path) -> dict[str, dict[str, object]]:
    """Decide this and that, keep what SQLite left of it in ``within``, and say what is true."""
    with Index.open(dataset) as index:
        index.author = "AB"
        for key in dataset.keys:
            index.set_scores({key: draw.random()})
        before = index.scores()
        for key in dataset.keys:
            index.set_doubts({key: (draw.random(), "skin or hair?")}, "model")
            index.photo_hash(key)
    with Index.open(dataset) as index:
        for key in draw.sample(dataset.keys, PHOTOS // 2):
            index.set_status(key, draw.choice(STATUSES), draw.choice([None, "a sleeve", "gürtel " * 20]))
            index.set_scores({key: draw.random()})
        _copy(dataset.state, within / "killed")
        truth = _said(index) | {"scores before": dict(before)}
    _copy(dataset.state, within / "closed")
    return truth


def _copy(state: Path, to: Path) -> None:
    to.mkdir()
    for name in FILES:
        if (state / name).exists():
            shutil.copyfile(state / name, to / name)


def _said(index: Index) -> dict[str, dict[str, object]]:
    keys = index.statuses()
    return {
        "statuses": dict(keys),
        "notes": {key: index.note(key) for key in keys},
        "approvals": dict(index.approvals(0)),
        "noted": dict.fromkeys(index.noted()),
        "scores": dict(index.scores()),
        "doubts": dict(index.doubts()),
    }


def _compare(turn: Turn, index: Index, truth: dict[str, dict[str, object]], what: str) -> None:
    said = _said(index)
    for name, true in truth.items():
        # What can be found out again may be missing, but not false.
        if name in ("statuses", "notes", "approvals", "noted") and said[name] != true:
            turn.fail(f"{what}: other {name}")
    # A kill may cost SQLite its last entries, and then what stood there before is what was kept last.
    scores = truth["scores"].items() | truth["scores before"].items()
    if said["scores"].items() - scores or said["doubts"].items() - truth["doubts"].items():
        turn.fail(f"{what}: false scores or doubts")
    for key in list(said["statuses"])[:3]:
        item = index._dataset[key]
        if index.photo_hash(key) != photo_hash(item.photo):
            turn.fail(f"{what}: another hash of {key}")


def _changed(change: Callable[[bytearray, int, random.Random], None]) -> Callable[[Path, random.Random], None]:
    """Of a change of the content, at a place, one of a file, in place."""

    def damage(path: Path, draw: random.Random) -> None:
        content = bytearray(path.read_bytes())
        if content:
            change(content, draw.randrange(len(content)), draw)
        with open(path, "r+b") as handle:
            handle.write(content)
            handle.truncate(len(content))

    return damage


def _flip(content: bytearray, at: int, draw: random.Random) -> None:
    content[at] ^= 1 << draw.randrange(8)


def _flips(content: bytearray, at: int, draw: random.Random) -> None:
    for _ in range(draw.randrange(2, 200)):
        _flip(content, draw.randrange(len(content)), draw)


def _noise(content: bytearray, at: int, draw: random.Random) -> None:
    length = min(draw.randrange(1, 9000), len(content) - at)
    content[at : at + length] = draw.randbytes(length)


def _zeros(content: bytearray, at: int, draw: random.Random) -> None:
    length = min(4096, len(content) - at)
    content[at : at + length] = bytes(length)


def _page(content: bytearray, at: int, draw: random.Random) -> None:
    """A page that another one lies in the place of."""
    pages = len(content) // 4096
    if pages > 1:
        one, other = (4096 * draw.randrange(pages) for _ in range(2))
        content[one : one + 4096] = content[other : other + 4096]


def _head(content: bytearray, at: int, draw: random.Random) -> None:
    content[at % min(100, len(content))] = draw.randrange(256)


def _cut(content: bytearray, at: int, draw: random.Random) -> None:
    del content[at:]


def _longer(content: bytearray, at: int, draw: random.Random) -> None:
    content += draw.randbytes(at)


def _replaced(path: Path, draw: random.Random) -> None:
    path.unlink()
    kind = draw.randrange(5)
    if kind == 0:
        path.mkdir()
    elif kind == 1:
        os.mkfifo(path)
    elif kind == 2:
        path.symlink_to(draw.choice(["/etc/passwd", "nowhere", path.name]))
    else:
        path.write_bytes(draw.choice([b"", b"SQLite format 3\0", draw.randbytes(20_000)]))


DAMAGES: dict[str, Callable[[Path, random.Random], None]] = {
    "a bit flipped": _changed(_flip),
    "many bits flipped": _changed(_flips),
    "noise in a piece": _changed(_noise),
    "a page of zeros": _changed(_zeros),
    "a page copied over another": _changed(_page),
    "a byte of the head": _changed(_head),
    "an end cut off": _changed(_cut),
    "something appended": _changed(_longer),
    "a replacement": _replaced,
}
#: What a process that has the file open has to live with.
WHILE_OPEN = ("a bit flipped", "many bits flipped", "noise in a piece", "a page of zeros", "an end cut off")

CAMPAIGNS = (Campaign("5d", "index damaged at random places", "cases", 400, 200, run),)
