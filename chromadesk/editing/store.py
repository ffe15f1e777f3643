"""A document on disk: the mask in B, the provenance and the journal in the data set's state folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from chromadesk import sidecars
from chromadesk.dataset.pairs import Item
from chromadesk.editing import journal, provenance
from chromadesk.editing.decoded import Decoded, decode
from chromadesk.editing.document import TOUCHED, Document, pack
from chromadesk.editing.journal import Journal
from chromadesk.editing.kept import Kept
from chromadesk.editing.pasts import fingerprint
from chromadesk.editing.patch import Box, Patch, Plane
from chromadesk.editing.provenance import Provenance
from chromadesk.errors import MaskError
from chromadesk.images import Photo
from chromadesk.masks import read_mask, write_mask


@dataclass
class Opened:
    """A photo, its document and its journal; ``notices`` are (sentence, level) pairs to show."""

    item: Item
    photo: Photo
    document: Document
    journal: Journal
    provenance: Path
    #: Where the last proposal lies, for painting it back in a later session, and the one that lies there.
    proposal: Path
    proposal_written: Kept | None = None
    #: The photo halved again and again, uint8 (h, w, 3), for views that are zoomed out.
    smaller: list[npt.NDArray[np.uint8]] = field(default_factory=list)
    #: The file in B is there but cannot be read; it must not be replaced without asking.
    mask_unreadable: bool = False
    #: Steps of an earlier session came back from the journal.
    recovered: bool = False
    notices: list[tuple[str, str]] = field(default_factory=list)
    #: Of the document as it was opened (see ``pasts``).
    fingerprint: int = 0

    def close(self) -> None:
        """Sync and end the journal."""
        self.journal.close()


@dataclass(frozen=True)
class Snapshot:
    """The planes as they were when a save was asked for."""

    opened: Opened
    revision: int
    labels: Plane
    provenance: Provenance
    proposal: Kept | None
    mark: int


def open_document(item: Item, state: Path, decoder: Callable[[Path], Decoded] = decode) -> Opened:
    """Read the photo, its mask and what its journal kept. Raises ImageError when the photo cannot be read.

    A mask that cannot be read, or does not fit the photo, gives an empty document, ``mask_unreadable`` and a notice.
    """
    decoded = decoder(item.photo)
    photo = decoded.photo
    size = (photo.pixels.shape[0], photo.pixels.shape[1])
    labels = np.zeros(size, np.uint8)
    notices: list[tuple[str, str]] = []
    unreadable = False
    if item.mask.exists():
        try:
            mask = read_mask(item.mask, size)
            labels = mask.labels
            if mask.off_palette:
                notices.append(
                    (
                        f"{mask.off_palette:,} pixels of {item.mask.name} have none of the five colours; each got "
                        "the nearest one. Save to keep it so.",
                        "warning",
                    )
                )
        except MaskError as error:
            unreadable = True
            notices.append((str(error), "error"))
    beside = provenance.path_of(state, item.key)
    origin = provenance.read(beside, size)
    document = Document(item.photo, labels, origin.touched if origin is not None else None)
    document.proposed = origin is not None and origin.proposed
    document.first = Kept(document.packed(document.bounds))
    if item.mask.exists() and not unreadable:
        document.saved = document.first
    path = sidecars.beside(state / "journal", item.key, ".journal")
    base = journal.labels_checksum(document.labels)
    content = journal.read(path)
    keep = 0
    recovered = False
    if content is not None and content.size == size:
        steps = content.steps_after(base)
        if steps is None:
            # The mask was written by another program since: the person's steps still go on top, as unsaved work.
            steps = content.steps
            notices.append(
                (
                    f"{item.mask.name} was changed outside ChromaDesk; your unsaved strokes were put on top of it.",
                    "warning",
                )
            )
        else:
            keep = content.length
        recovered = _replay(document, steps)
        if recovered and document.touched_since_save:
            notices.append((f"Unsaved strokes on {item.photo.name} were brought back.", "info"))
    elif content is not None and content.steps:
        aside = sidecars.beside(state / "journal", item.key, ".other-size.journal")
        path.replace(aside)
        notices.append(
            (
                f"{item.photo.name} has another size than when it was painted; its unsaved strokes are in {aside}.",
                "warning",
            )
        )
    document.pyramid.level(len(document.pyramid) - 1)  # now, lest the first look at it waits
    written = Journal(path, size, base, keep)
    if recovered and not keep:
        for patch in document.history.done:
            written.append("do", patch)
    document.recorders.append(written.append)
    return Opened(
        item,
        photo,
        document,
        written,
        beside,
        sidecars.beside(state / "proposals", item.key, ".png"),
        smaller=decoded.smaller,
        mask_unreadable=unreadable,
        recovered=recovered,
        notices=notices,
        fingerprint=fingerprint(document),
    )


def settle(opened: Opened) -> None:
    """Bring the planes that can be painted back to rest; of the proposal, what an earlier session left on disk."""
    document = opened.document
    if document.proposal is None and opened.proposal.exists():
        try:
            found = Kept(read_mask(opened.proposal, document.size).labels)
        except MaskError:
            return  # the photo was replaced by one of another size; its next proposal takes this one's place
        found.pack()
        if document.proposal is None:
            document.proposal = opened.proposal_written = found
    for plane in (document.proposal, document.saved, document.first):
        if plane is not None:
            plane.pack()


def snapshot(opened: Opened) -> Snapshot:
    """Copy the planes for a save; the person may paint on meanwhile."""
    document = opened.document
    labels = document.labels.copy()
    origin = Provenance(document.touched.copy(), document.proposed)
    return Snapshot(opened, document.revision, labels, origin, document.proposal, opened.journal.mark(labels))


def write(taken: Snapshot) -> None:
    """Write provenance and mask, then fold the journal. Raises StorageError; then the journal keeps everything."""
    opened = taken.opened
    opened.journal.flush()
    if taken.provenance.touched.any() or taken.provenance.proposed or opened.provenance.exists():
        provenance.write(opened.provenance, taken.provenance)
    _write_proposal(opened, taken.proposal)
    write_mask(opened.item.mask, taken.labels)
    saved = Kept(pack(taken.labels, taken.provenance.touched))
    saved.pack()
    opened.document.saved = saved
    opened.journal.fold(taken.mark)


def _write_proposal(opened: Opened, proposal: Kept | None) -> None:
    if proposal is None or proposal is opened.proposal_written:
        return
    labels = proposal.read(Box(0, 0, *proposal.size))
    if labels.max() < TOUCHED:  # what was brought back from a journal may know it only in part
        write_mask(opened.proposal, labels)
    opened.proposal_written = proposal


def _replay(document: Document, steps: list[tuple[str, Patch]]) -> bool:
    for direction, patch in steps:
        try:
            document.replay(direction, patch)
        except ValueError:
            break  # a step for another photo of this name; what came before it stands
    return bool(steps)
