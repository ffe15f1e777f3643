"""What a wrong mask costs in colours, where it can be counted by hand."""

from __future__ import annotations

import numpy as np
import pytest

from chromadesk.colour.difference import delta_e00
from chromadesk.colour.swatch import of_rgb
from chromadesk.learning.palette_error import PaletteError, palette_error, summary

RED, BLUE, GREEN = (200, 30, 40), (20, 40, 160), (30, 140, 60)


@pytest.fixture
def photo() -> tuple[np.ndarray, np.ndarray]:
    """Ten columns: hair is red, clothes are blue, the rest is green background."""
    labels = np.array([[4] * 2 + [3] * 4 + [0] * 4] * 6, np.uint8)
    pixels = np.zeros((6, 10, 3), np.uint8)
    pixels[labels == 4], pixels[labels == 3], pixels[labels == 0] = RED, BLUE, GREEN
    return pixels, labels


def test_the_true_mask_costs_nothing(photo: tuple[np.ndarray, np.ndarray]) -> None:
    pixels, truth = photo
    error = palette_error(pixels, truth, truth)
    assert error.emd == error.micdm == {"clothes": 0.0, "hair": 0.0}
    assert error.missed == error.invented == ()


def test_background_in_the_clothes_costs_its_share(photo: tuple[np.ndarray, np.ndarray]) -> None:
    pixels, truth = photo
    predicted = truth.copy()
    predicted[:, 6] = 3  # a column of background: a fifth of what is then called clothes
    error = palette_error(pixels, truth, predicted)
    apart = delta_e00(np.array(of_rgb(BLUE).lab), np.array(of_rgb(GREEN).lab))
    assert error.emd["clothes"] == pytest.approx(apart / 5, abs=0.02)
    assert error.micdm["clothes"] == pytest.approx(apart / 4, abs=0.02)  # green's nearest is blue: (0 + apart / 2) / 2
    assert error.emd["hair"] == 0


def test_what_only_one_mask_has_is_counted_and_not_averaged(photo: tuple[np.ndarray, np.ndarray]) -> None:
    pixels, truth = photo
    predicted = np.where(truth == 4, 2, truth).astype(np.uint8)  # hair taken for skin
    error = palette_error(pixels, truth, predicted)
    assert (error.missed, error.invented) == (("hair",), ("skin",))
    assert error.to_json() == {
        "emd": 0.0,
        "micdm": 0.0,
        "classes": {"clothes": {"emd": 0.0, "micdm": 0.0}},
        "missed": ["hair"],
        "invented": ["skin"],
    }


def test_means_over_photos() -> None:
    found = summary(
        [
            PaletteError({"hair": 2.0, "clothes": 4.0}, {"hair": 1.0, "clothes": 3.0}),
            PaletteError({"hair": 6.0}, {"hair": 4.0}, missed=("clothes",)),
            PaletteError({}, {}, invented=("skin",)),
        ]
    )
    assert found["hair"] == {"emd": 4.0, "micdm": 2.5, "photos": 2, "missed": 0, "invented": 0}
    assert found["clothes"] == {"emd": 4.0, "micdm": 3.0, "photos": 1, "missed": 1, "invented": 0}
    assert found["skin"] == {"emd": None, "micdm": None, "photos": 0, "missed": 0, "invented": 1}
    assert found["all"] == {"emd": 4.5, "micdm": 3.0, "photos": 2, "missed": 1, "invented": 1}
    assert summary([])["all"]["emd"] is None
