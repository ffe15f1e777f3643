"""What is wrong with a data set, and what can be done about it: nothing here writes, but the mends that findings carry.

By default photos and masks are judged by their headers, and a mask also by whether its file is whole.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from chromadesk import files, reading, unsaved
from chromadesk.colour import board, kept
from chromadesk.dataset import away, database, decisions, lock, splits
from chromadesk.dataset.index import FILE_NAME as INDEX
from chromadesk.dataset.lock import Holder, Lock
from chromadesk.dataset.pairs import STATE_FOLDER, Dataset, Item, strange_link
from chromadesk.editing import provenance
from chromadesk.editing.recovery import places
from chromadesk.errors import ChromaDeskError, DatasetError, ImageError, InputError, MaskError
from chromadesk.images import photo_size, read_photo
from chromadesk.jobs import record
from chromadesk.jobs.messages import Cancelled, Progress, Report, Started, ignore, never
from chromadesk.masks import read_mask
from chromadesk.mending import Mend, Mender
from chromadesk.sentences import counted, visible
from chromadesk.sidecars import beside, cut_keys
from chromadesk.unsaved import Level, files_in

_PNG_END = b"IEND\xaeB`\x82"


@dataclass(frozen=True)
class Finding:
    """``where`` is relative to the data set (or absolute, outside of it), ``what`` is there and what to do about it."""

    level: Level
    where: str
    what: str
    advice: str = ""
    mend: Mend | None = None


class Checkup:
    """Looks at the data set in ``root``. Raises DatasetError when there is none, or none that can be listed.

    ``thorough`` decodes every photo and mask. A split that cannot be read stops the listing: then ``dataset`` is None
    and the one finding says so.
    """

    def __init__(self, root: Path, thorough: bool = False) -> None:
        self.root = root.expanduser().absolute()
        self._thorough = thorough
        self.state = Dataset(self.root, [], "photos").state
        self.dataset: Dataset | None = None
        try:
            self.dataset = Dataset.open(self.root)
        except DatasetError:
            if not any(_broken_json(path) for path in self._splits()):
                raise
        self._mender = Mender(self.root, self.state)

    def examine(self, report: Report = ignore, cancelled: Cancelled = never) -> list[Finding]:
        """Everything that is found, in the order of the folders."""
        found = [*self._split()]
        if self.dataset is None:
            return found
        report(Started("check", len(self.dataset)))
        begun = time.monotonic()
        for number, item in enumerate(self.dataset.items):
            if cancelled():
                return found
            found += self._pair(item)
            if number % 50 == 49 or number + 1 == len(self.dataset):
                pace = (time.monotonic() - begun) / (number + 1)
                left = (len(self.dataset) - number - 1) * pace
                report(Progress(number + 1, len(self.dataset), "photos and masks", left))
        for look in (
            self._photos,
            self._index,
            self._decisions,
            self._colours,
            self._boards,
            self._journals,
            self._elsewhere,
            self._jobs,
            self._lock,
            self._temporary,
        ):
            found += look()
        return found

    def holder(self) -> Holder | None:
        """The other process, here or on another machine, whose studio has the data set open."""
        return Lock(self.state).look()

    def _photos(self) -> Iterator[Finding]:
        assert self.dataset is not None
        if (link := strange_link(self.root)) is not None:
            what = f"it is a link, which may lead anywhere, so {STATE_FOLDER} is not used"
            yield self._finding("warning", link, what, "put what it leads to in its place")
        if self.dataset.left_out:
            names = ", ".join(visible(name) for name in self.dataset.left_out[:3])
            more = counted(len(self.dataset.left_out), "photo")
            what = f"the names of {more} are no text, so nothing can be done with them ({names})"
            yield self._finding("warning", self.root, what, "rename them")
        elif not len(self.dataset):
            yield self._finding("warning", self.root, "there are no photos in it", "check the folder's name")

    def _split(self) -> Iterator[Finding]:
        for path in self._splits():
            if _broken_json(path):
                yield self._finding(
                    "error",
                    path,
                    "which photos are kept for testing cannot be read",
                    "restore it from a copy, or put it aside and choose test photos again (a model may have seen them)",
                    self._mender.aside(path),
                )

    def _splits(self) -> list[Path]:
        return list({self.state / splits.FILE_NAME: 0, self.root / STATE_FOLDER / splits.FILE_NAME: 0})

    def _pair(self, item: Item) -> Iterator[Finding]:
        size = None
        try:
            size = photo_size(item.photo)
            if self._thorough:
                pixels = read_photo(item.photo).pixels
                size = (pixels.shape[0], pixels.shape[1])
        except ImageError as error:
            yield self._finding("error", item.photo, _plain(error), "restore it from a copy")
        if item.has_mask:
            yield from self._mask(item, size)
        said = provenance.path_of(self.state, item.key)
        if said.exists() and not item.has_mask and not any(place.exists() for place in places(item)):
            older = beside(self.state / "backups", item.key, ".png").exists()
            advice = "put it back" + "; the mask before its last save lies in backups of .chromadesk" * older
            yield self._finding("error", item.mask, "is gone, though the photo was painted", advice)
        if said.exists():
            try:
                fits = size is None or photo_size(said) == size
            except ImageError:
                fits = False
            if not fits:
                yield self._finding(
                    "warning",
                    said,
                    "says nothing of this photo's mask: it is damaged, or of another size",
                    "put it aside; trainings then trust the mask as one that was there before",
                    self._mender.aside(said),
                )

    def _mask(self, item: Item, size: tuple[int, int] | None) -> Iterator[Finding]:
        try:
            found = photo_size(item.mask)
            if size is not None and found != size:
                raise MaskError(f"it is {found[1]} x {found[0]} pixels, but its photo is {size[1]} x {size[0]}")
            if self._thorough or not _is_whole(item.mask):
                read_mask(item.mask, size)
        except (ImageError, MaskError) as error:
            backup = beside(self.state / "backups", item.key, ".png")
            with contextlib.suppress(MaskError):
                if backup.exists():
                    read_mask(backup, size)
                    advice = "the mask before the last save is there and can take its place"
                    mend = self._mender.back(backup, item.mask)
                    yield self._finding("error", item.mask, _plain(error), advice, mend)
                    return
            advice = "restore it from a copy, or open the photo and paint it anew"
            yield self._finding("error", item.mask, _plain(error), advice)

    def _index(self) -> Iterator[Finding]:
        fault = database.fault_of(self.state / INDEX)
        if fault:
            assert self.dataset is not None
            yield self._finding(
                "warning",
                self.state / INDEX,
                f"the index is damaged ({fault})",
                "it is made anew from the files; scores and doubts come back with the next evaluation and ranking",
                self._mender.rebuild(self.dataset),
            )

    def _decisions(self) -> Iterator[Finding]:
        assert self.dataset is not None
        gone = 0
        cut = cut_keys(self.dataset.keys, decisions.SUFFIX)
        for name, modified in decisions.listed(self.state):
            key = cut.get(name, name)
            path = decisions.path_of(self.state, key)
            if decisions.read(path, modified) is None:
                there = key in self.dataset and self.dataset[key].has_mask
                yield self._finding(
                    "warning",
                    path,
                    "what was decided on the photo cannot be read",
                    "look at the photo again; until then it counts as not approved",
                    self._mender.undecide(path, "edited" if there else "new"),
                )
            gone += key not in self.dataset
        if gone:
            where = self.state / decisions.FOLDER
            what = f"{counted(gone, 'decision')} on photos that are gone"
            yield self._finding("note", where, what, "kept for when they come back")

    def _colours(self) -> Iterator[Finding]:
        for path in files_in(self.state / kept.FOLDER, ".json"):
            if kept.read(path) == kept.Kept():
                yield self._finding(
                    "warning",
                    path,
                    "the colours chosen by hand cannot be read",
                    "restore it from a copy, or put it aside before they are chosen anew",
                    self._mender.aside(path),
                )

    def _boards(self) -> Iterator[Finding]:
        for path in files_in(self.state / board.FOLDER, ".json"):
            try:
                board.read(self.state, path.stem)
            except InputError:
                advice = "restore it from a copy, or put it aside"
                yield self._finding("warning", path, "the board cannot be read", advice, self._mender.aside(path))

    def _journals(self) -> Iterator[Finding]:
        assert self.dataset is not None
        for each in unsaved.examine(self.dataset):
            mend = self._mender.aside(each.path) if each.unread and each.path.is_relative_to(self.state) else None
            yield self._finding(each.level, each.path, each.what, each.advice, mend)

    def _elsewhere(self) -> Iterator[Finding]:
        for folder, before, same in away.kept_for(self.root):
            if away.holds_work(folder):
                what = f"work on {before}, which is {'this data set' if same else 'gone, and perhaps this data set'}"
                yield self._finding("warning", folder, what, "open it in the studio")

    def _jobs(self) -> Iterator[Finding]:
        for path in sorted(folder for folder in _folders(self.state / "jobs")):
            try:
                record.read_request(path)
            except ChromaDeskError:
                advice = "it can be put aside; nothing can run it"
                yield self._finding("note", path, "is no job that can be run", advice, self._mender.aside(path))
                continue
            if record.running(path) or record.queued(path):
                continue
            if (path / record.WORKER).exists():
                what = "its process ended without a word"
                advice = f"see {record.LOG} in it; run it again to go on where it was"
                yield self._finding("note", path, what, advice, self._mender.release(path))

    def _lock(self) -> Iterator[Finding]:
        path = self.state / lock.FILE_NAME
        with contextlib.suppress(OSError, ValueError, TypeError, RecursionError):
            if not Holder(**reading.read_json(path)).is_me and self.holder() is None:
                what = "a studio that is gone had the data set"
                yield self._finding("note", path, what, "it counts no more", self._mender.drop(path))

    def _temporary(self) -> Iterator[Finding]:
        for folder, _, _ in os.walk(self.root):
            paths = files.leftovers(Path(folder))
            if paths:
                what = f"{counted(len(paths), 'temporary file')} that a crash left"
                yield self._finding("note", Path(folder), what, "of no use", self._mender.drop(*paths))

    def _finding(self, level: Level, path: Path, what: str, advice: str = "", mend: Mend | None = None) -> Finding:
        where = path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path)
        return Finding(level, where, what.replace(f"{path} ", "").rstrip("."), advice, mend)


def worst(findings: list[Finding]) -> int:
    """The exit code that findings ask for: 0 when all is well, 1 when something is wrong."""
    return int(any(finding.level != "note" for finding in findings))


def _plain(error: ChromaDeskError) -> str:
    """What is wrong, without the advice to whoever opened the file."""
    return str(error).split(";")[0]


def _is_whole(mask: Path) -> bool:
    """Whether a PNG has its end; what was cut off mostly lacks it."""
    with contextlib.suppress(OSError), open(mask, "rb") as handle:
        handle.seek(-len(_PNG_END), os.SEEK_END)
        return handle.read() == _PNG_END
    return False


def _broken_json(path: Path) -> bool:
    try:
        fields = reading.read_json(path)
        keys = [*fields["train"], *fields["test"]]
        int(fields["seed"] or 0), float(fields["share"])
        return not all(isinstance(key, str) for key in keys)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return True


def _folders(folder: Path) -> list[Path]:
    try:
        return [path for path in folder.iterdir() if path.is_dir() and not path.is_symlink()]
    except OSError:
        return []
