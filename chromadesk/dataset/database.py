"""The file of an index: SQLite, checked where it may be damaged, put aside and begun anew where it is.

What it holds can be had again, so nothing here stops the work. Every row carries a seal, a checksum of its values
(``seal(...)`` in SQL): one that was changed on the disk is as good as not there. What is damaged, read-only, another
program's or no file at all is put aside as ``<stem>.broken.sqlite`` and begun anew; where no file can be kept (a full
disk, a lock that does not yield) all lives in memory.
"""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import sqlite3
import stat
import tempfile
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Literal, TypeVar

import psutil

from chromadesk import files

_log = logging.getLogger(__name__)
_BUSY_SECONDS = 5.0
#: Seconds between two looks at a file that another may be beginning.
_PAUSES = (0.02, 0.1)
#: A file of at most so many bytes is checked whenever it is opened (some 15 ms), a larger one when it may be damaged.
_SMALL = 16 << 20
#: Says in the file's head whose it is ("CDix").
_APPLICATION = 0x43446978
_SIGNED = slice(68, 72)
#: What SQLite keeps beside a file, by what is added to its name.
BESIDE = ("-wal", "-shm", "-journal")
# SQLite's reasons that say nothing against the file: another process's lock, a full disk, no right to it.
_NO_FAULT = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_AUTH,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_IOERR,
    }
)
_TORN = frozenset({sqlite3.SQLITE_IOERR_SHORT_READ, sqlite3.SQLITE_IOERR_CORRUPTFS, sqlite3.SQLITE_IOERR_DATA})
# Python cannot even put into words what SQLite says of some damaged tables.
_REFUSALS = (sqlite3.Error, UnicodeDecodeError)
# Whose locks and shared memory do not reach the other machines: no WAL there.
_FAR = ("nfs", "cifs", "smb", "9p", "afp", "webdav", "davfs", "ceph", "gluster", "lustre", "fuse.", "fuseblk.")
_How = Literal["as it is", "checked", "anew", "in memory"]
Row = tuple[Any, ...]
T = TypeVar("T")


