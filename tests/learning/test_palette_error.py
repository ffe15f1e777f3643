"""What a wrong mask costs in colours, where it can be counted by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from chromadesk.colour.difference import delta_e00
from chromadesk.images import Photo, read_photo
from chromadesk.learning.palette_error import PaletteError, palette_error, summary
from tests.swatches import of_rgb

RED, BLUE, GREEN = (200, 30, 40), (20, 40, 160), (30, 140, 60)


Pair = tuple[Photo, np.ndarray]


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    """Ten columns of 60 pixels: hair is red, clothes are blue, the rest is green background."""
    labels = np.repeat(np.array([[4] * 2 + [3] * 4 + [0] * 4] * 6, np.uint8), 60, axis=0).repeat(60, axis=1)
    pixels = np.zeros((*labels.shape, 3), np.uint8)
    pixels[labels == 4], pixels[labels == 3], pixels[labels == 0] = RED, BLUE, GREEN
    Image.fromarray(pixels).save(tmp_path / "photo.png")
    return read_photo(tmp_path / "photo.png"), labels


def test_the_true_mask_costs_nothing(pair: Pair) -> None:
    photo, truth = pair
    error = palette_error(photo, truth, truth)
    assert error.emd == error.micdm == {"clothes": 0.0, "hair": 0.0}
    assert error.missed == error.invented == ()


def test_background_in_the_clothes_costs_its_share(pair: Pair) -> None:
    photo, truth = pair
    predicted = truth.copy()
    predicted[:, 360:420] = 3  # a column of background: a fifth of what is then called clothes, less a rim of one pixel
    error = palette_error(photo, truth, predicted)
    apart = delta_e00(np.array(of_rgb(BLUE).lab), np.array(of_rgb(GREEN).lab))
    assert error.emd["clothes"] == pytest.approx(apart * 59 / 298, abs=0.02)
    assert error.micdm["clothes"] == pytest.approx(apart / 4, abs=0.02)  # green's nearest is blue: (0 + apart / 2) / 2
    assert error.emd["hair"] == 0


def test_what_only_one_mask_has_is_counted_and_not_averaged(pair: Pair) -> None:
    photo, truth = pair
    predicted = np.where(truth == 4, 2, truth).astype(np.uint8)  # hair taken for skin
    error = palette_error(photo, truth, predicted)
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
