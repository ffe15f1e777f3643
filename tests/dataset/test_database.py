"""A database is sound, or begun anew; what it says is what was put into it."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from chromadesk.dataset import database
from chromadesk.dataset.database import Database

TABLES = "CREATE TABLE words (key TEXT PRIMARY KEY, word TEXT NOT NULL, seal INTEGER NOT NULL) WITHOUT ROWID;"
PUT = "INSERT OR REPLACE INTO words VALUES (?1, ?2, seal(?1, ?2))"
READ = "SELECT key, word FROM words WHERE seal = seal(key, word)"
#: Many pages of them.
WORDS = {f"key {number}": f"word {number} " * 20 for number in range(400)}


def refuse(connection: sqlite3.Connection, version: int) -> None:
    raise sqlite3.DatabaseError(f"version {version}")


def opened(path: Path) -> Database:
    return Database(path, TABLES, 7, refuse)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A sound database of WORDS."""
    made = tmp_path / "state" / "words.sqlite"
    first = opened(made)
    first.put(PUT, WORDS.items())
    first.close()
    return made


def test_what_was_put_is_found(path: Path) -> None:
    again = opened(path)
    assert dict(again.rows(READ)) == WORDS
    assert not again.made_anew
    again.close()
    assert again.rows(READ) == []
    again.put(PUT, [("late", "word")])  # nothing happens
    assert dict(opened(path).rows(READ)) == WORDS


def test_a_changed_row_is_as_good_as_not_there(path: Path) -> None:
    content = path.read_bytes()
    at = content.index(b"word 17 ")
    path.write_bytes(content[:at] + b"W" + content[at + 1 :])
    again = opened(path)
    found = dict(again.rows(READ))
    assert WORDS.keys() - found.keys() == {"key 17"}
    assert not again.made_anew
    again.close()


def test_a_damaged_page_is_noticed_at_the_latest_when_it_is_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_SMALL", 0)
    content = bytearray(path.read_bytes())
    for page in range(2, len(content) // 4096):
        content[page * 4096 : page * 4096 + 12] = b"\xff" * 12
    path.write_bytes(content)
    again = opened(path)
    assert not again.made_anew
    assert again.rows(READ) == []
    assert again.made_anew
    again.put(PUT, [("one", "word")])
    assert again.rows(READ) == [("one", "word")]
    again.close()
    assert dict(opened(path).rows(READ)) == {"one": "word"}
    assert path.with_name("words.broken.sqlite").read_bytes() == content


def other_database(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE words (key, other)")
    other.close()


def triggers(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("CREATE TRIGGER t AFTER INSERT ON words BEGIN DELETE FROM words; END")
    other.close()


def link(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to("elsewhere")


def replaced_by(make: Callable[[Path], object]) -> Callable[[Path], None]:
    def replace(path: Path) -> None:
        path.unlink()
        make(path)

    return replace


@pytest.mark.parametrize(
    "replace",
    [
        other_database,
        triggers,
        link,
        replaced_by(lambda path: path.write_text("Dear diary")),
        replaced_by(lambda path: path.write_bytes(os.urandom(50_000))),
        replaced_by(Path.mkdir),
        replaced_by(os.mkfifo),
        lambda path: path.with_name("words.sqlite-wal").mkdir(),
        lambda path: os.mkfifo(path.with_name("words.sqlite-journal")),
        lambda path: path.with_name("words.sqlite-shm").symlink_to("/etc/passwd"),
    ],
)
def test_what_is_no_database_of_ours_is_put_aside(path: Path, replace: Callable[[Path], object]) -> None:
    replace(path)
    for _ in range(2):
        again = opened(path)
        assert again.rows(READ) == []
        again.close()
    again = opened(path)
    assert not again.made_anew
    again.put(PUT, [("one", "word")])
    again.close()
    assert dict(opened(path).rows(READ)) == {"one": "word"}
    assert path.is_file()
    assert not path.is_symlink()


def test_nothing_that_was_put_aside_gives_way_but_what_can_be_made_again(path: Path) -> None:
    path.unlink()
    path.write_text("Dear diary")
    assert database.put_aside(path)
    path.mkdir()
    (path / "page").write_text("dear")
    for _ in range(3):  # twice a database of ours
        assert database.put_aside(path)
        opened(path).close()
    assert path.with_name("words.broken.sqlite").read_text() == "Dear diary"
    assert (path.with_name("words.broken-2.sqlite") / "page").read_text() == "dear"
    assert [each.name for each in sorted(path.parent.glob("*broken*.sqlite"))] == [
        "words.broken-2.sqlite",
        "words.broken-3.sqlite",
        "words.broken.sqlite",
    ]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="becomes another user")
@pytest.mark.parametrize("mode", [0o444, 0o000])
def test_a_file_that_may_not_be_written_is_put_aside(mode: int) -> None:
    # the interpreter itself may lie where only its owner gets
    script = (
        "import os, sys; from pathlib import Path; from tests.dataset.test_database import opened, PUT, READ\n"
        "os.setgroups([]); os.setgid(65534); os.setuid(65534)\n"
        "made = opened(Path(sys.argv[1])); made.put(PUT, [('one', 'word')]); assert made.rows(READ); made.close()"
    )
    with tempfile.TemporaryDirectory() as folder:  # not pytest's, which is its owner's alone
        Path(folder).chmod(0o777)
        path = Path(folder) / "words.sqlite"
        opened(path).close()
        path.chmod(mode)
        subprocess.run([sys.executable, "-c", script, str(path)], cwd=Path(__file__).parents[2], check=True)
        again = opened(path)
        assert dict(again.rows(READ)) == {"one": "word"}
        again.close()


def test_where_no_file_can_be_it_lives_in_memory(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    made = opened(tmp_path / "file" / "words.sqlite")
    made.put(PUT, [("one", "word")])
    assert made.rows(READ) == [("one", "word")]
    made.close()


def test_what_is_no_text_or_too_large_is_left_out(path: Path) -> None:
    again = opened(path)
    again.put(PUT, [("\udcfc", "word"), ("one", 1 << 70), ("two", "word")])
    assert again.rows("SELECT key FROM words WHERE key IN (?, ?)", ("one", "two")) == [("two",)]
    assert again.rows("SELECT key FROM words WHERE key = ?", ("\udcfc",)) == []
    again.close()


@pytest.mark.parametrize("turn", range(8))
def test_many_may_begin_it_at_once(turn: int, tmp_path: Path) -> None:
    """Nobody takes what another is just beginning for a damaged file, or does without it."""
    path = tmp_path / "words.sqlite"
    made: list[Database] = []

    def begin(number: int) -> None:
        one = opened(path)
        one.put(PUT, [(str(number), "word")])
        made.append(one)

    threads = [threading.Thread(target=begin, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [one.made_anew for one in made] == [False] * 8
    assert all(len(one.rows(READ)) == 8 for one in made)
    for one in made:
        one.close()


def test_far_away_there_is_no_shared_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    part = type(psutil.disk_partitions(all=True)[0])
    mode = "PRAGMA journal_mode"
    near = opened(tmp_path / "near.sqlite")
    assert near.rows(mode) == [("wal",)]
    near.close()
    there = [part("/dev/a", "/", "ext4", "rw"), part("host:/b", str(tmp_path), "nfs4", "rw")]
    monkeypatch.setattr(psutil, "disk_partitions", lambda all: there)
    far = opened(tmp_path / "near.sqlite")
    assert far.rows(mode) == [("delete",)]
    far.put(PUT, [("one", "word")])
    assert far.rows(READ) == [("one", "word")]
    far.close()
