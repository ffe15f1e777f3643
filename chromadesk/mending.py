"""What a checkup can mend by itself, and how: nothing a person made is ever removed, only put aside.

What is put aside lies in ``aside/<time>`` of the state folder, under the path that it had. A mend is a function that
does it and returns what it did, as a sentence. Mends raise StorageError.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

from chromadesk import files
from chromadesk.dataset import decisions
from chromadesk.dataset.database import BESIDE
from chromadesk.dataset.decisions import Decision, Status
from chromadesk.dataset.index import FILE_NAME, Index
from chromadesk.dataset.pairs import Dataset
from chromadesk.errors import StorageError
from chromadesk.jobs import record

ASIDE = "aside"
Mend = Callable[[], str]


class Mender:
    """Makes mends for the data set in ``root`` with the state folder ``state``."""

    def __init__(self, root: Path, state: Path) -> None:
        self._root = root
        self._state = state
        self._aside = state / ASIDE / time.strftime("%Y%m%d-%H%M%S")

    def aside(self, path: Path) -> Mend:
        """Put ``path``, a file or a folder, aside."""
        return lambda: f"{self._name(path)} is now {self._name(self._put_aside(path))}."

    def drop(self, *paths: Path) -> Mend:
        """Remove files that hold nothing of anybody."""

        def mend() -> str:
            for path in paths:
                files.remove(path)
            return (
                f"{len(paths):,} {'file' if len(paths) == 1 else 'files'} removed from {self._name(paths[0].parent)}."
            )

        return mend

    def back(self, backup: Path, mask: Path) -> Mend:
        """Put a copy of ``backup`` in the place of ``mask``, which is put aside."""

        def mend() -> str:
            content = backup.read_bytes()
            aside = self._put_aside(mask)
            files.write_bytes(mask, content)
            return f"{self._name(mask)} is the mask before the last save again; the broken one is {self._name(aside)}."

        return mend

    def undecide(self, path: Path, status: Status) -> Mend:
        """Put a decision that cannot be read aside, and ``status`` in its place: to leave none would mean approval."""

        def mend() -> str:
            aside = self._put_aside(path)
            decisions.write(path, Decision(status))
            return f"{self._name(path)} says {status} now; what could not be read is {self._name(aside)}."

        return mend

    def rebuild(self, dataset: Dataset) -> Mend:
        """Put whatever lies in the index's place aside, and make it anew."""

        def mend() -> str:
            places = (dataset.state / f"{FILE_NAME}{suffix}" for suffix in ("", *BESIDE))
            there = [self._name(self._put_aside(place)) for place in places if os.path.lexists(place)]
            Index.open(dataset).close()
            return f"The index was made anew from the files; what was there is now {' and '.join(there)}."

        return mend

    def release(self, job: Path) -> Mend:
        """Note that nobody runs ``job``."""

        def mend() -> str:
            record.release(job)
            return f"{self._name(job)} is nobody's now and can be run again."

        return mend

    def _put_aside(self, path: Path) -> Path:
        if not any(path.parent.resolve().is_relative_to(own.resolve()) for own in (self._root, self._state)):
            raise StorageError(f"{path} lies outside the data set, where a link leads, and was left; see to the link.")
        inside = path.relative_to(self._root) if path.is_relative_to(self._root) else Path(path.name)
        if path.is_relative_to(self._state):
            inside = path.relative_to(self._state)
        target = self._aside / inside
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            if os.path.lexists(target):  # of two of one name in one second
                target = target.with_name(f"{time.time_ns()}-{target.name}")
            try:
                os.replace(path, target)
            except OSError:  # the state folder is on another disk
                shutil.move(path, target)
        except OSError as error:
            raise StorageError(
                f"Could not put {path} aside: {error.strerror or error}. Check the folder's permissions and free space."
            ) from error
        return target

    def _name(self, path: Path) -> str:
        return path.relative_to(self._root).as_posix() if path.is_relative_to(self._root) else str(path)
