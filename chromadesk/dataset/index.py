"""What has been done with each photo: its state, found fast. The files are the truth, the index a cache of them.

A decision of a person or a program lies in ``decisions/<key>.json`` of the state folder (see decisions); a mask in B
without one is ground truth and counts as approved. ``index.sqlite`` beside them saves reading them all again, and keeps
what can be found out again: fingerprints, scores and doubts (see figures), shares, colours.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Callable
from types import TracebackType

from chromadesk import garbage
from chromadesk.dataset import alike, decisions
from chromadesk.dataset import colours as palettes
from chromadesk.dataset import shares as masks
from chromadesk.dataset.database import Database, create
from chromadesk.dataset.decisions import STATUSES as STATUSES
from chromadesk.dataset.decisions import SUFFIX, VERDICTS, Decision
from chromadesk.dataset.decisions import Status as Status
from chromadesk.dataset.figures import TABLES, Figures
from chromadesk.dataset.pairs import Dataset
from chromadesk.errors import DatasetError, StorageError
from chromadesk.sidecars import fitting

FILE_NAME = "index.sqlite"
# Raised when the tables change; an index of an unknown version is made anew.
_VERSION = 5
_LONG = 60  # characters of a key; below, its files have names as it has
_TABLES = f"""{TABLES}{alike.TABLE}{masks.TABLE}{palettes.TABLE}
    CREATE TABLE decisions (
        key TEXT PRIMARY KEY, modified INTEGER NOT NULL, status TEXT, note TEXT NOT NULL, by TEXT NOT NULL,
        at REAL NOT NULL, seal INTEGER NOT NULL) WITHOUT ROWID;
