"""The real window with a photo open; Photoshop documents as a person might have painted them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from chromadesk.classes import CLASSES
from chromadesk.dataset.formats import psd_file
from chromadesk.images import read_photo
from chromadesk.studio.notices import Notice
from chromadesk.studio.window import Window

Planes = dict[str, np.ndarray]


@pytest.fixture
def opened(qtbot: QtBot, window: Window, folder: Path) -> Window:
    """01.jpg of ``folder``, which has a mask, is open."""
    assert window.session.open_dataset(folder)
    qtbot.waitUntil(lambda: window.session.document is not None)
    window.session.active.path = None
    return window


@pytest.fixture
def notice(qtbot: QtBot, window: Window) -> Callable[[str], Notice]:
    """Wait for the notice whose sentence holds these words."""

    def find(words: str) -> Notice:
        def matching() -> list[Notice]:
            return [each for each in window.notices.shown if words in each.text]

        qtbot.waitUntil(lambda: bool(matching()), timeout=20_000)
        return matching()[-1]

    return find


@pytest.fixture
def document() -> Callable[[Path, Path, Planes], Path]:
    """Write a document with a photo and, in the group Mask, a layer for each plane, the later ones above."""

    def write(path: Path, photo: Path, planes: Planes) -> Path:
        pixels = np.ascontiguousarray(read_photo(photo).pixels)
        colours = {each.name: each.colour for each in CLASSES}
        shapes = tuple(psd_file.Shape(name.capitalize(), plane, colours[name], False) for name, plane in planes.items())
        with path.open("wb") as handle:
            psd_file.write(
                handle, [psd_file.Picture("Photo", pixels), psd_file.Group("Mask", shapes, 128)], pixels, None
            )
        return path

    return write
