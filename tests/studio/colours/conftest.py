"""The real window on a photo whose clothes are of three colours, its Colours workspace in front."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from chromadesk.masks import write_mask
from chromadesk.studio.window import COLOURS, Window

#: The clothes' colours, from the top; the last is the lightest and neutral.
BANDS = ((160, 30, 40), (30, 60, 150), (190, 190, 190))


@pytest.fixture
def banded(tmp_path: Path) -> Path:
    """A data set of one photo: 300 x 200, clothes in three bands of 60 rows on a green ground."""
    root = tmp_path / "banded"
    pixels = np.full((300, 200, 3), (60, 120, 60), np.uint8)
    labels = np.zeros((300, 200), np.uint8)
    for number, colour in enumerate(BANDS):
        rows = slice(60 + 60 * number, 120 + 60 * number)
        pixels[rows, 50:150] = colour
        labels[rows, 50:150] = 3
    (root / "A").mkdir(parents=True)
    Image.fromarray(pixels).save(root / "A" / "01.png")
    write_mask(root / "B" / "01.png", labels)
    return root


@pytest.fixture
def bands(qtbot: QtBot, window: Window, banded: Path) -> Window:
    """The window on it, colours known."""
    assert window.session.open_dataset(banded)
    window.show_workspace(COLOURS)
    qtbot.waitUntil(lambda: bool(window.colours.photo_page.cards) and window.live.settled)
    return window
