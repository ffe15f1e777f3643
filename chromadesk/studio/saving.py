"""Saving a photo: the mask and the state it is in, in an order that no crash can turn into a lie."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from chromadesk.dataset import splits
from chromadesk.dataset.index import Index, Status
from chromadesk.dataset.pairs import Dataset
from chromadesk.editing import store
from chromadesk.errors import ChromaDeskError
from chromadesk.studio.words import tr

if TYPE_CHECKING:
    from chromadesk.studio.session import Session


def save(
    dataset: Dataset,
    index: Index,
    taken: store.Snapshot,
    after: Status,
    write: Callable[[store.Snapshot], object] = store.write,
) -> None:
    """Write the snapshot's mask, by ``write``; its photo has the state ``after`` then. Raises StorageError (of a mask
    that another program changed ChangedElsewhere) and DatasetError.
    """
    item = taken.opened.item
    # A mask that nobody decided on counts as ground truth, and an approval without its mask claims too much: so a
    # lesser state comes before the mask, approval after it.
    lesser: Status = "edited" if after == "approved" else after
    before = index.status(item.key)
    if before != lesser and not (after == "approved" and before == "proposed"):
        index.set_status(item.key, lesser)
    write(taken)
    if after != lesser:
        index.set_status(item.key, after)
    dataset.mask_written(item.key)


def next_unapproved(keys: Sequence[str], status: Callable[[str], Status], key: str) -> str | None:
    """The first of ``keys`` after ``key`` (going round) that still wants a look."""
    start = keys.index(key) if key in keys else -1
    for following in itertools.chain(keys[start + 1 :], keys[: max(start, 0)]):
        if status(following) not in ("approved", "excluded"):
            return following
    return None


def switch_split(session: Session) -> None:
    """Keep the open photo for testing, or give it back to training; says which, or why not."""
    dataset, item = session.dataset, session.item
    if item is None or dataset is None or session.refuses():
        return
    kept = splits.read(dataset)
    in_test = item.key in kept.test if kept is not None else item.split == "test"
    try:
        splits.assign(dataset, item.key, "train" if in_test else "test")
    except ChromaDeskError as error:
        session.notice.emit(str(error), "error")
        return
    if in_test:
        said = tr("{name} is for training again, once it is approved.", name=item.name)
    else:
        said = tr("{name} is kept for testing: no training sees it from now on.", name=item.name)
    session.notice.emit(said, "info")
    session.status_changed.emit(item.key)
