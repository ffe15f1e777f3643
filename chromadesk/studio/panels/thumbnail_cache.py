"""Thumbnails on disk, so that a folder seen before shows at once: one SQLite file in the user's cache folder.

One file of small pictures is faster than a folder of them, and SQLite keeps it whole through a crash. Losing it costs
nothing but time, so whatever goes wrong with it is passed over.
"""

from __future__ import annotations

import contextlib
import sqlite3
import time
from pathlib import Path

import numpy as np
import numpy.typing as npt

from chromadesk import homes
from chromadesk.editing.decoded import file_version

Pixels = npt.NDArray[np.uint8]

#: About 30,000 thumbnails; beyond, those not seen for the longest time go.
LIMIT = 200_000_000
_QUALITY = 88
_VERSION = 1
_DAY = 86_400
_TABLE = """
    CREATE TABLE IF NOT EXISTS thumbnails (
        path TEXT PRIMARY KEY, modified INTEGER NOT NULL, bytes INTEGER NOT NULL, seen INTEGER NOT NULL,
        jpeg BLOB NOT NULL) WITHOUT ROWID;
"""


class ThumbnailCache:
    """A thumbnail counts while the photo's path, time of change and size are the same. For one thread at a time."""

    def __init__(self, path: Path | None = None, limit: int = LIMIT) -> None:
        self._path = path or homes.cache() / "thumbnails.sqlite"
        self._limit = limit
        self._size = 0
        self._tried = False
        self._connection: sqlite3.Connection | None = None

    def get(self, photo: Path) -> Pixels | None:
        """The thumbnail kept of ``photo`` as it is now, (h, w, 3) uint8 sRGB; None when there is none."""
        connection, version = self._open(), file_version(photo)
        if connection is None or version is None:
            return None
        import cv2  # kept out of the window's start

        with contextlib.suppress(sqlite3.Error, cv2.error, UnicodeError):  # the latter: of a name that is no text
            row = connection.execute(
                "SELECT seen, jpeg FROM thumbnails WHERE path = ? AND modified = ? AND bytes = ?",
                (_name(photo), *version),
            ).fetchone()
            if row is None:
                return None
            today = int(time.time()) // _DAY
            if row[0] != today:
                with connection:
                    connection.execute("UPDATE thumbnails SET seen = ? WHERE path = ?", (today, _name(photo)))
            decoded = cv2.imdecode(np.frombuffer(row[1], np.uint8), cv2.IMREAD_COLOR)
            if decoded is not None:
                return np.asarray(cv2.cvtColor(decoded, cv2.COLOR_BGR2RGB), np.uint8)
        return None

    def put(self, photo: Path, pixels: Pixels) -> None:
        """Keep ``pixels``, (h, w, 3) uint8 sRGB, as the thumbnail of ``photo``."""
        connection, version = self._open(), file_version(photo)
        if connection is None or version is None:
            return
        import cv2

        done, coded = cv2.imencode(
            ".jpg", cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, _QUALITY]
        )
        if not done:
            return
        with contextlib.suppress(sqlite3.Error, UnicodeError), connection:
            connection.execute(
                "INSERT OR REPLACE INTO thumbnails VALUES (?, ?, ?, ?, ?)",
                (_name(photo), *version, int(time.time()) // _DAY, coded.tobytes()),
            )
            self._size += len(coded)
            if self._size > self._limit:
                self._forget_oldest(connection)

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _open(self) -> sqlite3.Connection | None:
        if not self._tried:
            self._tried = True
            for _ in range(2):
                try:
                    self._connection = self._connect()
                    break
                except sqlite3.OperationalError:
                    break  # busy, full or forbidden
                except (sqlite3.DatabaseError, UnicodeDecodeError):  # damaged (also beyond words), or another version
                    for suffix in ("", "-wal", "-shm"):
                        with contextlib.suppress(OSError):
                            self._path.with_name(self._path.name + suffix).unlink()
                except OSError:
                    break
        return self._connection

    def _connect(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self._path, timeout=1.0, check_same_thread=False)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version not in (0, _VERSION):
                raise sqlite3.DatabaseError(f"thumbnails of version {version}, not {_VERSION}")
            connection.executescript(_TABLE)
            connection.execute(f"PRAGMA user_version = {_VERSION}")
            connection.commit()
            (size,) = connection.execute("SELECT COALESCE(SUM(LENGTH(jpeg)), 0) FROM thumbnails").fetchone()
        except (sqlite3.Error, UnicodeDecodeError):
            connection.close()
            raise
        self._size = size
        return connection

    def _forget_oldest(self, connection: sqlite3.Connection) -> None:
        """Down to three quarters of the limit, so that this is seldom; the file's pages are used again."""
        gone = []
        for path, length in connection.execute("SELECT path, LENGTH(jpeg) FROM thumbnails ORDER BY seen"):
            if self._size <= self._limit * 3 // 4:
                break
            gone.append((path,))
            self._size -= length
        connection.executemany("DELETE FROM thumbnails WHERE path = ?", gone)


def _name(photo: Path) -> str:
    """The photo's path as SQLite takes it: names of folders need not be text."""
    return str(photo).encode("utf-8", "backslashreplace").decode()
