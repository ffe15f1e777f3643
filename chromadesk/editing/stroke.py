"""A stroke in progress: paints at once, keeps what was there in tiles, becomes one patch when it ends."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from chromadesk.classes import CLASSES
from chromadesk.editing.document import Document
from chromadesk.editing.patch import Box, Patch, Plane

#: Edge of the tiles kept for undo: their cost follows the brush, not the photo.
TILE = 256


class Stroke:
    """Paints ``class_id`` into ``document``; classes in ``locked`` neither lose pixels nor gain any. With ``over``, no
    class but that one loses any.
    """

    def __init__(
        self,
        document: Document,
        class_id: int,
        locked: frozenset[int] = frozenset(),
        kind: str = "brush",
        over: int | None = None,
    ) -> None:
        self.document = document
        self.class_id = class_id
        self.locked = locked
        self.over = over
        self.kind = kind
        #: Pixels whose label changed so far, and those that locks kept, by class id.
        self.changed = 0
        self.kept: dict[int, int] = {}
        self._covered = False
        self._tiles: dict[tuple[int, int], Plane] = {}
        self._box: Box | None = None
        document.stroke = self

    def add(self, box: Box, mask: npt.NDArray[np.bool_]) -> Box | None:
        """Paint the True pixels of ``mask`` (the shape of ``box``, which may reach outside); the box painted if any."""
        inside = box.intersection(self.document.bounds)
        if inside.empty:
            return None
        cut = mask[inside.top - box.top : inside.bottom - box.top, inside.left - box.left : inside.right - box.left]
        labels = self.document.labels[inside.slices]
        allowed = cut
        if self.class_id in self.locked:
            if cut.any():
                self.kept[self.class_id] = self.kept.get(self.class_id, 0) + int(cut.sum())
            return None
        for class_id in self.locked:
            blocked = cut & (labels == class_id)
            count = int(np.count_nonzero(blocked))
            if count:
                self.kept[class_id] = self.kept.get(class_id, 0) + count
                allowed = allowed & ~blocked
        if self.over is not None:
            allowed = allowed & (labels == self.over)
        self._covered = self._covered or bool(cut.any())
        self._keep(inside)
        touched = self.document.touched[inside.slices]
        # Bits that change, and not pixels to be picked out: every step is one sweep without a branch.
        change = labels ^ np.uint8(self.class_id)
        change *= allowed.view(np.uint8)
        self.changed += int(np.count_nonzero(change))
        labels ^= change
        touched |= allowed
        self._box = inside if self._box is None else self._box.union(inside)
        self.document.notify(inside)
        return inside

    @property
    def box(self) -> Box | None:
        """Everything painted so far lies in it."""
        return self._box

    def before(self, box: Box) -> tuple[Plane, npt.NDArray[np.bool_]]:
        """Labels and provenance of ``box`` (inside the photo) as they were when the stroke began."""
        now = self.document.packed(box)
        then = self._before(box, now)
        packed = now if then is None else then
        return packed & np.uint8(0x7F), packed >= 0x80

    def take_back(self, box: Box, mask: npt.NDArray[np.bool_]) -> None:
        """Put back what stood at the True pixels of ``mask`` (the shape of ``box``, inside the photo) before."""
        labels, touched = self.before(box)
        self.document.labels[box.slices][mask] = labels[mask]
        self.document.touched[box.slices][mask] = touched[mask]
        self.document.notify(box)

    def finish(self) -> Patch | None:
        """End the stroke; its patch, entered in the document's history, or None when no pixel was touched anew."""
        self._end()
        patch = self._patch()
        if patch is not None:
            self.document.record(patch)
        self._rest()
        return patch

    def cancel(self) -> None:
        """End the stroke and put everything back."""
        self._end()
        for (row, column), old in self._tiles.items():
            box = Box(row * TILE, column * TILE, row * TILE + old.shape[0], column * TILE + old.shape[1])
            self.document.labels[box.slices] = old & 0x7F
            self.document.touched[box.slices] = old >= 0x80
        if self._box is not None:
            self.document.notify(self._box)
        self._rest()

    def why_nothing(self) -> str | None:
        """The reason when no label changed, as said at the cursor; None when some did."""
        if self.changed:
            return None
        if self.kept:
            most = max(self.kept, key=lambda class_id: self.kept[class_id])
            return f"{CLASSES[most].name.capitalize()} is locked"
        if self.over is not None and self._covered:
            return f"Paints over {CLASSES[self.over].name} only"
        return self._nothing_new()

    def _nothing_new(self) -> str:
        """Said where no lock is to blame."""
        return f"Already {CLASSES[self.class_id].name}" if self._covered else "Outside the photo"

    def _end(self) -> None:
        if self.document.stroke is self:
            self.document.stroke = None

    def _rest(self) -> None:
        for listener in list(self.document.rested):
            listener()

    def _patch(self) -> Patch | None:
        if self._box is None:
            return None
        new = self.document.packed(self._box)
        old = self._before(self._box, new)
        return None if old is None else Patch(self.kind, self._box, old, new)

    def _keep(self, box: Box) -> None:
        height, width = self.document.size
        for row in range(box.top // TILE, (box.bottom - 1) // TILE + 1):
            for column in range(box.left // TILE, (box.right - 1) // TILE + 1):
                if (row, column) not in self._tiles:
                    tile = Box(
                        row * TILE, column * TILE, min((row + 1) * TILE, height), min((column + 1) * TILE, width)
                    )
                    self._tiles[row, column] = self.document.packed(tile)

    def _before(self, box: Box, new: Plane) -> Plane | None:
        """What stood in ``box`` when the stroke began: the kept tiles over ``new``, what stands there now; None when
        that is the same.
        """
        plane = new.copy()
        differs = False
        for (row, column), old in self._tiles.items():
            tile = Box(row * TILE, column * TILE, row * TILE + old.shape[0], column * TILE + old.shape[1])
            part = tile.intersection(box)
            if not part.empty:
                there = plane[part.top - box.top : part.bottom - box.top, part.left - box.left : part.right - box.left]
                before = old[
                    part.top - tile.top : part.bottom - tile.top, part.left - tile.left : part.right - tile.left
                ]
                differs = differs or not np.array_equal(there, before)
                there[...] = before
        return plane if differs else None
