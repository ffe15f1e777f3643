"""A mask that someone else changed since it was opened: whichever the person keeps, the other is kept beside it.

Copies go to ``conflicts`` in the state folder, as PNG files that any program opens, and nothing ever removes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from chromadesk import files
from chromadesk.editing import provenance, store
from chromadesk.editing.document import pack
from chromadesk.editing.identity import Identity, identify
from chromadesk.editing.kept import Kept
from chromadesk.editing.patch import Plane
from chromadesk.editing.provenance import Provenance
from chromadesk.editing.store import Opened, Snapshot
from chromadesk.errors import MaskError, StorageError


@dataclass(frozen=True, eq=False)
class Theirs:
    """The mask in B with the provenance beside it, and where the copy of the person's own lies."""

    labels: Plane
    provenance: Provenance
    mask: Identity | None
    kept: Path


def keep_mine(taken: Snapshot) -> Path | None:
    """Save as ``store.write`` does, after a copy of the mask in B, whatever it is, was made; where that lies.

    None when the mask is gone. Raises StorageError, and ChangedElsewhere when it changed once more meanwhile.
    """
    theirs = _copy_theirs(taken.opened)
    taken.opened.may_replace = True
    store.write(taken)
    return theirs


def keep_theirs(taken: Snapshot) -> Theirs:
    """Make a copy of ``taken`` and read the mask in B, for ``take``. Raises StorageError, MaskError."""
    from chromadesk.masks import read_mask  # kept out of the window's start

    opened = taken.opened
    size = opened.document.size
    mask = identify(opened.item.mask)
    labels = read_mask(opened.item.mask, size).labels
    mine = _copy_mine(taken)
    return Theirs(labels, provenance.read(opened.provenance, size) or _unknown(labels), mask, mine)


def take(opened: Opened, theirs: Theirs) -> None:
    """Put ``theirs`` into the document as one step, which counts as saved. No stroke may be in progress."""
    document = opened.document
    document.edit("revert", document.bounds, theirs.labels, theirs.provenance.touched)
    document.proposed = theirs.provenance.proposed
    document.saved = Kept(pack(theirs.labels, theirs.provenance.touched))
    document.mark_saved(document.revision)
    opened.mask = theirs.mask
    opened.mask_unreadable = opened.may_replace = False
    opened.journal.fold(opened.journal.mark(theirs.labels), wait=False)


def keep_both(taken: Snapshot) -> tuple[Path, Path | None]:
    """Make copies of ``taken`` and of the mask in B, which stays as it is; where they lie.

    The document stays the person's, unsaved, and the next save replaces the mask in B. Raises StorageError.
    """
    return _copy_mine(taken), _copy_theirs(taken.opened)


def _copy_mine(taken: Snapshot) -> Path:
    from chromadesk.masks import write_mask

    path = taken.opened.free("mine")
    write_mask(path, taken.labels)
    return path


def _copy_theirs(opened: Opened) -> Path | None:
    """Copy the mask in B, which from now on is the one that is known. Not by a link: others may write into it."""
    from chromadesk.masks import read_mask

    try:
        data = opened.item.mask.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StorageError(
            f"{opened.item.mask} cannot be read, so it was not replaced: {error.strerror or error}. "
            "Check its permissions."
        ) from error
    path = opened.free("theirs")
    files.write_bytes(path, data)
    opened.mask = opened.aside = identify(path)
    try:
        read_mask(path, opened.document.size)
        opened.mask_unreadable = False
    except MaskError:
        opened.mask_unreadable = True
    return path


def _unknown(labels: Plane) -> Provenance:
    untouched: npt.NDArray[np.bool_] = np.zeros(labels.shape, bool)
    return Provenance(untouched, proposed=False)
