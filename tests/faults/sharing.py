"""Row 5: several studios on one data set, a mask that another program changes, a folder that is taken away. Nothing
that was acknowledged is lost: it is on the disk in the end.
"""

from __future__ import annotations

import contextlib
import os
import random
import threading
import time
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from chromadesk.dataset.index import Index
from chromadesk.dataset.pairs import Dataset, Item
from chromadesk.editing import store
from chromadesk.masks import read_mask, write_mask
from tests.faults.hands import PATIENCE, SIZES, photos, server
from tests.faults.harness import Campaign, Turn
from tests.faults.killed import judge, labels_of, mask_of

STUDIOS = 2


def _studios(turn: Turn) -> None:
    """Studios that want the same data set at the same time, and now and then die with it; each time one has it is a
    race.
    """
    draw = random.Random(f"studios {turn.seed}")
    with contextlib.ExitStack() as stack:
        made = [stack.enter_context(server()) for _ in range(STUDIOS)]
        while turn.done < turn.amount:
            folder = photos(turn.within / str(turn.done), masks=True)
            painted: set[tuple[str, int]] = set()
            noted: set[tuple[str, str]] = set()
            for number in range(draw.randrange(2, 6)):
                for place, each in enumerate(made):
                    each.begin("sharing", folder, number * STUDIOS + place)
                for each in made:
                    for _, (word, *rest) in each.follow()[0]:
                        if word == "have":
                            turn.count()
                        elif word == "painted":
                            painted.add((rest[0], int(rest[1])))
                        elif word == "noted":
                            noted.add((rest[0], rest[1]))
            _missing(turn, folder, painted, noted)


def _missing(turn: Turn, folder: Path, painted: set[tuple[str, int]], noted: set[tuple[str, str]]) -> None:
    dataset = Dataset.open(folder)
    with Index.open(dataset) as index:
        for key, word in sorted(noted):
            if word not in index.note(key).split():
                turn.fail(f"the note {word} on {key} is lost: {index.note(key)!r}")
    for item in dataset.items:
        opened = store.open_document(item, dataset.state)
        opened.close()
        labels = opened.document.labels.ravel()
        for key, place in sorted(painted):
            if key == item.key and labels[place] != 1:
                turn.fail(f"what was painted at {place} of {key} is lost")
    turn.measure("updates", len(painted) + len(noted))


def _taken_away(turn: Turn) -> None:
    """A hand paints and saves while its folder is made read-only, or is moved away, and is brought back or not before
    the hand is killed: what it had acknowledged is there when the folder is.
    """
    draw = random.Random(f"taken away {turn.seed}")
    with _home(turn.within / "home"), server() as made:
        for number in range(turn.amount):
            if number % 8 == 0:
                folder = photos(turn.within / str(number))
                (folder / "B").mkdir()
            before = {item.key: (labels_of(item, folder), mask_of(item)) for item in Dataset.open(folder).items}
            made.begin("saving", folder, draw.randrange(2**31))
            life = draw.uniform(0.3, 1.0)
            faults = [_Fault(folder, draw.choice(_KINDS)) for _ in range(draw.randrange(1, 4))]
            moments = sorted(draw.uniform(0, life) for _ in range(2 * len(faults)))
            with ThreadPoolExecutor(1) as other:
                meddled = other.submit(_meddle, faults, moments, made.ready)
                told, killed = made.follow(life)
                meddled.result()
            for fault in faults:
                fault.end()
            for complaint in judge(turn, folder, before, told, killed):
                turn.fail(f"{number} ({', '.join(fault.kind for fault in faults)}): {complaint}")
            turn.count()


class _Fault:
    """Something that happens to a folder, and its end."""

    def __init__(self, folder: Path, kind: str) -> None:
        self.folder, self.kind, self._on = folder, kind, False

    def begin(self) -> None:
        """Let it happen."""
        self._on = True
        if self.kind == "moved away":
            self.folder.rename(self.folder.with_name("away"))
        else:
            self._allow(0o555)

    def end(self) -> None:
        """All is as before; also when it never began."""
        if self._on and self.kind == "moved away":
            assert not self.folder.exists(), f"{self.folder} was made anew while it was away"
            self.folder.with_name("away").rename(self.folder)
        elif self._on:
            self._allow(0o755)
        self._on = False

    def _allow(self, mode: int) -> None:
        folders = [self.folder / "B"] if self.kind == "masks read-only" else [self.folder]
        if self.kind == "read-only":
            folders += [path for path in self.folder.rglob("*") if path.is_dir()]
        for path in folders:
            with contextlib.suppress(FileNotFoundError):
                path.chmod(mode)


