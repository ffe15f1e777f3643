"""Rows 1 and 2: a studio killed at any moment while it saves, paints or exports. What it had acknowledged is there
again, nothing is half done, and of finished strokes at most one is lost.
"""

from __future__ import annotations

import json
import random
import zlib
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from PIL import Image

from chromadesk.colour.formats import table
from chromadesk.dataset.index import Index
from chromadesk.dataset.pairs import Dataset, Item
from chromadesk.editing import provenance, store
from chromadesk.errors import ChromaDeskError
from chromadesk.masks import read_mask
from tests.faults.hands import Told, photos, server
from tests.faults.harness import Campaign, Turn

#: No hand lives longer than this once its window is up, seconds.
_LIFE = 0.6


def _painting(turn: Turn, work: str) -> None:
    """Kill hands that paint and save; each goes on where the one before was killed, now and then from nothing."""
    draw = random.Random(f"{work} {turn.seed}")
    with server() as made:
        folder = photos(turn.within / "0")
        for number in range(turn.amount):
            if number % 10 == 9:
                folder = photos(turn.within / str(number))
            before = {item.key: (labels_of(item, folder), mask_of(item)) for item in Dataset.open(folder).items}
            made.begin(work, folder, draw.randrange(2**31))
            told, killed = made.follow(draw.uniform(0, _LIFE))
            for complaint in judge(turn, folder, before, told, killed):
                turn.fail(f"kill {number}: {complaint}")
            turn.count()


def labels_of(item: Item, folder: Path) -> int:
    """The labels that a studio would show now, as a checksum."""
    opened = store.open_document(item, folder / ".chromadesk")
    opened.close()
    return zlib.crc32(opened.document.labels)


def judge(
    turn: Turn,
    folder: Path,
    before: dict[str, tuple[int, int | None]],
    told: Told,
    killed: float,
) -> Iterator[str]:
    """What is not as it was acknowledged."""
    for item in Dataset.open(folder).items:
        states, moments, ways = [before[item.key][0]], [0.0], [""]
        base = safe = saved = 0
        for moment, (word, *rest) in told:
            if rest[0] != item.key:
                continue
            if word == "open":
                base = len(states) - 1 - int(rest[1])
            elif word == "did":
                states.append(int(rest[1]))
                moments.append(moment)
                ways.append(rest[2])
            elif word == "safe":
                safe = max(safe, base + int(rest[1]))
            elif word == "saved":
                if int(rest[1]) not in states[saved:]:
                    yield f"{item.key} was saved as it was not since the save before"
                else:
                    saved = states.index(int(rest[1]), saved)
        try:
            found = labels_of(item, folder)
            again = labels_of(item, folder)
        except ChromaDeskError as error:
            yield f"{item.key} cannot be opened: {error}"
            continue
        if found != again:
            yield f"{item.key} is another when it is opened a second time"
        if found not in states:
            yield f"{item.key} looks as it never did"
            continue
        place = len(states) - 1 - states[::-1].index(found)
        if place < max(safe, saved):
            yield f"{item.key}: step {max(safe, saved)} was acknowledged, {place} came back"
        lost = len(states) - 1 - place
        # A hand's undo comes within a millisecond of its stroke, before any disk can have that: one stroke's work.
        turn.measure("strokes lost", ways[place + 1 :].count("do"))
        turn.measure("steps lost", lost)
        turn.measure("seconds lost", killed - moments[place + 1] if lost else 0.0)
        on_disk = mask_of(item)
        if on_disk not in (states[saved:] if saved else [before[item.key][1], *states]):
            yield f"the mask of {item.key} is none that was to be saved"
        yield from _judge_state(item, folder)


def mask_of(item: Item) -> int | None:
    """The mask on the disk, as a checksum; None for none. Raises MaskError."""
    return zlib.crc32(read_mask(item.mask).labels) if item.mask.exists() else None


def _judge_state(item: Item, folder: Path) -> Iterator[str]:
    state = folder / ".chromadesk"
    if item.mask.exists():
        beside = provenance.path_of(state, item.key)
        size = read_mask(item.mask).labels.shape
        if beside.exists() and provenance.read(beside, (size[0], size[1])) is None:
            yield f"the provenance of {item.key} cannot be read"
    with Index.open(Dataset.open(folder)) as index:
        if index.status(item.key) == "approved" and not item.mask.exists():
            yield f"{item.key} is approved without a mask"
    for path in (state / "decisions").rglob("*.json"):
        if not path.name.startswith("."):
            json.loads(path.read_text("utf-8"))


def _exporting(turn: Turn) -> None:
    """Kill hands that export, from the studio and the command line in turn; the files of before are written over."""
    draw = random.Random(f"exporting {turn.seed}")
    with server() as made:
        folder = photos(turn.within / "0", masks=True)
        may_be: dict[str, set[int]] = {}
        for number in range(turn.amount):
            work = "commanding" if number % 2 else "exporting"
            made.begin(work, folder, draw.randrange(2**31))
            told, _ = made.follow(draw.uniform(0, 2 * _LIFE))
            for _, (_, name, crc) in told:
                may_be.setdefault(name, set()).add(int(crc))
            for path in sorted((folder / work).rglob("[!.]*")):
                try:
                    whole(path)
                except Exception as error:  # noqa: BLE001 -- whatever a reader says of a broken file
                    turn.fail(f"kill {number} ({work}): {path.name} is broken: {error!r}")
                if work == "exporting" and path.name in may_be:
                    crc = zlib.crc32(path.read_bytes())
                    if crc not in may_be[path.name]:
                        turn.fail(f"kill {number}: {path.name} is not as it was written")
                    may_be[path.name] = {crc}
            turn.count()
        made_files = {path.name for path in folder.rglob("[!.]*.*") if path.parent.name != "A"}
        assert turn.amount < 10 or len(made_files) > 10, "hardly anything was exported"


def whole(path: Path) -> None:
    """Read an exported file to its end. Raises whatever is wrong with it."""
    if path.is_dir():
        return
    data = path.read_bytes()
    if path.parent.name == "masks":
        read_mask(path)
    elif path.suffix == ".png":
        with Image.open(path) as image:
            image.load()
    elif path.suffix == ".svg":
        ElementTree.fromstring(data)
    elif path.suffix == ".pdf":
        assert data.startswith(b"%PDF")
        assert data.rstrip().endswith(b"%%EOF")
    elif path.suffix == ".html":
        assert data.rstrip().endswith(b"</html>")
    elif path.name in ("all.json", "all.csv"):
        assert data.endswith(b"\n")
        if path.suffix == ".json":
            json.loads(data)
    else:
        assert table.read(path).groups


LOST = {"strokes lost": 1, "seconds lost": 0.1}
CAMPAIGNS = (
    Campaign("1a", "SIGKILL while saving", "kills", 400, 40, lambda turn: _painting(turn, "saving"), LOST),
    Campaign(
        "1b", "SIGKILL while painting (and row 2)", "kills", 300, 40, lambda turn: _painting(turn, "stroking"), LOST
    ),
    Campaign("1c", "SIGKILL while exporting", "kills", 200, 20, _exporting),
)
