"""A hint that does not fit ends after a whole phrase."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from chromadesk.studio.elided import GAP, Elided


def test_whole_phrases_are_left_out_from_the_end(dressed: QApplication) -> None:
    label = Elided(GAP.join(("Drag: free-hand", "Click: corners", "Enter: fill")))
    width = label.fontMetrics().horizontalAdvance
    label.resize(width(label.text()) + 2, 20)
    assert label.shown == label.text() == label.toolTip()
    label.resize(width(label.text()) - 4, 20)
    assert label.shown == GAP.join(("Drag: free-hand", "Click: corners"))
    label.resize(width("Drag: free-hand") - 10, 20)
    assert label.shown.endswith("…")
    assert label.shown.startswith("Drag")


def test_it_is_painted_in_its_own_colour(dressed: QApplication) -> None:
    label = Elided("IIIIIIIIII")
    label.setStyleSheet("color: #ff0000; background: #000000")
    label.resize(200, 24)
    image = label.grab().toImage()
    colours = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    assert any(name.startswith("#f") and name.endswith("0000") for name in colours), sorted(colours)[:9]
