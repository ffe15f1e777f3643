"""Files that open a data set or show a job."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from chromadesk import links
from chromadesk.errors import InputError
from chromadesk.jobs import record


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    folder = tmp_path / "Frühling 2026"
    (folder / "A").mkdir(parents=True)
    return folder


def test_a_link_moves_with_its_data_set(dataset: Path, tmp_path: Path) -> None:
    made = links.make(dataset)
    assert made == dataset / "Frühling 2026.chromadesk"
    assert links.is_link(made)
    assert links.followed(made) == dataset
    moved = tmp_path / "elsewhere" / "Spring"
    shutil.move(dataset, moved)
    assert links.followed(moved / made.name) == moved


def test_a_link_elsewhere_names_the_whole_path(dataset: Path, tmp_path: Path) -> None:
    made = links.make(dataset, tmp_path / "desk" / "mine.chromadesk")
    assert json.loads(made.read_text())["opens"] == str(dataset)
    assert links.followed(made) == dataset


def test_a_job_means_its_data_set(dataset: Path) -> None:
    job = record.create(dataset / ".chromadesk", record.Request("train", {"dataset": "../../..", "out": "."}))
    made = links.make(job)
    assert links.is_job(links.followed(made))
    assert links.dataset_of(job) == links.dataset_of(job.parent) == links.dataset_of(dataset) == dataset
    (job / record.REQUEST).write_text(json.dumps({"kind": "train", "config": {"dataset": "/nowhere"}}))
    assert links.dataset_of(job) == dataset  # carried here with a name of another machine


def test_what_cannot_be_linked_is_said(dataset: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is no folder"):
        links.make(tmp_path / "nothing")
    with pytest.raises(InputError, match=r"end in \.chromadesk"):
        links.make(dataset, tmp_path / "mine.txt")


@pytest.mark.parametrize(
    "content", [b"", b"[", b"\xff", b"3", b'{"opens": 3}', b'{"opens": ""}', b'{"opens": "a\\u0000"}']
)
def test_a_damaged_link_is_refused_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.chromadesk"
    path.write_bytes(content)
    with pytest.raises(InputError, match="open the folder itself"):
        links.followed(path)
