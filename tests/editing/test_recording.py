"""Writing the journal: what was appended is on disk, soon, and what the disk refused follows in order."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import numpy as np

from chromadesk.editing.brush import dab
from chromadesk.editing.document import Document
from chromadesk.editing.journal import Content, labels_checksum, read
from chromadesk.editing.recording import Journal
from chromadesk.editing.stroke import Stroke

SIZE = (20, 30)


def blank() -> Document:
    return Document(Path("a.jpg"), np.zeros(SIZE, np.uint8))


def paint(document: Document, x: int, class_id: int = 1) -> None:
    stroke = Stroke(document, class_id)
    stroke.add(*dab((x, 8), 5))
    stroke.finish()


def content_of(path: Path) -> Content:
    content = read(path)
    assert content is not None
    return content


def rebuilt(path: Path) -> np.ndarray:
    document = blank()
    for step in content_of(path).steps:
        document.replay(step.direction, step.patch)
    return document.labels


def test_a_step_is_acknowledged_within_a_tenth_of_a_second_and_on_disk_by_then(tmp_path: Path) -> None:
    path = tmp_path / "a.journal"
    document = blank()
    journal = Journal(path, SIZE, 0)
    heard = threading.Event()
    seen: list[tuple[int, int]] = []

    def safe(count: int) -> None:
        seen.append((count, len(content_of(path).steps)))
        heard.set()

    journal.safe = safe
    document.recorders.append(journal.append)
    waits = []
    for x in range(1, 28, 3):
        heard.clear()
        begun = time.monotonic()
        paint(document, x)
        assert heard.wait(5)
        waits.append(time.monotonic() - begun)
    assert sorted(waits)[len(waits) // 2] < 0.1
    assert seen == [(count, count) for count in range(1, 10)]
    assert journal.appended == journal.synced == 9
    journal.close()


def test_steps_that_come_thick_and_fast_are_synced_together(tmp_path: Path) -> None:
    document = blank()
    journal = Journal(tmp_path / "a.journal", SIZE, 0)
    seen: list[int] = []
    journal.safe = seen.append
    document.recorders.append(journal.append)
    for turn in range(200):
        paint(document, turn % 25, turn % 5)
    journal.close()
    assert seen[-1] == journal.synced == document.revision
    assert np.array_equal(rebuilt(journal.path), document.labels)


def test_folding_keeps_what_was_painted_meanwhile(tmp_path: Path) -> None:
    path = tmp_path / "a.journal"
    document = blank()
    journal = Journal(path, SIZE, labels_checksum(document.labels))
    document.recorders.append(journal.append)
    paint(document, 5, 1)
    saved = document.labels.copy()
    mark = journal.mark(saved)
    paint(document, 20, 2)
    journal.flush()
    # A crash after the mask is written and before the fold: the mark tells which steps the mask already holds.
    content = content_of(path)
    for labels, left in ((saved, 1), (np.zeros(SIZE, np.uint8), 2)):
        after = content.steps_after(labels_checksum(labels))
        assert after is not None
        assert len(after) == left
    assert content.steps_after(12345) is None
    journal.fold(mark)
    content = content_of(path)
    assert content.base == labels_checksum(saved)
    assert len(content.steps) == 1
    paint(document, 25, 3)
    journal.fold(journal.mark(document.labels.copy()))
    journal.close()
    assert not path.exists()


def test_what_was_refused_follows_in_order_once_the_disk_takes_it(tmp_path: Path) -> None:
    way = tmp_path / "journal"
    way.write_text("a file where the folder should be")
    told: list[str] = []
    document = blank()
    journal = Journal(way / "a.journal", SIZE, 0)
    journal.failed = journal.mended = told.append
    document.recorders.append(journal.append)
    paint(document, 5, 1)
    paint(document, 15, 2)
    journal.flush()
    assert len(told) == 1
    assert "cannot be written" in told[0]
    assert (journal.appended, journal.synced, journal.trouble) == (2, 0, told[0])
    way.unlink()
    journal.retry()
    journal.flush()
    assert (journal.synced, journal.trouble) == (2, None)
    assert len(told) == 2
    assert "can be written again" in told[1]
    paint(document, 6, 3)
    document.undo()
    journal.close()
    assert np.array_equal(rebuilt(journal.path), document.labels)
    assert len(content_of(journal.path).steps) == 4


def test_the_next_step_tries_again_by_itself(tmp_path: Path) -> None:
    way = tmp_path / "journal"
    way.write_text("in the way")
    document = blank()
    journal = Journal(way / "a.journal", SIZE, 0)
    document.recorders.append(journal.append)
    paint(document, 5, 1)
    journal.flush()
    way.unlink()
    paint(document, 6, 3)
    journal.close()
    assert np.array_equal(rebuilt(journal.path), document.labels)


def test_it_goes_to_the_second_place_and_comes_home(tmp_path: Path) -> None:
    home, spare = tmp_path / "home" / "a.journal", tmp_path / "spare" / "a.journal"
    document = blank()
    open_to_all = True
    journal = Journal(home, SIZE, 0, spare=spare, allowed=lambda: open_to_all)
    told: list[str] = []
    journal.failed = journal.mended = told.append
    document.recorders.append(journal.append)
    paint(document, 5, 1)
    journal.flush()
    assert not journal.away
    open_to_all = False
    home.rename(tmp_path / "gone")  # as a drive that was pulled out: what is written through the open file is lost
    paint(document, 12, 2)
    journal.flush()
    assert (journal.away, journal.synced, home.exists()) == (True, 2, False)
    assert np.array_equal(rebuilt(spare), document.labels)
    paint(document, 18, 3)
    journal.flush()
    assert len(content_of(spare).steps) == 3
    (tmp_path / "gone").rename(home)
    open_to_all = True
    journal.retry()
    journal.flush()
    assert (journal.away, journal.trouble, spare.exists()) == (False, None, False)
    assert [str(spare) in sentence for sentence in told] == [True, False]
    paint(document, 22, 4)
    journal.close()
    assert np.array_equal(rebuilt(home), document.labels)
    assert len(content_of(home).steps) == 4


def test_a_closed_journal_takes_no_more(tmp_path: Path) -> None:
    document = blank()
    journal = Journal(tmp_path / "a.journal", SIZE, 0)
    document.recorders.append(journal.append)
    journal.close()
    paint(document, 5, 1)
    journal.flush()
    assert not (tmp_path / "a.journal").exists()
