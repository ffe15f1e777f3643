"""The index says what was done with each photo, survives its own loss, and never invents an approval."""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from pathlib import Path

import pytest

from chromadesk.dataset import decisions
from chromadesk.dataset.figures import KeptDoubt
from chromadesk.dataset.index import FILE_NAME, STATUSES, Index
from chromadesk.dataset.pairs import Dataset
from chromadesk.dataset.splits import ensure_split
from chromadesk.errors import DatasetError, StorageError


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    """Five photos, three of them with a mask."""
    (tmp_path / "A").mkdir()
    (tmp_path / "B").mkdir()
    for number in range(5):
        (tmp_path / "A" / f"{number}.jpg").write_bytes(b"photo %d" % number)
    for number in range(3):
        (tmp_path / "B" / f"{number}.png").touch()
    return Dataset.open(tmp_path)


def test_photos_nobody_decided_on(dataset: Dataset) -> None:
    with Index.open(dataset) as index:
        assert list(index.statuses().values()) == ["approved"] * 3 + ["new"] * 2
        assert index.approved() == {"A/0.jpg", "A/1.jpg", "A/2.jpg"}
        assert index.corrected() == set()
        assert index.status("A/gone.jpg") == "new"
        assert index.note("A/0.jpg") == ""


def test_decisions_last(dataset: Dataset) -> None:
    with Index.open(dataset) as index:
        for item, status in zip(dataset.items, STATUSES, strict=True):
            index.set_status(item.key, status)
        index.set_status("A/4.jpg", "excluded", "two people")
        expected = index.statuses()
        assert list(expected.values()) == list(STATUSES)
    with Index.open(Dataset.open(dataset.root)) as again:
        assert again.statuses() == expected
        assert again.note("A/4.jpg") == "two people"
        assert again.approved() == {"A/3.jpg"}
        assert again.corrected() == {"A/3.jpg"}


def test_an_unknown_photo_or_status_is_refused(dataset: Dataset) -> None:
    with Index.open(dataset) as index:
        with pytest.raises(DatasetError, match=r"has no photo A/9\.jpg"):
            index.set_status("A/9.jpg", "edited")
        with pytest.raises(DatasetError, match="has no photo"):
            index.set_status("../../etc/passwd", "edited")
        with pytest.raises(ValueError, match="unknown status"):
            index.set_status("A/0.jpg", "done")  # type: ignore[arg-type]


def test_it_is_rebuilt_from_the_files(dataset: Dataset) -> None:
    with Index.open(dataset) as index:
        index.set_status("A/3.jpg", "proposed")
        index.set_status("A/0.jpg", "edited", "sleeve")
        expected = index.statuses()
    for damage in (b"", b"no database at all", b"SQLite format 3\0" + b"\xff" * 5000, None):
        path = dataset.state / FILE_NAME
        if damage is None:
            path.unlink()
        else:
            path.write_bytes(damage)
        with Index.open(dataset) as index:
            assert index.made_anew == bool(damage)
            assert index.statuses() == expected
            assert index.note("A/0.jpg") == "sleeve"
        assert path.read_bytes().startswith(b"SQLite format 3")


def test_an_index_of_another_version_is_made_anew(dataset: Dataset) -> None:
    with Index.open(dataset) as index:
        index.set_status("A/3.jpg", "proposed")
    other = sqlite3.connect(dataset.state / FILE_NAME)
    other.execute("PRAGMA user_version = 99")
    other.execute("DROP TABLE scores")
    other.close()
    with Index.open(dataset) as index:
        assert index.made_anew
        assert index.status("A/3.jpg") == "proposed"
        index.set_scores({"A/0.jpg": 0.5})
        assert index.scores() == {"A/0.jpg": 0.5}


#: The tables of version 3; those of version 2 knew no initials.
OLD = """
    CREATE TABLE photos (
        key TEXT PRIMARY KEY, split TEXT, bytes INTEGER, modified INTEGER, hash TEXT, look BLOB, score REAL,
        doubt REAL, reason TEXT, model TEXT, doubted INTEGER) WITHOUT ROWID;
    CREATE TABLE shares (
        key TEXT PRIMARY KEY, modified INTEGER NOT NULL, bytes INTEGER NOT NULL, shares BLOB NOT NULL) WITHOUT ROWID;
    CREATE TABLE colours (
        key TEXT PRIMARY KEY, version TEXT NOT NULL, profile TEXT NOT NULL, assumed INTEGER NOT NULL,
        grey INTEGER NOT NULL, pixels BLOB NOT NULL, swatches BLOB NOT NULL) WITHOUT ROWID;
    CREATE TABLE decisions (
        key TEXT PRIMARY KEY, modified INTEGER NOT NULL, status TEXT, note TEXT NOT NULL, by TEXT NOT NULL,
        at REAL NOT NULL) WITHOUT ROWID;
    INSERT INTO photos VALUES ('A/0.jpg', NULL, 7, 1, 'abc', NULL, 0.5, 0.25, 'skin or hair?', 'm', 1);
    INSERT INTO photos (key) VALUES ('A/1.jpg');
    INSERT INTO shares VALUES ('A/0.jpg', 1, 2, x'0000803f00000000000000000000000000000000');
"""


