"""Helvetica's widths, in thousandths of its size (Adobe's metrics of the 14 standard fonts), in Windows-1252."""

from __future__ import annotations

import unicodedata

# Characters 32 to 255; those that mean nothing are as wide as a bullet.
# fmt: off
WIDTHS = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584, 350,
    556, 350, 222, 556, 333, 1000, 556, 556, 333, 1000, 667, 333, 1000, 350, 611, 350,
    350, 222, 222, 333, 333, 350, 556, 1000, 333, 1000, 500, 333, 944, 350, 500, 667,
    278, 333, 556, 556, 556, 556, 260, 556, 333, 737, 370, 556, 584, 333, 737, 333,
    400, 584, 333, 333, 333, 556, 537, 278, 333, 333, 365, 556, 834, 834, 834, 611,
    667, 667, 667, 667, 667, 667, 1000, 722, 667, 667, 667, 667, 278, 278, 278, 278,
    722, 722, 778, 778, 778, 778, 778, 584, 778, 722, 722, 722, 722, 667, 667, 611,
    556, 556, 556, 556, 556, 556, 889, 500, 556, 556, 556, 556, 278, 278, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 584, 611, 556, 556, 556, 556, 500, 556, 500,
)
# fmt: on


def coded(text: str) -> bytes:
    """``text`` in Windows-1252; a letter it lacks loses its accents, or becomes "?"."""
    return b"".join(_letter(letter) for letter in text)


def width(text: str, size: float) -> float:
    """How wide ``text`` is when set in Helvetica of ``size``."""
    return sum(WIDTHS[code - 32] for code in coded(text)) * size / 1000


def _letter(letter: str) -> bytes:
    try:
        code = letter.encode("cp1252")
    except UnicodeEncodeError:
        code = unicodedata.normalize("NFKD", letter).encode("ascii", "ignore") or b"?"
    return code if code >= b" " else b" "
