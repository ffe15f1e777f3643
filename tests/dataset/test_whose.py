"""A data set is known again by its volume, its folder and its photos, and taken for no other."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chromadesk.dataset import whose
from chromadesk.dataset.pairs import Dataset, state_elsewhere
from chromadesk.dataset.whose import Photo, Whose, compare, kinship, lost, of, read, remember

NAMES = [f"{number}.jpg" for number in range(20)]
STICK = Whose("/media/DISK", "uuid 1A2B", ".", 1, {"a.jpg": Photo(100, 7, 5), "b.jpg": Photo(200, 8, 5)})


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = tmp_path / "set"
    made.mkdir()
    for name in NAMES:
        (made / name).write_bytes(os.urandom(50 + int(name[:-4])))
    return made


def noted(root: Path) -> Whose:
    state_elsewhere(root).mkdir(parents=True)
    remember(Dataset.open(root))
    note = read(state_elsewhere(root))
    assert note is not None
    return note


def test_a_folder_is_the_same_by_another_name(root: Path) -> None:
    note = noted(root)
    assert len(note.photos) == 8
    assert not lost(state_elsewhere(root), note)
    other = root.rename(root.with_name("other"))
    for path in other.iterdir():
        path.chmod(0o600)
    for name in list(note.photos)[:4]:
        (other / name).unlink()
    assert kinship(note, other) == "same"
    assert lost(state_elsewhere(root), note)
    root.mkdir()  # what is in its place now is not it
    assert kinship(note, root) == "another"
    assert lost(state_elsewhere(root), note)


def test_a_copy_is_not_the_same(root: Path) -> None:
    note = noted(root)
    copy = Path(shutil.copytree(root, root.with_name("copy")))
    assert kinship(note, copy) == "perhaps"
    assert kinship(note, root) == "same"
    for path in copy.iterdir():
        path.write_bytes(b"")
    assert kinship(note, copy) == "another"


def test_a_folder_with_the_number_of_one_that_is_gone_is_not_the_same(root: Path) -> None:
    note = noted(root)
    for path in root.iterdir():
        path.unlink()
        path.write_bytes(os.urandom(500))
    assert kinship(note, root) == "hardly"


def test_a_stick_that_numbers_its_folders_anew() -> None:
    photos = {key: Photo(photo.size, photo.number + 50, photo.modified + 3600) for key, photo in STICK.photos.items()}
    again = STICK._replace(root="/media/DISK1", number=99, photos=photos)
    assert compare(STICK, again) == "same"
    assert compare(STICK, again._replace(volume="uuid 3C4D")) == "perhaps"
    assert compare(STICK, again._replace(inside="copy")) == "perhaps"
    assert compare(STICK._replace(volume="device 8"), again._replace(volume="device 8")) == "perhaps"
    assert compare(STICK, STICK._replace(volume="uuid 3C4D", photos={"a.jpg": Photo(1, 7, 5)})) == "another"


@given(
    st.sampled_from(["uuid 3C4D", "number 1", "device 8"]),
    st.integers(),
    st.dictionaries(st.sampled_from(NAMES), st.builds(Photo, st.integers(), st.integers(), st.integers())),
)
def test_nothing_of_another_volume_is_the_same(volume: str, number: int, photos: dict[str, Photo]) -> None:
    before = STICK._replace(photos=photos)
    assert compare(before, before._replace(volume=volume, number=number)) != "same"
    assert compare(before, before) == ("same" if photos else "hardly")


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"photos": 1}', '{"root": "", "photos": {"a": [1]}}', "[" * 9999]
)
def test_a_note_that_makes_no_sense_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / whose.FILE_NAME).write_text(text)
    assert read(tmp_path) is None


def test_only_what_is_kept_elsewhere_gets_a_note(root: Path) -> None:
    remember(Dataset.open(root))
    assert not state_elsewhere(root).exists()
    whose.claim(root)
    note = read(state_elsewhere(root))
    assert note is not None
    assert note == of(root, note.photos)
    assert json.loads((state_elsewhere(root) / whose.FILE_NAME).read_text())["root"] == str(root)
    whose.claim(root.with_name("never opened"))
    assert not state_elsewhere(root.with_name("never opened")).exists()
