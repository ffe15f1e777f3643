"""The live palette follows the mask, and leaves a hand that paints alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

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
