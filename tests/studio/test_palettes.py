"""The live palette follows the mask, and leaves a hand that paints alone."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from chromadesk.classes import CLASSES
from chromadesk.colour.palette import photo_palettes
from chromadesk.editing.patch import Box
from chromadesk.editing.stroke import Stroke
from chromadesk.studio import palettes
from chromadesk.studio.palettes import LivePalettes
from chromadesk.studio.session import Session


@pytest.fixture
def live(qtbot: QtBot, session: Session, folder: Path) -> Iterator[LivePalettes]:
    """The palette of a photo that is open."""
    found = LivePalettes(session)
    session.open_dataset(folder)
    qtbot.waitUntil(lambda: found.shares is not None)
    yield found
    found.close()


def test_a_stroke_is_read_once_it_ends(qtbot: QtBot, session: Session, live: LivePalettes) -> None:
    document, before = session.document, live.shares
    assert document is not None
    stroke = Stroke(document, 1)
    stroke.add(Box(0, 0, 60, 60), np.ones((60, 60), bool))
    qtbot.wait(360)
    assert live.shares == before
    stroke.finish()
    qtbot.waitUntil(lambda: live.shares != before)
    assert live.shares is not None
    assert live.shares[1] > 0.3


def test_a_stroke_taken_back_changes_nothing(qtbot: QtBot, session: Session, live: LivePalettes) -> None:
    document, before = session.document, dict(live.found)
    assert document is not None
    stroke = Stroke(document, 1)
    stroke.add(Box(0, 0, 60, 60), np.ones((60, 60), bool))
    stroke.cancel()
    qtbot.wait(240)
    assert live.found == before


def test_counting_waits_while_a_hand_paints(
    qtbot: QtBot, session: Session, live: LivePalettes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also what was begun before the stroke; and it does not keep the window from closing."""
    document = session.document
    assert document is not None
    qtbot.waitUntil(lambda: live.settled)
    monkeypatch.setattr(palettes, "WAITING", 0)  # all is counted anew
    begun, counted = threading.Event(), palettes._counted

    def late(*given: Any) -> Any:
        begun.wait(10)
        return counted(*given)

    monkeypatch.setattr(palettes, "_counted", late)
    first = Stroke(document, 1)
    first.add(Box(0, 0, 60, 60), np.ones((60, 60), bool))
    first.finish()
    live._read()
    second = Stroke(document, 2)
    second.add(Box(0, 0, 60, 60), np.ones((60, 60), bool))
    begun.set()
    before = live.shares
    qtbot.wait(200)
    assert live.shares == before
    assert not live.settled
    second.finish()
    qtbot.waitUntil(lambda: live.settled)
    assert live.shares is not None
    assert live.shares[2] > 0.3
    first = Stroke(document, 1)
    first.add(Box(0, 0, 60, 60), np.ones((60, 60), bool))
    first.finish()
    live._read()
    Stroke(document, 2)
    live.close()


@pytest.mark.parametrize("waiting", [palettes.WAITING, 4000])
def test_what_follows_the_strokes_is_what_reading_anew_finds(
    qtbot: QtBot, session: Session, live: LivePalettes, waiting: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(palettes, "WAITING", waiting)  # beyond it, all is counted anew
    document, photo = session.document, session.photo
    assert document is not None
    assert photo is not None
    for class_id, top in ((1, 0), (2, 30), (3, 50)):
        stroke = Stroke(document, class_id)
        stroke.add(Box(top, 10, top + 30, 60), np.ones((30, 50), bool))
        stroke.finish()
        if top:
            document.undo()
            document.redo()
    document.predict(np.where(document.labels == 1, 4, document.labels).astype(np.uint8), everything=True)
    expected = photo_palettes(photo, document.labels)
    qtbot.waitUntil(lambda: {each.name: live.swatches(each.name) for each in CLASSES} == expected)
