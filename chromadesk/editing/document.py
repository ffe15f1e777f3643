"""The document: one label plane per photo, which of its pixels a person touched, and the steps that led here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from chromadesk.editing.history import BUDGET, History
from chromadesk.editing.kept import Kept
from chromadesk.editing.patch import Box, Patch, Plane, bounding_box
from chromadesk.editing.pyramid import LabelPyramid

if TYPE_CHECKING:
    from chromadesk.editing.stroke import Stroke

#: In a packed plane the low bits are the class id and this bit says that a person touched the pixel.
TOUCHED = 0x80


class Document:
    """Labels uint8 (H, W), 0-4, and ``touched`` bool (H, W), of the photo at ``photo``.

    Read the planes, never write them: every change goes through ``edit``, ``predict`` or a ``Stroke``, so that it is a
    patch that can be undone. Listeners in ``changed`` get each box whose labels changed, those in ``stepped`` the kind
    of each finished step ("undo" and "redo" among them), those in ``recorders`` the direction ("do", "undo", "redo")
    and the patch; those in ``rested`` hear that a stroke has ended, with or without a step.
    """

    def __init__(
        self, photo: Path, labels: Plane, touched: npt.NDArray[np.bool_] | None = None, budget: int = BUDGET
    ) -> None:
        self.photo = photo
        self.labels: Plane = np.ascontiguousarray(labels, dtype=np.uint8).copy()
        self.touched: npt.NDArray[np.bool_] = np.zeros(labels.shape, bool) if touched is None else touched.copy()
        #: The labels at the sizes that zoomed-out views want.
        self.pyramid = LabelPyramid(self.labels)
        self.history = History(budget)
        self.changed: list[Callable[[Box], None]] = []
        self.stepped: list[Callable[[str], None]] = []
        self.recorders: list[Callable[[str, Patch], None]] = []
        self.rested: list[Callable[[], None]] = []
        #: The stroke in progress, if any; undo, redo and predictions wait for it.
        self.stroke: Stroke | None = None
        #: Grows with every step; a save remembers the one it wrote.
        self.revision = 0
        self.saved_revision = 0
        self._person_revision = 0
        #: What no person touched comes, at least in part, from a model, and not from a mask that was there before.
        self.proposed = False
        #: What can be painted back (see ``restore``), packed: the last proposal, where no person had touched it or
        #: wholly when its labels are all known; the mask on disk; what stood here when the photo was first opened.
        self.proposal: Kept | None = None
        self.saved: Kept | None = None
        self.first: Kept | None = None

    @property
    def size(self) -> tuple[int, int]:
        """Height and width."""
        height, width = self.labels.shape
        return height, width

    @property
    def bounds(self) -> Box:
        """The box of the whole plane."""
        return Box(0, 0, *self.size)

    @property
    def dirty(self) -> bool:
        """There are steps that no save has written."""
        return self.revision != self.saved_revision

    @property
    def last_step_by_person(self) -> bool:
        """The latest step made, undone or redone is a person's, not a prediction."""
        return self._person_revision == self.revision > 0

    @property
    def touched_since_save(self) -> bool:
        """Among the unsaved steps is one of a person (not only predictions)."""
        return self.touched_since(self.saved_revision)

    def touched_since(self, revision: int) -> bool:
        """Among the steps after ``revision`` is one of a person."""
        return self._person_revision > revision

    def edit(self, kind: str, box: Box, labels: Plane, touched: npt.NDArray[np.bool_]) -> Patch | None:
        """Put ``labels`` and ``touched``, both of ``box``'s shape, into ``box`` as a step; None if nothing differs."""
        new = pack(labels, touched)
        old = self.packed(box)
        difference = bounding_box(old != new)
        if difference is None:
            return None
        inner = Box(
            box.top + difference.top,
            box.left + difference.left,
            box.top + difference.bottom,
            box.left + difference.right,
        )
        patch = Patch(kind, inner, old[difference.slices].copy(), new[difference.slices].copy())
        self.apply(patch)
        return patch

    def apply(self, patch: Patch) -> None:
        """Make a step that was prepared, perhaps in another thread, from the planes as they are now."""
        self._put(patch.box, patch.new)
        self.record(patch)

    def predict(self, labels: Plane, everything: bool = False, since: Plane | None = None) -> Patch | None:
        """Lay a prediction over the document as one step: where no person touched it, or over ``everything``; but for
        what a person has painted ``since``, when it was asked for and the document ``packed`` was this.
        """
        self.proposal = Kept(np.array(labels, np.uint8))
        stays = self.touched
        if everything:
            stays = np.zeros(self.size, bool) if since is None else stays & (self.packed(self.bounds) != since)
        return self.edit("prediction", self.bounds, np.where(stays, self.labels, labels), self.touched & stays)

    def undo(self) -> str | None:
        """Take the last step back; its kind, or None when there is none (or a stroke is in progress)."""
        patch = None if self.stroke else self.history.undo()
        if patch is None:
            return None
        self._put(patch.box, patch.old)
        self._stepped("undo", patch, "undo")
        return patch.kind

    def redo(self) -> str | None:
        """Make the last undone step again; its kind, or None when there is none (or a stroke is in progress)."""
        patch = None if self.stroke else self.history.redo()
        if patch is None:
            return None
        self._put(patch.box, patch.new)
        self._stepped("redo", patch, "redo")
        return patch.kind

    def mark_saved(self, revision: int) -> None:
        """Revision ``revision`` is on disk."""
        self.saved_revision = max(self.saved_revision, revision)

    def packed(self, box: Box) -> Plane:
        """Labels and provenance of ``box`` in one plane (a copy)."""
        return pack(self.labels[box.slices], self.touched[box.slices])

    def record(self, patch: Patch) -> None:
        """Enter a step whose pixels already stand in the planes (a stroke paints as it goes)."""
        self.history.push(patch)
        self._stepped("do", patch, patch.kind)

    def replay(self, direction: str, patch: Patch, elsewhere: bool = False) -> Patch:
        """Do again what a journal recorded, history included, without recording it twice. ``elsewhere``: on a mask that
        another program wrote since, of which only the pixels change that the step changed. The step as it was done.
        """
        inside = self.bounds.intersection(patch.box)
        if inside != patch.box:
            raise ValueError("the step lies outside the photo")
        history, back = self.history, direction == "undo"
        known = history.undo() if back else history.redo() if direction == "redo" else None
        patch = known or (self._moved(patch, back) if elsewhere else patch)
        if direction == "do":
            history.push(patch)
        elif known is None:  # a step from before the journal began
            (history.undone if back else history.done).append(patch)
        self._put(patch.box, patch.old if back else patch.new)
        self._count(patch)
        if direction == "do" and patch.kind == "prediction":
            self.proposal = Kept(self.packed(self.bounds))
        return patch

    def _moved(self, patch: Patch, back: bool) -> Patch:
        """``patch`` from (``back``: to) the pixels that stand in its box now."""
        stands = self.packed(patch.box)
        there = np.where(patch.old != patch.new, patch.old if back else patch.new, stands)
        return Patch(patch.kind, patch.box, there, stands) if back else Patch(patch.kind, patch.box, stands, there)

    def notify(self, box: Box) -> None:
        """Tell the pyramid and the listeners that the labels of ``box`` changed."""
        self.pyramid.changed(box)
        for listener in list(self.changed):
            listener(box)

    def _put(self, box: Box, plane: Plane) -> None:
        np.bitwise_and(plane, np.uint8(~TOUCHED & 0xFF), out=self.labels[box.slices])
        np.greater_equal(plane, np.uint8(TOUCHED), out=self.touched[box.slices])
        self.notify(box)

    def _stepped(self, direction: str, patch: Patch, kind: str) -> None:
        self._count(patch)
        for recorder in list(self.recorders):
            recorder(direction, patch)
        for listener in list(self.stepped):
            listener(kind)

    def _count(self, patch: Patch) -> None:
        self.revision += 1
        if patch.kind != "prediction":
            self._person_revision = self.revision
        else:
            self.proposed = True


def pack(labels: Plane, touched: npt.NDArray[np.bool_]) -> Plane:
    """Labels and provenance in one new uint8 plane."""
    packed: Plane = touched.view(np.uint8) * np.uint8(0x80)  # half the time of a shift
    packed |= labels
    return packed
