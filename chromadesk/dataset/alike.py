"""Which looks of a data set are near each other, kept: to compare those of 100,000 photos takes a minute, once."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from chromadesk.dataset import near
from chromadesk.dataset.database import Database

TABLE = """
    CREATE TABLE alike (
        id INTEGER PRIMARY KEY, looks BLOB NOT NULL, pairs BLOB NOT NULL, seal INTEGER NOT NULL);
"""
_BYTES = near.BITS // 8
#: So many pairs at most are kept: of a data set that is one film, comparing is not what takes long.
_MOST = 5_000_000


def pairs(
    database: Database, looks: Iterable[bytes], cancelled: Callable[[], bool] = lambda: False
) -> list[tuple[bytes, bytes]]:
    """Those of ``looks`` that are near each other without being the same, each pair once; empty ones are near nothing.

    Only looks that were not among those asked about before are compared, with all of those. Raises errors.Cancelled.
    """
    wanted = {look for look in looks if look}
    rows = database.rows("SELECT looks, pairs FROM alike WHERE id = 1 AND seal = seal(id, looks, pairs)")
    kept, together = rows[0] if rows else (b"", b"")
    known = [kept[start : start + _BYTES] for start in range(0, len(kept), _BYTES)]
    found = np.frombuffer(together, "<i4").reshape(-1, 2)
    fresh = sorted(wanted.difference(known))
    if fresh:
        more = near.pairs([*known, *fresh], since=len(known), cancelled=cancelled)
        known += fresh
        found = np.concatenate([found, np.array(more, "<i4").reshape(-1, 2)])
        if len(found) <= _MOST:
            database.put(
                "INSERT OR REPLACE INTO alike VALUES (?1, ?2, ?3, seal(?1, ?2, ?3))",
                [(1, b"".join(known), found.tobytes())],
            )
    named = ((known[one], known[other]) for one, other in found.tolist())
    return [(one, other) for one, other in named if one in wanted and other in wanted]
