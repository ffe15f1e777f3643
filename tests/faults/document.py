"""Row 8: the document, its store and its journal against plain arrays, whatever is done and whenever it ends."""

from __future__ import annotations

import contextlib
import dataclasses
import math
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule, run_state_machine_as_test

from chromadesk.dataset.pairs import Dataset
from chromadesk.editing import journal as records
from chromadesk.editing import provenance, store
from chromadesk.editing.pasts import Pasts
from chromadesk.editing.pyramid import LabelPyramid
from chromadesk.editing.restore import kept
from chromadesk.masks import read_mask, write_mask
from tests.faults.desk import KEYS
from tests.faults.gestures import Gestures
from tests.faults.harness import Campaign, Turn

#: Steps of one machine.
LENGTH = 50


class Machine(Gestures):
    """Also saves, other photos, and a disk that may lose power; a Qt-free twin of the window's machine."""

    @initialize(key=st.sampled_from(KEYS))
    def begin(self, key: str) -> None:
        self._switch(key)

    @rule(key=st.sampled_from(KEYS))
    def switch(self, key: str) -> None:
        self._switch(key)
        self.count()

    def _switch(self, key: str) -> None:
        """Another photo, or this one again: in the same studio, so its history comes back."""
        self._close()
        before = self.photo
        done, undone, first, proposal = before.done, before.undone, before.first, before.proposal
        before.past = (done, undone, first, proposal) if done or undone else None
        self.key = key
        self._open()
        past = self.photo.past
        self.photo.past = None
        given = self.pasts.give_back(self.document, self.opened.fingerprint)
        assert given == (past is not None)
        if past is not None:
            self.photo.done, self.photo.undone, self.photo.first = past[:3]
            self.photo.proposal = self.photo.proposal if past[3] is None else past[3]

    @rule()
    def save(self) -> None:
        self._begin_save()
        while self.taken:
            self._end_save()
        assert not self.document.dirty
        assert not self.opened.journal.path.exists()
        self.count()

    @rule()
    def begin_save(self) -> None:
        """A save is on its way; others may come before it is done."""
        if len(self.taken) < 3:
            self._begin_save()
        self.count()

    @rule()
    def end_save(self) -> None:
        if self.taken:
            self._end_save()
        self.count()

    @rule()
    def settle(self) -> None:
        store.settle(self.opened)
        self.photo.settled()
        self.count()

    @rule(
        moment=st.sampled_from(["at rest", "at rest", "torn", "rubbish", "saving", "saving"]),
        cut=st.floats(0, 1, exclude_max=True, width=16),
        outside=st.sampled_from([None] * 4 + ["mask", "no mask"]),
        number=st.integers(0, 9),
    )
    def kill(self, moment: str, cut: float, outside: str | None, number: int) -> None:
        """The power fails, at rest or while the last record or a save is written; perhaps somebody else comes by."""
        photo, journal = self.photo, self.opened.journal
        journal.flush()
        now = photo.now
        torn = moment == "torn" and not np.array_equal(self.proposal(number), now[0])
        if torn:
            steps, before = len(photo.kept), photo.proposal
            self.predict(number, everything=True)
            journal.flush()
            del photo.kept[steps:]
            photo.proposal = before
        left, self.folder = self.folder, self.root / str(int(self.folder.name) + 1)
        if moment == "saving" and self.taken:
            earlier = dataclasses.replace(photo, marks=list(photo.marks))
            with copying(left, self.folder, number):
                self._end_save()
            there = Dataset.open(self.folder)
            mask, origin = (
                there[self.key].mask,
                provenance.read(provenance.path_of(there.state, self.key), now[0].shape),
            )
            photo.cut_off(
                earlier,
                read_mask(mask, now[0].shape).labels if mask.exists() else None,
                None if origin is None else origin.touched,
                origin is not None and origin.proposed,
                folded=self._folded(left, journal.path),
            )
            aside = there.state / self.opened.proposal.relative_to(self.dataset.state)
            photo.proposal_there = read_mask(aside, now[0].shape).labels if aside.exists() else None
        else:
            shutil.copytree(left, self.folder)
        there = self.folder / journal.path.relative_to(left)
        if torn:
            content = records.read(there)
            assert content is not None
            last = content.steps[-1]
            length = len(records.record(b"D", last.patch.encode(), last.at))
            assert last.end == there.stat().st_size
            with open(there, "rb+") as handle:
                handle.truncate(last.end - length + math.floor(cut * length))
        if moment == "rubbish" and there.exists():
            with open(there, "ab") as handle:
                handle.write(np.random.default_rng(number).bytes(1 + math.floor(cut * 60)))
        self.opened.close()
        shutil.rmtree(left)
        mask = self.folder / self.key.replace("A/", "B/")
        if outside == "mask":
            photo.disk = self.proposal(number)
            write_mask(mask, photo.disk)
        elif outside == "no mask":
            photo.disk = None
            mask.unlink(missing_ok=True)
        self.pasts = Pasts()
        for each in self.expected.values():
            each.past = None
        self.left = self.temporary()
        self._open()
        if outside is None:
            np.testing.assert_array_equal(photo.now[0], now[0])
            np.testing.assert_array_equal(photo.now[1], now[1])
        self.count()

    def _folded(self, left: Path, path: Path) -> bool:
        """Whether the journal of the copy already begins with what the save wrote."""
        content = records.read(self.folder / path.relative_to(left))
        begins = records.labels_checksum(self.photo.base), len(self.photo.kept)
        return content is None or (content.base, len(content.steps)) == begins

    @rule()
    def look(self) -> None:
        """At everything that is not looked at after every step."""
        document, photo = self.document, self.photo
        self.opened.journal.flush()  # or it is just making its file
        fresh = LabelPyramid(document.labels)
        for level in range(len(fresh)):
            np.testing.assert_array_equal(document.pyramid.level(level), fresh.level(level))
        planes = {"proposal": photo.proposal, "saved": photo.saved_plane, "first": photo.first}
        for source, plane in planes.items():
            there = kept(document, source)
            assert (there is None) == (plane is None)
            if there is not None and plane is not None:
                np.testing.assert_array_equal(there.read(document.bounds), plane)
        for key, each in self.expected.items():
            path = self.folder / key.replace("A/", "B/")
            assert path.exists() == (each.disk is not None)
            if each.disk is not None:
                np.testing.assert_array_equal(read_mask(path, each.disk.shape).labels, each.disk)
        origin = provenance.read(self.opened.provenance, document.size)
        assert (origin is not None) == photo.beside
        if origin is not None:
            np.testing.assert_array_equal(origin.touched, photo.touched)
            assert origin.proposed == photo.beside_proposed
        assert self.temporary() <= self.left
        self.count()


