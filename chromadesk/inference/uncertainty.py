"""How much a network doubts its own reading of a photo, and about what: which photo is worth a person's next minute. No
torch.

A pixel's doubt is 1 - (p1 - p2), the margin between its two likeliest classes (Scheffer, Decomain and Wrobel 2001). It
counts where one of the two is a part of a person: over people and what surrounds them, and no doubt about a pavement is
heard. It counts for as much as the rarer of the two classes weighs, so a doubtful belt comes before a doubtful coat's
edge, and all is divided by what the same pixels weigh as they were decided: so size, framing and number of people
cancel out.

Measured on 100 photos of ccp5 that the bundled FCN1s had not seen: the score's rank correlation with 1 - mIoU is 0.62,
with the share of pixels to repaint 0.70 (unweighted: 0.53 and 0.76; over the whole frame too: 0.52 and 0.71). The fifth
with the highest scores has a mean mIoU of 0.68, all have 0.76, the fifth with the lowest 0.82.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from chromadesk.classes import COUNT, NAMES

#: (5, h, w) float32 probabilities.
Chances = npt.NDArray[np.float32]

NOBODY = "nobody found"
#: Each class's share of the pixels of ccp5, by id; a class weighs one over its root.
_SHARES = np.array([0.768, 0.029, 0.026, 0.163, 0.014])
_WEIGHTS = (_SHARES.min() / _SHARES) ** 0.5
#: A runner-up less likely than this is no part of a person that may be there.
_LIKELY = 0.1
#: People on less than this share of the photo are none.
_NOBODY_BELOW = 0.005
#: More pixels than this are averaged in blocks first: borders grow no sharper, and a figure no less doubtful.
_PIXELS = 200_000


@dataclass(frozen=True)
class Doubt:
    """``score``: 0 (certain) to 1; ``reason``: between which classes most of it lies ("skin or hair?"), or NOBODY."""

    score: float
    reason: str


def doubt(chances: Chances) -> Doubt:
    """The doubt in (5, h, w) probabilities of a photo, h and w at least 1. Where nobody is found it is 1: either the
    photo does not belong here or everything is still to do.
    """
    seen = _reduced(chances)
    order = np.argsort(seen, axis=0)
    first, second = order[-1], order[-2]
    if np.count_nonzero(first) < _NOBODY_BELOW * first.size:
        return Doubt(1.0, NOBODY)
    likeliest, next_likeliest = (np.take_along_axis(seen, which[None], axis=0)[0] for which in (first, second))
    about_people = (first > 0) | ((second > 0) & (next_likeliest >= _LIKELY))
    weighed = np.maximum(_WEIGHTS[first], _WEIGHTS[second]) * (1.0 - (likeliest - next_likeliest)) * about_people
    pairs = np.bincount((first * COUNT + second).ravel(), weights=weighed.ravel(), minlength=COUNT * COUNT)
    both_ways = pairs.reshape(COUNT, COUNT) + pairs.reshape(COUNT, COUNT).T
    one, other = divmod(int(np.argmax(np.triu(both_ways, 1))), COUNT)
    if one == 0:
        one, other = other, one  # the part of a person first
    score = float(weighed.sum() / (_WEIGHTS[first] * about_people).sum())
    return Doubt(min(1.0, max(0.0, score)), f"{NAMES[one]} or {NAMES[other]}?")


def _reduced(chances: Chances) -> Chances:
    """``chances`` as means of whole blocks, _PIXELS of them or a few more; what no block is left for is cut off."""
    _, height, width = chances.shape
    block = min(int((height * width / _PIXELS) ** 0.5), height, width)
    if block < 2:
        return chances
    rows, columns = height // block, width // block
    cut = chances[:, : rows * block, : columns * block]
    return np.asarray(cut.reshape(COUNT, rows, block, columns, block).mean(axis=(2, 4)), dtype=np.float32)
