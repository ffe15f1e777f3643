"""Whatever is broken is found, said with what to do, and mended without losing what a person made."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from chromadesk import checkup, mending
from chromadesk.checkup import Checkup, Finding
from chromadesk.colour import board, kept
from chromadesk.colour.board import Board
from chromadesk.colour.kept import Grey, Kept
from chromadesk.dataset import decisions, splits
from chromadesk.dataset.index import FILE_NAME, Index
from chromadesk.dataset.lock import FILE_NAME as LOCK
from chromadesk.dataset.lock import Holder
from chromadesk.dataset.pairs import Dataset
from chromadesk.editing import provenance
from chromadesk.editing.provenance import Provenance
from chromadesk.editing.store import open_document
from chromadesk.errors import DatasetError, StorageError
from chromadesk.images import read_photo
from chromadesk.jobs import record
from chromadesk.jobs.messages import Message, Progress
from chromadesk.jobs.record import Request
from chromadesk.masks import read_mask, write_mask
from chromadesk.sidecars import beside

#: Is killed, as it were, in the middle of writing.
WRITER = """
import os, sys
from pathlib import Path
from chromadesk import files
with files.replacing(Path(sys.argv[1])) as temporary:
    temporary.write_bytes(b"half")
    os._exit(9)
"""
#: Has the data set until it is killed.
STUDIO = """
import sys
from pathlib import Path
from chromadesk.dataset.lock import Lock
print(Lock(Path(sys.argv[1])).take(), flush=True)
sys.stdin.read()
"""
ONE, TWO = "A/01.jpg", "A/02.jpg"


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    """Three photos with masks, and something of everything that a person makes."""
    root = tmp_path / "set"
    (root / "A").mkdir(parents=True)
    for number in range(1, 4):
        pixels = np.random.default_rng(number).integers(0, 255, (40, 30, 3), np.uint8)
        Image.fromarray(pixels).save(root / "A" / f"{number:02}.jpg")
        write_mask(root / "B" / f"{number:02}.png", np.full((40, 30), number, np.uint8))
    made = Dataset.open(root)
    with Index.open(made) as index:
        index.set_status(ONE, "approved", "a sleeve")
    provenance.write(provenance.path_of(made.state, ONE), Provenance(np.ones((40, 30), bool), True))
    kept.write(kept.path_of(made.state, ONE), Kept(grey=Grey((1, 1), (0.5, 0.5, 0.5))))
    board.write(made.state, "Autumn", Board("Autumn", "dark"))
    splits.assign(made, TWO, "test")
    write_mask(made.state / "backups" / f"{ONE}.png", np.full((40, 30), 4, np.uint8))
    return made


def strokes(dataset: Dataset, key: str) -> Path:
    """Paint on a photo and save nothing; its journal."""
    opened = open_document(dataset[key], dataset.state)
    opened.document.edit("brush", opened.document.bounds, np.full((40, 30), 2, np.uint8), np.ones((40, 30), bool))
    opened.close()
    return dataset.state / "journal" / f"{key}.journal"


def examined(dataset: Dataset, thorough: bool = False) -> list[Finding]:
    return Checkup(dataset.root, thorough).examine()


def mended(findings: list[Finding]) -> list[str]:
    return [finding.mend() for finding in findings if finding.mend is not None]


def test_a_sound_data_set(dataset: Dataset) -> None:
    heard: list[Message] = []
    assert Checkup(dataset.root, thorough=True).examine(heard.append) == []
    assert [message for message in heard if isinstance(message, Progress)][-1].done == 3
    assert Checkup(dataset.root).examine(cancelled=lambda: True) == []


def cut(path: Path, share: float = 0.6) -> None:
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])


def test_photos(dataset: Dataset) -> None:
    (dataset.root / ONE).write_bytes(b"")
    cut(dataset.root / TWO)
    (found,) = examined(dataset)
    assert (found.level, found.where, found.mend) == ("error", ONE, None)
    assert str(dataset.root) not in found.what
    assert [finding.where for finding in examined(dataset, thorough=True)] == [ONE, TWO]


@pytest.mark.parametrize(
    "damage",
    [
        cut,
        lambda path: path.write_text("no mask"),
        lambda path: write_mask(path, np.zeros((30, 40), np.uint8)),
    ],
)
def test_masks(dataset: Dataset, damage: Callable[[Path], object]) -> None:
    for key in (ONE, TWO):
        damage(dataset[key].mask)
    broken = dataset[ONE].mask.read_bytes()
    one, two = examined(dataset)
    assert (one.level, one.where) == ("error", "B/01.png")
    assert "before the last save" in one.advice
    assert two.mend is None  # nothing there to take its place
    mended([one])
    assert (read_mask(dataset[ONE].mask).labels == 4).all()
    (aside,) = (dataset.state / mending.ASIDE).rglob("01.png")
    assert aside.read_bytes() == broken
    assert [finding.where for finding in examined(dataset)] == ["B/02.png"]


def test_a_broken_decision_never_becomes_an_approval(dataset: Dataset) -> None:
    path = decisions.path_of(dataset.state, ONE)
    path.write_text('{"status": "appr')
    findings = examined(dataset)
    assert [finding.where for finding in findings] == [".chromadesk/decisions/A/01.jpg.json"]
    mended(findings)
    with Index.open(dataset) as index:
        assert index.status(ONE) == "edited"
    (aside,) = (dataset.state / mending.ASIDE).rglob("01.jpg.json")
    assert aside.read_text() == '{"status": "appr'
    assert examined(dataset) == []


@pytest.mark.parametrize(
    "where",
    ["provenance/A/01.jpg.png", "colours/A/01.jpg.json", "boards/Autumn.json", "split.json"],
)
def test_what_cannot_be_read_is_put_aside(dataset: Dataset, where: str) -> None:
    path = dataset.state / where
    path.write_bytes(b"\xffnonsense")
    (finding,) = examined(dataset)
    assert finding.where == f".chromadesk/{where}"
    assert path.exists()
    mended([finding])
    assert not path.exists()
    (aside,) = (dataset.state / mending.ASIDE).rglob(path.name)
    assert aside.read_bytes() == b"\xffnonsense"
    assert examined(dataset) == []


def test_the_index(dataset: Dataset) -> None:
    path = dataset.state / FILE_NAME
    content = bytearray(path.read_bytes())
    content[4096:8192] = bytes(4096)
    path.write_bytes(content)
    (finding,) = examined(dataset)
    assert (finding.level, finding.where) == ("warning", f".chromadesk/{FILE_NAME}")
    assert path.read_bytes() == content
    mended([finding])
    assert examined(dataset) == []
    path.unlink()
    path.mkdir()
    (finding,) = examined(dataset)
    mended([finding])
    with Index.open(dataset) as index:
        assert index.note(ONE) == "a sleeve"
    path.unlink()
    assert examined(dataset) == []


def test_journals(dataset: Dataset) -> None:
    path = strokes(dataset, ONE)
    (finding,) = examined(dataset)
    assert (finding.level, finding.what) == ("note", "1 unsaved step")
    with open(path, "ab") as handle:
        handle.write(b"torn")
    (finding,) = examined(dataset)
    assert (finding.level, finding.mend) == ("warning", None)
    path.write_bytes(b"nonsense" + path.read_bytes())
    findings = examined(dataset)
    assert [finding.level for finding in findings] == ["error"]
    mended(findings)
    assert next((dataset.state / mending.ASIDE).rglob("*.journal")).read_bytes().startswith(b"nonsense")
    other = dataset.state / "journal" / "A" / "gone.jpg.journal"
    strokes(dataset, TWO).rename(other)
    (finding,) = examined(dataset)
    assert "gone" in finding.advice
    assert read_photo(dataset.root / ONE).pixels.shape == (40, 30, 3)


def test_jobs_and_locks(dataset: Dataset) -> None:
    job = record.create(dataset.state, Request("evaluate", {}))
    (job / record.WORKER).write_text(json.dumps({"pid": os.getpid(), "started": 1.0}))
    (dataset.state / "jobs" / "nothing").mkdir()
    lock = dataset.state / LOCK
    gone = Holder(os.getpid(), 1.0, Holder.me().space, platform.node(), "anna")
    lock.write_text(json.dumps(asdict(gone)))
    assert Checkup(dataset.root).holder() is None
    findings = examined(dataset)
    assert [finding.level for finding in findings] == ["note"] * 3
    assert checkup.worst(findings) == 0
    mended(findings)
    assert not (job / record.WORKER).exists()
    assert not lock.exists()
    assert examined(dataset) == []
    lock.write_text(json.dumps(asdict(Holder.me())))
    assert Checkup(dataset.root).holder() is None  # this process itself
    assert examined(dataset) == []
    far = replace(gone, space="another machine", host="laptop")
    lock.write_text(json.dumps(asdict(far)))
    assert Checkup(dataset.root).holder() == far
    assert examined(dataset) == []
    os.utime(lock, (time.time() - 7200,) * 2)
    (finding,) = examined(dataset)
    assert finding.where.endswith(lock.name)


def test_a_studio_in_another_process_has_it(dataset: Dataset) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", STUDIO, str(dataset.state)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        assert child.stdout is not None
        child.stdout.readline()
        holder = Checkup(dataset.root).holder()
        assert holder is not None
        assert (holder.pid, holder.near) == (child.pid, True)
        assert examined(dataset) == []
        child.kill()
    assert Checkup(dataset.root).holder() is None
    assert [finding.where for finding in examined(dataset)] == [f".chromadesk/{LOCK}"]


def test_temporary_files_that_are_nobody_s(dataset: Dataset) -> None:
    child = subprocess.run([sys.executable, "-c", WRITER, str(dataset.root / "B" / "01.png")], check=False)
    assert child.returncode == 9
    (today,) = (dataset.root / "B").glob(".*.tmp")
    old, young = dataset.root / "B" / ".01.png.0a1b2c3d.tmp", dataset.root / "B" / ".02.png.0a1b2c3d.tmp"
    mine = dataset.root / "B" / "notes.tmp"
    for path in (old, young, mine):
        path.write_text("x")
    for path in (old, mine):
        os.utime(path, (time.time() - 2 * 24 * 3600,) * 2)
    (finding,) = examined(dataset)
    assert (finding.where, finding.what) == ("B", "2 temporary files that a crash left")
    mended([finding])
    assert not old.exists()
    assert not today.exists()
    assert young.exists()
    assert mine.exists()


def test_what_lies_in_the_place_of_the_index_is_kept(dataset: Dataset) -> None:
    path = dataset.state / FILE_NAME
    path.unlink()
    path.mkdir()
    (path / "thesis.txt").write_text("all of it")
    (said,) = mended(examined(dataset))
    (kept_file,) = dataset.root.rglob("thesis.txt")
    assert kept_file.read_text() == "all of it"
    assert kept_file.parent.relative_to(dataset.root).as_posix() in said
    path.unlink()
    path.write_text("Dear diary")
    (said,) = mended(examined(dataset))
    assert any(found.read_bytes() == b"Dear diary" for found in dataset.root.rglob("*index*") if found.is_file())
    assert kept_file.exists()
    assert examined(dataset) == []


def test_names_as_long_as_they_may_be(tmp_path: Path) -> None:
    name = "x" * 251 + ".jpg"
    Image.fromarray(np.zeros((40, 30, 3), np.uint8)).save(tmp_path / name)
    made = Dataset.open(tmp_path)
    item = made[name]
    backup = beside(made.state / "backups", name, ".png")
    for path in (item.mask, backup):
        write_mask(path, np.ones((40, 30), np.uint8))
    item.mask.write_bytes(b"")
    with Index.open(made) as index:
        index.set_status(name, "approved")
    decisions.path_of(made.state, name).write_text("{")
    findings = examined(Dataset.open(tmp_path))
    assert [finding.level for finding in findings] == ["error", "warning"]
    mended(findings)
    assert (read_mask(item.mask).labels == 1).all()
    with Index.open(Dataset.open(tmp_path)) as index:
        assert index.status(name) == "edited"
    assert examined(made) == []


def test_photos_that_nobody_can_use(tmp_path: Path) -> None:
    (finding,) = Checkup(tmp_path).examine()
    assert (finding.level, finding.what) == ("warning", "there are no photos in it")
    Image.fromarray(np.zeros((4, 3, 3), np.uint8)).save(tmp_path / "a.jpg")
    os.rename(tmp_path / "a.jpg", os.fsencode(tmp_path) + b"/a\xff.jpg")
    (finding,) = Checkup(tmp_path).examine()
    assert "1 photo are no text" in finding.what


def test_what_is_no_data_set(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="does not exist"):
        Checkup(tmp_path / "nowhere")
    for name in ("a.jpg", "a.png"):
        (tmp_path / name).touch()
    with pytest.raises(DatasetError, match="share the mask"):
        Checkup(tmp_path)
    with pytest.raises(DatasetError, match="is a file, not a data set folder"):
        Checkup(tmp_path / "a.jpg")


def test_decisions_on_photos_that_are_gone_are_a_note(dataset: Dataset) -> None:
    (dataset.root / ONE).unlink()
    levels = {finding.level for finding in examined(dataset)}
    assert levels == {"note"}


def test_nothing_is_put_aside_where_a_link_leads(tmp_path: Path, dataset: Dataset) -> None:
    masks = tmp_path / "documents"
    (dataset.root / "B").rename(masks)
    (dataset.root / "B").symlink_to(masks)
    write_mask(beside(dataset.state / "backups", ONE, ".png"), np.ones((40, 30), np.uint8))
    (masks / "01.png").write_text("broken")
    (found,) = [each for each in Checkup(dataset.root).examine() if each.mend is not None]
    assert found.mend is not None
    with pytest.raises(StorageError, match="outside the data set"):
        found.mend()
    assert (masks / "01.png").read_text() == "broken"


def test_a_mask_that_went_is_missed(dataset: Dataset) -> None:
    dataset[ONE].mask.unlink()
    (found,) = [each for each in Checkup(dataset.root).examine() if each.where == "B/01.png"]
    assert (found.level, found.what) == ("error", "is gone, though the photo was painted")
    assert "backups" in found.advice


def test_a_link_for_which_the_state_folder_is_not_used_is_told(tmp_path: Path, dataset: Dataset) -> None:
    (dataset.root / ".chromadesk" / "proposals").symlink_to(tmp_path)
    (finding,) = examined(dataset)
    assert (finding.level, finding.where) == ("warning", ".chromadesk/proposals")
    assert "is not used" in finding.what
