"""What has been done with each photo: its state, found fast. The files are the truth, the index a cache of them.

A decision of a person or a program lies in ``decisions/<key>.json`` of the state folder (see decisions); a mask in B
without one is ground truth and counts as approved. ``index.sqlite`` beside them saves reading them all again, and keeps
fingerprints, scores and doubts (see figures).
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from dataclasses import astuple, replace
from pathlib import Path
from types import TracebackType

from chromadesk.dataset import colours as palettes
from chromadesk.dataset import decisions
from chromadesk.dataset import shares as masks
from chromadesk.dataset.decisions import STATUSES as STATUSES
from chromadesk.dataset.decisions import VERDICTS, Decision
from chromadesk.dataset.decisions import Status as Status
from chromadesk.dataset.figures import TABLE, Figures
from chromadesk.dataset.pairs import Dataset
from chromadesk.errors import DatasetError, StorageError

FILE_NAME = "index.sqlite"
# Raised when the tables change; an index of an unknown version is made anew.
_VERSION = 3
_BUSY_SECONDS = 5.0
_TABLES = f"""{TABLE}{masks.TABLE}{palettes.TABLE}
    CREATE TABLE IF NOT EXISTS decisions (
        key TEXT PRIMARY KEY, modified INTEGER NOT NULL, status TEXT, note TEXT NOT NULL, by TEXT NOT NULL,
        at REAL NOT NULL) WITHOUT ROWID;
