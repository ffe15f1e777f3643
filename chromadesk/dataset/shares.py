"""How much of each photo each class covers, as its mask in B says; kept, so that no mask is read twice for it."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Callable

import numpy as np

from chromadesk.classes import CLASSES
from chromadesk.dataset.pairs import Dataset
from chromadesk.errors import MaskError
from chromadesk.masks import read_mask

TABLE = """
    CREATE TABLE IF NOT EXISTS shares (
        key TEXT PRIMARY KEY, modified INTEGER NOT NULL, bytes INTEGER NOT NULL, shares BLOB NOT NULL) WITHOUT ROWID;
"""
#: By class id, 0-1 each.
Shares = tuple[float, ...]
#: They go to disk, and to who listens, after so many masks.
_AT_ONCE = 100


def known(dataset: Dataset, connection: sqlite3.Connection, lock: threading.Lock) -> dict[str, Shares]:
    """What is kept of the photos of ``dataset``, of masks changed since, too."""
    with lock:
        rows = connection.execute("SELECT key, shares FROM shares").fetchall()
    return {key: tuple(map(float, np.frombuffer(blob, np.float32))) for key, blob in rows if key in dataset}


def catch_up(
    dataset: Dataset,
    connection: sqlite3.Connection,
    lock: threading.Lock,
    found: Callable[[dict[str, Shares]], None] = lambda shares: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> None:
    """Read the masks that are new or changed; ``found`` hears of them by the hundred. Masks that cannot be read are
    left out.
    """
    with lock:
        kept = {key: version for key, *version in connection.execute("SELECT key, modified, bytes FROM shares")}
    fresh: dict[str, tuple[int, int, Shares]] = {}

    def keep() -> None:
        rows = [
            (key, when, size, np.array(shares, np.float32).tobytes()) for key, (when, size, shares) in fresh.items()
        ]
        with lock, contextlib.suppress(sqlite3.OperationalError), connection:
            connection.executemany("INSERT OR REPLACE INTO shares VALUES (?, ?, ?, ?)", rows)
        found({key: shares for key, (_, _, shares) in fresh.items()})
        fresh.clear()

    for item in list(dataset.items):
        if cancelled():
            break
        if not item.has_mask:
            continue
        with contextlib.suppress(OSError, MaskError):
            stat = item.mask.stat()
            if kept.get(item.key) != [stat.st_mtime_ns, stat.st_size]:
                labels = read_mask(item.mask).labels
                counts = np.bincount(labels.ravel(), minlength=len(CLASSES))
                fresh[item.key] = stat.st_mtime_ns, stat.st_size, tuple(map(float, counts / labels.size))
        if len(fresh) >= _AT_ONCE:
            keep()
    if fresh:
        keep()
