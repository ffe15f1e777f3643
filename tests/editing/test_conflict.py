"""A mask that was changed outside while it was open: nothing is overwritten unasked, and both are kept."""

from __future__ import annotations

import itertools
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from chromadesk.dataset.pairs import Dataset
from chromadesk.editing import conflict, provenance
from chromadesk.editing.patch import Box
from chromadesk.editing.provenance import Provenance
from chromadesk.editing.store import CONFLICTS, Opened, open_document, snapshot, write
from chromadesk.errors import ChangedElsewhere, MaskError
from chromadesk.masks import read_mask, write_mask
from tests.editing.test_store import KEY, data_set, paint

ROOT = Path(__file__).resolve().parents[2]
SIZE = (40, 30)
THEIRS = np.full(SIZE, 4, np.uint8)


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    return data_set(tmp_path)


@pytest.fixture
def opened(dataset: Dataset) -> Opened:
    """Painted on, and then the mask in B was changed by someone else."""
    found = open_document(dataset[KEY], dataset.state)
    paint(found, 1, (5.0, 5.0))
    write_mask(found.item.mask, THEIRS)
    return found


def labels_at(path: Path | None) -> np.ndarray:
    assert path is not None
    return read_mask(path, SIZE).labels


def test_a_save_leaves_their_mask_and_writes_nothing_else(opened: Opened) -> None:
    before = opened.item.mask.read_bytes()
    with pytest.raises(ChangedElsewhere, match="changed outside") as caught:
        write(snapshot(opened))
    assert caught.value.path == opened.item.mask
    assert opened.item.mask.read_bytes() == before
    assert not opened.provenance.exists()
    assert not opened.backup.exists()
    opened.close()


def test_the_same_mask_written_again_is_no_change(dataset: Dataset) -> None:
    opened = open_document(dataset[KEY], dataset.state)
    paint(opened, 1, (5.0, 5.0))
    write_mask(opened.item.mask, np.zeros(SIZE, np.uint8))
    write(snapshot(opened))
    paint(opened, 2, (5.0, 9.0))
    write(snapshot(opened))
    opened.close()


def test_mine_is_written_and_theirs_is_kept(opened: Opened) -> None:
    kept = conflict.keep_mine(snapshot(opened))
    assert np.array_equal(labels_at(kept), THEIRS)
    assert np.array_equal(labels_at(opened.backup), THEIRS)
    assert np.array_equal(labels_at(opened.item.mask), opened.document.labels)
    paint(opened, 2, (20.0, 20.0))
    write(snapshot(opened))  # and is known from now on
    opened.close()


def test_mine_over_something_that_is_no_mask(opened: Opened) -> None:
    opened.item.mask.write_bytes(b"half a pic")
    kept = conflict.keep_mine(snapshot(opened))
    assert kept is not None
    assert kept.read_bytes() == b"half a pic"
    assert np.array_equal(labels_at(opened.item.mask), opened.document.labels)
    opened.close()


def test_theirs_comes_as_a_step_and_mine_is_kept(opened: Opened, dataset: Dataset) -> None:
    touched = np.zeros(SIZE, bool)
    touched[30:] = True
    provenance.write(opened.provenance, Provenance(touched, proposed=True))
    mine = opened.document.packed(opened.document.bounds)
    theirs = conflict.keep_theirs(snapshot(opened))
    conflict.take(opened, theirs)
    document = opened.document
    assert np.array_equal(labels_at(theirs.kept), mine & 0x7F)
    assert np.array_equal(document.labels, THEIRS)
    assert np.array_equal(document.touched, touched)
    assert not document.dirty
    opened.journal.flush()
    assert not opened.journal.path.exists()
    document.undo()
    assert np.array_equal(document.packed(document.bounds), mine)
    opened.close()
    again = open_document(dataset[KEY], dataset.state)  # killed after the undo
    assert np.array_equal(again.document.packed(again.document.bounds), mine)
    write(snapshot(again))
    assert np.array_equal(labels_at(again.item.mask), mine & 0x7F)
    again.close()