"""


class Index(Figures):
    """The state of every photo of a data set. May be used from several threads and open in several processes.

    Where SQLite cannot keep a file (a full disk, a lock that does not yield) the index lives in memory: nothing is lost
    but speed.
    """

    def __init__(self, dataset: Dataset, connection: sqlite3.Connection) -> None:
        super().__init__(dataset, connection)
        self._state = dataset.state
        #: The initials of who decides here; verdicts carry them.
        self.author = ""
        self._decisions: dict[str, Decision] = {}

    @classmethod
    def open(cls, dataset: Dataset) -> Index:
        """The index of ``dataset``, brought up to date with the files. Raises DatasetError."""
        path = dataset.state / FILE_NAME
        for connect in (_connect, _connect_anew):
            try:
                connection = connect(path)
            except (sqlite3.OperationalError, OSError):
                break  # busy, full or forbidden: a file that may be fine, and another process's
            except sqlite3.DatabaseError:
                continue  # damaged, or of another version
            index = cls(dataset, connection)
            try:
                index.refresh()
            except sqlite3.OperationalError:
                index.close()
                break
            except sqlite3.DatabaseError:
                index.close()
                continue
            return index
        memory = sqlite3.connect(":memory:", check_same_thread=False)
        memory.executescript(_TABLES)
        index = cls(dataset, memory)
        index.refresh()
        return index

    def close(self) -> None:
        """Let go of the file; the index must not be used afterwards."""
        with self._lock:
            self._connection.close()

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
        decided = {key: decision.status for key, decision in self._decisions.items()}
        return {
            item.key: decided.get(item.key) or ("approved" if item.has_mask else "new") for item in self._dataset.items
        }

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
        with self._lock:
            rows = self._connection.execute(
                "SELECT key, status, note, by, at FROM decisions WHERE at >= ? AND status = 'approved'", (moment,)
            )
            return {key: Decision(*fields) for key, *fields in rows}

    def noted(self) -> set[str]:
        """The photos with a note."""
        with self._lock:
            return {key for (key,) in self._connection.execute("SELECT key FROM decisions WHERE note <> ''")}

    def set_status(self, key: str, status: Status, note: str | None = None) -> None:
        """Decide on a photo, and (unless None) change its note; on disk when this returns.

        Raises StorageError, and DatasetError for an unknown key.
        """
        if status not in STATUSES:
            raise ValueError(f"unknown status {status!r}")
        by, at = (self.author, time.time()) if status in VERDICTS else ("", 0.0)
        self._change(key, lambda before: Decision(status, before.note if note is None else note, by, at))

    def set_note(self, key: str, note: str) -> None:
        """Change a photo's note (empty: take it off) and decide nothing. Raises as ``set_status`` does."""
        self._change(key, lambda before: replace(before, note=note))

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
            with self._writing() as connection:
                connection.execute(
                    "INSERT OR REPLACE INTO decisions VALUES (?, ?, ?, ?, ?, ?)",
                    (key, path.stat().st_mtime_ns, *astuple(decision)),
                )

    def shares(self) -> dict[str, masks.Shares]:
        """How much of each photo each class covers, as far as its mask was read for that."""
        return masks.known(self._dataset, self._connection, self._lock)

    def read_shares(
        self,
        found: Callable[[dict[str, masks.Shares]], None] = lambda shares: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> None:
        """Read the masks that are new or changed for that; ``found`` hears of them by the hundred."""
        masks.catch_up(self._dataset, self._connection, self._lock, found, cancelled)

    def colours(self) -> palettes.Gathering:
        """The way to the colours of the photos, as far as they are kept and beyond."""
        return palettes.Gathering(self._dataset, self._connection, self._lock)

    def refresh(self) -> None:
        """Catch up with the files: decisions made elsewhere, photos that came or went since."""
        with self._lock:
            known = {key: tuple(kept) for key, *kept in self._connection.execute("SELECT * FROM decisions")}
            rows = []
            for key, modified in decisions.listed(self._state):
                kept = known.get(key)
                if kept is None or kept[0] != modified:
                    decision = decisions.read(decisions.path_of(self._state, key), modified)
                    kept = (modified, *astuple(decision or self._unclear(key)))
                rows.append((key, *kept))
            self._decisions = {key: Decision(*kept) for key, _, *kept in rows}
            splits = dict(self._connection.execute("SELECT key, split FROM photos"))
            photos = [
                (item.key, item.split)
                for item in self._dataset.items
                if item.key not in splits or splits[item.key] != item.split
            ]
            if not photos and {row[0]: row[1:] for row in rows} == known:
                return
            with self._connection:
                self._connection.execute("DELETE FROM decisions")
                self._connection.executemany("INSERT INTO decisions VALUES (?, ?, ?, ?, ?, ?)", rows)
                self._connection.executemany(
                    "INSERT INTO photos (key, split) VALUES (?, ?) "
                    "ON CONFLICT (key) DO UPDATE SET split = excluded.split",
                    photos,
                )

    def rebuild(self) -> None:
        """Forget all that is kept and read the files again; scores come back with the next evaluation."""
        with self._lock, self._writing() as connection:
            connection.execute("DELETE FROM decisions")
            connection.execute("DELETE FROM photos")
        self.refresh()

    def _unclear(self, key: str) -> Decision:
        """A decision that cannot be read is never taken for approval: the photo has to be looked at again."""
        return Decision("edited" if key in self._dataset and self._dataset[key].has_mask else "new")


def _connect(path: Path) -> sqlite3.Connection:
    """The index file, made if missing; in WAL mode, or DELETE where WAL cannot work (network drives)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        return _connect_in_mode(path, "WAL")
    except sqlite3.OperationalError:
        return _connect_in_mode(path, "DELETE")


def _connect_in_mode(path: Path, mode: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, check_same_thread=False)
    try:
        connection.execute(f"PRAGMA journal_mode = {mode}")
        # A crash may lose the last entries but never the file: the decisions themselves are synced one by one.
        connection.execute("PRAGMA synchronous = NORMAL")
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version == 2:  # knew no initials; the files do, and all the rest stays
            connection.execute("DROP TABLE decisions")
        elif version not in (0, _VERSION):
            raise sqlite3.DatabaseError(f"index version {version}, not {_VERSION}")
        connection.executescript(_TABLES)
        connection.execute(f"PRAGMA user_version = {_VERSION}")
        connection.commit()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _connect_anew(path: Path) -> sqlite3.Connection:
    """As ``_connect``, after putting away a file that is no index or one of another version."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    return _connect(path)
