"""What a data set could not take while it was read-only or gone lies in the user's own folder; here it comes home.

Journals are not among it: each comes home when its photo is opened (see editing/recovery.py).
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from chromadesk import files
from chromadesk.dataset import splits
from chromadesk.dataset.pairs import STATE_FOLDER, state_elsewhere, takes_state
from chromadesk.errors import StorageError

#: What people made; all else there (the index, thumbnails) is made again, and jobs stay where they run.
_FOLDERS = ("decisions", "provenance", "colours", "proposals", "boards", "models", "backups", "conflicts")
_FILES = (splits.FILE_NAME, "studio.json")


def come_home(root: Path) -> list[Path]:
    """Move what was kept elsewhere of the data set ``root`` into it, when it can be written; where each is then.

    Nothing takes the place of something newer: that stays where it is, and is left out. Raises StorageError.
    """
    elsewhere, inside = state_elsewhere(root), root / STATE_FOLDER
    if not elsewhere.is_dir() or not takes_state(root):
        return []
    moved = []
    for source in _kept(elsewhere):
        target = inside / source.relative_to(elsewhere)
        try:
            if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
                continue
            with files.replacing(target) as temporary:
                temporary.write_bytes(source.read_bytes())
                stat = source.stat()
                os.utime(temporary, ns=(stat.st_atime_ns, stat.st_mtime_ns))  # when it was decided, not when it came
            source.unlink()
        except OSError as error:
            raise StorageError(
                f"{source} cannot be moved into {inside}: {error.strerror or error}. Check the permissions of both."
            ) from error
        moved.append(target)
    for folder, _, _ in os.walk(elsewhere, topdown=False):
        with contextlib.suppress(OSError):  # what is not empty stays
            os.rmdir(folder)
    return moved


def _kept(elsewhere: Path) -> list[Path]:
    found = [elsewhere / name for name in _FILES if (elsewhere / name).is_file()]
    for name in _FOLDERS:
        for folder, _, names in os.walk(elsewhere / name):
            found += [Path(folder) / each for each in sorted(names) if not each.startswith(".")]
    return found
