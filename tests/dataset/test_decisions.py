"""Decisions on disk: what they carry, what older versions wrote, and notes that decide nothing."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from chromadesk.dataset import decisions
from chromadesk.dataset.decisions import STATUSES, VERDICTS, Decision
from chromadesk.dataset.index import Index
from chromadesk.dataset.pairs import Dataset

ONE, TWO, NEW = "A/1.jpg", "A/2.jpg", "A/3.jpg"


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    """Three photos, two of them with a mask."""
    for name in ("A/1.jpg", "A/2.jpg", "A/3.jpg", "B/1.png", "B/2.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    return Dataset.open(tmp_path)


@pytest.mark.parametrize("status", [None, *STATUSES])
def test_what_is_written_is_read(tmp_path: Path, status: decisions.Status | None) -> None:
    verdict = status in VERDICTS
    kept = Decision(status, "a sleeve, «dark»", "ÄB" if verdict else "", 1_700_000_000.25 if verdict else 0.0)
    path = decisions.path_of(tmp_path, "A/1.jpg")
    decisions.write(path, kept)
    assert decisions.read(path, path.stat().st_mtime_ns) == kept
    assert list(decisions.listed(tmp_path)) == [("A/1.jpg", path.stat().st_mtime_ns)]
    assert ("at" in json.loads(path.read_text())) == verdict


def test_a_verdict_of_an_older_version_has_the_time_of_its_file(dataset: Dataset) -> None:
    path = decisions.path_of(dataset.state, ONE)
    path.parent.mkdir(parents=True)
    path.write_text('{"status": "approved", "note": "old"}\n')
    os.utime(path, ns=(10**18, 10**18))
    with Index.open(dataset) as index:
        assert index.status(ONE) == "approved"
        assert index.note(ONE) == "old"
        assert index.approvals(0) == {ONE: Decision("approved", "old", "", 1e9)}
        index.set_note(ONE, "older")
        assert index.approvals(0) == {ONE: Decision("approved", "older", "", 1e9)}


@pytest.mark.parametrize("at", ['"yesterday"', "7", "null", '"0001-01-01"'])
def test_a_time_that_is_none_makes_no_approval(dataset: Dataset, at: str) -> None:
    path = decisions.path_of(dataset.state, ONE)
    path.parent.mkdir(parents=True)
    path.write_text(f'{{"status": "approved", "note": "", "by": "AB", "at": {at}}}')
    with Index.open(dataset) as index:
        assert index.status(ONE) in ("edited", "approved")
        assert index.approvals(1.0) == {}


def test_verdicts_carry_initials_and_time(dataset: Dataset) -> None:
    before = time.time()
    with Index.open(dataset) as index:
        index.author = "AB"
        index.set_status(ONE, "approved")
        index.set_status(TWO, "excluded")
        index.set_status(NEW, "proposed")
    fields = {key: json.loads(decisions.path_of(dataset.state, key).read_text()) for key in (ONE, TWO, NEW)}
    assert fields[ONE]["by"] == fields[TWO]["by"] == "AB"
    assert "by" not in fields[NEW]
    with Index.open(Dataset.open(dataset.root)) as again:
        found = again.approvals(before - 1)
        assert list(found) == [ONE]
        assert before <= found[ONE].at <= time.time()
        assert again.approvals(time.time() + 1) == {}
        again.set_status(ONE, "edited")
        assert again.approvals(0) == {}


def test_a_note_decides_nothing_and_outlives_decisions(dataset: Dataset) -> None:
    with Index.open(dataset) as index:
        index.set_note(ONE, "belt?")
        index.set_note(NEW, "blurred")
        assert [index.status(key) for key in (ONE, NEW)] == ["approved", "new"]
        assert index.corrected() == set()  # still ground truth, that nobody worked on
        assert index.noted() == {ONE, NEW}
        index.set_status(NEW, "excluded")
        index.set_status(NEW, "new")
        assert index.note(NEW) == "blurred"
        index.set_status(NEW, "excluded", "twice")
        index.set_note(ONE, "")
    with Index.open(dataset) as again:
        assert again.noted() == {NEW}
        assert again.note(NEW) == "twice"
        assert again.status(ONE) == "approved"
        again.set_note(NEW, "thrice")
        assert again.status(NEW) == "excluded"


def test_links_lead_nowhere(tmp_path: Path) -> None:
    top = tmp_path / decisions.FOLDER
    top.mkdir()
    decisions.write(decisions.path_of(tmp_path, "a.jpg"), Decision("edited"))
    (top / "round").symlink_to(top)
    (top / "again").symlink_to(top)  # two of them: more ways than there are atoms
    (top / "b.jpg.json").symlink_to("a.jpg.json")
    (top / "c.jpg.json").symlink_to("c.jpg.json")
    os.mkfifo(top / "d.jpg.json")
    assert [key for key, _ in decisions.listed(tmp_path)] == ["a.jpg"]


def test_a_name_of_255_bytes_is_decided_on(tmp_path: Path) -> None:
    name = "n" * 251 + ".jpg"
    (tmp_path / name).touch()
    with Index.open(Dataset.open(tmp_path)) as index:
        index.set_status(name, "excluded", "why")
    with Index.open(Dataset.open(tmp_path)) as index:
        assert index.status(name) == "excluded"
        assert index.note(name) == "why"


def test_what_a_note_says_is_one_line(tmp_path: Path) -> None:
    path = decisions.path_of(tmp_path, "a.jpg")
    path.parent.mkdir()
    path.write_text(json.dumps({"status": "edited", "note": "a\n\x1b[2J" + "b" * 5000}))
    read = decisions.read(path, 0)
    assert read is not None
    assert read.note.isprintable()
    assert len(read.note) < 1010
    path.write_text("[" * 200_000)
    assert decisions.read(path, 0) is None
