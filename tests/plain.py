"""What a person would expect of an edited photo: full copies of its planes, a list of steps, what was last written."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, field

import numpy as np

#: Labels and provenance.
Planes = tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True, eq=False)
class Step:
    """One entry of a history."""

    person: bool
    before: Planes
    after: Planes


@dataclass
class Plain:
    """What is expected of one photo."""

    now: Planes
    disk: np.ndarray | None
    status: str
    done: list[Step] = field(default_factory=list)
    undone: list[Step] = field(default_factory=list)
    #: The steps made, undone and redone since the mask was written: what a killed studio finds again.
    kept: list[tuple[str, Step]] = field(default_factory=list)

    def step(self, labels: np.ndarray, touched: np.ndarray, person: bool = True) -> None:
        """Something was done; not worth a step when it makes no difference."""
        if not (np.array_equal(labels, self.now[0]) and np.array_equal(touched, self.now[1])):
            self._turn("do", Step(person, self.now, (labels, touched)))
            self.now = (labels, touched)
            self._decided(person)

    def undo(self) -> None:
        """If there is anything."""
        if self.done:
            self.now = self.done[-1].before
            self._decided(self.done[-1].person)
            self._turn("undo", self.done[-1])

    def redo(self) -> None:
        """If there is anything."""
        if self.undone:
            self.now = self.undone[-1].after
            self._decided(self.undone[-1].person)
            self._turn("redo", self.undone[-1])

    def saved(self) -> None:
        """The mask was written."""
        self.disk = self.now[0]
        self.kept.clear()
        self.status = "edited" if self.status == "new" else self.status

    def proposed(self, labels: np.ndarray, touched: np.ndarray) -> None:
        """A proposal was laid over it."""
        self.status = "proposed" if self.status == "new" else self.status
        self.step(labels, touched, person=False)

    def left(self) -> None:
        """Another photo was opened: what a person did is saved, a bare proposal is not."""
        if any(step.person for _, step in self.kept):
            self.saved()

    def found_again(self) -> None:
        """A new studio knows the steps that were not saved, and nothing of those before."""
        steps, self.kept = self.kept, []
        self.done.clear()
        self.undone.clear()
        for direction, step in steps:
            self._turn(direction, step)

    def _decided(self, person: bool) -> None:
        self.status = "edited" if person else self.status

    def _turn(self, direction: str, step: Step) -> None:
        taken, given = {"do": (None, self.done), "undo": (self.done, self.undone), "redo": (self.undone, self.done)}[
            direction
        ]
        if taken:
            taken.pop()
        if direction == "do":
            self.undone.clear()
        given.append(step)
        self.kept.append((direction, step))


def swept(size: tuple[int, int], points: list[tuple[float, float]], diameter: int) -> np.ndarray:
    """The pixels whose centres a disc covers on its way through ``points``, whose centre keeps to pixel centres (odd
    diameters) or corners (even ones).
    """
    y, x = np.mgrid[: size[0], : size[1]] + 0.5
    half = 0.5 * (diameter % 2)
    centres = [(math.floor(a + 0.5 - half) + half, math.floor(b + 0.5 - half) + half) for a, b in points]
    covered = np.zeros(size, bool)
    for a, b in centres:
        covered |= 4 * ((x - a) ** 2 + (y - b) ** 2) <= diameter**2
    for (a, b), (c, d) in itertools.pairwise(centres):
        dx, dy = c - a, d - b
        length = dx * dx + dy * dy
        along, across = (x - a) * dx + (y - b) * dy, (x - a) * dy - (y - b) * dx
        covered |= (along >= 0) & (along <= length) & (4 * across**2 <= diameter**2 * length) & (length > 0)
    return covered


def connected(labels: np.ndarray, row: int, column: int) -> np.ndarray:
    """The region of one class about a pixel, by its four neighbours."""
    alike = labels == labels[row, column]
    region = np.zeros(labels.shape, bool)
    region[row, column] = True
    count = 0
    while count != (count := np.count_nonzero(region)):
        for axis, shift in itertools.product((0, 1), (1, -1)):
            moved = np.roll(region, shift, axis)
            edge = [slice(None), slice(None)]
            edge[axis] = slice(0, 1) if shift == 1 else slice(-1, None)
            moved[tuple(edge)] = False
            region |= moved & alike
    return region
