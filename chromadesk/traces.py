"""What ChromaDesk keeps of a person outside the data sets, which an uninstallation leaves behind, and its removal."""

from __future__ import annotations

import contextlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from chromadesk import crashes, homes, log, settings
from chromadesk.errors import InputError, StorageError


@dataclass(frozen=True)
class Trace:
    """A file or folder there is: what it is, how large, and whether there may be work in it that is nowhere else."""

    what: str
    path: Path
    bytes: int
    work: bool = False


def found() -> list[Trace]:
    """All there is, work last."""
    own, data = settings.path(), homes.data()
    table = [
        ("settings", own, False),
        ("settings that could not be read", own.with_suffix(".broken.json"), False),
        ("thumbnails", homes.cache(), False),
        ("logs", log.folder(), False),
        ("sample photos, and what was painted on them", data / "Sample photos", True),
        ("work on data sets that could not be written", data / "datasets", True),
    ]
    return [Trace(what, path, _size(path), work) for what, path, work in table if os.path.lexists(path)]


def remove(traces: list[Trace]) -> None:
    """Remove ``traces``, and the folders they lay in that are empty then.

    Raises InputError while a studio runs, which would write it all again, and StorageError for what cannot be removed.
    """
    if crashes.running("studio"):
        raise InputError("A studio is open; close it first, for it would write its settings and logs again.")
    for trace in traces:
        try:
            if trace.path.is_dir() and not trace.path.is_symlink():
                shutil.rmtree(trace.path)
            else:
                trace.path.unlink()
        except FileNotFoundError:
            pass
        except OSError as error:
            raise StorageError(
                f"{trace.path} cannot be removed: {error.strerror or error}. Check its permissions."
            ) from error
    for folder in {homes.config(), homes.data(), homes.cache(), log.folder(), log.folder().parent}:
        if folder.name == homes.NAME:
            with contextlib.suppress(OSError):  # something of another's is left, or it is gone already
                folder.rmdir()


def _size(path: Path) -> int:
    if path.is_symlink() or not path.is_dir():
        return path.lstat().st_size
    total = 0
    for folder, _, names in os.walk(path):
        for name in names:
            with contextlib.suppress(OSError):
                total += Path(folder, name).lstat().st_size
    return total
