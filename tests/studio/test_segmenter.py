"""The segmenter's child, for real: it answers, crashes, hangs, and comes back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest
from pytestqt.qtbot import QtBot

from chromadesk.jobs import owner
from chromadesk.studio import segmenter as module
from chromadesk.studio.segmenter import LOADING, PREDICTING, SegmenterProcess

#: Importing torch on a busy machine takes its time, milliseconds.
PATIENCE = 120_000


@pytest.fixture
def segmenter(qtbot: QtBot) -> Iterator[SegmenterProcess]:
    made = SegmenterProcess()
    yield made
    made.shutdown()
    made.deleteLater()


class Heard:
    """What a segmenter said."""

    def __init__(self, segmenter: SegmenterProcess) -> None:
        self.predicted: list[tuple[str, np.ndarray]] = []
        self.failed: list[tuple[str, str]] = []
        self.doing: list[str] = []
        segmenter.predicted.connect(lambda photo, labels: self.predicted.append((photo.name, labels)))
        segmenter.failed.connect(lambda photo, sentence: self.failed.append((photo.name, sentence)))
        segmenter.doing.connect(self.doing.append)


def segmenter_children() -> list[psutil.Process]:
    children = psutil.Process().children(recursive=True)
    return [child for child in children if "chromadesk.jobs.segmenter" in " ".join(child.cmdline())]


def test_the_segmenter_answers_the_latest_survives_and_ends(
    qtbot: QtBot, segmenter: SegmenterProcess, folder: Path, tiny_weights: Path
) -> None:
    heard = Heard(segmenter)
    photos = [folder / "A" / f"{number:02}.jpg" for number in (1, 2, 3, 4)]
    for photo in photos:
        segmenter.predict(photo, tiny_weights)
    qtbot.waitUntil(lambda: len(heard.predicted) == 2, timeout=PATIENCE)
    # The first was under way at once; of the others only the last was still wanted.
    assert [name for name, _ in heard.predicted] == ["01.jpg", "04.jpg"]
    labels = heard.predicted[0][1]
    assert (labels.shape, labels.dtype) == ((120, 80), np.uint8)
    assert labels.flags.writeable
    assert heard.doing == [LOADING, PREDICTING, ""]

    broken = folder / "A" / "broken.jpg"
    broken.write_text("no photo")
    segmenter.predict(broken, tiny_weights)
    qtbot.waitUntil(lambda: len(heard.failed) == 1, timeout=PATIENCE)
    assert "broken.jpg" in heard.failed[0][1]

    (child,) = segmenter_children()
    child.suspend()  # so that it dies with a request in its hands
    segmenter.predict(photos[0], tiny_weights)
    segmenter.predict(photos[1], tiny_weights)
    child.kill()
    qtbot.waitUntil(lambda: len(heard.predicted) == 3, timeout=PATIENCE)
    assert heard.failed[1] == (
        "01.jpg",
        "The segmenter stopped unexpectedly and will be restarted; predict again (Ctrl+R).",
    )
    assert heard.predicted[2][0] == "02.jpg"  # by a new child, without being asked again

    scratch = segmenter._folder
    assert scratch is not None
    assert owner.living(scratch / "studio.json") == psutil.Process()
    assert owner.living(scratch / "segmenter.json") == segmenter_children()[0]
    segmenter.shutdown()
    assert segmenter_children() == []
    assert not scratch.exists()
    segmenter.predict(photos[0], tiny_weights)  # too late, and no harm
    assert segmenter_children() == []


def test_preparing_says_nothing_and_predicting_then_works(
    qtbot: QtBot, segmenter: SegmenterProcess, folder: Path, tiny_weights: Path
) -> None:
    heard = Heard(segmenter)
    segmenter.prepare(tiny_weights)
    assert heard.doing == []
    segmenter.predict(folder / "A" / "01.jpg", tiny_weights)
    assert heard.doing == [LOADING]  # the person waits from here on, though the child is not asked yet
    segmenter.prepare(tiny_weights)  # and is not sent away for less
    qtbot.waitUntil(lambda: len(heard.predicted) == 1, timeout=PATIENCE)
    assert heard.doing == [LOADING, PREDICTING, ""]
    assert heard.failed == []


@pytest.mark.slow
def test_one_that_hangs_is_killed_said_and_replaced(
    qtbot: QtBot, segmenter: SegmenterProcess, folder: Path, tiny_weights: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = Heard(segmenter)
    photos = [folder / "A" / f"{number:02}.jpg" for number in (1, 2, 3)]
    segmenter.predict(photos[0], tiny_weights)
    qtbot.waitUntil(lambda: len(heard.predicted) == 1, timeout=PATIENCE)
    (child,) = segmenter_children()
    child.suspend()
    monkeypatch.setattr(module, "_PATIENCE_S", 1.0)
    segmenter.predict(photos[1], tiny_weights)
    segmenter.predict(photos[2], tiny_weights)
    qtbot.waitUntil(lambda: len(heard.failed) == 1, timeout=PATIENCE)
    monkeypatch.undo()  # its successor loads PyTorch first
    assert heard.failed == [
        ("02.jpg", "The segmenter gave no answer any more and will be restarted; predict again (Ctrl+R).")
    ]
    assert not child.is_running() or child.status() == psutil.STATUS_ZOMBIE
    qtbot.waitUntil(lambda: len(heard.predicted) == 2, timeout=PATIENCE)
    assert heard.predicted[1][0] == "03.jpg"


@pytest.mark.slow
def test_a_folder_that_was_tidied_away_is_made_again(
    qtbot: QtBot, segmenter: SegmenterProcess, folder: Path, tiny_weights: Path
) -> None:
    heard = Heard(segmenter)
    for number in (1, 2):
        segmenter.predict(folder / "A" / f"0{number}.jpg", tiny_weights)
        qtbot.waitUntil(lambda number=number: len(heard.predicted) == number, timeout=PATIENCE)
        assert segmenter._folder is not None
        shutil.rmtree(segmenter._folder)
    assert heard.failed == []


def test_no_room_for_answers_is_said(
    qtbot: QtBot, segmenter: SegmenterProcess, folder: Path, tiny_weights: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = Heard(segmenter)
    monkeypatch.setattr("tempfile.tempdir", str(folder / "nowhere"))
    for number in (1, 2):
        segmenter.predict(folder / "A" / f"0{number}.jpg", tiny_weights)
    qtbot.waitUntil(lambda: len(heard.failed) == 2)
    assert [name for name, _ in heard.failed] == ["01.jpg", "02.jpg"]
    assert "nowhere" in heard.failed[0][1]
