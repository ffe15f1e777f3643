"""What is kept of the comparison of looks: the same pairs as ever, and only new looks are compared."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chromadesk.dataset import alike, near
from chromadesk.dataset.database import Database
from chromadesk.errors import Cancelled


def refuse(connection: sqlite3.Connection, version: int) -> None:
    raise sqlite3.DatabaseError(f"version {version}")


def some_looks(seed: int, count: int) -> list[bytes]:
    """Looks of which every other one is near the one before, one is empty and one there twice."""
    rng = np.random.default_rng(seed)
    bits = rng.integers(0, 2, (count, near.BITS))
    for place in range(1, count, 2):
        bits[place] = bits[place - 1]
        bits[place, rng.choice(near.BITS, 20, replace=False)] ^= 1
    return [np.packbits(row).tobytes() for row in bits] + [b"", np.packbits(bits[0]).tobytes()]


def by_distance(looks: list[bytes]) -> set[frozenset[bytes]]:
    distinct = sorted({each for each in looks if each})
    together = ((a, b) for a in distinct for b in distinct if a < b)
    return {frozenset(pair) for pair in together if near.distance(*pair) <= near.NEAR}


@given(seed=st.integers(0, 100), parts=st.lists(st.sets(st.integers(0, 13)), min_size=1, max_size=4))
def test_pairs_are_what_distances_say_whatever_was_asked_before(seed: int, parts: list[set[int]]) -> None:
    looks = some_looks(seed, 12)
    database = Database(Path(__file__) / "index.sqlite", alike.TABLE, 1, refuse)  # no place: in memory
    for part in parts:
        asked = [looks[place] for place in part]
        found = alike.pairs(database, asked)
        assert len(found) == len(set(map(frozenset, found)))
        assert set(map(frozenset, found)) == by_distance(asked)
    database.close()


def test_only_new_looks_are_compared_and_what_is_damaged_is_found_again(tmp_path: Path) -> None:
    looks = some_looks(1, 40)
    path = tmp_path / "index.sqlite"
    first = Database(path, alike.TABLE, 1, refuse)
    assert set(map(frozenset, alike.pairs(first, looks[:30]))) == by_distance(looks[:30])
    first.close()
    connection = sqlite3.connect(path)
    ((kept,),) = connection.execute("SELECT looks FROM alike")
    assert len(kept) == 30 * near.BITS // 8
    # what is kept is believed: of a list without pairs only those of new looks are found
    again = Database(path, alike.TABLE, 1, refuse)
    again.put("UPDATE alike SET pairs = x'', seal = seal(id, looks, x'')", [()])
    assert set(map(frozenset, alike.pairs(again, looks))) == by_distance(looks) - by_distance(looks[:30])
    # unless its seal is broken
    again.put("UPDATE alike SET pairs = x'0000000001000000'", [()])
    assert set(map(frozenset, alike.pairs(again, looks))) == by_distance(looks)
    again.put("DELETE FROM alike", [()])
    with pytest.raises(Cancelled):
        alike.pairs(again, looks, cancelled=lambda: True)
    again.close()
    connection.close()


def test_more_pairs_than_are_worth_keeping_are_found_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alike, "_MOST", 3)
    looks = some_looks(2, 20)
    database = Database(tmp_path / "index.sqlite", alike.TABLE, 1, refuse)
    for _ in range(2):
        assert set(map(frozenset, alike.pairs(database, looks))) == by_distance(looks)
    assert database.rows("SELECT * FROM alike") == []
    database.close()
