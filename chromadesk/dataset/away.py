"""What a data set could not take while it was read-only or gone lies in the user's own folder; here it comes home.

Journals are not among it: each comes home when its photo is opened (see editing/recovery.py). What was kept of a data
set that has another path now is found first (see ``reclaim``).
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from chromadesk import files
from chromadesk.dataset import splits, whose
from chromadesk.dataset.lock import Lock
from chromadesk.dataset.pairs import STATE_FOLDER, state_elsewhere, takes_state
from chromadesk.errors import StorageError

JOURNALS = "journal"
#: What people made; all else there (the index, thumbnails) is made again, and jobs stay where they run.
_FOLDERS = ("decisions", "provenance", "colours", "proposals", "boards", "models", "backups", "conflicts")
_FILES = (splits.FILE_NAME, "studio.json")


def come_home(root: Path) -> list[Path]:
    """Move what was kept elsewhere of the data set ``root`` into it, when it can be written; where each is then.

    Nothing takes the place of something newer: that stays where it is, and is left out. Raises StorageError.
    """
    elsewhere = state_elsewhere(root)
    if not elsewhere.is_dir() or not takes_state(root):
        return []
    moved = _moved(elsewhere, root / STATE_FOLDER, _kept(elsewhere))
    _tidy(elsewhere)
    return moved


def reclaim(root: Path) -> str:
    """Let what was kept of the data set ``root`` under another path be its own; a sentence on what may be, or is not.

    To be called before anything is read of ``root``, which nobody else has. Raises StorageError.
    """
    own, said = state_elsewhere(root), ""
    note = whose.read(own)
    if note is not None and whose.kinship(note, root) == "another" and Lock(own).look() is None:
        number = 2
        while (aside := own.with_name(f"{own.name}-{number}")).exists():
            number += 1
        files.move(own, aside)
        if holds_work(aside):
            said = f"Work on another data set, which was in the place of {root}, is kept in {aside} until it is back."
    for folder, before, same in kept_for(root):
        if Lock(folder).look() is not None:  # of a studio in which it is still open under its old path
            continue
        if same:
            _take(folder, own)
        elif holds_work(folder):
            said = (
                f"{root} may be a copy of {before}, which is gone and of which work is kept in {folder}; if it is "
                f"the same, close ChromaDesk, move what is in there to {own} and open it again."
            )
    return said


def kept_for(root: Path) -> list[tuple[Path, str, bool]]:
    """The folders of work elsewhere that is of the data set ``root``, which had another path, or may be: each with that
    path, and whether it is without doubt.
    """
    folders, own, found = whose.folders(), state_elsewhere(root), []
    try:
        now = whose.of(root) if folders else None
    except OSError:
        return []
    for folder in folders:
        note = whose.read(folder) if folder != own else None
        kinship = "another" if note is None else whose.kinship(note, root, now)
        if note is not None and kinship in ("same", "perhaps") and whose.lost(folder, note):
            # Under this path it was put aside while another data set was in its place.
            found.append((folder, note.root, kinship == "same" or note.root == str(root)))
    return found


def abandoned() -> list[tuple[Path, str]]:
    """The folders of work elsewhere whose data set is gone, and the path that it had ("" where nobody noted it)."""
    found = []
    for folder in whose.folders():
        note = whose.read(folder)
        if (note is None or whose.lost(folder, note)) and holds_work(folder):
            found.append((folder, "" if note is None else note.root))
    return found


def holds_work(elsewhere: Path) -> bool:
    """Whether anything lies there that people made."""
    return next(_kept(elsewhere, JOURNALS), None) is not None


def _take(folder: Path, own: Path) -> None:
    """``folder`` becomes ``own``; where that is there, what it has not is moved into it."""
    if own.exists():
        _moved(folder, own, _kept(folder))
        # A journal is a whole: of two only its photo could tell which goes on.
        _moved(folder, own, (path for path in _below(folder / JOURNALS) if not _at(path, folder, own).exists()))
        _tidy(folder)
    else:
        files.move(folder, own)


def _moved(folder: Path, target: Path, sources: Iterator[Path]) -> list[Path]:
    """Move ``sources``, which lie in ``folder``, to the same places in ``target`` but for what is newer there."""
    moved = []
    for source in sources:
        place = _at(source, folder, target)
        try:
            if place.exists() and place.stat().st_mtime_ns >= source.stat().st_mtime_ns:
                continue
            with files.replacing(place) as temporary:
                temporary.write_bytes(source.read_bytes())
                stat = source.stat()
                os.utime(temporary, ns=(stat.st_atime_ns, stat.st_mtime_ns))  # when it was decided, not when it came
            source.unlink()
        except OSError as error:
            raise StorageError(
                f"{source} cannot be moved into {target}: {error.strerror or error}. Check the permissions of both."
            ) from error
        moved.append(place)
    return moved


def _tidy(elsewhere: Path) -> None:
    """Remove folders in which nothing is left, and the note on whose all was when nothing is."""
    for folder, _, _ in os.walk(elsewhere, topdown=False):
        with contextlib.suppress(OSError):  # what is not empty stays
            if os.listdir(folder) == [whose.FILE_NAME]:
                os.unlink(os.path.join(folder, whose.FILE_NAME))
            os.rmdir(folder)


def _at(source: Path, folder: Path, target: Path) -> Path:
    return target / source.relative_to(folder)


def _kept(elsewhere: Path, *more: str) -> Iterator[Path]:
    yield from (elsewhere / name for name in _FILES if (elsewhere / name).is_file())
    for name in (*_FOLDERS, *more):
        yield from _below(elsewhere / name)


def _below(top: Path) -> Iterator[Path]:
    for folder, _, names in os.walk(top):
        yield from (Path(folder) / each for each in sorted(names) if not each.startswith("."))
