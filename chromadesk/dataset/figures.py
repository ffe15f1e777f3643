"""What the index keeps of each photo besides its state: fingerprints, so that no photo is read twice for them; the last
score; and how much a model doubted it.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from chromadesk.dataset import alike, near
from chromadesk.dataset.database import Database
from chromadesk.dataset.pairs import Dataset
from chromadesk.dataset.splits import photo_hash
from chromadesk.errors import Cancelled, ImageError
from chromadesk.parallel import cores, in_order

TABLES = """
    CREATE TABLE fingerprints (
        key TEXT PRIMARY KEY, bytes INTEGER NOT NULL, modified INTEGER NOT NULL, hash TEXT NOT NULL, look BLOB,
        seal INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE scores (key TEXT PRIMARY KEY, score REAL NOT NULL, seal INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE doubts (
        key TEXT PRIMARY KEY, doubt REAL NOT NULL, reason TEXT NOT NULL, model TEXT NOT NULL, doubted INTEGER NOT NULL,
        seal INTEGER NOT NULL) WITHOUT ROWID;
"""
_KEEP_PRINT = "INSERT OR REPLACE INTO fingerprints VALUES (?1, ?2, ?3, ?4, ?5, seal(?1, ?2, ?3, ?4, ?5))"
_KEEP_DOUBT = "INSERT OR REPLACE INTO doubts VALUES (?1, ?2, ?3, ?4, ?5, seal(?1, ?2, ?3, ?4, ?5))"
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
    """What is kept of each photo in the database of an index. May be used from several threads."""

    def __init__(self, dataset: Dataset, database: Database) -> None:
        self._dataset = dataset
        self._database = database

    def photo_hash(self, key: str) -> str:
        """SHA-256 of the photo's file, kept until its size or time changes. Raises KeyError, ImageError."""
        photo = self._dataset[key].photo
        found = self._database.rows(
            "SELECT bytes, modified, hash FROM fingerprints "
            "WHERE key = ? AND seal = seal(key, bytes, modified, hash, look)",
            (key,),
        )
        version = _version(photo)
        if found and found[0][:2] == version:
            return str(found[0][2])
        value = photo_hash(photo)
        if version is not None:
            self._database.put(_KEEP_PRINT, [(key, *version, value, None)])
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
        rows = self._database.rows(
            "SELECT key, bytes, modified, hash, look FROM fingerprints "
            "WHERE look IS NOT NULL AND seal = seal(key, bytes, modified, hash, look)"
        )
        kept = {key: ((size, modified), hash_, look) for key, size, modified, hash_, look in rows}
        found: dict[str, Fingerprint] = {}
        missing: list[tuple[str, Path, tuple[int, int]]] = []
        for key in keys:
            version = _version(f"{self._dataset.root}/{key}")  # no Path, which takes longer than the question
            if version is not None and key in kept and kept[key][0] == version:
                found[key] = Fingerprint(*kept[key][1:])
            elif version is not None:
                missing.append((key, self._dataset[key].photo, version))
        unwritten: list[tuple[str, int, int, str, bytes]] = []
        try:
            for number, ((key, _, version), read) in enumerate(in_order(missing, _fingerprint, cores())):
                if cancelled():
                    raise Cancelled("The comparison of the photos was stopped.")
                with contextlib.suppress(ImageError):  # it went away or may not be read; who needs it will say so
                    found[key] = read.result()
                    unwritten.append((key, *version, found[key].hash, found[key].look))
                if len(unwritten) == _AT_ONCE:
                    self._database.put(_KEEP_PRINT, unwritten)
                    unwritten = []
                progress(number + 1, len(missing))
        finally:
            self._database.put(_KEEP_PRINT, unwritten)
        return found

    def alike(self, looks: Iterable[bytes], cancelled: Callable[[], bool] = lambda: False) -> list[tuple[bytes, bytes]]:
        """Those of ``looks`` that are near each other without being the same, kept; see dataset.alike."""
        return alike.pairs(self._database, looks, cancelled)

    def set_scores(self, scores: Mapping[str, float]) -> None:
        """Keep the last score (mIoU, 0-1) of photos; keys that are not in the data set are left out."""
        self._database.put(
            "INSERT OR REPLACE INTO scores VALUES (?1, ?2, seal(?1, ?2))",
            [(key, float(score)) for key, score in scores.items() if key in self._dataset],
        )

    def scores(self) -> dict[str, float]:
        """The last score of each photo that has one."""
        rows = self._database.rows("SELECT key, score FROM scores WHERE seal = seal(key, score)")
        return {key: score for key, score in rows if key in self._dataset}

    def set_doubts(self, doubts: Mapping[str, tuple[float, str]], model: str) -> None:
        """Keep how much ``model`` (a name) doubts photos: (0-1, about what), as of the files as they are now; keys that
        are not in the data set are left out.
        """
        rows = []
        for key, (score, reason) in doubts.items():
            version = _version(self._dataset[key].photo) if key in self._dataset else None
            if version is not None:
                rows.append((key, float(score), reason, model, version[1]))
        self._database.put(_KEEP_DOUBT, rows)

    def doubts(self) -> dict[str, KeptDoubt]:
        """What is kept of each photo that a model was asked about; of files changed since, too."""
        rows = self._database.rows(
            "SELECT key, doubt, reason, model FROM doubts WHERE seal = seal(key, doubt, reason, model, doubted)"
        )
        return {key: KeptDoubt(*row) for key, *row in rows if key in self._dataset}

    def doubted_by(self, model: str) -> set[str]:
        """The photos that ``model`` was asked about and that have not changed since."""
        rows = self._database.rows(
            "SELECT key, doubted FROM doubts WHERE model = ? AND seal = seal(key, doubt, reason, model, doubted)",
            (model,),
        )
        known = [(key, when) for key, when in rows if key in self._dataset]
        return {key for key, when in known if (_version(self._dataset[key].photo) or (0, None))[1] == when}


def _fingerprint(one: tuple[str, Path, tuple[int, int]]) -> Fingerprint:
    """That of a photo, the second of the three. Raises ImageError."""
    return Fingerprint(photo_hash(one[1]), near.look(one[1]))


def _version(photo: Path | str) -> tuple[int, int] | None:
    """(size in bytes, time of change in ns) of a file; None when it is gone."""
    try:
        stat = os.stat(photo)
    except OSError:
        return None
    return stat.st_size, stat.st_mtime_ns
