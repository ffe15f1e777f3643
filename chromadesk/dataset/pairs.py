"""A data set on disk: photos, where the mask of each is or will be, and the split it belongs to."""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, NamedTuple

from chromadesk import files, garbage, homes
from chromadesk.dataset import splits
from chromadesk.errors import DatasetError
from chromadesk.listing import PHOTO_SUFFIXES, copy_rank, natural_key
from chromadesk.sentences import NO_TEXT, visible

Layout = Literal["split", "pairs", "photos"]
Split = Literal["train", "test"]

STATE_FOLDER = ".chromadesk"
#: What the folders in the state folder that are ordered by photos may have below them, and below that.
_BY_PHOTO: dict[str, tuple[str, ...]] = {"A": (), "train": ("A",), "test": ("A",)}


class Item(NamedTuple):
    """One photo of a data set.

    ``key`` is the photo's path relative to the data set's folder ``root``, in POSIX form, and unique; ``mask_key`` that
    of its mask, ``has_mask`` whether it was there at the last scan; ``split`` is None while the data set has none.
    Paths are made when they are asked for: a hundred thousand of them at once take seconds.
    """

    root: Path
    key: str
    mask_key: str
    split: Split | None
    has_mask: bool

    @property
    def name(self) -> str:
        """The photo's file name."""
        return self.key.rpartition("/")[2]

    @property
    def photo(self) -> Path:
        """The photo's file."""
        return self.root / self.key

    @property
    def mask(self) -> Path:
        """Where its mask is or will be."""
        return self.root / self.mask_key


