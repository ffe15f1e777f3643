from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from chromadesk.learning.palette_error import PaletteError
from chromadesk.studio.background import Background
from chromadesk.studio.panels.worst_photos import WorstPhotos


@pytest.fixture
def background(qtbot: QtBot) -> Iterator[Background]:
    made = Background()
    yield made
    made.finish(drop=True)


def test_thumbnails_come_and_a_click_chooses(qtbot: QtBot, background: Background, folder: Path) -> None:
    (folder / "A" / "06.jpg").write_text("no photo")
    worst = WorstPhotos(background)
    qtbot.addWidget(worst)
    worst.resize(400, 300)
    worst.show()
    worst.show_photos(
        [
            {"key": f"A/0{number}.jpg", "photo": str(folder / "A" / f"0{number}.jpg"), "miou": score}
            for number, score in ((6, 0.1), (2, 0.25), (1, None))
        ]
    )
    assert [worst.item(row).text() for row in range(3)] == ["0.10  06", "0.25  02", "–  01"]
    blank = worst.item(1).icon().cacheKey()
    qtbot.waitUntil(lambda: worst.item(1).icon().cacheKey() != blank)
    qtbot.waitUntil(lambda: "06.jpg" in worst.item(0).toolTip() and "mIoU" not in worst.item(0).toolTip())
    with qtbot.waitSignal(worst.chosen) as chosen:
        place = worst.visualItemRect(worst.item(1)).center()
        qtbot.mouseClick(worst.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == ["A/02.jpg"]
    worst.setCurrentRow(2)
    with qtbot.waitSignal(worst.chosen) as chosen:
        qtbot.keyClick(worst, Qt.Key.Key_Return)
    assert chosen.args == ["A/01.jpg"]


def test_the_worst_colours_first(qtbot: QtBot, background: Background, folder: Path) -> None:
    worst = WorstPhotos(background)
    qtbot.addWidget(worst)
    errors = [
        PaletteError({"clothes": 2.0}, {"clothes": 1.0}),
        PaletteError({}, {}, missed=("clothes",)),
        PaletteError({"clothes": 4.0, "hair": 9.0}, {"clothes": 1.0, "hair": 1.0}),
    ]
    worst.show_colours(
        [
            {"key": f"A/0{number}.jpg", "photo": str(folder / "A" / f"0{number}.jpg"), "palette_error": error.to_json()}
            for number, error in enumerate(errors, start=1)
        ]
    )
    assert [worst.item(row).text() for row in range(worst.count())] == ["6.5  03", "2.0  01"]
    assert "ΔE00: hair 9.0, clothes 4.0" in worst.item(0).toolTip()


def test_a_new_list_is_not_given_old_pictures(qtbot: QtBot, background: Background, folder: Path) -> None:
    worst = WorstPhotos(background)
    qtbot.addWidget(worst)
    entry = {"key": "A/01.jpg", "photo": str(folder / "A" / "01.jpg"), "miou": 0.5}
    worst.show_photos([entry] * 30)
    worst.show_photos([])
    background.wait()
    qtbot.wait(20)
    assert worst.count() == 0


def test_the_photos_behind_a_cell_most_first(qtbot: QtBot, background: Background, folder: Path) -> None:
    worst = WorstPhotos(background)
    qtbot.addWidget(worst)
    entries = []
    for number, mixed in ((1, 5), (2, 0), (3, 20)):
        counts = np.zeros((5, 5), int)
        counts[4] = [0, 0, 0, mixed, 40 - mixed]
        counts[0, 0] = 60
        photo = f"A/0{number}.jpg"
        entries.append({"key": photo, "photo": str(folder / photo), "miou": 0.5, "confusion": counts.tolist()})
    worst.show_confused(entries, 4, 3)
    assert [worst.item(row).text() for row in range(worst.count())] == ["20.0 %  03", "5.0 %  01"]
    assert worst.accessibleName() == "Hair taken for clothes"
    assert worst.item(0).toolTip().startswith("A/03.jpg: 20 pixels, 20.00 % of it: Hair taken for clothes.")
    worst.show_confused(entries, 4, 4)  # the diagonal: what is missed
    assert [worst.item(row).text() for row in range(worst.count())] == ["20.0 %  03", "5.0 %  01"]
    assert worst.accessibleName() == "Hair missed"
    worst.show_confused(entries, 3, 4)
    assert worst.count() == 0
