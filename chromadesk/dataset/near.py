"""Photos that are nearly the same picture: another shot a moment later, a smaller copy, one saved again.

A photo's look is 256 bits (Zauner 2010, pHash, with 16 x 16 coefficients in place of 8 x 8): the signs of its low
frequencies about their median. Two looks are near when at most NEAR bits differ.

NEAR was chosen on the 1498 real photos of ccp5 and ccp_unlabelled, 1.1 million pairs, each doubtful one looked at. The
ten nearest pairs, at 6 to 61 bits, are all of one person at one moment (the four known ones of ccp5: 24, 24, 35, 45);
then nothing until 76, where the first pair of strangers and the last of one person stand side by side. Half of all
pairs differ by 126. The same photo at 80 % of its size and JPEG quality 60 differs by 9 at most (60 tried). By how the
far end thins out, some hundred pairs of strangers among the five thousand million pairs of 100,000 photos will be taken
for near. A mirrored copy is near too; one cut by a tenth and more, or turned, is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from chromadesk.errors import Cancelled, ImageError

#: Two looks of which at most so many bits differ are near.
NEAR = 64
#: Bits of a look.
BITS = 256
#: The longer edge at which a photo is decoded, and the square of which its frequencies are taken.
_EDGE, _SQUARE = 128, 64
_KEPT = 16
#: The median size of a low frequency (lightness 0-255, orthonormal) below which a picture says too little of itself to
#: be known again. Of the real photos the plainest has 36; noise of 12 levels a pixel at 120 x 80 has 6.
_PLAIN = 8.0
#: Looks compared at a time, to keep the products in the processor's cache.
_BLOCK = 2048

#: What a mirror does to a look: every other frequency across changes its sign.
_MIRROR = np.tile(np.where(np.arange(_KEPT) % 2, -1, 1), _KEPT).astype(np.float32)

Looks = npt.NDArray[np.uint8]


def look(path: Path) -> bytes:
    """The look of the photo at ``path`` as displayed, BITS / 8 bytes; empty for one too plain to be told from others,
    and for one that cannot be decoded.
    """
    from chromadesk.images import read_thumbnail  # kept out of the window's start

    try:
        return look_of(read_thumbnail(path, _EDGE))
    except ImageError:
        return b""


def look_of(pixels: npt.NDArray[np.uint8]) -> bytes:
    """As ``look``, of (H, W, 3) uint8 sRGB."""
    import cv2  # kept out of the window's start

    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    square = cv2.resize(grey, (_SQUARE, _SQUARE), interpolation=cv2.INTER_AREA)
    frequencies = cv2.dct(square.astype(np.float32))[:_KEPT, :_KEPT].ravel()
    frequencies[0] = 0.0  # how light the picture is as a whole, says nothing
    if np.median(np.abs(frequencies[1:])) < _PLAIN:
        return b""
    return np.packbits(frequencies > np.median(frequencies[1:])).tobytes()


def distance(one: bytes, other: bytes) -> int:
    """How many bits of two looks differ, 0 to BITS (mirrored ones are not compared); BITS when one is empty."""
    if not one or not other:
        return BITS
    return (int.from_bytes(one) ^ int.from_bytes(other)).bit_count()


def pairs(
    looks: Sequence[bytes], since: int = 0, cancelled: Callable[[], bool] = lambda: False
) -> list[tuple[int, int]]:
    """The places (i < j, ``since`` <= j) of all that are near each other in ``looks``; empty ones are near nothing.

    All such pairs are compared, in blocks: 100,000 looks take a minute. Raises errors.Cancelled.
    """
    places, signs = _signs(looks)
    first = int(np.searchsorted(places, since))
    found: list[tuple[int, int]] = []
    for start in range(0, len(places), _BLOCK):
        if cancelled():
            raise Cancelled("The comparison of the photos was stopped.")
        others = max(start, first)
        for rows, columns in _near(signs[start : start + _BLOCK], signs[others:]):
            apart = rows + start < columns + others
            found += zip(places[rows[apart] + start].tolist(), places[columns[apart] + others].tolist(), strict=True)
    return found


def among(looks: Sequence[bytes], others: Sequence[bytes]) -> list[bool]:
    """For each of ``looks`` whether one of ``others`` is near it."""
    places, signs = _signs(looks)
    _, against = _signs(others)
    found = np.zeros(len(looks), dtype=bool)
    for start in range(0, len(places), _BLOCK):
        for rows, _ in _near(signs[start : start + _BLOCK], against):
            found[places[rows + start]] = True
    return [bool(near) for near in found]


def _signs(looks: Sequence[bytes]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.float32]]:
    """The places of those that are not empty, and each one's bits as (n, BITS) -1 and 1, whose products count the bits
    that agree less those that do not, exactly.
    """
    places = np.array([place for place, one in enumerate(looks) if one], dtype=np.intp)
    packed: Looks = np.frombuffer(b"".join(looks), dtype=np.uint8).reshape(len(places), BITS // 8)
    return places, np.unpackbits(packed, axis=1).astype(np.float32) * 2 - 1


def _near(
    block: npt.NDArray[np.float32], others: npt.NDArray[np.float32]
) -> Iterator[tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]]:
    """(rows of ``block``, rows of ``others``) that are near."""
    mirrored = block * _MIRROR
    for start in range(0, len(others), _BLOCK):
        against = others[start : start + _BLOCK].T
        rows, columns = np.nonzero(np.maximum(block @ against, mirrored @ against) >= BITS - 2 * NEAR)
        yield rows, columns + start
