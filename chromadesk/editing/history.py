"""Undo and redo: two stacks of patches within a budget of bytes."""

from __future__ import annotations

from chromadesk.editing.patch import Patch

#: A stroke packs to a few kilobytes, so this holds many thousands, or some hundred predictions of a large photo.
BUDGET = 256 * 1024 * 1024


class History:
    """The steps of one document; the newest is last. The oldest go when ``budget`` bytes are exceeded."""

    def __init__(self, budget: int = BUDGET) -> None:
        self.budget = budget
        self.done: list[Patch] = []
        self.undone: list[Patch] = []
        # What the steps take at most, for they only become smaller: it spares counting all of them with every stroke.
        self._most = 0

    @property
    def nbytes(self) -> int:
        """Memory the steps take."""
        return sum(patch.nbytes for patch in self.done) + sum(patch.nbytes for patch in self.undone)

    def push(self, patch: Patch) -> None:
        """A step was made; what had been undone cannot be redone any more."""
        self.undone.clear()
        if self.done:
            self.done[-1].pack()  # at rest from now on; usually the journal's thread has done it
        self.done.append(patch)
        self._most += patch.nbytes
        if self._most > self.budget:
            self.shrink(self.budget)

    def shrink(self, budget: int) -> None:
        """Let the oldest steps go until ``budget`` bytes hold the rest (the latest always stays)."""
        excess, gone = self.nbytes - budget, 0
        while excess > 0 and gone < len(self.done) - 1:
            excess -= self.done[gone].nbytes
            gone += 1
        del self.done[:gone]
        self._most = self.nbytes

    def undo(self) -> Patch | None:
        """The step to take back, moved to the redo stack; None when there is none."""
        if not self.done:
            return None
        self.undone.append(self.done.pop())
        return self.undone[-1]

    def redo(self) -> Patch | None:
        """The step to make again, moved back to the undo stack; None when there is none."""
        if not self.undone:
            return None
        self.done.append(self.undone.pop())
        return self.done[-1]
