"""What comes back after a kill, from wherever the journal lay, and what is said of it."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chromadesk.dataset.index import Index
from chromadesk.dataset.pairs import Dataset
from chromadesk.editing.decoded import Decoded, decode
from chromadesk.editing.recovery import Recovery, places
from chromadesk.editing.store import Opened, open_document, snapshot, write
from chromadesk.errors import ImageError
from chromadesk.masks import write_mask
from tests.editing.test_store import KEY, data_set, paint


def painted(dataset: Dataset, *marks: tuple[int, float]) -> Opened:
    opened = open_document(dataset[KEY], dataset.state)
    for class_id, x in marks:
        paint(opened, class_id, (x, 5.0))
    opened.journal.flush()
    return opened


def same_as(dataset: Dataset, opened: Opened, looking: bool = False) -> Opened:
    again = open_document(dataset[KEY], dataset.state, looking=looking)
    assert np.array_equal(again.document.packed(again.document.bounds), opened.document.packed(opened.document.bounds))
    again.close()
    return again


def test_the_notice_counts_what_came_back(tmp_path: Path) -> None:
    dataset = data_set(tmp_path)
    opened = painted(dataset, (1, 5.0), (2, 12.0), (3, 20.0))
    opened.document.undo()
    opened.document.edit("fill", opened.document.bounds, np.ones((40, 30), np.uint8), np.ones((40, 30), bool))
    opened.close()
    again = same_as(dataset, opened)
    assert again.recovery is not None
    assert again.recovery.counts == {"stroke": 2, "fill": 1}
    now = time.strftime("%H:%M", time.localtime(again.recovery.last))
    assert again.notices == [(f"2 strokes and 1 fill on 1.png, the last from {now}, were brought back.", "info")]


def test_a_mask_that_is_gone_is_none_that_a_save_wrote(tmp_path: Path) -> None:
    """A save of nothing but background had begun, and the studio was killed; then someone removed the mask."""
    dataset = data_set(tmp_path)
    write_mask(dataset[KEY].mask, np.full((40, 30), 1, np.uint8))
    opened = open_document(dataset[KEY], dataset.state)
    opened.document.edit("fill", opened.document.bounds, np.zeros((40, 30), np.uint8), np.ones((40, 30), bool))
    snapshot(opened)
    paint(opened, 2, (15.0, 5.0))
    opened.close()
    dataset[KEY].mask.unlink()
    same_as(dataset, opened)


@pytest.mark.parametrize(
    ("counts", "last", "said"),
    [
        ({"stroke": 1}, 0.0, "1 stroke on a.jpg was brought back."),
        ({"lasso": 2, "other step": 1}, 0.0, "2 lassos and 1 other step on a.jpg were brought back."),
        ({}, 5.0, "Unsaved changes of a.jpg were brought back."),
        ({"stroke": 3, "fill": 2, "lasso": 1}, 0.0, "3 strokes, 2 fills and 1 lasso on a.jpg were brought back."),
    ],
)
def test_its_words(counts: dict[str, int], last: float, said: str) -> None:
    assert Recovery(counts, last).sentence("a.jpg") == said


def test_an_older_day_is_named() -> None:
    said = Recovery({"stroke": 1}, time.mktime((2026, 3, 4, 10, 32, 0, 0, 0, -1))).sentence("a.jpg")
    assert said == "1 stroke on a.jpg, from 2026-03-04 10:32, was brought back."


def test_a_folder_marked_read_only_keeps_its_strokes_in_the_users_own_and_takes_them_home(tmp_path: Path) -> None:
    dataset = data_set(tmp_path)
    home, spare = places(dataset[KEY])
    first = painted(dataset, (1, 5.0))
    first.close()
    folders = (dataset.state, tmp_path)
    for folder in folders:
        folder.chmod(0o555)
    second = open_document(dataset[KEY], dataset.state)
    paint(second, 2, (15.0, 5.0))
    second.close()
    assert spare.exists()
    third = open_document(dataset[KEY], dataset.state)
    assert np.array_equal(third.document.labels, second.document.labels)
    paint(third, 3, (25.0, 5.0))
    third.close()
    for folder in folders:
        folder.chmod(0o755)
    again = same_as(dataset, third)
    assert again.document.history.done[0].kind == "brush"
    assert len(again.document.history.done) == 3
    assert home.exists()
    assert not spare.exists()
    same_as(dataset, third)


def test_a_journal_that_cannot_be_taken_away_is_not_replayed_over_what_was_saved(tmp_path: Path) -> None:
    dataset = data_set(tmp_path)
    home, _ = places(dataset[KEY])
    painted(dataset, (1, 5.0)).close()
    old = home.read_bytes()
    opened = painted(dataset, (2, 5.0))
    state = dataset.state
    state.chmod(0o555)
    home.unlink()
    home.mkdir()  # refuses to be written and to be removed as a file
    paint(opened, 3, (20.0, 5.0))
    write(snapshot(opened))
    opened.close()
    home.rmdir()
    home.write_bytes(old)
    state.chmod(0o755)
    again = same_as(dataset, opened)
    assert not again.recovered


def test_two_journals_that_began_apart_both_come_back(tmp_path: Path) -> None:
    dataset = data_set(tmp_path)
    home, spare = places(dataset[KEY])
    painted(dataset, (1, 5.0)).close()
    there = home.read_bytes()
    home.unlink()
    painted(dataset, (2, 20.0)).close()
    spare.parent.mkdir(parents=True, exist_ok=True)
    spare.write_bytes(there)
    again = open_document(dataset[KEY], dataset.state)
    assert again.document.labels[5, [5, 20]].tolist() == [1, 2]
    again.close()
    assert not spare.exists()
    same_as(dataset, again)


@given(st.integers(0, 200), st.integers(1, 255))
def test_a_damaged_journal_is_put_aside_and_its_beginning_comes_back(tmp_path_factory, at: int, flip: int) -> None:
    root = tmp_path_factory.mktemp("set")
    dataset = data_set(root)
    opened = painted(dataset, (1, 5.0), (2, 12.0), (3, 20.0))
    opened.close()
    path = opened.journal.path
    data = bytearray(path.read_bytes())
    at = min(at, len(data) - 1)
    data[at] ^= flip
    path.write_bytes(data)
    again = open_document(dataset[KEY], dataset.state)
    done = len(again.document.history.done)
    assert done < 3
    again.journal.flush()
    asides = [each for each in path.parent.iterdir() if each != path]
    assert [each.read_bytes() for each in asides] in ([bytes(data)], [])  # cut short only: nothing to keep
    if done == 0 and not asides:
        assert at > data.index(b"\n")
    paint(again, 4, (8.0, 20.0))
    again.close()
    same_as(dataset, again)


def test_a_journal_that_cannot_be_read_now_is_left_and_comes_back_when_it_can(tmp_path: Path) -> None:
    dataset = data_set(tmp_path)
    home, spare = places(dataset[KEY])
    painted(dataset, (1, 5.0)).close()
    home.rename(tmp_path / "away")
    home.mkdir()  # whatever refuses: a folder cannot be read as a file
    opened = open_document(dataset[KEY], dataset.state)
    assert not opened.recovered
    assert "left as it is" in opened.notices[0][0]
    paint(opened, 2, (20.0, 5.0))
    opened.close()
    assert home.is_dir()
    assert spare.exists()
    home.rmdir()
    (tmp_path / "away").rename(home)
    again = open_document(dataset[KEY], dataset.state)
    assert again.document.labels[5, [5, 20]].tolist() == [1, 2]
    again.close()


def test_another_studio_that_looks_on_touches_nothing(tmp_path: Path) -> None:
    dataset = data_set(tmp_path)
    opened = painted(dataset, (1, 5.0), (2, 12.0))
    path = opened.journal.path
    path.write_bytes(path.read_bytes() + b"torn")
    before = {each: each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()}
    looking = same_as(dataset, opened, looking=True)
    paint(looking, 3, (20.0, 5.0))
    looking.close()
    assert {each: each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()} == before
    opened.close()


def test_a_photo_whose_folder_goes_while_it_is_opened_is_not_shown_without_its_strokes(tmp_path: Path) -> None:
    dataset = data_set(tmp_path / "set")
    painted(dataset, (1, 5.0)).close()

    def decoder(photo: Path) -> Decoded:
        decoded = decode(photo)
        (tmp_path / "set").rename(tmp_path / "away")
        return decoded

    with pytest.raises(ImageError, match=r"is gone; bring its drive or folder back"):
        open_document(dataset[KEY], dataset.state, decoder)


def test_nothing_is_kept_where_a_strangers_link_leads(tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    (documents / "journal").mkdir(parents=True)
    dataset = data_set(tmp_path / "set")
    (documents / "journal" / f"{KEY}.journal").parent.mkdir(parents=True, exist_ok=True)
    (documents / "journal" / f"{KEY}.journal").write_text("dear diary")
    (dataset.root / ".chromadesk").symlink_to(documents)
    assert dataset.state != dataset.root / ".chromadesk"
    assert "is a link" in dataset.remark
    opened = painted(dataset, (1, 5.0))
    assert opened.notices == []
    assert opened.journal.trouble is None
    assert not opened.journal.away
    opened.close()
    again = same_as(dataset, opened)
    assert again.recovery is not None
    assert [path.name for path in documents.rglob("*") if path.is_file()] == [Path(f"{KEY}.journal").name]


@pytest.mark.parametrize(
    "place",
    ["journal", "decisions", "backups/A", "provenance/train", "conflicts/test/A", "index.sqlite", "saving.lock"],
)
def test_a_state_folder_with_a_link_in_it_is_not_used(tmp_path: Path, place: str) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    dataset = data_set(tmp_path / "set")
    link = dataset.root / ".chromadesk" / place
    link.parent.mkdir(parents=True)
    link.symlink_to(documents)
    assert f"{link} is a link" in dataset.remark
    opened = painted(dataset, (1, 5.0))
    write(snapshot(opened))
    paint(opened, 2, (15.0, 5.0))
    with Index.open(dataset) as index:
        index.set_status(KEY, "approved")
    opened.close()
    assert same_as(dataset, opened).recovery is not None
    assert not list(documents.iterdir())
    assert [path for path in link.parent.iterdir() if path != link] == []
    link.unlink()
    assert dataset.state == dataset.root / ".chromadesk"
    assert dataset.remark == ""


def test_a_journal_that_is_a_link_is_not_written_through(tmp_path: Path) -> None:
    dataset, other = data_set(tmp_path / "set"), data_set(tmp_path / "other")
    painted(other, (1, 5.0)).close()
    theirs, _ = places(other[KEY])
    before = theirs.read_bytes()
    home, _ = places(dataset[KEY])
    home.parent.mkdir(parents=True)
    home.symlink_to(theirs)
    painted(dataset, (2, 15.0)).close()
    assert theirs.read_bytes() == before
    assert not home.is_symlink()
