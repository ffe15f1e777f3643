from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from chromadesk.studio.panels.curves import Curves


def test_figures_are_drawn_as_they_come(qtbot: QtBot) -> None:
    curves = Curves()
    qtbot.addWidget(curves)
    curves.resize(600, 240)
    curves.clear(epochs=2)
    for step in range(20):
        curves.add(step / 10, {"loss": 2.0 - step / 20})
    curves.add(1.0, {"miou": 0.4, "miou_without_background": 0.3, "lr": 1e-4})
    qtbot.waitUntil(lambda: all(legend.isVisible() for legend, _ in curves._legends))
    drawn = [line.getData() for line, _ in curves._lines]
    assert [len(xs) for xs, _ in drawn] == [20, 20, 1, 1]
    curves.add(2.0, {"miou": 0.5})
    qtbot.waitUntil(lambda: len(curves._lines[2][0].getData()[0]) == 2)
    assert list(curves._lines[2][0].getData()[1]) == [0.4, 0.5]
    score = curves._plots[1]
    assert score.getAxis("bottom").labelText == "epoch · photos stretched"
    assert "as in the paper" in score.toolTip()
    curves.grab()
    curves.clear(epochs=3)
    assert not any(legend.isVisible() for legend, _ in curves._legends)
    assert all(line.getData()[0] is None or len(line.getData()[0]) == 0 for line, _ in curves._lines)


def test_the_smoothed_loss_follows_slowly(qtbot: QtBot) -> None:
    curves = Curves()
    qtbot.addWidget(curves)
    for step, loss in enumerate([1.0, 2.0, 1.0]):
        curves.add(float(step), {"loss": loss})
    assert curves.smooth[1] == pytest.approx([1.0, 1.1, 1.09])
