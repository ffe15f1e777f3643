"""Orders of the filmstrip that rest on the masks."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from pytestqt.qtbot import QtBot

from chromadesk.masks import write_mask
from chromadesk.studio.window import Window


def test_photos_sort_by_the_share_of_a_class_and_follow_a_save(
    qtbot: QtBot, window: Window, folder: Path, show
) -> None:
    for number, rows in ((1, 10), (2, 60), (3, 30)):
        labels = np.zeros((120, 80), np.uint8)
        labels[:rows] = 4
        write_mask(folder / "B" / f"{number:02}.png", labels)
    assert window.session.open_dataset(folder)
    qtbot.waitUntil(lambda: window.session.document is not None)
    model, photos = window.paint.photos.model, window.paint.photos

    def order() -> list[str]:
        return [Path(model.key_at(row) or "").stem for row in range(model.rowCount())]

    photos._sorted("hair")
    qtbot.waitUntil(lambda: order() == ["02", "03", "01", "04", "05"])
    show(window.session, "A/05.jpg")
    document = window.session.document
    assert document is not None
    document.edit("brush", document.bounds, np.full((120, 80), 4, np.uint8), np.ones((120, 80), bool))
    window.session.save()
    qtbot.waitUntil(lambda: order() == ["05", "02", "03", "01", "04"])
    photos._sorted("name")
    assert order() == ["01", "02", "03", "04", "05"]