class Dataset:
    """A folder of photos in one of three layouts.

    ``split``: train/A, train/B, test/A, test/B. ``pairs``: A and B (or train/A and train/B alone). ``photos``: a plain
    folder of photos, whose masks go to B inside it. No picture is decoded; hidden files and other files are ignored.
    """

    def __init__(self, root: Path, items: list[Item], layout: Layout) -> None:
        self.root = root
        self.items = items
        self.layout = layout
        #: Photos whose names are no text, which no index or list of a split could hold.
        self.left_out: list[str] = []
        self._by_key = {item.key: item for item in items}

    @classmethod
    def open(cls, path: Path | str) -> Dataset:
        """The data set in folder ``path``, which may hold no photo at all; raises DatasetError."""
        root = Path(path).expanduser().absolute()
        if not root.exists():
            raise DatasetError(f"The data set folder {root} does not exist; check its name.")
        if not root.is_dir():
            raise DatasetError(f"{root} is a file, not a data set folder; give the folder it lies in.")
        dataset = cls(root, [], "photos")
        dataset.rescan()
        files.lasting(root)
        return dataset

    @garbage.unsought()
    def rescan(self) -> None:
        """List the folders and read the split again; raises DatasetError and then leaves everything as it was."""
        layout, folders = _layout(self.root)
        left_out: list[str] = []
        listed = [
            (split, *pair) for split, photos, masks in folders for pair in _pairs(self.root, photos, masks, left_out)
        ]
        drawn = None if layout == "split" else splits.read(self)
        self.layout, self.left_out = layout, left_out
        self._take(listed, drawn)

    def divide(self, drawn: splits.DrawnSplit) -> None:
        """Go by the split ``drawn``, which was kept just now; spares a scan."""
        self._take([(None, key, mask, has_mask) for _, key, mask, _, has_mask in self.items], drawn)

    def _take(self, listed: list[tuple[Split | None, str, str, bool]], drawn: splits.DrawnSplit | None) -> None:
        """Photos of a split that is fixed by their folders, or else by ``drawn``, if that is complete."""
        root, test = self.root, drawn.test if drawn is not None and drawn.complete else None
        if test is None:
            items = [Item(root, key, mask, fixed, has_mask) for fixed, key, mask, has_mask in listed]
        else:
            items = [
                Item(root, key, mask, "test" if key in test else "train", has_mask) for _, key, mask, has_mask in listed
            ]
        self.items = items
        self._by_key = {item.key: item for item in items}

    def mask_written(self, key: str) -> None:
        """The mask of ``key`` is there now; spares a scan. Raises KeyError."""
        before = self._by_key[key]
        if not before.has_mask:
            after = before._replace(has_mask=True)
            self.items[self.items.index(before)] = self._by_key[key] = after

    def __getitem__(self, key: str) -> Item:
        """The item called ``key``; raises KeyError."""
        return self._by_key[key]

    def __contains__(self, key: object) -> bool:
        return key in self._by_key

    def __len__(self) -> int:
        return len(self.items)

    @property
    def keys(self) -> list[str]:
        """The key of every item, in order."""
        return list(self._by_key)

    @property
    def remark(self) -> str:
        """A sentence on names that are no text, as those of another system's disk may be, or on a link in the state
        folder's place or in it; empty where all is well.
        """
        if NO_TEXT.search(str(self.root)):
            return f"The path {visible(str(self.root))} is no text, so no job can start in it; rename the folder."
        if (link := strange_link(self.root)) is not None:
            return (
                f"{visible(str(link))} is a link, which may lead anywhere, so {STATE_FOLDER} is not used; put what it "
                "leads to in its place."
            )
        if not self.left_out:
            return ""
        count = len(self.left_out)
        name = visible(self.left_out[0][:80])
        if count == 1:
            return f"1 photo was left out, for its name is no text ({name}); rename it, then reload."
        return f"{count:,} photos were left out, for their names are no text ({name}); rename them, then reload."

    @property
    def has_split(self) -> bool:
        """Whether each photo belongs to train or test, by its folder or by a split that was drawn."""
        return any(item.split is not None for item in self.items)

    @property
    def state(self) -> Path:
        """Where ChromaDesk keeps what it knows about this data set (the folder may not exist yet).

        ``.chromadesk`` inside the data set; for a data set that cannot be written, a folder of the user's own.
        """
        return self.root / STATE_FOLDER if takes_state(self.root) else state_elsewhere(self.root)

    def select(self, split: Literal["train", "test", "all"] = "all", masked: bool = True) -> list[Item]:
        """The items of ``split``, only those with a mask unless ``masked`` is False, in natural order.

        A data set without any split is all train and all test.
        """
        whole = split == "all" or not self.has_split
        return [item for item in self.items if (whole or item.split == split) and (item.has_mask or not masked)]

    def require(self, split: Literal["train", "test", "all"] = "all", masked: bool = True) -> list[Item]:
        """Like ``select``, but raises DatasetError, in words, when nothing is found."""
        found = self.select(split, masked)
        if found:
            return found
        if not self.items:
            raise DatasetError(
                f"The data set {self.root} is empty; put photos into it (or into its folder A, their masks into B)."
            )
        if masked and not any(item.has_mask for item in self.items):
            raise DatasetError(
                f"The data set {self.root} has photos but no masks; paint some in the studio, or put masks of the same "
                f"names into {_masks_hint(self)}."
            )
        what = "photos with masks" if masked else "photos"
        raise DatasetError(f"The data set {self.root} has no {split} {what}; move some there or choose another split.")


def takes_state(root: Path) -> bool:
    """Whether what is known about the data set ``root`` can be kept inside it."""
    if strange_link(root) is not None:
        return False
    inside = root / STATE_FOLDER
    return writable(inside) if inside.is_dir() else writable(root)


def strange_link(root: Path) -> Path | None:
    """The state folder in ``root`` where it is a link, or one in it; None where all is plain.

    A stranger's could lead to the person's own folders what is written there. Links in place of single files that are
    only ever replaced lead nothing anywhere, and are not looked for.
    """
    inside = root / STATE_FOLDER
    if inside.is_symlink():
        return inside
    with contextlib.suppress(OSError), os.scandir(inside) as entries:
        for entry in entries:
            if entry.is_symlink():
                return Path(entry.path)
            if entry.is_dir(follow_symlinks=False):
                found = _link_below(entry.path, _BY_PHOTO)
                if found is not None:
                    return found
    return None


