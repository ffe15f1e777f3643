"""What is said of a photo that was opened, in the person's language."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from chromadesk.editing.store import Opened, open_document, snapshot, write
from chromadesk.studio import words
from chromadesk.studio.recovered import told
from tests.editing.test_store import KEY, data_set, paint


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    words.use("de")
    yield
    words.use("en")


def texts(opened: Opened, looking: bool = False) -> list[str]:
    opened.close()
    return [text for text, _ in told(opened, looking)]


def test_strokes_of_another_studio_did_not_come_back(qapp: QApplication, tmp_path: Path) -> None:
    dataset = data_set(tmp_path)
    opened = open_document(dataset[KEY], dataset.state)
    paint(opened, 1, (5.0, 5.0))
    opened.journal.flush()
    assert texts(open_document(dataset[KEY], dataset.state, looking=True), looking=True) == []
    opened.close()
    (said,) = texts(open_document(dataset[KEY], dataset.state))
    assert said.startswith("1 stroke on 1.png came back")


def test_a_broken_mask_and_a_damaged_journal_are_told_in_german(german: None, tmp_path: Path) -> None:
    dataset = data_set(tmp_path)
    opened = open_document(dataset[KEY], dataset.state)
    mask, journal = opened.item.mask, opened.journal.path
    paint(opened, 1, (5.0, 5.0))
    write(snapshot(opened))
    paint(opened, 2, (15.0, 5.0))
    opened.close()
    whole = mask.read_bytes()
    for broken, wanted in (
        (whole[: len(whole) // 2], f"{mask} ist beschädigt oder abgeschnitten"),
        (b"", f"{mask} ist leer (null Byte)"),
    ):
        mask.write_bytes(broken)
        assert texts(open_document(dataset[KEY], dataset.state))[0].startswith(wanted)
    mask.write_bytes(whole)
    journal.write_bytes(b"no journal")
    (said,) = texts(open_document(dataset[KEY], dataset.state))
    assert said.startswith("Das Journal von 1.png ist nicht lesbar: Es ist beschädigt")
    assert "; es liegt in " in said
