"""Which files of a folder are photos, by their names, and in which order. No decoder: a listing needs none."""

from __future__ import annotations

import re
from pathlib import Path

#: HEIC of telephones and AVIF (lower case); the content decides which.
HEIF_SUFFIXES = frozenset({".heic", ".heif", ".hif", ".avif"})
#: Camera RAW (lower case); their heads are mostly TIFF's, so here the name decides.
RAW_SUFFIXES = frozenset({".dng", ".cr2", ".cr3", ".nef", ".arw", ".raf", ".orf", ".rw2", ".pef", ".srw"})
#: Names a folder's photos may end in (lower case); the content decides how a file is read, the name only of camera RAW.
#: Those that take an extra are always here: a folder of them must not look empty, and opening one says what to do.
PHOTO_SUFFIXES = (
    frozenset({".jpg", ".jpeg", ".jpe", ".png", ".tif", ".tiff", ".webp", ".bmp", ".gif", ".mpo"})
    | HEIF_SUFFIXES
    | RAW_SUFFIXES
)

_NUMBERS = re.compile(r"\d+")


def list_photos(folder: Path) -> list[Path]:
    """The photos directly inside ``folder`` in natural order (2.jpg before 10.jpg); hidden files are left out.

    Of a photo that a camera saved twice, as JPEG and RAW, only the first in ``copy_rank`` is listed. Goes by name and
    opens none of them. Raises OSError when the folder cannot be listed.
    """
    found = [
        entry
        for entry in Path(folder).iterdir()
        if entry.suffix.lower() in PHOTO_SUFFIXES and not entry.name.startswith(".") and entry.is_file()
    ]
    first: dict[str, int] = {}
    for path in found:
        first[path.stem] = min(first.get(path.stem, 2), copy_rank(path.name))
    found = [path for path in found if copy_rank(path.name) == first[path.stem]]
    return sorted(found, key=lambda path: natural_key(path.name))


def copy_rank(name: str) -> int:
    """Of files with one stem, which is the photo: the lowest. JPEG and its kind 0, HEIC and AVIF 1, camera RAW 2."""
    suffix = f".{name.rpartition('.')[2].lower()}"
    return 2 if suffix in RAW_SUFFIXES else 1 if suffix in HEIF_SUFFIXES else 0


def natural_key(name: str) -> tuple[str, str]:
    """Sort key by which numbers inside names count as numbers: photo2 before photo10."""
    return _NUMBERS.sub(_by_length, name.casefold()), name


def _by_length(number: re.Match[str]) -> str:
    """Digits that sort as a number does: the longer the larger, and before any letter."""
    digits = str(int(number[0]))
    return f"\0{chr(len(digits))}{digits}"
