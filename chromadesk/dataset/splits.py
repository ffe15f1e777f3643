"""Which photos teach and which judge: drawing the split, keeping it, and finding photos a model has seen already."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from chromadesk import files, garbage, reading
from chromadesk.errors import DatasetError

if TYPE_CHECKING:
    from chromadesk.dataset.pairs import Dataset, Item

FILE_NAME = "split.json"


@dataclass(frozen=True)
class DrawnSplit:
    """What split.json holds. ``seed`` is None while photos were only assigned by hand and no split has been drawn."""

    seed: int | None
    share: float
    train: frozenset[str]
    test: frozenset[str]

    @property
    def complete(self) -> bool:
        """Whether a split has been drawn: a photo named nowhere then belongs to train."""
        return self.seed is not None


def read(dataset: Dataset) -> DrawnSplit | None:
    """The split kept for ``dataset``, None when there is none; raises DatasetError when it cannot be read.

    A data set that cannot be written may bring its own split along in ``.chromadesk``.
    """
    for path in (dataset.state / FILE_NAME, dataset.root / ".chromadesk" / FILE_NAME):
        try:
            fields = reading.read_json(path)
            seed, share, train, test = fields["seed"], fields["share"], fields["train"], fields["test"]
            if not all(isinstance(key, str) for key in [*train, *test]):
                raise TypeError("a key is no text")
            return DrawnSplit(None if seed is None else int(seed), float(share), frozenset(train), frozenset(test))
        except FileNotFoundError:
            continue
        except (OSError, ValueError, KeyError, TypeError, OverflowError) as error:
            raise DatasetError(f"The split in {path} cannot be read; mend or delete it to draw a new one.") from error
    return None


@garbage.unsought()
def ensure_split(
    dataset: Dataset,
    seed: int,
    share: float = 0.2,
    progress: Callable[[int, int], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> None:
    """Draw a split of the photos that have masks, ``share`` of them for test, unless one is fixed or drawn already.

    Depends on ``seed``, the keys and which photos are alike (dataset.twins: they stay together), not on the order of
    the listing; photos assigned by hand stay where they were put. Of two pairs or more, each side gets one at least,
    unless ``share`` is 0 (nothing is kept for test) or all are alike (none could be tested on). Photos are read for
    this once, ``progress(done, to read)``. Raises StorageError, DatasetError, errors.Cancelled.
    """
    if dataset.layout == "split":
        return
    kept = read(dataset)
    if kept is not None and kept.complete:
        return
    keys = [item.key for item in dataset.select("all")]
    if not keys:
        return
    from chromadesk.dataset import twins  # which stands on this module

    train, test = (set(kept.train), set(kept.test)) if kept is not None else (set[str](), set[str]())
    assigned = [key for key in train | test if key in dataset]
    alike = twins.groups(dataset, [*keys, *assigned], progress, cancelled)
    test |= draw(keys, seed, share, train, test, alike)
    train |= set(keys) - test
    _write(dataset, DrawnSplit(seed, share, frozenset(train), frozenset(test)))


def draw(
    keys: Collection[str],
    seed: int,
    share: float,
    train: Collection[str] = (),
    test: Collection[str] = (),
    alike: Iterable[Collection[str]] = (),
) -> set[str]:
    """Those of ``keys`` that a split by ``seed`` puts into test, besides the ones ``test`` names; see ensure_split.

    ``alike``: groups of keys that must not be parted; they follow a member that is in ``test`` or ``train`` already.
    """
    train, test = set(train), set(test)
    undecided = set(keys) - train - test
    order = sorted(undecided, key=lambda key: hashlib.sha256(f"{seed}:{key}".encode()).digest())
    wanted = round(len(keys) * share)
    if share and len(keys) > 1:
        wanted = min(max(wanted, 1), len(keys) - 1)
    group_of = {key: frozenset(group) for group in alike for key in group}
    units = dict.fromkeys(group_of.get(key, frozenset((key,))) for key in order)  # each once, in the seed's order
    drawn: set[str] = set()
    free: list[set[str]] = []
    for unit in units:
        if not unit.isdisjoint(test):
            drawn |= unit & undecided
        elif unit.isdisjoint(train):
            free.append(set(unit & undecided))
    room = wanted - len(test.intersection(keys)) - len(drawn)
    for part in free:
        if len(part) <= room:
            drawn |= part
            room -= len(part)
    if wanted and not drawn and set(keys).isdisjoint(test) and len(free) + (not set(keys).isdisjoint(train)) > 1:
        drawn |= min(free, key=len)  # every group is larger than the share asked for: rather too many than none
    return drawn


def assign(dataset: Dataset, key: str, split: Literal["train", "test"]) -> None:
    """Put one photo into train or test; before any split is drawn this is remembered for then.

    Raises DatasetError for a photo that is not there and for a data set whose folders are its split; StorageError.
    """
    if key not in dataset:
        raise DatasetError(f"The data set {dataset.root} has no photo {key}; open it again to see what it holds.")
    if dataset.layout == "split":
        if dataset[key].split == split:
            return
        raise DatasetError(
            f"The folders of {dataset.root} are its split; move {key} and its mask into {split} instead."
        )
    kept = read(dataset) or DrawnSplit(None, 0.2, frozenset(), frozenset())
    train, test = kept.train - {key}, kept.test - {key}
    if split == "train":
        train |= {key}
    else:
        test |= {key}
    _write(dataset, DrawnSplit(kept.seed, kept.share, train, test))


def photo_hash(path: Path) -> str:
    """SHA-256 of the photo's file in hex, by which models record what they were trained on. Raises ImageError."""
    from chromadesk.images import file_hash  # kept out of the window's start

    return file_hash(path)


def overlap(hashes: Collection[str], items: Iterable[Item]) -> list[Item]:
    """Those of ``items`` whose photo is among ``hashes``. Raises ImageError."""
    known = frozenset(hashes)
    return [item for item in items if photo_hash(item.photo) in known] if known else []


def _write(dataset: Dataset, split: DrawnSplit) -> None:
    fields = {"seed": split.seed, "share": split.share, "train": sorted(split.train), "test": sorted(split.test)}
    files.write_text(dataset.state / FILE_NAME, json.dumps(fields, indent=1) + "\n")
    dataset.divide(split)
