"""What was kept elsewhere while a data set was read-only comes home, and overwrites nothing newer."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from chromadesk.dataset.away import come_home
from chromadesk.dataset.index import Index
from chromadesk.dataset.pairs import Dataset, state_elsewhere

KEYS = ("1.png", "2.png")


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
