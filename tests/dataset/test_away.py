"""What was kept elsewhere while a data set was read-only comes home, and overwrites nothing newer."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from chromadesk.dataset import whose
from chromadesk.dataset.away import abandoned, come_home, reclaim
from chromadesk.dataset.index import Index
from chromadesk.dataset.pairs import Dataset, state_elsewhere

KEYS = ("1.png", "2.png")
STUDIO = """
import sys
from pathlib import Path
from chromadesk.dataset.lock import Lock
print(Lock(Path(sys.argv[1])).take(), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def root(tmp_path: Path) -> Iterator[Path]:
    for key in KEYS:
        Image.new("RGB", (8, 8)).save(tmp_path / key)
    yield tmp_path
    tmp_path.chmod(0o755)


def decide(root: Path, key: str, note: str) -> Path:
    dataset = Dataset.open(root)
    with Index.open(dataset) as index:
        index.set_status(key, "excluded", note)
    return dataset.state


def note(root: Path, key: str) -> str:
    with Index.open(Dataset.open(root)) as index:
        return index.note(key)


def test_what_was_decided_in_a_read_only_folder_is_found_when_it_can_be_written(root: Path) -> None:
    root.chmod(0o555)
    elsewhere = decide(root, KEYS[0], "blurred")
    assert elsewhere == state_elsewhere(root)
    assert come_home(root) == []
    root.chmod(0o755)
    assert note(root, KEYS[0]) == ""
    assert come_home(root) == [root / ".chromadesk" / "decisions" / "1.png.json"]
    assert note(root, KEYS[0]) == "blurred"
    assert not (elsewhere / "decisions").exists()
    assert come_home(root) == []


def test_nothing_newer_is_replaced(root: Path) -> None:
    root.chmod(0o555)
    elsewhere = decide(root, KEYS[0], "older")
    decide(root, KEYS[1], "newer")
    root.chmod(0o755)
    os.utime(elsewhere / "decisions" / "1.png.json", (1, 1))
    inside = decide(root, KEYS[0], "newer")
    decide(root, KEYS[1], "older")
    os.utime(inside / "decisions" / "2.png.json", (1, 1))
    come_home(root)
    assert (note(root, KEYS[0]), note(root, KEYS[1])) == ("newer", "newer")
    assert (elsewhere / "decisions" / "1.png.json").exists()


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the user's own that no other test has."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "own"))
    return tmp_path / "own" / "chromadesk" / "datasets"


def kept_of(root: Path, said: str, by: int = 0) -> Path:
    """A read-only data set of which something is kept elsewhere."""
    root.mkdir()
    for key in KEYS:
        (root / key).write_bytes(os.urandom(300 + by))
    root.chmod(0o555)
    folder = decide(root, KEYS[0], said)
    whose.remember(Dataset.open(root))
    journal = folder / "journal" / f"{KEYS[1]}.journal"
    journal.parent.mkdir()
    journal.write_text(said)
    return folder


def journals(root: Path) -> list[str]:
    return [path.read_text() for path in state_elsewhere(root).rglob("*.journal")]


def test_a_renamed_data_set_has_what_was_kept_of_it(tmp_path: Path, shelf: Path) -> None:
    root = tmp_path / "ro"
    before = kept_of(root, "blurred")
    assert abandoned() == []
    other = root.rename(tmp_path / "ro2")
    assert abandoned() == [(before, str(root))]
    assert reclaim(other) == ""
    assert note(other, KEYS[0]) == "blurred"
    assert journals(other) == ["blurred"]
    assert list(shelf.iterdir()) == [state_elsewhere(other)]
    whose.remember(Dataset.open(other))
    assert abandoned() == []
    other.chmod(0o755)
    assert come_home(other) == [other / ".chromadesk" / "decisions" / "1.png.json"]


def test_what_is_kept_under_both_names_is_put_together(tmp_path: Path, shelf: Path) -> None:
    root = tmp_path / "ro"
    before = kept_of(root, "older")
    decide(root, KEYS[1], "only there")
    other = root.rename(tmp_path / "ro2")
    own = decide(other, KEYS[0], "newer")
    whose.remember(Dataset.open(other))
    (own / "journal").mkdir()
    (own / "journal" / f"{KEYS[1]}.journal").write_text("newer")
    assert reclaim(other) == ""
    assert (note(other, KEYS[0]), note(other, KEYS[1])) == ("newer", "only there")
    assert journals(other) == ["newer"]
    assert [path.read_text() for path in before.rglob("*.journal")] == ["older"]
    assert abandoned() == [(before, str(root))]


def test_a_copy_gets_nothing_but_a_sentence_once_the_original_is_gone(tmp_path: Path, shelf: Path) -> None:
    root, copy = tmp_path / "ro", tmp_path / "copy"
    before = kept_of(root, "mine")
    shutil.copytree(root, copy)
    assert reclaim(copy) == ""
    root.rename(tmp_path / "drawer")
    said = reclaim(copy)
    assert str(before) in said
    assert str(state_elsewhere(copy)) in said
    assert not state_elsewhere(copy).exists()
    assert reclaim(tmp_path / "drawer") == ""
    assert journals(tmp_path / "drawer") == ["mine"]
    whose.remember(Dataset.open(tmp_path / "drawer"))
    assert reclaim(copy) == ""


def test_two_data_sets_that_change_places_keep_each_its_own(tmp_path: Path, shelf: Path) -> None:
    one, two, between = tmp_path / "one", tmp_path / "two", tmp_path / "between"
    kept_of(one, "of one")
    kept_of(two, "of two", by=1)
    one.rename(between)
    two.rename(one)
    between.rename(two)
    said = reclaim(one)
    assert str(one) in said
    assert journals(one) == ["of two"]
    reclaim(two)
    assert journals(two) == ["of one"]
    assert len(list(shelf.iterdir())) == 2


def test_a_studio_that_still_has_it_open_keeps_it(tmp_path: Path, shelf: Path) -> None:
    root = tmp_path / "ro"
    before = kept_of(root, "blurred")
    with subprocess.Popen(
        [sys.executable, "-c", STUDIO, str(before)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        assert child.stdout is not None
        child.stdout.readline()
        other = root.rename(tmp_path / "ro2")
        reclaim(other)
        assert before.is_dir()
        child.kill()
    reclaim(other)
    assert not before.exists()
