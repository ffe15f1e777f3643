"""Every journal is told with the photo it is of, however long its name is, and wherever it was put."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from chromadesk import unsaved
from chromadesk.dataset.pairs import Dataset
from chromadesk.editing.store import open_document

SIZE = (40, 30)


def paint(made: Dataset, key: str) -> None:
    opened = open_document(made[key], made.state)
    opened.document.edit("brush", opened.document.bounds, np.full(SIZE, 2, np.uint8), np.ones(SIZE, bool))
    opened.close()


@pytest.mark.parametrize("name", ["01.jpg", "y" * 251 + ".jpg", "z" * 236 + ".jpg", "\U0001f600" * 13 + ".jpg"])
def test_what_waits_and_what_was_put_aside(tmp_path: Path, name: str) -> None:
    Image.fromarray(np.zeros((*SIZE, 3), np.uint8)).save(tmp_path / name)
    made = Dataset.open(tmp_path)
    for _ in range(2):
        paint(made, name)
        (found,) = (each for each in unsaved.examine(made) if "damaged" not in each.path.name)
        assert (found.level, found.advice) == ("note", "open the photo and save it")
        with open(found.path, "r+b") as handle:
            handle.seek(-10, os.SEEK_END)
            handle.write(b"\xff\xff")
        open_document(made[name], made.state).close()
    found_all = list(unsaved.examine(made))
    assert [each.level for each in found_all] == ["note"] * 2
    assert all(each.what.endswith(f", of {name}") and "damaged" in each.path.name for each in found_all)
    (tmp_path / name).rename(tmp_path / "other.jpg")
    assert all("which is gone" in each.what for each in unsaved.examine(Dataset.open(tmp_path)))