_copy: Callable[[], None] | None = None
_hooked: list[bool] = []


def _hear(event: str, arguments: tuple) -> None:
    if _copy is not None and event in ("os.rename", "os.remove"):
        _copy()


@contextlib.contextmanager
def copying(source: Path, target: Path, number: int) -> Iterator[None]:
    """Copy the folder ``source`` as it is before its ``number``-th file is replaced or removed, else at the end."""
    global _copy
    if not _hooked:
        sys.addaudithook(_hear)
        _hooked.append(True)
    left, copied = number, False

    def copy() -> None:
        nonlocal left, copied
        left -= 1
        if left < 0 and not copied:
            copied = True
            shutil.copytree(source, target)

    _copy = copy
    try:
        yield
    finally:
        _copy = None
    if not copied:
        shutil.copytree(source, target)


def run(turn: Turn) -> None:
    """So many steps, by machines whose draws follow from the seed."""
    again = 0
    # Kills are copies of the folder here, so memory does for a disk, in a tenth of the time.
    within = Path("/dev/shm") if os.access("/dev/shm", os.W_OK) else turn.within
    while turn.done < turn.amount:

        @seed(1000 * turn.seed + again)
        class Seeded(Machine):
            pass

        Seeded.within, Seeded.steps = within, 0
        with contextlib.redirect_stdout(None):
            run_state_machine_as_test(
                Seeded,
                settings=settings(
                    max_examples=max(-(-(turn.amount - turn.done) // LENGTH), 1),
                    stateful_step_count=LENGTH,
                    deadline=None,
                    derandomize=False,
                    database=None,
                    suppress_health_check=list(HealthCheck),
                    phases=[Phase.generate],
                    report_multiple_bugs=False,
                ),
            )
        turn.count(Seeded.steps)
        again += 1


CAMPAIGNS = (Campaign(row="8", what="state machine of the document", unit="steps", goal=100_000, turn=10_000, run=run),)
