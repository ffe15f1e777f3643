"""The five classes and their colours are the data set's."""

from __future__ import annotations

import numpy as np
import pytest

from chromadesk import classes


def test_the_convention_of_the_data_set() -> None:
    assert [(c.id, c.name, c.colour) for c in classes.CLASSES] == [
        (0, "background", (0, 0, 0)),
        (1, "accessories", (66, 127, 50)),
        (2, "skin", (224, 16, 115)),
        (3, "clothes", (250, 190, 8)),
        (4, "hair", (147, 225, 245)),
    ]
    assert classes.PALETTE.tolist() == [list(c.colour) for c in classes.CLASSES]
    assert [classes.CLASSES[index].short for index in classes.PAPER_ORDER] == [
        "Null",
        "Hair",
        "Clothes",
        "Skin",
        "Accs.",
    ]
    assert classes.COUNT == len(classes.NAMES) == 5


def test_names_and_hex() -> None:
    assert classes.by_name("hair").id == 4
    assert classes.by_name("clothes").hex == "#fabe08"
    with pytest.raises(KeyError):
        classes.by_name("shoes")


def test_shares() -> None:
    labels = np.array([[0, 1, 2], [3, 4, 4]], np.uint8)
    assert np.allclose(classes.class_shares(labels), [1 / 6, 1 / 6, 1 / 6, 1 / 6, 2 / 6])
    assert classes.class_shares(np.zeros((3, 3), np.uint8)).tolist() == [1, 0, 0, 0, 0]
