"""Small data sets of real files, and the real window on them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chromadesk.editing.document import Document
from chromadesk.masks import write_mask
from chromadesk.studio import theme
from chromadesk.studio.canvas.photo_layer import PhotoLayer
from chromadesk.studio.canvas.view import Canvas
from chromadesk.studio.session import Session
from chromadesk.studio.tools.state import ToolState
from chromadesk.studio.window import Window

#: Height and width of the photos.
SIZE = (120, 80)


def figure(size: tuple[int, int] = SIZE) -> np.ndarray:
    """A mask with a person in it: hair, skin, clothes, an accessory."""
    labels = np.zeros(size, np.uint8)
    labels[10:25, 30:50] = 4
    labels[25:40, 32:48] = 2
    labels[40:110, 25:55] = 3
    labels[60:70, 55:65] = 1
    return labels


def write_photo(path: Path, seed: int = 0, size: tuple[int, int] = SIZE) -> None:
    """A JPEG of noise about a colour of its own."""
    path.parent.mkdir(parents=True, exist_ok=True)
    generator = np.random.default_rng(seed)
    base = generator.integers(40, 200, 3)
    pixels = np.clip(base + generator.normal(0, 12, (*size, 3)), 0, 255).astype(np.uint8)
    Image.fromarray(pixels).save(path, quality=90)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Five photos in A; 01 to 03 have masks in B."""
    root = tmp_path / "set"
    for number in range(1, 6):
        write_photo(root / "A" / f"{number:02}.jpg", number)
        if number <= 3:
            write_mask(root / "B" / f"{number:02}.png", figure())
    return root


@pytest.fixture
def dressed(qapp: QApplication) -> QApplication:
    """The application in its theme."""
    if not qapp.styleSheet():
        theme.apply(qapp)
    return qapp


@pytest.fixture
def session(dressed: QApplication) -> Iterator[Session]:
    """A session without a window; no model, so nothing is predicted."""
    made = Session()
    made.active.path = None
    yield made
    made.close()


@pytest.fixture
def window(dressed: QApplication, qtbot: QtBot) -> Iterator[Window]:
    """The real window, shown, with nothing open and no model."""
    made = Window()
    made.session.active.path = None
    made.resize(1200, 800)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.leave()
    made.deleteLater()
    QApplication.processEvents()


@pytest.fixture
def canvas(dressed: QApplication, qtbot: QtBot) -> Canvas:
    """A canvas that has the keyboard; its photo is 200 pixels high and 150 wide."""
    state = ToolState()
    made = Canvas(state)
    state.setParent(made)
    made.resize(500, 460)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    size = (200, 150)
    pixels = np.random.default_rng(0).integers(0, 255, (*size, 3), np.uint8)
    made.show_document(Document(Path("a.jpg"), np.zeros(size, np.uint8)), PhotoLayer(pixels, []))
    made.setFocus()
    return made


@pytest.fixture
def notices(request: pytest.FixtureRequest) -> list[tuple[str, str]]:
    """Every (sentence, level) the session under test says from now on."""
    owner: QObject = request.getfixturevalue("window" if "window" in request.fixturenames else "session")
    said: list[tuple[str, str]] = []
    session = owner.session if isinstance(owner, Window) else owner
    session.notice.connect(lambda text, level: said.append((text, level)))
    return said


@pytest.fixture
def show(qtbot: QtBot) -> Callable[[Session, str], None]:
    """Open a photo by key and wait for it."""

    def run(session: Session, key: str) -> None:
        session.active.path = None
        session.open_photo(key)
        qtbot.waitUntil(lambda: session.item is not None and session.item.key == key)

    return run
