"""A studio's documents without a window, beside them what is expected: what the machine of row 8 stands on."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import ClassVar

import numpy as np
from hypothesis.stateful import RuleBasedStateMachine, invariant
from PIL import Image

from chromadesk.dataset.pairs import Dataset
from chromadesk.editing import store
from chromadesk.editing.pasts import Pasts, fingerprint
from chromadesk.editing.patch import Box
from chromadesk.editing.recovery import places
from chromadesk.editing.stroke import Stroke
from chromadesk.masks import write_mask
from tests.faults.expected import Expected
from tests.plain import Planes

#: Height and width of each photo, and whether it has a mask: odd, a single pixel, a strip, larger than a tile (256).
PHOTOS = (((37, 23), True), ((1, 1), False), ((5, 91), True), ((301, 263), False))
KEYS = [f"A/{number}.png" for number in range(len(PHOTOS))]


class Desk(RuleBasedStateMachine):
    """One studio's worth of documents, on a disk that may lose power; a Qt-free twin of the window's machine."""

    #: Steps made by all machines of a run, and where their folders are made.
    steps: ClassVar[int] = 0
    within: ClassVar[Path | None] = None

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp(prefix="document-", dir=self.within))
        self.folder = self.root / "0"
        (self.folder / "A").mkdir(parents=True)
        draw = np.random.default_rng(0)
        self.expected: dict[str, Expected] = {}
        self.pixels: dict[str, np.ndarray] = {}
        for key, (size, masked) in zip(KEYS, PHOTOS, strict=True):
            self.pixels[key] = draw.integers(60, 200, (*size, 3), np.uint8)
            Image.fromarray(self.pixels[key]).save(self.folder / key, compress_level=1)
            labels = draw.integers(0, 5, size, np.uint8) if masked else np.zeros(size, np.uint8)
            nothing = np.zeros(size, bool)
            if masked:
                write_mask(self.folder / key.replace("A/", "B/"), labels)
            self.expected[key] = Expected(
                (labels, nothing), labels if masked else None, "new", touched=nothing, base=labels
            )
        self.locked: frozenset[int] = frozenset()
        self.over: int | None = None
        self.pasts = Pasts()
        self.key = KEYS[0]
        #: Temporary files that the power cut left.
        self.left: set[str] = set()
        self._open()

    # -- the studio ------------------------------------------------------------------------------------------------

    @property
    def photo(self) -> Expected:
        """What is expected of the open photo."""
        return self.expected[self.key]

    @property
    def document(self):
        return self.opened.document

    def _open(self) -> None:
        """Open ``key`` from the disk, which nobody else has open."""
        self.dataset = Dataset.open(self.folder)
        item = self.dataset[self.key]
        journalled = any(place.exists() for place in places(item))
        self.opened = store.open_document(item, self.dataset.state)
        self.taken: list[store.Snapshot] = []
        history = self.document.history
        outside = self.photo.reopened((len(history.done), len(history.undone)), journalled)
        said = [text for text, _ in self.opened.notices]
        assert outside == any("changed outside" in text for text in said) or not self.photo.kept
        assert self.opened.fingerprint == fingerprint(self.document)

    def _close(self) -> None:
        """As the session leaves a photo: what a person did is saved."""
        while self.taken:
            self._end_save()
        if self.document.touched_since_save:
            self._begin_save()
            self._end_save()
        self.opened.close()
        self.pasts.keep(self.document)

    def _begin_save(self) -> None:
        self.taken.append(store.snapshot(self.opened))
        self.photo.begin_save()

    def _end_save(self) -> None:
        taken = self.taken.pop(0)
        store.write(taken)
        self.document.mark_saved(taken.revision)
        self.photo.end_save()

    def allowed(self, labels: np.ndarray, class_id: int) -> np.ndarray:
        """Where the locks let this class be painted."""
        if class_id in self.locked:
            return np.zeros(labels.shape, bool)
        free = ~np.isin(labels, list(self.locked))
        return free if self.over is None else free & (labels == self.over)

    def painted(self, planes: Planes, pixels: np.ndarray, class_id: int) -> Planes:
        """The planes once these pixels have a class from a person."""
        labels, touched = planes
        changed = pixels & self.allowed(labels, class_id)
        return np.where(changed, np.uint8(class_id), labels), touched | changed

    def stroke(self, kind: str, class_id: int) -> Stroke:
        return Stroke(self.document, class_id, self.locked, kind, self.over)

    def at(self, place: tuple[float, float]) -> tuple[float, float]:
        """Parts of the photo's width and height as (x, y)."""
        height, width = self.document.size
        return float(place[0]) * width, float(place[1]) * height

    def whole(self, piece: tuple[Box, np.ndarray] | None) -> np.ndarray:
        """A box and its mask as a mask of the photo."""
        pixels = np.zeros(self.document.size, bool)
        if piece is not None:
            box, mask = piece
            inside = box.intersection(self.document.bounds)
            if not inside.empty:
                pixels[inside.slices] = mask[
                    inside.top - box.top : inside.bottom - box.top, inside.left - box.left : inside.right - box.left
                ]
        return pixels

    def proposal(self, number: int) -> np.ndarray:
        draw, size = np.random.default_rng(number), self.document.size
        coarse = draw.integers(0, 5, (size[0] // 7 + 1, size[1] // 7 + 1), np.uint8)
        return coarse.repeat(7, 0).repeat(7, 1)[: size[0], : size[1]]

    def end(self, stroke: Stroke, planes: Planes, ending: str) -> None:
        """Finish or cancel a stroke that should have led to ``planes``; meanwhile nothing can be taken back."""
        assert self.document.undo() is None
        assert self.document.redo() is None
        np.testing.assert_array_equal(self.document.labels, planes[0])
        if ending == "cancel":
            stroke.cancel()
            return
        stroke.finish()
        self.photo.step(*planes)

    def temporary(self) -> set[str]:
        """The temporary files there are."""
        return {path.name for path in self.folder.rglob("*.tmp")}

    # -- what must be so -------------------------------------------------------------------------------------------

    @invariant()
    def the_document_is_as_expected(self) -> None:
        document, photo = self.document, self.photo
        np.testing.assert_array_equal(document.labels, photo.now[0])
        np.testing.assert_array_equal(document.touched, photo.now[1])
        assert [patch.kind != "prediction" for patch in document.history.done] == [step.person for step in photo.done]
        assert len(document.history.undone) == len(photo.undone)
        assert document.proposed == photo.model
        assert document.dirty == (photo.revision != photo.saved_revision)
        assert document.touched_since_save == (photo.person_revision > photo.saved_revision)

    def count(self) -> None:
        """One more step."""
        type(self).steps += 1

    def teardown(self) -> None:
        self.opened.close()
        shutil.rmtree(self.root)
