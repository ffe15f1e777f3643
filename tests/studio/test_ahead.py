"""The next photo is read and predicted while the person looks at this one, with the real segmenter."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from chromadesk.studio.window import Window

#: Importing torch on a busy machine takes its time, milliseconds.
PATIENCE = 120_000
FOUR, FIVE = "A/04.jpg", "A/05.jpg"


def shown(qtbot: QtBot, window: Window, key: str) -> None:
    window.session.open_photo(key)
    qtbot.waitUntil(lambda: window.session.item is not None and window.session.item.key == key)


def proposed(qtbot: QtBot, window: Window, key: str) -> None:
    qtbot.waitUntil(lambda: window.session.status(key) == "proposed", timeout=PATIENCE)


def test_the_next_photo_opens_with_its_proposal(qtbot: QtBot, window: Window, folder: Path, tiny_weights: Path) -> None:
    session, predictor = window.session, window.predictor
    assert session.open_dataset(folder)
    session.active.path = tiny_weights
    shown(qtbot, window, FOUR)
    proposed(qtbot, window, FOUR)
    five = session.find(FIVE)
    assert five is not None
    qtbot.waitUntil(lambda: any(terms[0] == five.photo for terms in predictor._ready), timeout=PATIENCE)
    assert session.status(FIVE) == "new"
    ready = next(iter(predictor._ready.values()))[0].copy()
    said: list[str] = []
    predictor.doing.connect(said.append)
    planes: list[np.ndarray] = []
    session.history_changed.connect(lambda: planes.append(session.document.labels.copy()))
    shown(qtbot, window, FIVE)
    assert session.status(FIVE) == "proposed"
    assert np.array_equal(planes[0], ready)
    assert said == []  # nobody had to wait
    assert session.doubts.get(FIVE) is not None
    assert not predictor._ready


def test_a_photo_that_changed_meanwhile_is_predicted_anew(
    qtbot: QtBot, window: Window, folder: Path, tiny_weights: Path
) -> None:
    session, predictor = window.session, window.predictor
    assert session.open_dataset(folder)
    session.active.path = tiny_weights
    shown(qtbot, window, FOUR)
    qtbot.waitUntil(lambda: bool(predictor._ready), timeout=PATIENCE)
    Image.new("RGB", (90, 60), (90, 160, 40)).save(folder / "A" / "05.jpg")
    os.utime(folder / "A" / "05.jpg", ns=(1, 1))
    shown(qtbot, window, FIVE)
    assert session.document is not None
    assert session.document.size == (60, 90)
    proposed(qtbot, window, FIVE)


def test_who_waits_goes_before_what_is_asked_for_ahead(
    qtbot: QtBot, window: Window, folder: Path, tiny_weights: Path
) -> None:
    segmenter = window.predictor._segmenter
    photos = [folder / "A" / f"{number:02}.jpg" for number in range(1, 6)]
    answered: list[Path] = []
    said: list[str] = []
    segmenter.predicted.connect(lambda photo, labels: answered.append(photo))
    segmenter.doing.connect(said.append)
    segmenter.predict_ahead(photos[:3], tiny_weights)
    assert said == []
    segmenter.predict(photos[4], tiny_weights)
    assert len(said) == 1
    qtbot.waitUntil(lambda: len(answered) == 4, timeout=PATIENCE)
    assert answered == [photos[0], photos[4], photos[1], photos[2]]
    assert said[-1] == ""
    segmenter.predict_ahead([photos[3]], tiny_weights)
    segmenter.predict(photos[3], tiny_weights)  # under way already: it is not predicted twice
    qtbot.waitUntil(lambda: len(answered) == 5, timeout=PATIENCE)
    qtbot.wait(100)
    assert answered[4:] == [photos[3]]


def test_a_broken_neighbour_is_no_news(
    qtbot: QtBot, window: Window, folder: Path, tiny_weights: Path, notices: list[tuple[str, str]]
) -> None:
    (folder / "A" / "05.jpg").write_bytes(b"no picture")
    session = window.session
    assert session.open_dataset(folder)
    session.active.path = tiny_weights
    shown(qtbot, window, FOUR)
    proposed(qtbot, window, FOUR)
    qtbot.waitUntil(lambda: not window.predictor._expected, timeout=PATIENCE)
    assert notices == []


@pytest.mark.slow
def test_a_photo_is_predicted_while_it_is_read(qtbot: QtBot, window: Window, folder: Path, tiny_weights: Path) -> None:
    session, predictor = window.session, window.predictor
    assert session.open_dataset(folder)
    session.active.path = tiny_weights
    shown(qtbot, window, FOUR)
    proposed(qtbot, window, FOUR)
    qtbot.waitUntil(lambda: predictor._segmenter._current is None and predictor.warm, timeout=PATIENCE)
    predictor._ready.clear()
    session.open_photo(FIVE)
    current = predictor._segmenter._current
    assert current is not None
    assert current[0] == folder / FIVE
    assert session.item is not None
    assert session.item.key == FOUR
    proposed(qtbot, window, FIVE)
