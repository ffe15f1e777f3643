"""A document on disk: the mask in B, the provenance and the journal in the data set's state folder."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from chromadesk import files
from chromadesk.dataset.pairs import Item
from chromadesk.editing import provenance
from chromadesk.editing.decoded import Decoded, decode
from chromadesk.editing.document import TOUCHED, Document, pack
from chromadesk.editing.identity import Identity, alone, identify, same
from chromadesk.editing.kept import Kept
from chromadesk.editing.pasts import fingerprint
from chromadesk.editing.patch import Box, Patch, Plane
from chromadesk.editing.provenance import Provenance
from chromadesk.editing.recording import Journal
from chromadesk.editing.recovery import Recovery, places, recover
from chromadesk.errors import ChangedElsewhere, MaskError, StorageError
from chromadesk.sidecars import beside

if TYPE_CHECKING:
    from chromadesk.images import Photo

#: Held while a mask is compared and replaced, in the state folder.
LOCK = "saving.lock"
#: Where copies of masks lie that somebody else wrote, or that cannot be read, in the state folder.
CONFLICTS = "conflicts"


@dataclass
class Opened:
    """A photo, its document and its journal; ``notices`` are (sentence, level) pairs to show."""

    item: Item
    photo: Photo
    document: Document
    journal: Journal
    #: The data set's state folder.
    state: Path
    #: The mask in B as it was when it was read or last written here.
    mask: Identity | None
    #: Of the proposals the one that lies on disk.
    proposal_written: Kept | None = None
    #: The photo halved again and again, uint8 (h, w, 3), for views that are zoomed out.
    smaller: list[npt.NDArray[np.uint8]] = field(default_factory=list)
    #: The file in B is there but cannot be read; it must not be replaced without asking, and is never the backup.
    mask_unreadable: bool = False
    #: The person agreed that it is replaced.
    may_replace: bool = False
    #: Of the mask in B of which a copy lies among the conflicts.
    aside: Identity | None = None
    #: A save has replaced a mask, which is the backup (and known to be readable where the mask in B is not).
    backed_up: bool = False
    #: Steps of an earlier session came back from the journal.
    recovered: bool = False
    #: What of them is a person's.
    recovery: Recovery | None = None
    notices: list[tuple[str, str]] = field(default_factory=list)
    #: Of the document as it was opened (see ``pasts``).
    fingerprint: int = 0

    @property
    def provenance(self) -> Path:
        """Where the provenance lies."""
        return provenance.path_of(self.state, self.item.key)

    @property
    def proposal(self) -> Path:
        """Where the last proposal lies, for painting it back in a later session."""
        return beside(self.state / "proposals", self.item.key, ".png")

    @property
    def backup(self) -> Path:
        """Where the mask lies that the last save replaced."""
        return backup_of(self.state, self.item.key)

    @property
    def protected(self) -> bool:
        """The person has to be asked before the mask in B is replaced."""
        return self.mask_unreadable and not self.may_replace

    def free(self, whose: str) -> Path:
        """A name among the conflicts that is not taken, for a copy of now."""
        folder, key, now = self.state / CONFLICTS, self.item.key, time.strftime("%Y%m%d-%H%M%S")
        path, number = beside(folder, key, f"-{now}-{whose}.png"), 1
        while path.exists():
            number += 1
            path = beside(folder, key, f"-{now}-{number}-{whose}.png")
        return path

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


def open_document(
    item: Item, state: Path, decoder: Callable[[Path], Decoded] = decode, looking: bool = False
) -> Opened:
    """Read the photo, its mask and what its journal kept. Raises ImageError when the photo cannot be read.

    ``looking``: another studio has the data set, so the document is not for editing and nothing on disk is touched.
    A mask that cannot be read, or does not fit the photo, gives an empty document, ``mask_unreadable`` and a notice.
    """
    from chromadesk.masks import read_mask  # kept out of the window's start

    decoded = decoder(item.photo)
    photo = decoded.photo
    size = (photo.pixels.shape[0], photo.pixels.shape[1])
    labels = np.zeros(size, np.uint8)
    notices: list[tuple[str, str]] = []
    unreadable = False
    before = identify(item.mask)
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
    origin = provenance.read(provenance.path_of(state, item.key), size)
    kept = any(place.exists() for place in places(item))
    if origin is not None and origin.touched.any() and not item.mask.exists() and not kept:
        # No kill cut its first save short, for then there would be a journal.
        origin = None
        gone = f"{item.mask.name} is gone, though {item.photo.name} was painted; put it back before you paint on."
        notices.append((gone, "error"))
    document = Document(item.photo, labels, origin.touched if origin is not None else None)
    document.proposed = origin is not None and origin.proposed
    document.first = Kept(document.packed(document.bounds))
    if item.mask.exists() and not unreadable:
        document.saved = document.first
    found = recover(item, document, looking)
    notices += found.notices
    document.pyramid.level(len(document.pyramid) - 1)  # now, lest the first look at it waits
    document.recorders.append(found.journal.append)
    opened = Opened(
        item,
        photo,
        document,
        found.journal,
        state,
        mask=before,
        smaller=decoded.smaller,
        mask_unreadable=unreadable,
        recovered=found.replayed,
        recovery=found.recovery,
        notices=notices,
        fingerprint=fingerprint(document),
        backed_up=backup_of(state, item.key).exists(),
    )
    if unreadable:
        opened.backed_up = previous(opened) is not None
    return opened


def settle(opened: Opened) -> None:
    """Bring the planes that can be painted back to rest; of the proposal, what an earlier session left on disk."""
    from chromadesk.masks import read_mask

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
    """Write provenance and mask, then fold the journal. Raises StorageError; then the journal keeps everything.

    Raises ChangedElsewhere, and has written nothing, when the mask in B is not the one that was read or last written.
    """
    opened = taken.opened
    opened.journal.flush()
    with alone(opened.state / LOCK):
        ready(opened)
        if taken.provenance.touched.any() or taken.provenance.proposed or opened.provenance.exists():
            provenance.write(opened.provenance, taken.provenance)
        _write_proposal(opened, taken.proposal)
        _replace(opened, taken.labels)
    saved = Kept(pack(taken.labels, taken.provenance.touched))
    saved.pack()
    opened.document.saved = saved
    opened.journal.fold(taken.mark)


def ready(opened: Opened) -> None:
    """Raise ChangedElsewhere when the mask in B is not as it is known, StorageError when its data set is gone."""
    mask = opened.item.mask
    if not mask.parent.is_dir() and not opened.item.photo.exists():
        # To make the folders anew would put the mask where a drive was, or where a folder was moved away from.
        raise StorageError(f"Could not write {mask}: {opened.item.root} is gone. Bring the drive or the folder back.")
    if not same(mask, opened.mask):
        raise ChangedElsewhere(mask)


def previous(opened: Opened) -> Plane | None:
    """The labels (H, W) of the mask that the last save replaced; None when there are none that fit."""
    from chromadesk.masks import read_mask

    try:
        return read_mask(opened.backup, opened.document.size).labels if opened.backup.exists() else None
    except MaskError:
        return None


def lay_previous(opened: Opened, labels: Plane, locked: frozenset[int] = frozenset()) -> Patch | None:
    """Go back to the labels of ``previous``, but for ``locked`` classes, as one step; what differs is a person's.

    None if nothing does. A mask in B that cannot be read may then be replaced, for this is what takes its place.
    """
    document = opened.document
    opened.may_replace = opened.mask_unreadable
    if locked:
        stays = np.isin(document.labels, list(locked)) | np.isin(labels, list(locked))
        labels = np.where(stays, document.labels, labels)
    return document.edit("revert", document.bounds, labels, document.touched | (labels != document.labels))


def _replace(opened: Opened, labels: Plane) -> None:
    """The new mask, read back and found right, takes the place of the old one, which becomes the backup.

    One that cannot be read goes among the conflicts instead, and the backup stays.
    """
    from chromadesk.masks import write_mask

    mask = opened.item.mask
    written: Identity | None = None

    def before(temporary: Path) -> None:
        nonlocal written
        ready(opened)
        written = identify(temporary)
        if not mask.exists():
            return
        if opened.mask_unreadable:
            if opened.aside is None or opened.aside != opened.mask:
                files.copy(mask, opened.free("unreadable"))
        elif opened.mask is not None and written is not None and opened.mask.digest != written.digest:
            files.copy(mask, opened.backup)
            opened.backed_up = True
        ready(opened)  # once more, for a copy takes its time

    write_mask(mask, labels, before)
    opened.mask = written
    opened.mask_unreadable = opened.may_replace = False


def backup_of(state: Path, key: str) -> Path:
    """Where the mask of the photo ``key`` lies that the last save replaced."""
    return beside(state / "backups", key, ".png")


def _write_proposal(opened: Opened, proposal: Kept | None) -> None:
    if proposal is None or proposal is opened.proposal_written:
        return
    from chromadesk.masks import write_mask

    labels = proposal.read(Box(0, 0, *proposal.size))
    if labels.max() < TOUCHED:  # what was brought back from a journal may know it only in part
        write_mask(opened.proposal, labels)
    opened.proposal_written = proposal
