"""What the preview makes of labels: classes over the photo, stripes where nobody decided, the label in hand alone."""

from __future__ import annotations

import numpy as np

from chromadesk.classes import PALETTE
from chromadesk.dataset.mapping import NEAREST, UNDECIDED, ClassMap, Label
from chromadesk.dataset.survey import Look
from chromadesk.studio.exchange.preview import painted

PHOTO = np.full((20, 30, 3), 100, np.uint8)
LABELS = np.repeat(np.array([[0, 5, 6, 7, 8]], np.int32), 20, axis=0).repeat(6, axis=1)
MAP = ClassMap("", (Label("ground", 0, 0), Label("coat", 3, 5), Label("hat", 1, 6), Label("border", NEAREST, 7)))


def test_classes_lie_over_the_photo_and_what_is_ignored_stays() -> None:
    drawn = painted(Look("a.png", PHOTO, LABELS, {}), MAP, None)
    assert (drawn[:, :6] == 100).all()
    assert (drawn[:, 18:24] == 100).all()
    coat = 100 + 0.55 * (PALETTE[3].astype(float) - 100)
    assert np.abs(drawn[:, 6:12].astype(float) - coat).max() <= 1
    assert len(np.unique(drawn[:, 24:, 0])) == 2  # stripes


def test_the_label_in_hand_stands_out() -> None:
    look = Look("a.png", PHOTO, LABELS, {6: "Hat"})
    plain = painted(look, MAP, None)
    for label in (Label("hat", UNDECIDED), Label("5", UNDECIDED, 5)):
        drawn = painted(look, MAP, label)
        part = slice(12, 18) if label.id is None else slice(6, 12)
        assert (drawn[:, part] == plain[:, part]).all()
        assert (drawn[:, 0].astype(int) < plain[:, 0]).all()
        assert (drawn[:, part.stop] == (76, 141, 255)).all()
    assert (painted(look, MAP, Label("shoe", UNDECIDED)) == plain).all()
