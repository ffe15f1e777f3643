"""Painting back and going back: the proposal, the saved mask, or what the photo was first opened with.

What is painted back is as it was then, provenance included: a proposal's pixels are untouched again, and a later
prediction may change them; those of the saved mask are touched where they were when it was saved.
"""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from chromadesk.editing.document import TOUCHED, Document
from chromadesk.editing.kept import Kept
from chromadesk.editing.patch import Box, Patch, bounding_box
from chromadesk.editing.stroke import Stroke

Source = Literal["proposal", "saved", "first"]
SOURCES: tuple[Source, ...] = get_args(Source)
_CLASS = np.uint8(TOUCHED - 1)
#: Said when there is nothing to go back to.
MISSING: dict[Source, str] = {
    "proposal": "No proposal yet",
    "saved": "No saved mask yet",
    "first": "Nothing to go back to",
}
_ALREADY: dict[Source, str] = {
    "proposal": "Already as proposed",
    "saved": "Already as saved",
    "first": "Already as first opened",
}


def kept(document: Document, source: Source) -> Kept | None:
    """The plane of ``source``; None when there is none."""
    planes: dict[Source, Kept | None] = {
        "proposal": document.proposal,
        "saved": document.saved,
        "first": document.first,
    }
    return planes[source]


class Restoring(Stroke):
    """A stroke that lays back what ``source`` holds instead of a class. ValueError when there is no such plane."""

    def __init__(
        self,
        document: Document,
        source: Source,
        locked: frozenset[int] = frozenset(),
        kind: str = "history",
        over: int | None = None,
    ) -> None:
        plane = kept(document, source)
        if plane is None:
            raise ValueError(MISSING[source])
        super().__init__(document, 0, locked, kind, over)
        self.source = source
        self._plane = plane

    def add(self, box: Box, mask: npt.NDArray[np.bool_]) -> Box | None:
        """Lay back the True pixels of ``mask`` (the shape of ``box``, which may reach outside); the box, if any."""
        document = self.document
        inside = box.intersection(document.bounds)
        if inside.empty:
            return None
        cut = mask[inside.top - box.top : inside.bottom - box.top, inside.left - box.left : inside.right - box.left]
        now, then = document.packed(inside), self._plane.read(inside)
        # Of a proposal only what no person had touched is known; see Document.proposal.
        wanted = cut & (then < TOUCHED) if self.source == "proposal" else cut
        self._covered = self._covered or bool(wanted.any())
        wanted = wanted & (now != then)
        labels, back = now & _CLASS, then & _CLASS
        for class_id in self.locked:
            blocked = wanted & (labels != back) & ((labels == class_id) | (back == class_id))
            count = int(np.count_nonzero(blocked))
            if count:
                self.kept[class_id] = self.kept.get(class_id, 0) + count
                wanted = wanted & ~blocked
        if self.over is not None:
            wanted = wanted & ((labels == back) | (labels == self.over))
        count = int(np.count_nonzero(wanted))
        if not count:
            return None
        self._keep(inside)
        self.changed += count
        np.copyto(document.labels[inside.slices], back, where=wanted)
        np.copyto(document.touched[inside.slices], then >= TOUCHED, where=wanted)
        if self.source == "proposal":
            document.proposed = True
        self._box = inside if self._box is None else self._box.union(inside)
        document.notify(inside)
        return inside

    def _nothing_new(self) -> str:
        return _ALREADY[self.source] if self._covered else "Nothing to paint back here"


def revert(document: Document, source: Source, locked: frozenset[int] = frozenset()) -> tuple[Patch | None, str]:
    """Go back to ``source`` everywhere, as one step; else None and the reason, as said at the cursor."""
    plane = kept(document, source)
    if plane is None:
        return None, MISSING[source]
    different = bounding_box(document.packed(document.bounds) != plane.read(document.bounds))
    plane.rest()
    if different is None:
        return None, _ALREADY[source]
    stroke = Restoring(document, source, locked, "revert")
    stroke.add(different, np.ones((different.height, different.width), bool))
    patch = stroke.finish()
    return patch, stroke.why_nothing() or ""