_KINDS = ("read-only", "masks read-only", "moved away")


def _meddle(faults: list[_Fault], moments: list[float], ready: threading.Event) -> None:
    """One fault after the other, each with its beginning and its end, so many seconds after the hand is ready."""
    ready.wait(PATIENCE)
    begun = time.monotonic()
    for number, moment in enumerate(moments):
        time.sleep(max(begun + moment - time.monotonic(), 0))
        if number % 2:
            faults[number // 2].end()
        else:
            faults[number // 2].begin()


@contextlib.contextmanager
def _home(folder: Path) -> Iterator[None]:
    """Let the user's own folders lie in ``folder``, for this process and its children."""
    folder.mkdir()
    names = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")
    before = {name: os.environ[name] for name in names}
    os.environ.update({name: str(folder / name.lower()) for name in names})
    try:
        yield
    finally:
        os.environ.update(before)


class _Stranger:
    """Another program, which knows of no studio and writes masks of its own over those of ``folder``."""

    def __init__(self, folder: Path, draw: random.Random) -> None:
        self._draw = draw
        self._items = Dataset.open(folder).items
        #: By photo, the mask that it wrote last, as a checksum; and all of them that something else has replaced.
        self._last: dict[str, int] = {}
        self.replaced: set[int] = set()
        self._number = 0

    def meddle(self, ready: threading.Event, life: float) -> int:
        """Write masks for ``life`` seconds, once the hand is ready; how many."""
        ready.wait(PATIENCE)
        end, before = time.monotonic() + life, self._number
        while time.monotonic() < end:
            time.sleep(self._draw.uniform(0.02, 0.12))
            item = self._draw.choice(self._items)
            self.see(item)
            labels = np.full(SIZES[int(item.name[0])], 2, np.uint8)
            self._number += 1
            labels[0, :16] = [self._number >> bit & 1 for bit in range(16)]
            write_mask(item.mask, labels)
            self._last[item.key] = zlib.crc32(labels)
        return self._number - before

    def see(self, item: Item) -> None:
        """Is the mask that it wrote last still there?"""
        if item.key in self._last and mask_of(item) != self._last[item.key]:
            self.replaced.add(self._last[item.key])

    def see_all(self) -> None:
        """The same of every photo."""
        for item in self._items:
            self.see(item)


def _changed(turn: Turn) -> None:
    """A hand paints and saves while another program changes the masks; whatever either replaced is kept somewhere."""
    draw = random.Random(f"changed {turn.seed}")
    with server() as made:
        number = 0
        while turn.done < turn.amount:
            folder = photos(turn.within / str(number))
            stranger = _Stranger(folder, draw)
            made.begin("saving", folder, draw.randrange(2**31))
            life = draw.uniform(0.5, 1.5)
            with ThreadPoolExecutor(1) as other:
                races = other.submit(stranger.meddle, made.ready, life)
                told, killed = made.follow(life)
                turn.count(races.result())
            stranger.see_all()
            kept = {_crc(path) for path in (folder / ".chromadesk" / "conflicts").rglob("[!.]*.png")}
            read = {int(words[2]) for _, words in told if words[0] == "read"}  # a hand may go on from those
            for crc in stranger.replaced - kept - read:
                turn.fail(f"{number}: a mask of the other program's was replaced and not kept ({crc})")
            for place, (moment, (word, *rest)) in enumerate(told):
                later = [words[:2] for _, words in told[place:]]
                if (
                    word == "mine"
                    and moment < killed - 0.3
                    and int(rest[1]) not in kept
                    and ["saved", rest[0]] not in later
                ):
                    turn.fail(f"{number}: what was painted on {rest[0]} was neither saved nor kept")
            turn.measure("conflicts", len(kept))
            number += 1


def _crc(path: Path) -> int:
    return zlib.crc32(read_mask(path).labels)


CAMPAIGNS = (
    Campaign("5a", "several studios on one data set", "races", 200, 40, _studios),
    Campaign("5b", "folder read-only or moved away while a studio works", "races", 200, 30, _taken_away),
    Campaign("5c", "masks changed by another program while a studio works", "races", 200, 60, _changed),
)
