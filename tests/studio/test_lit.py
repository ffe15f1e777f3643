"""A swatch's own pixels, and a pixel's swatch."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from chromadesk.classes import CLASSES
from chromadesk.colour.kept import Kept, Region
from chromadesk.studio.canvas.transform import Transform
from chromadesk.studio.canvas.veil import Veil
from chromadesk.studio.lit import Lit
from chromadesk.studio.palettes import LivePalettes
from chromadesk.studio.session import Session


@pytest.fixture
def live(qtbot: QtBot, session: Session, folder: Path, show) -> LivePalettes:
    made = LivePalettes(session, session)
    session.open_dataset(folder)
    show(session, "A/02.jpg")
    qtbot.waitUntil(lambda: made.settled and bool(made.found))
    yield made
    made.close()


def test_every_inner_pixel_of_a_class_is_some_swatch_s(session: Session, live: LivePalettes) -> None:
    lit = Lit(session, live)
    for fashion_class in CLASSES:
        found, whole = live.found[fashion_class.name], lit.pixels(fashion_class.name)
        assert whole is not None
        assert whole.sum() == live.histogram.area(fashion_class.id)
        parts = [lit.pixels(fashion_class.name, number) for number in range(len(found.swatches))]
        assert np.sum(parts, axis=0).max() <= 1
        assert not (np.any(parts, axis=0) & ~whole).any()
    assert lit.pixels("nothing") is None


def test_a_pixel_s_swatch_is_the_one_that_lights_it(session: Session, live: LivePalettes) -> None:
    lit = Lit(session, live)
    place = lit.at(80, 40)
    assert place is not None
    assert place.region == "clothes"
    pixels = lit.pixels(place.region, place.number)
    assert pixels is not None
    assert pixels[80, 40]
    assert place.own.rgb == tuple(session.photo.pixels[80, 40])
    assert 0 <= place.away < 20


def test_garments_have_pixels_of_their_own(qtbot: QtBot, session: Session, live: LivePalettes) -> None:
    lit = Lit(session, live)
    live.decide(Kept(regions=(Region("coat", 3, ((80, 40),)),)))
    qtbot.waitUntil(lambda: live.settled and "coat" in live.found)
    assert lit.region_at(80, 40) == "coat"
    assert lit.pixels("coat").sum() == live.histogram.area(5)


def test_lit_within_twenty_milliseconds(session: Session, live: LivePalettes) -> None:
    """On a million pixels, once they are in bins (two cores shared: three times as long is let pass)."""
    lit = Lit(session, live)
    lit.pixels("clothes", 0)
    lit._bins, lit._ids = np.tile(lit._bins, (11, 10)), np.tile(lit._ids, (11, 10))
    took = []
    for _ in range(5):
        start = time.perf_counter()
        pixels = lit.pixels("clothes", 0)
        Veil(pixels, 1, pixels.shape, QColor("black"))
        took.append(time.perf_counter() - start)
    assert min(took) < 0.06


def test_a_veil_leaves_the_lit_alone(qtbot: QtBot) -> None:
    pixels = np.zeros((4, 6), bool)
    pixels[1, 2] = True
    picture = QImage(60, 40, QImage.Format.Format_RGB32)
    picture.fill(QColor("white"))
    with QPainter(picture) as painter:
        Veil(pixels, 2, (8, 11), QColor("black")).draw(painter, Transform(5.0))
    assert picture.pixelColor(25, 15) == QColor("white")
    assert picture.pixelColor(15, 15).red() == 38
    assert picture.pixelColor(57, 15) == QColor("white")  # beyond the photo
