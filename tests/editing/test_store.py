"""A document on disk, between a save and a crash."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from chromadesk.dataset.pairs import Dataset
from chromadesk.editing.brush import dab
from chromadesk.editing.decoded import halves
from chromadesk.editing.restore import revert
from chromadesk.editing.store import lay_previous, open_document, previous, settle, snapshot, write
from chromadesk.editing.stroke import Stroke
from chromadesk.errors import StorageError
from chromadesk.masks import read_mask, write_mask

KEY = "A/1.png"


def data_set(root: Path, size: tuple[int, int] = (40, 30)) -> Dataset:
    (root / "A").mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.full((*size, 3), 120, np.uint8)).save(root / "A" / "1.png")
    write_mask(root / "B" / "1.png", np.zeros(size, np.uint8))
    return Dataset.open(root)


def paint(opened, class_id: int, where: tuple[float, float]) -> None:
    stroke = Stroke(opened.document, class_id)
    stroke.add(*dab(where, 5))
    stroke.finish()


def test_a_crash_between_mask_and_fold_loses_and_doubles_nothing(tmp_path: Path) -> None:
    dataset = data_set(tmp_path)
    item = dataset[KEY]
    opened = open_document(item, dataset.state)
    paint(opened, 1, (5.0, 5.0))
    taken = snapshot(opened)
    paint(opened, 2, (20.0, 20.0))
    opened.journal.flush()
    write_mask(item.mask, taken.labels)  # the save, cut off before it folded the journal
    opened.close()
    again = open_document(item, dataset.state)
    assert np.array_equal(again.document.labels, opened.document.labels)
    assert len(again.document.history.done) == 1
    again.close()


def test_a_crash_before_a_save_that_changes_no_label_keeps_provenance(tmp_path: Path) -> None:
    dataset = data_set(tmp_path)
    opened = open_document(dataset[KEY], dataset.state)
    paint(opened, 0, (10.0, 10.0))  # background on background: a person has confirmed it
    snapshot(opened)
    opened.close()  # the save is cut off before it writes anything
    again = open_document(dataset[KEY], dataset.state)
    assert np.array_equal(again.document.touched, opened.document.touched)
    assert again.document.touched.any()
    again.close()


def test_provenance_survives_a_save(tmp_path: Path) -> None:
    dataset = data_set(tmp_path)
    opened = open_document(dataset[KEY], dataset.state)
    paint(opened, 3, (10.0, 10.0))
    write(snapshot(opened))
    opened.close()
    again = open_document(dataset[KEY], dataset.state)
    assert np.array_equal(again.document.touched, opened.document.touched)
    assert again.document.touched.any()
    assert not again.recovered
    again.close()


def test_a_mask_changed_outside_keeps_the_unsaved_strokes_on_top(tmp_path: Path) -> None:
    dataset = data_set(tmp_path)
    item = dataset[KEY]
    opened = open_document(item, dataset.state)
    paint(opened, 1, (5.0, 5.0))
    opened.close()
    write_mask(item.mask, np.full((40, 30), 4, np.uint8))
    for _ in range(2):  # the second time from the journal that was written anew
        again = open_document(item, dataset.state)
        assert again.document.labels[5, 5] == 1
        assert again.document.labels[30, 20] == 4
        again.close()
    assert (read_mask(item.mask, (40, 30)).labels == 4).all()


def test_a_mask_that_went_is_missed(tmp_path: Path) -> None:
    dataset = data_set(tmp_path)
    opened = open_document(dataset[KEY], dataset.state)
    paint(opened, 1, (5.0, 5.0))
    write(snapshot(opened))
    opened.close()
    dataset[KEY].mask.unlink()
    again = open_document(dataset[KEY], dataset.state)
    assert not again.document.touched.any()  # or no proposal would be laid there
    assert [level for text, level in again.notices if "is gone" in text] == ["error"]
    again.close()


def test_strokes_for_a_photo_of_another_size_are_put_aside(tmp_path: Path) -> None:
    dataset = data_set(tmp_path)
    opened = open_document(dataset[KEY], dataset.state)
    paint(opened, 1, (5.0, 5.0))
    opened.close()
    dataset = data_set(tmp_path, (50, 60))
    again = open_document(dataset[KEY], dataset.state)
    assert not again.document.labels.any()
    assert "another size" in again.notices[0][0]
    assert len(list((dataset.state / "journal").rglob("*.other-size.journal"))) == 1
    again.close()
    dataset = data_set(tmp_path)  # the photo as it was is back, and the strokes with it
    back = open_document(dataset[KEY], dataset.state)
    assert back.document.labels[5, 5] == 1
    assert not list((dataset.state / "journal").rglob("*.other-size.journal"))
    back.close()


def test_halves_end_near_256_pixels() -> None:
    levels = halves(np.full((2049, 1400, 3), 77, np.uint8))
    assert [level.shape[:2] for level in levels] == [(1025, 700), (513, 350)]
    assert all((level == 77).all() for level in levels)
    assert halves(np.zeros((300, 2000, 3), np.uint8)) == []


def test_a_proposal_can_be_painted_back_in_a_later_session(tmp_path: Path) -> None:
    dataset = data_set(tmp_path)
    item, proposal = dataset[KEY], np.full((40, 30), 3, np.uint8)
    opened = open_document(item, dataset.state)
    assert opened.document.proposal is None
    opened.document.predict(proposal)
    paint(opened, 1, (5.0, 5.0))
    opened.close()
    killed = open_document(item, dataset.state)  # from the journal
    settle(killed)
    assert revert(killed.document, "proposal")[0] is not None
    assert np.array_equal(killed.document.labels, proposal)
    killed.document.undo()
    write(snapshot(killed))
    killed.close()
    again = open_document(item, dataset.state)  # the journal is folded
    settle(again)
    settle(again)
    assert again.document.labels[5, 5] == 1
    assert revert(again.document, "proposal")[0] is not None
    assert np.array_equal(again.document.labels, proposal)
    assert not again.document.touched.any()
    again.close()


def test_saved_and_first_are_what_they_say(tmp_path: Path) -> None:
    dataset = data_set(tmp_path)
    opened = open_document(dataset[KEY], dataset.state)
    paint(opened, 1, (5.0, 5.0))
    saved = opened.document.packed(opened.document.bounds)
    write(snapshot(opened))
    paint(opened, 2, (20.0, 20.0))
    assert revert(opened.document, "saved")[0] is not None
    assert np.array_equal(opened.document.packed(opened.document.bounds), saved)
    assert revert(opened.document, "first")[0] is not None
    assert not opened.document.labels.any()
    assert not opened.document.touched.any()
    opened.close()


def test_a_photo_without_a_mask_has_none_saved(tmp_path: Path) -> None:
    dataset = data_set(tmp_path)
    (tmp_path / "B" / "1.png").unlink()
    opened = open_document(dataset[KEY], dataset.state)
    assert opened.document.saved is None
    paint(opened, 1, (5.0, 5.0))
    write(snapshot(opened))
    assert opened.document.saved is not None
    opened.close()


def test_a_proposal_for_another_size_is_not_painted_back(tmp_path: Path) -> None:
    dataset = data_set(tmp_path)
    opened = open_document(dataset[KEY], dataset.state)
    opened.document.predict(np.full((40, 30), 3, np.uint8))
    write(snapshot(opened))
    opened.close()
    dataset = data_set(tmp_path, (50, 60))
    again = open_document(dataset[KEY], dataset.state)
    settle(again)
    assert again.document.proposal is None
    again.close()


def test_the_mask_before_the_last_save_can_be_had_back(tmp_path: Path) -> None:
    dataset = data_set(tmp_path)
    opened = open_document(dataset[KEY], dataset.state)
    assert previous(opened) is None
    looks = []
    for class_id in (1, 2):
        paint(opened, class_id, (5.0 * class_id, 5.0))
        looks.append(opened.document.labels.copy())
        write(snapshot(opened))
    write(snapshot(opened))  # nothing new: the backup stays
    found = previous(opened)
    assert found is not None
    assert np.array_equal(found, looks[0])
    assert sorted(path.name for path in opened.item.mask.parent.iterdir()) == ["1.png"]
    assert lay_previous(opened, found) is not None
    assert lay_previous(opened, found) is None
    assert np.array_equal(opened.document.labels, looks[0])
    opened.document.undo()
    assert np.array_equal(opened.document.labels, looks[1])
    opened.backup.write_bytes(b"damaged")
    assert previous(opened) is None
    opened.close()


@pytest.mark.parametrize("broken", [b"", b"damaged", "half"])
def test_a_mask_that_cannot_be_read_is_put_aside_and_the_backup_stays(tmp_path: Path, broken: bytes | str) -> None:
    dataset = data_set(tmp_path)
    opened = open_document(dataset[KEY], dataset.state)
    assert not opened.backed_up
    for class_id in (1, 2):
        paint(opened, class_id, (5.0 * class_id, 5.0))
        write(snapshot(opened))
    assert opened.backed_up
    opened.close()
    mask, backup = opened.item.mask, opened.backup.read_bytes()
    damaged = mask.read_bytes()[:60] if isinstance(broken, str) else broken
    mask.write_bytes(damaged)
    again = open_document(dataset[KEY], dataset.state)
    assert again.protected
    assert again.backed_up
    paint(again, 3, (15.0, 5.0))
    again.may_replace = True
    write(snapshot(again))
    assert not again.mask_unreadable
    assert again.backup.read_bytes() == backup
    (aside,) = (dataset.state / "conflicts").rglob("*-unreadable.png")
    assert aside.read_bytes() == damaged
    paint(again, 4, (20.0, 5.0))
    write(snapshot(again))  # and from now on as ever
    assert again.backup.read_bytes() != backup
    again.close()


def test_a_data_set_that_is_gone_is_not_made_anew(tmp_path: Path) -> None:
    dataset = data_set(tmp_path / "stick")
    opened = open_document(dataset[KEY], dataset.state)
    paint(opened, 1, (5.0, 5.0))
    opened.journal.flush()
    shutil.move(tmp_path / "stick", tmp_path / "elsewhere")
    paint(opened, 2, (15.0, 5.0))
    opened.journal.flush()
    assert opened.journal.away
    with pytest.raises(StorageError, match="is gone"):
        write(snapshot(opened))
    assert not (tmp_path / "stick").exists()
    shutil.move(tmp_path / "elsewhere", tmp_path / "stick")
    opened.close()  # killed before it was tried again
    again = open_document(dataset[KEY], dataset.state)
    assert np.array_equal(again.document.labels, opened.document.labels)
    again.journal.flush()
    assert not again.journal.away
    write(snapshot(again))
    assert not again.journal.path.exists()
    again.close()


def test_of_a_mask_changed_outside_only_what_was_painted_changes_however_often_it_is_opened(tmp_path: Path) -> None:
    dataset = data_set(tmp_path)
    opened = open_document(dataset[KEY], dataset.state)
    paint(opened, 1, (10.0, 10.0))
    stroke = Stroke(opened.document, 2)
    for corner in ((3.0, 3.0), (26.0, 36.0)):
        stroke.add(*dab(corner, 3))
    stroke.finish()
    opened.document.undo()
    opened.document.redo()
    opened.close()
    theirs = np.zeros((40, 30), np.uint8)
    theirs[15:25, 12:20] = 4  # within the box of the second stroke, and not touched by it
    write_mask(dataset[KEY].mask, theirs)
    for _ in range(2):
        again = open_document(dataset[KEY], dataset.state)
        assert (again.document.labels[15:25, 12:20] == 4).all()
        assert again.document.labels[10, 10] == 1
        assert again.document.labels[3, 3] == again.document.labels[36, 26] == 2
        again.close()
    again = open_document(dataset[KEY], dataset.state)
    again.document.undo()
    again.document.undo()
    assert np.array_equal(again.document.labels, theirs)
    again.close()


def test_a_mask_changed_outside_without_unsaved_steps_is_where_the_journal_begins(tmp_path: Path) -> None:
    dataset = data_set(tmp_path)
    opened = open_document(dataset[KEY], dataset.state)
    snapshot(opened)  # a save that was cut off before it began
    opened.close()
    theirs = np.full((40, 30), 3, np.uint8)
    write_mask(dataset[KEY].mask, theirs)
    opened = open_document(dataset[KEY], dataset.state)
    assert opened.notices == []
    paint(opened, 1, (10.0, 10.0))
    opened.close()
    again = open_document(dataset[KEY], dataset.state)
    assert not [text for text, _ in again.notices if "outside" in text]
    assert again.document.labels[10, 10] == 1
    again.close()


@pytest.mark.parametrize("relative", [True, False])
@pytest.mark.parametrize("readable", [True, False])
def test_a_mask_that_is_a_link_becomes_a_file_and_what_it_led_to_is_kept(
    tmp_path: Path, relative: bool, readable: bool
) -> None:
    dataset = data_set(tmp_path / "set")
    mask, theirs = dataset[KEY].mask, tmp_path / "masks.png"
    mask.rename(theirs)
    if not readable:
        theirs.write_text("no mask")
    before = theirs.read_bytes()
    mask.symlink_to("../../masks.png" if relative else theirs)
    opened = open_document(dataset[KEY], dataset.state)
    opened.may_replace = True
    paint(opened, 1, (5.0, 5.0))
    write(snapshot(opened))
    opened.close()
    assert not mask.is_symlink()
    assert np.array_equal(read_mask(mask, (40, 30)).labels, opened.document.labels)
    assert theirs.read_bytes() == before
    (copy,) = [path for folder in ("backups", "conflicts") for path in (dataset.state / folder).rglob("*.png")]
    assert not copy.is_symlink()
    theirs.write_bytes(b"painted over in place by another program")
    assert copy.read_bytes() == before