"""
_COLUMNS = "key, modified, status, note, by, at"
_KEEP = "INSERT OR REPLACE INTO decisions VALUES (?1, ?2, ?3, ?4, ?5, ?6, seal(?1, ?2, ?3, ?4, ?5, ?6))"


class Index(Figures):
    """The state of every photo of a data set. May be used from several threads and open in several processes.

    Where SQLite cannot keep a file (a full disk, a lock that does not yield) the index lives in memory: nothing is lost
    but speed. One that is damaged, also while it is open, is begun anew (see database).
    """

    def __init__(self, dataset: Dataset, database: Database) -> None:
        super().__init__(dataset, database)
        self._state = dataset.state
        self._lock = threading.Lock()
        #: The initials of who decides here; verdicts carry them.
        self.author = ""
        self._decisions: dict[str, Decision] = {}
        #: Of those that say one.
        self._statuses: dict[str, Status] = {}

    @classmethod
    def open(cls, dataset: Dataset, decisions: bool = True) -> Index:
        """The index of ``dataset``, brought up to date with the files; without ``decisions`` for what it keeps besides
        them, at less cost. Raises DatasetError.
        """
        index = cls(dataset, Database(dataset.state / FILE_NAME, _TABLES, _VERSION, _upgrade))
        if decisions:
            index.refresh()
        return index

    @property
    def made_anew(self) -> bool:
        """The file could not be used: scores, doubts and fingerprints of the photos have to be found out again."""
        return self._database.made_anew

    def close(self) -> None:
        """Let go of the file; the index must not be used afterwards."""
        self._database.close()

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def status(self, key: str) -> Status:
        """The state of the photo ``key``; one nobody decided on is approved with a mask and new without."""
        decision = self._decisions.get(key)
        if decision is not None and decision.status is not None:
            return decision.status
        return "approved" if key in self._dataset and self._dataset[key].has_mask else "new"

    def note(self, key: str) -> str:
        """The note on the photo ``key``; empty without one."""
        decision = self._decisions.get(key)
        return decision.note if decision is not None else ""

    def statuses(self) -> dict[str, Status]:
        """The state of every photo of the data set, in its order."""
        items = self._dataset.items
        found: dict[str, Status] = {item.key: "approved" if item.has_mask else "new" for item in items}
        count = len(found)
        with self._lock:
            found.update(self._statuses)
        if len(found) > count:  # of photos that are gone
            return {item.key: found[item.key] for item in items}
        return found

    def approved(self) -> set[str]:
        """The photos whose masks may train: ground truth, and what a person approved."""
        return {key for key, status in self.statuses().items() if status == "approved"}

    def corrected(self) -> set[str]:
        """The approved photos that a person worked on here, as opposed to masks the data set came with."""
        decided = self._decisions
        return {key for key in self.approved() if key in decided and decided[key].status is not None}

    def approved_since(self, moment: float) -> set[str]:
        """The photos that a person approved after ``moment`` (seconds since 1970)."""
        return set(self.approvals(moment)) & self.corrected()

    def approvals(self, moment: float) -> dict[str, Decision]:
        """The decisions that approved a photo at ``moment`` (seconds since 1970) or later."""
        return {key: each for key, each in self._known().items() if each.at >= moment and each.status == "approved"}

    def noted(self) -> set[str]:
        """The photos with a note."""
        return {key for key, decision in self._known().items() if decision.note}

    def set_status(self, key: str, status: Status, note: str | None = None) -> None:
        """Decide on a photo, and (unless None) change its note; on disk when this returns.

        Raises StorageError, and DatasetError for an unknown key.
        """
        if status not in STATUSES:
            raise ValueError(f"unknown status {status!r}")
        by, at = (self.author, decisions.now()) if status in VERDICTS else ("", 0.0)
        self._change(
            key, lambda before: Decision(status, before.note if note is None else decisions.line(note), by, at)
        )

    def set_note(self, key: str, note: str) -> None:
        """Change a photo's note (empty: take it off) and decide nothing. Raises as ``set_status`` does."""
        self._change(key, lambda before: before._replace(note=decisions.line(note)))

    def _change(self, key: str, changed: Callable[[Decision], Decision]) -> None:
        if key not in self._dataset:
            raise DatasetError(
                f"The data set {self._dataset.root} has no photo {key}; open it again to see what it holds."
            )
        path = decisions.path_of(self._state, key)
        if not self._dataset.root.is_dir():  # made anew it would hide what comes back
            raise StorageError(f"Could not write {path}: {self._dataset.root} is gone. Bring the drive or folder back.")
        with self._lock:
            decision = changed(self._decisions.get(key, Decision(None)))
            decisions.write(path, decision)
            self._decisions[key] = decision
            if decision.status is not None:
                self._statuses[key] = decision.status
            with contextlib.suppress(OSError):  # gone again: the next refresh will see
                self._database.put(_KEEP, [(key, path.stat().st_mtime_ns, *decision)])

    def _known(self) -> dict[str, Decision]:
        with self._lock:
            return dict(self._decisions)

    def shares(self) -> dict[str, masks.Shares]:
        """How much of each photo each class covers, as far as its mask was read for that."""
        return masks.known(self._dataset, self._database)

    def read_shares(
        self,
        found: Callable[[dict[str, masks.Shares]], None] = lambda shares: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> None:
        """Read the masks that are new or changed for that; ``found`` hears of them by the hundred."""
        masks.catch_up(self._dataset, self._database, found, cancelled)

    def colours(self) -> palettes.Gathering:
        """The way to the colours of the photos, as far as they are kept and beyond."""
        return palettes.Gathering(self._dataset, self._database)

    @garbage.unsought()
    def refresh(self) -> None:
        """Catch up with the decisions made elsewhere. Raises DatasetError."""
        with self._lock:
            long = [item.key for item in self._dataset.items if len(item.key) > _LONG]
            cut = {fitting(key, SUFFIX): key for key in long}
            query = f"SELECT {_COLUMNS} FROM decisions WHERE seal = seal({_COLUMNS})"
            known = {row[0]: row for row in self._database.rows(query)}
            found: dict[str, Decision] = {}
            changed = []
            for name, modified in decisions.listed(self._state):
                key = cut.get(name, name)
                kept = known.pop(key, None)
                if kept is None or kept[1] != modified:
                    decision = decisions.read(decisions.path_of(self._state, key), modified) or self._unclear(key)
                    changed.append((key, modified, *decision))
                    found[key] = decision
                else:
                    found[key] = Decision(kept[2], kept[3], kept[4], kept[5])
            self._decisions = found
            self._statuses = {key: each.status for key, each in found.items() if each.status is not None}
            self._database.put(_KEEP, changed)
            self._database.put("DELETE FROM decisions WHERE key = ?", [(key,) for key in known])

    def _unclear(self, key: str) -> Decision:
        """A decision that cannot be read is never taken for approval: the photo has to be looked at again."""
        return Decision("edited" if key in self._dataset and self._dataset[key].has_mask else "new")


def _upgrade(connection: sqlite3.Connection, version: int) -> None:
    """What versions 2 to 4 kept, in the tables of today. Raises sqlite3.DatabaseError for others."""
    if version == 4:
        create(connection, alike.TABLE)
        return
    if version not in (2, 3):
        raise sqlite3.DatabaseError(f"index version {version}, not {_VERSION}")
    for name in ("shares", "colours"):
        connection.execute(f"ALTER TABLE {name} RENAME TO old_{name}")
    connection.execute("DROP TABLE decisions")  # they are read from their files, which say more
    create(connection, _TABLES)
    for table, source, columns in (
        ("fingerprints", "photos WHERE hash IS NOT NULL", "key, bytes, modified, hash, look"),
        ("scores", "photos WHERE score IS NOT NULL", "key, score"),
        ("doubts", "photos WHERE doubt IS NOT NULL", "key, doubt, reason, model, doubted"),
        ("shares", "old_shares", "key, modified, bytes, shares"),
        ("colours", "old_colours", "key, version, profile, assumed, grey, pixels, swatches"),
    ):
        connection.execute(f"INSERT OR IGNORE INTO {table} SELECT {columns}, seal({columns}) FROM {source}")
    for name in ("photos", "old_shares", "old_colours"):
        connection.execute(f"DROP TABLE {name}")
