"""A data set written in another program's format: which pairs, one after the other, and what is lost by it."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from chromadesk.dataset.formats import photos, places, table
from chromadesk.dataset.formats.pair import Labels, Leaving, Options
from chromadesk.dataset.index import Index
from chromadesk.dataset.pairs import Dataset, Item, Split
from chromadesk.errors import Cancelled as Stopped
from chromadesk.errors import ChromaDeskError, DatasetError, InputError, StorageError
from chromadesk.images import photo_size
from chromadesk.jobs.messages import Cancelled, Progress, Report, Started, Warned, ignore, never
from chromadesk.masks import read_mask

_PLAIN = Options()


@dataclass
class Exported:
    """What was done: pairs written of so many; a sentence by key for those that could not be.

    ``lost``: pixels that would come back as another class, of ``pixels``. ``made``: photos that were written anew,
    since other programs would not show them as we do.
    """

    total: int
    written: int = 0
    lost: int = 0
    pixels: int = 0
    made: int = 0
    cancelled: bool = False
    failures: dict[str, str] = field(default_factory=dict)


def chosen(
    dataset: Dataset,
    split: Literal["train", "test", "all"] = "all",
    approved_only: bool = False,
    keys: Collection[str] | None = None,
) -> list[Item]:
    """The pairs of ``split`` that an export takes: all with a mask but the excluded ones; or the approved ones alone;
    of them those of ``keys``, where these are given. Raises DatasetError when there are none.
    """
    items = dataset.require(split)
    with Index.open(dataset) as index:
        statuses = index.statuses()
    found = [
        item
        for item in items
        if (keys is None or item.key in keys)
        and (statuses[item.key] == "approved" if approved_only else statuses[item.key] != "excluded")
    ]
    if not found:
        kind = "an approved mask" if approved_only else "a mask that is not excluded"
        where = "" if keys is None else " among those that were named"
        raise DatasetError(f"The data set {dataset.root} has no photo with {kind}{where}; approve some in the studio.")
    return found


def run(
    dataset: Dataset,
    items: list[Item],
    name: str,
    out: Path,
    options: Options = _PLAIN,
    replace: bool = False,
    labels_of: Callable[[Item], Labels] | None = None,
    report: Report = ignore,
    cancelled: Cancelled = never,
) -> Exported:
    """Write ``items`` to ``out`` in the format ``name``; a bad pair never stops the others.

    ``labels_of`` gives an item's (H, W) class ids, its mask file's unless given. ``replace``: ``out`` may hold
    something already. Raises InputError, StorageError.
    """
    form = table.to_write(name, options)
    out = out.expanduser().absolute()
    check_free(dataset, out, replace)
    labels_of = labels_of or saved_labels
    report(Started("export", len(items)))
    result = Exported(len(items))
    names = _Names(form.flat)
    begun = time.monotonic()
    try:
        with form.writing(out, options) as put:
            for done, item in enumerate(items, start=1):
                if cancelled():
                    raise Stopped("The export was stopped.")
                try:
                    labels = labels_of(item)
                    plain = photos.plain_format(item.photo) != ""
                    result.lost += put(Leaving(item, names.give(item), item.split, labels, dataset.state))
                    result.written += 1
                    result.pixels += labels.size
                    result.made += not plain
                except (StorageError, Stopped):
                    raise
                except ChromaDeskError as error:
                    result.failures[item.key] = str(error)
                    report(Warned(str(error)))
                left = (time.monotonic() - begun) / done * (len(items) - done)
                report(Progress(done, len(items), item.name, left))
    except Stopped:
        result.cancelled = True
    return result


def one(dataset: Dataset, item: Item, labels: Labels, name: str, path: Path) -> None:
    """Write one photo and its (H, W) class ids as the file ``path``, in a format that has a file for each pair.

    Raises InputError, ImageError, StorageError.
    """
    form = table.to_write(name, _PLAIN)
    path = path.expanduser().absolute()
    with form.writing(path.parent, _PLAIN) as put:
        put(Leaving(item, path.stem, None, labels, dataset.state))


class _Names:
    """Stems that no other file has, whatever its case: of the export where it is ``flat``, else of the split."""

    def __init__(self, flat: bool) -> None:
        self._flat = flat
        self._taken: set[tuple[Split | None, str]] = set()

    def give(self, item: Item) -> str:
        """The item's own stem, with a number behind it where another photo was called so."""
        stem = places.stem_of(item.name)
        split = None if self._flat else item.split
        found, number = stem, 2
        while (split, found.casefold()) in self._taken:
            found, number = f"{stem}-{number}", number + 1
        self._taken.add((split, found.casefold()))
        return found


def saved_labels(item: Item) -> Labels:
    """The (H, W) class ids in the mask file. Raises MaskError, ImageError."""
    return read_mask(item.mask, photo_size(item.photo)).labels


def check_free(dataset: Dataset, out: Path, replace: bool) -> None:
    """Raises InputError when writing to ``out`` could touch the data set itself, or what somebody made there."""
    root, target = dataset.root.resolve(), out.resolve()
    if target.is_relative_to(root) or root.is_relative_to(target):
        raise InputError(f"{out} is the data set {dataset.root} or part of it; choose another place for the copy.")
    try:
        if out.exists() and not out.is_dir():
            raise InputError(f"{out} is a file, not a folder; choose another name.")
        full = out.exists() and any(out.iterdir())
    except OSError as error:
        raise InputError(f"{out} cannot be looked into ({error.strerror or error}); choose another place.") from error
    if full and not replace:
        raise InputError(f"{out} is not empty; choose another name, or add --replace to write over what is there.")