def test_theirs_that_cannot_be_read_changes_nothing(opened: Opened) -> None:
    opened.item.mask.write_bytes(b"half a pic")
    with pytest.raises(MaskError):
        conflict.keep_theirs(snapshot(opened))
    assert not (opened.state / CONFLICTS).exists()
    opened.close()


def test_both_are_kept_and_the_next_save_replaces_theirs(opened: Opened) -> None:
    mine, theirs = conflict.keep_both(snapshot(opened))
    assert np.array_equal(labels_at(mine), opened.document.labels)
    assert np.array_equal(labels_at(theirs), THEIRS)
    assert np.array_equal(labels_at(opened.item.mask), THEIRS)
    assert opened.document.dirty
    write(snapshot(opened))
    assert np.array_equal(labels_at(opened.item.mask), opened.document.labels)
    opened.close()


def test_every_copy_has_a_name_of_its_own(opened: Opened) -> None:
    copies = [path for _ in range(3) for path in conflict.keep_both(snapshot(opened))]
    assert len(set(copies)) == 6
    assert all(path is not None and path.exists() for path in copies)
    opened.close()


def test_a_mask_that_appeared_is_a_change_and_one_that_went_is_none(dataset: Dataset) -> None:
    item = dataset[KEY]
    for there, saved in itertools.product((True, False), (True, False)):
        write_mask(item.mask, THEIRS)
        if not there:
            item.mask.unlink()
        opened = open_document(item, dataset.state)
        paint(opened, 1, (5.0, 5.0))
        if there:
            item.mask.unlink()
        elif saved:
            write_mask(item.mask, THEIRS)
        if there or not saved:
            write(snapshot(opened))
        else:
            with pytest.raises(ChangedElsewhere):
                write(snapshot(opened))
        opened.close()
        opened.journal.path.unlink(missing_ok=True)


def _increase(root: Path, first: int) -> None:
    """Mark pixels of the mask one by one, each in a save of its own that may have to begin again."""
    dataset = Dataset.open(root)
    for pixel in range(first, first + 8):
        while True:
            opened = open_document(dataset[KEY], dataset.state, looking=True)
            box = Box(0, pixel, 1, pixel + 1)
            opened.document.edit("edit", box, np.ones((1, 1), np.uint8), np.ones((1, 1), bool))
            try:
                write(snapshot(opened))
                break
            except ChangedElsewhere:
                continue


def test_of_two_who_save_at_once_neither_is_lost(dataset: Dataset) -> None:
    code = "import sys; from pathlib import Path; from tests.editing.test_conflict import _increase\n"
    code += "_increase(Path(sys.argv[1]), int(sys.argv[2]))"
    run = [sys.executable, "-c", code, str(dataset.root)]
    with subprocess.Popen([*run, "0"], cwd=ROOT) as one, subprocess.Popen([*run, "8"], cwd=ROOT) as other:
        assert (one.wait(60), other.wait(60)) == (0, 0)
    assert labels_at(dataset[KEY].mask)[0, :16].all()


def test_a_mask_that_another_program_left_unreadable_never_becomes_the_backup(tmp_path: Path) -> None:
    dataset = data_set(tmp_path)
    opened = open_document(dataset[KEY], dataset.state)
    for class_id in (1, 2):
        paint(opened, class_id, (5.0 * class_id, 5.0))
        write(snapshot(opened))
    backup = opened.backup.read_bytes()
    opened.item.mask.write_bytes(b"damaged")
    paint(opened, 3, (15.0, 5.0))
    with pytest.raises(ChangedElsewhere):
        write(snapshot(opened))
    conflict.keep_both(snapshot(opened))
    assert opened.protected  # so that the next save asks
    kept = conflict.keep_mine(snapshot(opened))
    assert kept is not None
    assert kept.read_bytes() == b"damaged"
    assert not opened.mask_unreadable
    assert opened.backup.read_bytes() == backup
    opened.close()
