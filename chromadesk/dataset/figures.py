"""What the index keeps of each photo besides its state: fingerprints, so that no photo is read twice for them; the last
score; and how much a model doubted it.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from chromadesk.dataset import near
from chromadesk.dataset.pairs import Dataset
from chromadesk.dataset.splits import photo_hash
from chromadesk.errors import Cancelled, ImageError

TABLE = """
    CREATE TABLE IF NOT EXISTS photos (
        key TEXT PRIMARY KEY, split TEXT, bytes INTEGER, modified INTEGER, hash TEXT, look BLOB, score REAL,
        doubt REAL, reason TEXT, model TEXT, doubted INTEGER) WITHOUT ROWID;
"""
#: Fingerprints go to disk after so many, so that an interruption costs little.
_AT_ONCE = 200


@dataclass(frozen=True)
class Fingerprint:
    """``hash``: SHA-256 of the file in hex; ``look``: see dataset.near, empty for a photo that has none."""

    hash: str
    look: bytes


@dataclass(frozen=True)
class KeptDoubt:
    """How much ``model`` (a name) doubted a photo (0-1), and about what, in words."""

    score: float
    reason: str
    model: str


class Figures:
    """The table ``photos`` of an index's file. May be used from several threads and open in several processes."""

    def __init__(self, dataset: Dataset, connection: sqlite3.Connection) -> None:
        self._dataset = dataset
        self._connection = connection
        self._lock = threading.Lock()

    def photo_hash(self, key: str) -> str:
        """SHA-256 of the photo's file, kept until its size or time changes. Raises KeyError, ImageError."""
        photo = self._dataset[key].photo
        with self._lock:
            found = self._connection.execute(
                "SELECT bytes, modified, hash FROM photos WHERE key = ?", (key,)
            ).fetchone()
        version = _version(photo)
        if found is not None and found[:2] == version:
            return str(found[2])
        value = photo_hash(photo)
        if version is not None:
            with self._lock, self._writing() as connection:
                connection.execute(
                    "UPDATE photos SET bytes = ?, modified = ?, hash = ?, look = NULL WHERE key = ?",
                    (*version, value, key),
                )
        return value

    def fingerprints(
        self,
        keys: Iterable[str],
        progress: Callable[[int, int], None] = lambda done, total: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> dict[str, Fingerprint]:
        """The fingerprint of each photo, kept until its size or time changes; photos that are gone are left out.

        ``progress`` hears how many of how many had to be read. Raises errors.Cancelled, KeyError.
        """
        with self._lock:
            rows = self._connection.execute("SELECT key, bytes, modified, hash, look FROM photos").fetchall()
        kept = {key: ((size, modified), hash_, look) for key, size, modified, hash_, look in rows if look is not None}
        found: dict[str, Fingerprint] = {}
        missing: list[tuple[str, Path, tuple[int, int]]] = []
        for key in keys:
            photo = self._dataset[key].photo
            version = _version(photo)
            if version is not None and key in kept and kept[key][0] == version:
                found[key] = Fingerprint(*kept[key][1:])
            elif version is not None:
                missing.append((key, photo, version))
        unwritten: list[tuple[int, int, str, bytes, str]] = []
        try:
            for number, (key, photo, version) in enumerate(missing):
                if cancelled():
                    raise Cancelled("The comparison of the photos was stopped.")
                with contextlib.suppress(ImageError):  # it went away or may not be read; who needs it will say so
                    found[key] = Fingerprint(photo_hash(photo), near.look(photo))
                    unwritten.append((*version, found[key].hash, found[key].look, key))
                if len(unwritten) == _AT_ONCE:
                    self._keep(unwritten)
                    unwritten = []
                progress(number + 1, len(missing))
        finally:
            self._keep(unwritten)
        return found

    def set_scores(self, scores: Mapping[str, float]) -> None:
        """Keep the last score (mIoU, 0-1) of photos; keys that are not in the data set are left out."""
        with self._lock, self._writing() as connection:
            connection.executemany(
                "UPDATE photos SET score = ? WHERE key = ?", [(score, key) for key, score in scores.items()]
            )

    def scores(self) -> dict[str, float]:
        """The last score of each photo that has one."""
        with self._lock:
            rows = self._connection.execute("SELECT key, score FROM photos WHERE score IS NOT NULL").fetchall()
        return {key: score for key, score in rows if key in self._dataset}

    def set_doubts(self, doubts: Mapping[str, tuple[float, str]], model: str) -> None:
        """Keep how much ``model`` (a name) doubts photos: (0-1, about what), as of the files as they are now; keys that
        are not in the data set are left out.
        """
        rows = []
        for key, (score, reason) in doubts.items():
            version = _version(self._dataset[key].photo) if key in self._dataset else None
            if version is not None:
                rows.append((score, reason, model, version[1], key))
        with self._lock, self._writing() as connection:
            connection.executemany(
                "UPDATE photos SET doubt = ?, reason = ?, model = ?, doubted = ? WHERE key = ?", rows
            )

    def doubts(self) -> dict[str, KeptDoubt]:
        """What is kept of each photo that a model was asked about; of files changed since, too."""
        with self._lock:
            rows = self._connection.execute(
                "SELECT key, doubt, reason, model FROM photos WHERE doubt IS NOT NULL"
            ).fetchall()
        return {key: KeptDoubt(*row) for key, *row in rows if key in self._dataset}

    def doubted_by(self, model: str) -> set[str]:
        """The photos that ``model`` was asked about and that have not changed since."""
        with self._lock:
            rows = self._connection.execute(
                "SELECT key, doubted FROM photos WHERE doubt IS NOT NULL AND model = ?", (model,)
            ).fetchall()
        known = [(key, when) for key, when in rows if key in self._dataset]
        return {key for key, when in known if (_version(self._dataset[key].photo) or (0, None))[1] == when}

    def _keep(self, rows: list[tuple[int, int, str, bytes, str]]) -> None:
        with self._lock, self._writing() as connection:
            connection.executemany("UPDATE photos SET bytes = ?, modified = ?, hash = ?, look = ? WHERE key = ?", rows)

    @contextlib.contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction. What SQLite refuses (busy, full) is left to the next refresh: the files know it."""
        with contextlib.suppress(sqlite3.OperationalError), self._connection:
            yield self._connection


def _version(photo: Path) -> tuple[int, int] | None:
    """(size in bytes, time of change in ns) of a file; None when it is gone."""
    try:
        stat = photo.stat()
    except OSError:
        return None
    return stat.st_size, stat.st_mtime_ns
