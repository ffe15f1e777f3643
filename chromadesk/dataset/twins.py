"""Photos of a data set that are the same picture, or nearly: a split keeps them together, and where one of them is a
test photo none of the others may teach.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from chromadesk.dataset import near
from chromadesk.dataset.figures import Fingerprint
from chromadesk.dataset.index import Index
from chromadesk.dataset.pairs import Dataset, Item

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


def groups(
    dataset: Dataset,
    keys: Iterable[str],
    progress: Progress = lambda done, total: None,
    cancelled: Cancelled = lambda: False,
) -> list[frozenset[str]]:
    """Those of ``keys`` that are alike, by file or by look, and all that are alike to one of them; two or more each.

    Reads photos whose fingerprints are not in the index yet, ``progress(done, to read)``. Raises errors.Cancelled.
    """
    with Index.open(dataset, decisions=False) as index:
        found = index.fingerprints(sorted(set(keys)), progress, cancelled)
        near = index.alike((each.look for each in found.values()), cancelled)
    names, prints = list(found), list(found.values())
    leader = list(range(len(names)))

    def lead(place: int) -> int:
        while leader[place] != place:
            leader[place] = leader[leader[place]]
            place = leader[place]
        return place

    first: dict[str | bytes, int] = {}
    same = [(first.setdefault(one.hash, place), place) for place, one in enumerate(prints)]
    same += [(first.setdefault(one.look, place), place) for place, one in enumerate(prints) if one.look]
    for one, other in same + [(first[one], first[other]) for one, other in near]:
        low, high = sorted((lead(one), lead(other)))
        leader[high] = low
    members: dict[int, set[str]] = {}
    for place, name in enumerate(names):
        members.setdefault(lead(place), set()).add(name)
    return [frozenset(group) for group in members.values() if len(group) > 1]


def untouchable(dataset: Dataset) -> list[tuple[Dataset, Item]]:
    """The photos that must teach nobody, with or without a mask: the test photos of ``dataset``, and those of the data
    set that it is the half of, where somebody opened its train or test folder alone. Raises DatasetError.
    """
    found = [(dataset, item) for item in dataset.items if item.split == "test"]
    if dataset.root.name in ("train", "test"):
        whole = Dataset.open(dataset.root.parent)
        if whole.layout != "photos":
            found += [(whole, item) for item in whole.items if item.split == "test"]
    return found


def leaked(
    dataset: Dataset,
    items: list[Item],
    progress: Progress = lambda done, total: None,
    cancelled: Cancelled = lambda: False,
) -> list[Item]:
    """Those of ``items`` whose photo is a test photo: by name, by file or by look. Raises errors.Cancelled."""
    tests = untouchable(dataset)
    if not tests:
        return []
    against: list[Fingerprint] = []
    for owner in {id(owner): owner for owner, _ in tests}.values():
        with Index.open(owner, decisions=False) as index:
            keys = [item.key for other, item in tests if other is owner]
            against += index.fingerprints(keys, progress, cancelled).values()
    with Index.open(dataset, decisions=False) as index:
        prints = index.fingerprints([item.key for item in items], progress, cancelled)
    files, hashes = {item.photo for _, item in tests}, {one.hash for one in against}
    known = [item for item in items if item.key in prints]
    looks = near.among([prints[item.key].look for item in known], [one.look for one in against])
    alike = {item.key for item, near_one in zip(known, looks, strict=True) if near_one}
    return [
        item
        for item in items
        if item.photo in files or item.key in alike or (item.key in prints and prints[item.key].hash in hashes)
    ]
