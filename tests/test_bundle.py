"""The bundle says what a helper must know, and nothing of the photos or the person."""

from __future__ import annotations

import json
import logging
import shutil
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from chromadesk import bundle, log, settings
from chromadesk.colour import board
from chromadesk.colour.board import Board
from chromadesk.dataset import whose
from chromadesk.dataset.index import Index
from chromadesk.dataset.pairs import Dataset, state_elsewhere
from chromadesk.errors import StorageError
from chromadesk.jobs import record
from chromadesk.jobs.messages import Failed, Warned
from chromadesk.jobs.record import Request
from chromadesk.masks import write_mask

NAMES = ("Anna Berger im Garten.jpg", "Kundin 4711.png")
SECRETS = ("Anna", "Berger", "Garten", "Kundin", "4711", "Hochzeit", "Ärmel", "ZQ", "x9x9x9")


@pytest.fixture
def dataset(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Dataset:
    """Two photos, a note, initials, a job that failed on one of them, a log and a crash log that name them."""
    monkeypatch.setattr(log, "folder", lambda: tmp_path / "log")
    root = tmp_path / "Hochzeit Berger"
    (root / "A").mkdir(parents=True)
    for name in NAMES:
        Image.fromarray(np.random.default_rng(0).integers(0, 255, (40, 30, 3), np.uint8)).save(root / "A" / name)
    write_mask(root / "B" / "Kundin 4711.png", np.zeros((40, 30), np.uint8))
    (root / "B" / "Anna Berger im Garten.png").write_text("no mask")
    made = Dataset.open(root)
    settings.put("initials", "ZQ")
    settings.put("recent", [{"folder": str(root), "opened": "", "photos": 2, "approved": 1}])
    settings.put("daily goal", 30)
    with Index.open(made) as index:
        index.author = "ZQ"
        index.set_status(f"A/{NAMES[0]}", "excluded", "Ärmel x9x9x9")
    job = record.create(made.state, Request("evaluate", {"dataset": str(root), "keys": [f"A/{NAMES[1]}"]}))
    record.append(job, Warned(f"{root / 'A' / NAMES[0]} cannot be read; it is left out."))
    record.append(job, Failed(f"Something about A/{NAMES[1]}."))
    (job / record.LOG).write_text(f"Traceback\n  {root}/A/{NAMES[0]}\nValueError: {NAMES[0]}\n")
    board.write(made.state, "Ärmel im Herbst", Board("Ärmel im Herbst"))
    (made.state / "models").mkdir()
    (made.state / "models" / "Berger-v3.safetensors").write_text("none")
    with log.kept("studio"):
        logging.getLogger("chromadesk").error("the folder Hochzeit Berger is gone, so is Ärmel im Herbst of Berger-v3")
        logging.getLogger("chromadesk").error("no %s", {"init": "/srv/Kundin Berger/Anna.pt"})
        logging.getLogger("chromadesk").error("could not read %s of %s", NAMES[0], root)
    (tmp_path / "log" / "crash-20260101-000000-7.txt").write_text(f"Fatal Python error\n{root}/A/{NAMES[1]}\n")
    return made


def test_nothing_of_the_photos_is_in_it(dataset: Dataset, tmp_path: Path) -> None:
    path = tmp_path / "out" / "bundle.zip"
    names = bundle.save(path, dataset.root)
    with zipfile.ZipFile(path) as made:
        assert made.namelist() == names
        texts = {name: made.read(name).decode() for name in names}
    folders = {name.partition("/")[0] for name in names}
    assert folders == {
        "about.txt",
        "versions.json",
        "doctor.json",
        "settings.json",
        "logs",
        "crashes",
        "dataset.json",
        "jobs",
    }
    for name, text in texts.items():
        assert not [secret for secret in SECRETS if secret in name + text], name
        assert str(Path.home()) not in text
        assert "\\u00c4" not in text
    assert json.loads(texts["settings.json"]) == {"daily goal": 30}
    about = json.loads(texts["dataset.json"])
    assert about["photos"] == 2
    assert about["states"] == {"excluded": 1, "approved": 1}
    assert [each["level"] for each in about["findings"]] == ["error"]
    assert "photo-" in about["findings"][0]["where"]
    line = json.loads(texts["logs/studio.log"].splitlines()[-1])
    assert line["message"].startswith("could not read photo-")
    assert line["message"].endswith(" of DATASET")
    (job,) = {name.split("/")[1] for name in names if name.startswith("jobs/")}
    assert job.endswith("-evaluate")
    assert "DATASET/A/photo-" in texts[f"jobs/{job}/messages.jsonl"]
    assert "ValueError: photo-" in texts[f"jobs/{job}/log.txt"]


def test_without_a_data_set_and_with_one_that_is_gone(
    dataset: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "own"))
    gone = tmp_path / "gone: Berger"
    gone.mkdir()
    (gone / "1.jpg").touch()
    board.write(state_elsewhere(gone), "1", Board("1"))
    whose.remember(Dataset.open(gone))
    shutil.rmtree(gone)
    with log.kept("studio"):
        logging.getLogger("chromadesk").error("cannot read %s", tmp_path / 'Tante "Hilde" Garten, 80. Geburtstag.jpg')
    assert "dataset.json" not in bundle.save(tmp_path / "one.zip")
    with zipfile.ZipFile(tmp_path / "one.zip") as made:
        assert "DATASET-2 (of DATASET-2)" in made.read("doctor.json").decode()
        assert b"Berger" not in made.read("doctor.json")
        assert b"Hilde" not in made.read("logs/studio.log")
    bundle.save(tmp_path / "two.zip", tmp_path / "Hochzeit Berger 2")
    with zipfile.ZipFile(tmp_path / "two.zip") as made:
        assert "does not exist" in json.loads(made.read("dataset.json"))["problem"]
        assert b"Berger" not in made.read("dataset.json")


def test_where_it_cannot_be_written(dataset: Dataset, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError):
        bundle.save(tmp_path / "file" / "one.zip")


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_no_link_of_a_stranger_leads_it_to_other_files(dataset: Dataset, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("a private key")
    job = record.create(dataset.state, Request("train", {}))
    (job / record.LOG).symlink_to(tmp_path / "secret")
    (job / record.MESSAGES).symlink_to("/dev/zero")
    bundle.save(tmp_path / "b.zip", dataset.root)
    with zipfile.ZipFile(tmp_path / "b.zip") as made:
        assert f"jobs/{job.name}/{record.REQUEST}" in made.namelist()
        assert not any(b"private" in made.read(name) for name in made.namelist())
