"""How much of each photo each class covers, as its mask in B says; kept, so that no mask is read twice for it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

import numpy as np

from chromadesk.classes import CLASSES
from chromadesk.dataset.database import Database
from chromadesk.dataset.pairs import Dataset
from chromadesk.errors import MaskError

TABLE = """
    CREATE TABLE shares (
        key TEXT PRIMARY KEY, modified INTEGER NOT NULL, bytes INTEGER NOT NULL, shares BLOB NOT NULL,
        seal INTEGER NOT NULL) WITHOUT ROWID;
"""
#: By class id, 0-1 each.
Shares = tuple[float, ...]
#: They go to disk, and to who listens, after so many masks.
_AT_ONCE = 100
_SEALED = "seal = seal(key, modified, bytes, shares)"


def known(dataset: Dataset, database: Database) -> dict[str, Shares]:
    """What is kept of the photos of ``dataset``, of masks changed since, too."""
    rows = database.rows(f"SELECT key, shares FROM shares WHERE {_SEALED}")
    return {key: tuple(map(float, np.frombuffer(blob, np.float32))) for key, blob in rows if key in dataset}


def catch_up(
    dataset: Dataset,
    database: Database,
    found: Callable[[dict[str, Shares]], None] = lambda shares: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> None:
    """Read the masks that are new or changed; ``found`` hears of them by the hundred. Masks that cannot be read are
    left out.
    """
    kept = {key: version for key, *version in database.rows(f"SELECT key, modified, bytes FROM shares WHERE {_SEALED}")}
    fresh: dict[str, tuple[int, int, Shares]] = {}

    def keep() -> None:
        rows = [
            (key, when, size, np.array(shares, np.float32).tobytes()) for key, (when, size, shares) in fresh.items()
        ]
        database.put("INSERT OR REPLACE INTO shares VALUES (?1, ?2, ?3, ?4, seal(?1, ?2, ?3, ?4))", rows)
        found({key: shares for key, (_, _, shares) in fresh.items()})
        fresh.clear()

    from chromadesk.masks import read_mask  # kept out of the window's start

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