def _link_below(folder: str, names: Iterable[str]) -> Path | None:
    for name in names:
        path = f"{folder}/{name}"
        try:
            mode = os.lstat(path).st_mode  # of most there is none
        except OSError:
            continue
        if stat.S_ISLNK(mode):
            return Path(path)
        found = _link_below(path, _BY_PHOTO.get(name, ()))
        if found is not None:
            return found
    return None


def state_elsewhere(root: Path) -> Path:
    """The folder of the user's own that keeps what is known about the data set ``root`` while it cannot be written."""
    mark = hashlib.sha256(str(root.resolve()).encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return homes.data() / "datasets" / f"{root.name[:60]}-{mark}"


def writable(folder: Path) -> bool:
    """Whether files can be made in ``folder``; one marked read-only counts as such even for an administrator."""
    try:
        mode = folder.stat().st_mode
    except OSError:
        return False
    marked = os.name == "posix" and not mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH)
    return not marked and os.access(folder, os.W_OK | os.X_OK)


def _layout(root: Path) -> tuple[Layout, list[tuple[Split | None, str, str]]]:
    """The layout of ``root`` and its folders of photos with that of their masks, relative to it (see ``_pairs``)."""
    both: tuple[Split, Split] = ("train", "test")
    fixed = [name for name in both if (root / name / "A").is_dir()]
    if len(fixed) == 2:
        return "split", [(name, f"{name}/A/", f"{name}/B/") for name in fixed]
    if fixed:  # half a split splits nothing
        return "pairs", [(None, f"{fixed[0]}/A/", f"{fixed[0]}/B/")]
    if (root / "A").is_dir():
        return "pairs", [(None, "A/", "B/")]
    return "photos", [(None, "", "B/")]


def _pairs(root: Path, photos: str, masks: str, left_out: list[str]) -> list[tuple[str, str, bool]]:
    """(key of a photo, of its mask, whether the mask exists) in natural order, from one listing of each folder.

    ``photos`` and ``masks`` are relative to ``root`` and end in a slash, unless they are ``root`` itself. Of a photo
    that a camera saved twice, as JPEG and RAW, the JPEG is taken, and of HEIC and RAW the HEIC. ``left_out`` gets those
    whose names are no text.
    """
    by_stem: dict[str, str] = {}
    for name in _names(root / photos):
        stem, _, suffix = name.rpartition(".")  # three times as fast as splitext, and no name here begins with a dot
        if f".{suffix.lower()}" not in PHOTO_SUFFIXES or not stem:
            continue
        if not name.isascii() and NO_TEXT.search(name):
            left_out.append(name)
            continue
        if stem in by_stem and (rank := copy_rank(name) - copy_rank(by_stem[stem])):
            if rank > 0:
                continue
        elif stem in by_stem:
            first, second = sorted([by_stem[stem], name])
            raise DatasetError(
                f"{root / photos / first} and {second} beside it would share the mask {stem}.png; rename or remove one."
            )
        by_stem[stem] = name
    existing = {name[:-4]: name for name in _names(root / masks) if name[-4:].lower() == ".png"}
    folded = {stem: natural_key(name)[0] for stem, name in by_stem.items()}
    # By name, then by what is made of it: texts are sorted in a fifth of the time that pairs of them take, and all the
    # while every other thread of the window stands still.
    stems = sorted(sorted(by_stem, key=by_stem.__getitem__), key=folded.__getitem__)
    return [(photos + by_stem[stem], masks + (existing.get(stem) or f"{stem}.png"), stem in existing) for stem in stems]


def _names(folder: Path) -> list[str]:
    """The names of the files in ``folder`` that are not hidden; none when it does not exist."""
    try:
        with os.scandir(folder) as entries:
            return [entry.name for entry in entries if not entry.name.startswith(".") and _is_file(entry)]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise DatasetError(
            f"The folder {folder} cannot be listed ({error.strerror or error}); check its permissions."
        ) from error


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:  # a link that leads in a circle, or to where nobody may look
        return False


def _masks_hint(dataset: Dataset) -> str:
    return " or ".join(sorted({str(item.mask.parent) for item in dataset.items}))