@pytest.mark.parametrize("version", [2, 3])
def test_an_older_index_keeps_what_it_knew(dataset: Dataset, version: int) -> None:
    with Index.open(dataset) as index:
        index.set_status("A/0.jpg", "approved", "kept")
    path = dataset.state / FILE_NAME
    path.unlink()
    old = sqlite3.connect(path)
    old.executescript(f"{OLD} PRAGMA user_version = {version}")
    old.close()
    with Index.open(dataset) as index:
        assert not index.made_anew
        assert index.scores() == {"A/0.jpg": 0.5}
        assert index.doubts() == {"A/0.jpg": KeptDoubt(0.25, "skin or hair?", "m")}
        assert index.shares().keys() == {"A/0.jpg"}
        assert index.note("A/0.jpg") == "kept"
        assert list(index.approvals(0)) == ["A/0.jpg"]


def test_an_index_of_the_version_before_keeps_what_it_knew(dataset: Dataset) -> None:
    with Index.open(dataset) as index:
        index.set_scores({"A/0.jpg": 0.5})
    old = sqlite3.connect(dataset.state / FILE_NAME)
    old.executescript("DROP TABLE alike; PRAGMA user_version = 4")
    old.close()
    with Index.open(dataset) as index:
        assert not index.made_anew
        assert index.scores() == {"A/0.jpg": 0.5}
        assert index.alike([b""]) == []
    assert [path.name for path in dataset.state.glob("*.sqlite")] == [FILE_NAME]


def test_decisions_made_elsewhere_are_seen(dataset: Dataset) -> None:
    with Index.open(dataset) as mine, Index.open(dataset) as other:
        other.set_status("A/1.jpg", "excluded")
        assert mine.status("A/1.jpg") == "approved"
        mine.refresh()
        assert mine.status("A/1.jpg") == "excluded"
        (dataset.state / decisions.FOLDER / "A" / "1.jpg.json").unlink()
        mine.refresh()
        assert mine.status("A/1.jpg") == "approved"


def test_a_broken_decision_is_never_an_approval(dataset: Dataset) -> None:
    with Index.open(dataset) as index:
        for key in ("A/0.jpg", "A/4.jpg"):
            index.set_status(key, "approved")
            for text in ("", "{", "[]", '{"status": "fine"}', '{"note": "?"}'):
                (dataset.state / decisions.FOLDER / f"{key}.json").write_text(text)
                index.refresh()
                assert index.status(key) == ("edited" if key == "A/0.jpg" else "new")


def test_new_photos_and_splits_join(dataset: Dataset) -> None:
    with Index.open(dataset) as index:
        (dataset.root / "A" / "5.jpg").touch()
        dataset.rescan()
        ensure_split(dataset, seed=0)
        index.refresh()
        assert len(index.statuses()) == 6
        index.set_scores({"A/5.jpg": 0.25, "A/9.jpg": 1.0})
        assert index.scores() == {"A/5.jpg": 0.25}


def test_hashes_are_kept_until_the_photo_changes(dataset: Dataset) -> None:
    photo = dataset["A/0.jpg"].photo
    with Index.open(dataset) as index:
        assert index.photo_hash("A/0.jpg") == hashlib.sha256(b"photo 0").hexdigest()
        assert index.photo_hash("A/0.jpg") == hashlib.sha256(b"photo 0").hexdigest()
        photo.write_bytes(b"another photo")
        assert index.photo_hash("A/0.jpg") == hashlib.sha256(b"another photo").hexdigest()


def test_a_locked_index_costs_nothing_but_speed(dataset: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chromadesk.dataset.database._BUSY_SECONDS", 0.05)
    with Index.open(dataset) as index:
        index.set_status("A/0.jpg", "edited")
    other = sqlite3.connect(dataset.state / FILE_NAME, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        with Index.open(dataset) as index:
            assert index.status("A/0.jpg") == "edited"
            index.set_status("A/1.jpg", "excluded")
            assert index.status("A/1.jpg") == "excluded"
    finally:
        other.execute("ROLLBACK")
        other.close()
    with Index.open(dataset) as index:
        assert index.status("A/1.jpg") == "excluded"


def test_no_place_for_a_file(dataset: Dataset) -> None:
    dataset.state.mkdir()
    (dataset.state / FILE_NAME).mkdir()
    (dataset.state / FILE_NAME / "something").touch()
    with Index.open(dataset) as index:
        index.set_status("A/0.jpg", "edited")
        assert index.status("A/0.jpg") == "edited"
    assert (dataset.state / FILE_NAME).is_file()
    assert (dataset.state / "index.broken.sqlite" / "something").exists()


def test_a_decision_that_cannot_be_written_is_not_pretended(dataset: Dataset) -> None:
    with Index.open(dataset) as index:
        (dataset.state / decisions.FOLDER).write_text("in the way")
        with pytest.raises(StorageError):
            index.set_status("A/0.jpg", "edited")
        assert index.status("A/0.jpg") == "approved"


def test_threads_may_share_it(dataset: Dataset) -> None:
    with Index.open(dataset) as index:

        def work(key: str) -> None:
            for status in STATUSES:
                index.set_status(key, status)
                index.photo_hash(key)

        threads = [threading.Thread(target=work, args=(item.key,)) for item in dataset.items]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert set(index.statuses().values()) == {"excluded"}