class Database:
    """One file of ``tables`` (CREATE statements). May be used from several threads, and be open in several processes.

    ``version`` is the tables'; ``upgrade(connection, found)`` brings those of an older version to it, or raises
    sqlite3.Error, and the file is begun anew.
    """

    def __init__(
        self, path: Path, tables: str, version: int, upgrade: Callable[[sqlite3.Connection, int], None]
    ) -> None:
        self.path = path
        #: What was there could not be used: whatever stands in no other file has to be found out again.
        self.made_anew = False
        self._tables, self._version, self._upgrade = tables, version, upgrade
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = self._open("as it is")

    def rows(self, query: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """What ``query`` finds; nothing where the file cannot be read."""

        def read(connection: sqlite3.Connection) -> list[Row]:
            return connection.execute(query, parameters).fetchall()

        none: list[Row] = []
        try:
            return self._tried(read, none)
        except (UnicodeEncodeError, OverflowError):
            return []  # a name that is no text is never kept

    def put(self, change: str, rows: Iterable[Sequence[Any]]) -> None:
        """Make ``change`` with each of ``rows``, in one transaction; what cannot be kept is not."""
        kept = list(rows)
        if kept:
            self._tried(lambda connection: _put(connection, change, kept), None)

    def close(self) -> None:
        """Let go of the file; nothing is found or kept any more."""
        with self._lock:
            connection, self._connection = self._connection, None
            if connection is not None:
                connection.close()

    def _tried(self, work: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        """``work``, again on a sound file where this one is found to be damaged."""
        with self._lock:
            hows: tuple[_How, ...] = ("as it is", "checked", "anew", "in memory")
            for how in hows:
                if how != "as it is":
                    self._reopen(how)
                if self._connection is None:
                    return otherwise
                try:
                    return work(self._connection)
                except _REFUSALS as error:
                    if not _blames_the_file(error):
                        return otherwise
                    if how == "in memory":
                        raise
                    _log.warning("%s: %s (%s)", self.path.name, error, how)
            return otherwise

    def _reopen(self, how: _How) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = self._open(how)

    def _open(self, how: _How) -> sqlite3.Connection:
        hows: tuple[_How, ...] = ("anew",) if how == "anew" else () if how == "in memory" else (how, "anew")
        for way in hows:
            try:
                files.make_folder(self.path.parent)
                if way == "anew" or not _usable(self.path):
                    self.made_anew |= put_aside(self.path)
                return self._begun(way == "checked" or _wants_a_check(self.path))
            except OSError as error:
                _log.warning("%s cannot be kept: %s", self.path.name, error.strerror or error)
                break
            except _REFUSALS as error:
                _log.warning("%s: %s", self.path.name, error)
                if not _blames_the_file(error):
                    break
        memory = sqlite3.connect(":memory:", check_same_thread=False)
        self._prepare(memory)
        return memory

    def _begun(self, check: bool) -> sqlite3.Connection:
        """The file; looked at again where it seems cut off, or is refused without any waiting: another may be beginning
        it at this moment.
        """
        begun = time.monotonic()
        for pause in _PAUSES:
            try:
                return self._connect(check)
            except sqlite3.Error as error:
                code = getattr(error, "sqlite_errorcode", None)
                if code not in (sqlite3.SQLITE_IOERR_SHORT_READ, sqlite3.SQLITE_BUSY):
                    raise
                if time.monotonic() - begun > _BUSY_SECONDS / 2:
                    raise
                time.sleep(pause)
        return self._connect(check)

    def _connect(self, check: bool) -> sqlite3.Connection:
        """The file, made if missing; in WAL mode, or DELETE where WAL cannot work."""
        for mode in ("DELETE",) if _is_far(self.path) else ("WAL", "DELETE"):
            connection = sqlite3.connect(self.path, timeout=_BUSY_SECONDS, check_same_thread=False)
            try:
                connection.execute(f"PRAGMA journal_mode = {mode}")
                # A crash may lose the last entries but never the file.
                connection.execute("PRAGMA synchronous = NORMAL")
                self._prepare(connection)
                if check and connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                    raise sqlite3.DatabaseError("it is damaged")
                return connection
            except _REFUSALS as error:
                connection.close()
                if mode == "DELETE" or _blames_the_file(error):
                    raise
        raise AssertionError("one of the modes returns or raises")

    def _prepare(self, connection: sqlite3.Connection) -> None:
        """Make what is missing. Raises sqlite3.DatabaseError for a file of another program, or of a newer version."""
        connection.create_function("seal", -1, _seal, deterministic=True)
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cell_size_check = ON")
        if _signed(connection) != (self._version, _APPLICATION):
            connection.execute("BEGIN IMMEDIATE")  # of several processes one makes the tables, the others wait
            version, application = _signed(connection)
            if (version, application) == (0, 0) and not _schema(connection):
                create(connection, self._tables)
            elif application == 0 or (application == _APPLICATION and version < self._version):
                self._upgrade(connection, version)
            elif (version, application) != (self._version, _APPLICATION):
                raise sqlite3.DatabaseError(f"it is of version {version}")
            connection.execute(f"PRAGMA application_id = {_APPLICATION}")
            connection.execute(f"PRAGMA user_version = {self._version}")
            connection.commit()
        with contextlib.closing(sqlite3.connect(":memory:")) as model:
            create(model, self._tables)
            if _schema(connection) != _schema(model):
                raise sqlite3.DatabaseError("it has other tables")


def create(connection: sqlite3.Connection, tables: str) -> None:
    """Make ``tables`` within the transaction that is under way."""
    for statement in tables.split(";"):
        connection.execute(statement)


def fault_of(path: Path) -> str:
    """What is wrong with the file at ``path``, as a copy of it shows; empty for nothing, and where there is no file."""
    if not _usable(path):
        return "no file that may be read and written"
    with tempfile.TemporaryDirectory(prefix="chromadesk-") as folder:
        copy = Path(folder) / path.name
        try:
            for suffix in ("", "-wal", "-journal"):
                with contextlib.suppress(FileNotFoundError):
                    shutil.copyfile(path.with_name(path.name + suffix), copy.with_name(copy.name + suffix))
            if not copy.exists():
                return ""
            with contextlib.closing(sqlite3.connect(copy)) as connection:
                (said,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        except OSError as error:
            return error.strerror or str(error)
        except _REFUSALS as error:
            return str(error)
    return "" if said == "ok" else " ".join(str(said).split())


def put_aside(path: Path) -> bool:
    """Whether there was anything to put aside as ``<stem>.broken.sqlite``, or with a number behind where that is taken:
    only an earlier database of ours, which can be made again, gives way. Raises OSError.
    """
    number, aside = 1, path.with_name(f"{path.stem}.broken{path.suffix}")
    while not _is_free(aside):
        number += 1
        aside = path.with_name(f"{path.stem}.broken-{number}{path.suffix}")
    found = False
    for suffix in ("", *BESIDE):
        one, other = (each.with_name(each.name + suffix) for each in (path, aside))
        other.unlink(missing_ok=True)
        with contextlib.suppress(FileNotFoundError):
            os.replace(one, other)
            found = True
    return found


def _is_free(path: Path) -> bool:
    """Whether nothing lies at ``path`` and beside it, or a database of ours with what SQLite keeps for it."""
    there = [each for each in (path.with_name(path.name + suffix) for suffix in ("", *BESIDE)) if os.path.lexists(each)]
    if not there:
        return True
    if there[0] != path or not all(stat.S_ISREG(each.lstat().st_mode) for each in there):
        return False
    with open(path, "rb") as handle:
        begun = handle.read(_SIGNED.stop)
    return begun.startswith(b"SQLite format 3\0") and begun[_SIGNED] == _APPLICATION.to_bytes(4, "big")


def _usable(path: Path) -> bool:
    """Whether nothing but files that may be written lies where SQLite will look; a link would lead it elsewhere."""
    for suffix in ("", *BESIDE):
        try:
            beside = path.with_name(path.name + suffix)
            regular = stat.S_ISREG(beside.lstat().st_mode)
        except FileNotFoundError:
            continue
        if not regular:
            return False
        if not os.access(beside, os.R_OK | os.W_OK) and os.path.lexists(beside):  # else it went away just now
            return False
    return True


def _wants_a_check(path: Path) -> bool:
    """It costs nothing, or who had the file open last did not close it (or has it open still)."""
    sizes = dict.fromkeys(("", "-wal", "-journal"), 0)
    for suffix in sizes:
        with contextlib.suppress(OSError):
            sizes[suffix] = path.with_name(path.name + suffix).stat().st_size
    return sizes[""] <= _SMALL or bool(sizes["-wal"] or sizes["-journal"])


def _is_far(path: Path) -> bool:
    """Whether ``path`` lies on another machine, as far as the system says."""
    place = str(path.resolve())
    if place.startswith("\\\\"):
        return True
    within = [
        (len(part.mountpoint), part)
        for part in psutil.disk_partitions(all=True)
        if place == part.mountpoint or place.startswith(part.mountpoint.rstrip("/\\") + os.sep)
    ]
    if not within:
        return False
    _, part = max(within, key=lambda each: each[0])
    return part.fstype.lower().startswith(_FAR) or "remote" in part.opts.split(",")


def _put(connection: sqlite3.Connection, change: str, rows: Sequence[Sequence[Any]]) -> None:
    try:
        with connection:
            connection.executemany(change, rows)
    except (UnicodeEncodeError, OverflowError):  # a name that is no text, a time beyond all clocks
        with connection:
            for row in rows:
                with contextlib.suppress(UnicodeEncodeError, OverflowError):
                    connection.execute(change, row)


def _signed(connection: sqlite3.Connection) -> tuple[int, int]:
    """Version of the tables, and the program they are of."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    return version, application


def _seal(*values: Any) -> int:
    return zlib.crc32(repr(values).encode("utf-8", "surrogatepass"))


def _schema(connection: sqlite3.Connection) -> set[Row]:
    return set(connection.execute("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"))


def _blames_the_file(error: Exception) -> bool:
    code = getattr(error, "sqlite_errorcode", None)
    return code is None or code in _TORN or code & 0xFF not in _NO_FAULT
