"""The histories of photos that were closed, for when they are opened again in the same session."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from pathlib import Path

from chromadesk.editing.document import Document
from chromadesk.editing.history import History
from chromadesk.editing.kept import Kept

#: All of them together, bytes: strokes pack to a few kilobytes, so this holds the work of a long day.
BUDGET = 32 * 1024 * 1024


@dataclass(frozen=True, eq=False)
class _Past:
    fingerprint: int
    history: History
    proposal: Kept | None
    first: Kept | None

    @property
    def nbytes(self) -> int:
        return self.history.nbytes + sum(plane.nbytes for plane in (self.proposal, self.first) if plane is not None)


class Pasts:
    """The least recently closed go when ``budget`` bytes are exceeded."""

    def __init__(self, budget: int = BUDGET) -> None:
        self.budget = budget
        self._pasts: dict[Path, _Past] = {}

    def __len__(self) -> int:
        return len(self._pasts)

    @property
    def nbytes(self) -> int:
        """Memory they take."""
        return sum(past.nbytes for past in self._pasts.values())

    def keep(self, document: Document) -> None:
        """``document`` is closed, and nobody edits it any more. Takes a while: for a background thread."""
        self._pasts.pop(document.photo, None)
        history = document.history
        if not history.done and not history.undone:
            return
        for plane in (document.proposal, document.first):
            if plane is not None:
                plane.pack()
                plane.rest()
        for patch in (*history.done, *history.undone):
            patch.pack()
        past = _Past(fingerprint(document), history, document.proposal, document.first)
        history.shrink(self.budget - (past.nbytes - history.nbytes))
        self._pasts[document.photo] = past
        while self.nbytes > self.budget and self._pasts:
            del self._pasts[next(iter(self._pasts))]

    def give_back(self, document: Document, check: int) -> bool:
        """Give ``document``, just opened, the history it had, if it is as it was when it was closed (``check`` is its
        fingerprint); else the mask was changed outside, and its history would undo what never was.
        """
        past = self._pasts.pop(document.photo, None)
        if past is None or past.fingerprint != check:
            return False
        document.history = past.history
        document.proposal = document.proposal if past.proposal is None else past.proposal
        document.first = past.first
        return True


def fingerprint(document: Document) -> int:
    """A checksum of the document's size, labels and provenance."""
    return zlib.crc32(document.packed(document.bounds).data, hash(document.size) & 0xFFFFFFFF)
