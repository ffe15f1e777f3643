"""Whose the work in the user's own folder is: a data set is known there again when its path is another.

A note beside the work says where the data set was, on which volume, which folder that was and how some of its photos
were. A path alone is none of these things: drives get other places, and two drives the same.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, NamedTuple

from chromadesk import files, homes, reading
from chromadesk.dataset.pairs import Dataset, state_elsewhere
from chromadesk.errors import StorageError

FILE_NAME = "whose.json"
#: So many photos stand for all of them: to ask the disk after each would take seconds.
_SAMPLE = 8
#: Links to the volumes there are, by names that they keep wherever they are put (Linux).
_VOLUMES = "/dev/disk/by-uuid"
_UUID = "uuid "

Kinship = Literal["same", "perhaps", "hardly", "another"]


class Photo(NamedTuple):
    """A file: its bytes, its number on the volume, and when it was changed (ns)."""

    size: int
    number: int
    modified: int


class Whose(NamedTuple):
    """A data set as it was: its folder's path, volume, path ``inside`` the volume and ``number``; some ``photos``."""

    root: str
    volume: str
    inside: str
    number: int
    photos: dict[str, Photo]


#: What this process opened: once it is gone, nobody can ask any more how it was.
_known: dict[Path, Whose] = {}


def remember(dataset: Dataset) -> None:
    """Be able to say whose it is when something of ``dataset`` has to be kept elsewhere; says so where that is so."""
    items = dataset.items
    keys = [item.key for item in items[:: max(len(items) // _SAMPLE, 1)][:_SAMPLE]]
    _known.pop(dataset.root, None)
    with contextlib.suppress(OSError):
        found = of(dataset.root, keys)
        if found.photos:
            _known[dataset.root] = found
            if state_elsewhere(dataset.root).is_dir():
                claim(dataset.root)


def claim(root: Path) -> None:
    """Note beside what is kept elsewhere of ``root`` whose it is, if this process opened it. Where the disk refuses
    the note the work matters more.
    """
    known, folder = _known.get(root), state_elsewhere(root)
    if known is not None and read(folder) != known:
        with contextlib.suppress(StorageError):
            files.write_text(folder / FILE_NAME, json.dumps(known._asdict()) + "\n")


def folders() -> list[Path]:
    """Every folder of the user's own in which something of a data set is kept."""
    try:
        with os.scandir(homes.data() / "datasets") as entries:
            return sorted(Path(entry.path) for entry in entries if entry.is_dir(follow_symlinks=False))
    except OSError:
        return []


def read(folder: Path) -> Whose | None:
    """What the note in ``folder`` says; None where there is none, or none that makes sense."""
    try:
        fields = reading.read_json(folder / FILE_NAME)
        photos = {str(key): Photo(*map(int, photo)) for key, photo in fields["photos"].items()}
        return Whose(str(fields["root"]), str(fields["volume"]), str(fields["inside"]), int(fields["number"]), photos)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def of(root: Path, keys: Iterable[str] = ()) -> Whose:
    """How the folder ``root`` is now; photos that are not there are left out. Raises OSError."""
    about = root.stat()
    inside = _inside(root, about.st_dev)
    return Whose(str(root), _volume(root, about.st_dev), inside, about.st_ino, _photos(root, keys))


def _photos(root: Path, keys: Iterable[str]) -> dict[str, Photo]:
    photos = {}
    for key in keys:
        with contextlib.suppress(OSError, ValueError):
            photo = os.stat(f"{root}/{key}")
            photos[key] = Photo(photo.st_size, photo.st_ino, photo.st_mtime_ns)
    return photos


def kinship(before: Whose, root: Path, now: Whose | None = None) -> Kinship:
    """What the folder ``root`` is to the data set that was as ``before`` (see ``compare``); ``now``: how it is, without
    photos, where that was asked already.
    """
    try:
        return compare(before, (now or of(root))._replace(photos=_photos(root, before.photos)))
    except OSError:
        return "hardly"  # nobody can tell


def compare(before: Whose, now: Whose) -> Kinship:
    """``same``: without doubt; ``perhaps``: as many photos are alike as in a copy; ``hardly``: something is alike.

    Without doubt is the same folder of the same volume with half of the photos that were looked at, and of volumes
    whose name is known also the same path on it, for some number their folders anew with each mount.
    """
    half = (len(before.photos) + 1) // 2
    shared = [(before.photos[key], photo) for key, photo in now.photos.items() if key in before.photos]
    alike = sum(then.size == photo.size for then, photo in shared)
    moved = before.volume == now.volume and before.number == now.number
    placed = before.volume == now.volume and before.inside == now.inside and before.volume.startswith(_UUID)
    if not before.photos or not alike:
        return "hardly" if moved or placed else "another"
    if alike >= half and (placed or (moved and sum(then == photo for then, photo in shared) >= half)):
        return "same"
    return "perhaps" if alike >= half else "hardly"


def lost(folder: Path, note: Whose) -> bool:
    """No data set leads to ``folder`` any more: the one it is of is gone, or another one is in its place."""
    root = Path(note.root)
    return state_elsewhere(root) != folder or kinship(note, root) not in ("same", "perhaps")


def _volume(root: Path, device: int) -> str:
    """What a volume is known by wherever it is mounted, as far as the system tells."""
    with contextlib.suppress(OSError), os.scandir(_VOLUMES) as links:
        for link in links:
            if link.stat().st_rdev == device:
                return f"{_UUID}{link.name}"
    with contextlib.suppress(OSError):
        if hasattr(os, "statvfs") and (number := os.statvfs(root).f_fsid):
            return f"number {number:x}"
    return f"device {device:x}"


def _inside(root: Path, device: int) -> str:
    """The path of ``root`` from the top of its volume."""
    real = top = root.resolve()
    while top.parent != top and top.parent.stat().st_dev == device:
        top = top.parent
    return real.relative_to(top).as_posix()
