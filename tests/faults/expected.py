"""What a person would expect of one photo's document, its files and its journal: plain arrays and lists beside it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from chromadesk.editing.document import TOUCHED
from tests.plain import Plain, Planes, Step


@dataclass(frozen=True, eq=False)
class Taken:
    """What a save has in hand: planes, how many of the steps kept it holds, what was proposed."""

    planes: Planes
    count: int
    revision: int
    proposed: bool
    proposal: np.ndarray | None


@dataclass
class Expected(Plain):
    """Besides the open planes: what lies on disk, and where the journal's records lead from."""

    #: Provenance on disk; whether its file is there; whether it says that the rest is a model's.
    touched: np.ndarray = field(default_factory=lambda: np.zeros(0, bool))
    beside: bool = False
    beside_proposed: bool = False
    proposal_there: np.ndarray | None = None
    #: The labels that the journal starts from; the saves it knows of, each with the steps before it and its labels.
    base: np.ndarray = field(default_factory=lambda: np.zeros(0, np.uint8))
    marks: list[tuple[int, np.ndarray]] = field(default_factory=list)
    #: What can be painted back, packed.
    proposal: np.ndarray | None = None
    saved_plane: np.ndarray | None = None
    first: np.ndarray | None = None
    model: bool = False
    revision: int = 0
    saved_revision: int = 0
    person_revision: int = 0
    saving: list[Taken] = field(default_factory=list)
    written: object = None
    #: Histories and planes of when it was closed in this studio.
    past: tuple | None = None

    def _turn(self, direction: str, step: Step) -> None:
        super()._turn(direction, step)
        self._count(step)

    def _count(self, step: Step) -> None:
        self.revision += 1
        if step.person:
            self.person_revision = self.revision
        else:
            self.model = True

    # -- saving ----------------------------------------------------------------------------------------------------

    def begin_save(self) -> None:
        """Someone wants it on disk."""
        self.marks.append((len(self.kept), self.now[0]))
        self.saving.append(Taken(self.now, len(self.kept), self.revision, self.model, self.proposal))

    def end_save(self) -> None:
        """The save asked for first is on disk."""
        taken = self.saving.pop(0)
        labels, touched = taken.planes
        if touched.any() or taken.proposed or self.beside:
            self.touched, self.beside, self.beside_proposed = touched, True, taken.proposed
        if taken.proposal is not None and taken.proposal is not self.written:
            if taken.proposal.max() < TOUCHED:
                self.proposal_there = taken.proposal
            self.written = taken.proposal
        self.disk, self.saved_plane = labels, packed(taken.planes)
        self.base, self.kept = labels, self.kept[taken.count :]
        self.marks = [(count - taken.count, marked) for count, marked in self.marks if count >= taken.count][1:]
        self.saving = [replace(each, count=each.count - taken.count) for each in self.saving]
        self.saved_revision = max(self.saved_revision, taken.revision)

    def cut_off(
        self,
        before: Expected,
        disk: np.ndarray | None,
        touched: np.ndarray | None,
        proposed: bool,
        folded: bool,
    ) -> None:
        """The save that led from ``before`` to here did not come to its end: of each file the old or the new one is
        there, and all steps since; the journal is the old one unless it was ``folded``.
        """
        assert any(_same(disk, each.disk) for each in (before, self))
        assert any(_same(touched, each.touched if each.beside else None) for each in (before, self))
        self.disk, self.beside, self.beside_proposed = disk, touched is not None, proposed
        if touched is not None:
            self.touched = touched
        if not folded:
            self.base, self.kept, self.marks = before.base, before.kept, before.marks

    # -- opening ---------------------------------------------------------------------------------------------------

    def reopened(self, history: tuple[int, int], journalled: bool) -> bool:
        """A document made anew of what lies on the disk; whether another program had changed the mask. ``history``: how
        many steps can be undone and redone, which tells from where the journal was replayed, if there is a choice.
        ``journalled``: there was a journal.
        """
        size = self.now[0].shape
        labels = np.zeros(size, np.uint8) if self.disk is None else self.disk
        # Somebody removed what was painted, and whose it was says nothing about what is there now.
        gone = self.disk is None and not journalled and bool(self.touched.any())
        beside = self.beside and not gone
        start = (labels, self.touched if beside else np.zeros(size, bool))
        self.first = packed(start)
        self.saved_plane = None if self.disk is None else self.first
        self.written, self.saving = None, []
        places = [0] if np.array_equal(self.base, labels) else []
        if self.disk is not None:  # or none of these saves has come to its end
            places += [count for count, marked in self.marks if np.array_equal(marked, labels)]
        for place in places or [0]:
            self.now, self.done, self.undone = start, [], []
            self.revision = self.saved_revision = self.person_revision = 0
            self.model, self.proposal = beside and self.beside_proposed, None
            steps = [(direction, self._again(direction, step, bool(places))) for direction, step in self.kept[place:]]
            if (len(self.done), len(self.undone)) == history:
                break
        outside = not places and bool(self.kept)
        if not places:
            self.kept, self.marks, self.base = steps, [], labels
        return outside

    def _again(self, direction: str, step: Step, fits: bool) -> Step:
        """Do a step again; where the mask is another one (not ``fits``), only the pixels that it changed."""
        back = direction == "undo"
        there = self.done if back else self.undone if direction == "redo" else []
        if direction == "do":
            self.undone.clear()
        if there:
            step = there.pop()
        elif not fits:
            old, new, stands = packed(step.before), packed(step.after), packed(self.now)
            moved = unpacked(np.where(old != new, old if back else new, stands))
            step = Step(step.person, moved, self.now) if back else Step(step.person, self.now, moved)
        (self.undone if back else self.done).append(step)
        self.now = step.before if back else step.after
        self._count(step)
        if direction == "do" and not step.person:
            self.proposal = packed(step.after)
        return step

    def settled(self) -> None:
        """The proposal of an earlier session is known again."""
        if self.proposal is None and self.proposal_there is not None:
            self.proposal = self.written = self.proposal_there


def _same(one: np.ndarray | None, other: np.ndarray | None) -> bool:
    return one is other if one is None or other is None else np.array_equal(one, other)


def packed(planes: Planes) -> np.ndarray:
    """Labels and provenance in one plane."""
    return planes[0] | np.where(planes[1], np.uint8(TOUCHED), np.uint8(0))


def unpacked(plane: np.ndarray) -> Planes:
    """And apart."""
    return plane & np.uint8(TOUCHED - 1), plane >= TOUCHED
