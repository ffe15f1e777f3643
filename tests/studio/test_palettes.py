"""The live palette follows the mask, and leaves a hand that paints alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from chromadesk.editing.patch import Box
from chromadesk.editing.stroke import Stroke
from chromadesk.studio.palettes import LivePalettes
from chromadesk.studio.session import LABELS_CHANGED_INTERVAL, Session


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
    qtbot.wait(3 * LABELS_CHANGED_INTERVAL)
    assert live.shares == before
    stroke.finish()
    qtbot.waitUntil(lambda: live.shares != before)
    assert live.shares is not None
    assert live.shares[1] > 0.3


def test_a_stroke_taken_back_changes_nothing(qtbot: QtBot, session: Session, live: LivePalettes) -> None:
    document, before = session.document, live.shares
    assert document is not None
    stroke = Stroke(document, 1)
    stroke.add(Box(0, 0, 60, 60), np.ones((60, 60), bool))
    qtbot.wait(2 * LABELS_CHANGED_INTERVAL)
    stroke.cancel()
    with qtbot.waitSignal(live.changed):
        pass
    assert live.shares == before
