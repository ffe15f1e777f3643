"""Names of files in foreign data sets: never out of the folder they stand in, never what a system forbids."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

from chromadesk.dataset.pairs import Split
from chromadesk.errors import DatasetError
from chromadesk.listing import PHOTO_SUFFIXES

# What some system forbids in names, and what nobody could see in them.
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]')
_BYTES = 200  # of a name, that leave room for suffixes
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
_SUFFIXES = (".jpg", ".png", ".jpeg", ".JPG", ".PNG", ".JPEG", ".webp", ".bmp", ".tif", ".tiff")
_SPLITS: dict[str, Split] = {"train": "train", "test": "test", "val": "test", "valid": "test", "validation": "test"}


def inside(root: Path, name: str, said_by: Path, beside: Path | None = None) -> Path:
    """The file ``name`` of a foreign list, which must lie within the folder ``root``, links followed.

    ``said_by`` is the list, for the sentence; ``beside`` the folder that ``name`` starts from (``root`` unless given).
    Raises DatasetError for a path that leads out of ``root``.
    """
    try:
        path = ((beside or root) / name.replace("\\", "/")).resolve()
        within = path.is_relative_to(root.resolve())
    except (OSError, ValueError, RuntimeError):  # a zero byte, a loop of links, a name too long
        within = False
    if not within or not name.strip():
        raise DatasetError(f"{said_by} names the file {name[:80]!r}, which is not inside {root}; put it there first.")
    return path


def photo_called(root: Path, stem: str, said_by: Path) -> Path | None:
    """The picture ``stem`` (a path from ``root``), whatever its suffix; None without one. Raises as ``inside`` does."""
    paths = (inside(root, f"{stem}{suffix}", said_by) for suffix in _SUFFIXES)
    return next((path for path in paths if path.is_file()), None)


def stem_of(name: str) -> str:
    """A file's stem from a foreign name, fit for every system: without folders, photo suffix and forbidden letters."""
    last = PurePosixPath(name.replace("\\", "/")).name
    stem, dot, suffix = last.rpartition(".")
    if dot and f".{suffix.lower()}" in PHOTO_SUFFIXES:
        last = stem
    tidy = _FORBIDDEN.sub("_", last.encode("utf-8", "replace").decode()).strip(" .")
    tidy = tidy.encode()[:_BYTES].decode("utf-8", "ignore").rstrip(" .")
    return f"_{tidy}" if not tidy or _RESERVED.fullmatch(tidy) else tidy


def joined(name: str) -> str:
    """Like ``stem_of``, with the folders before it: what tells two photos of one name apart."""
    return stem_of("-".join(part for part in PurePosixPath(name.replace("\\", "/")).parts if part not in ("/", "..")))


def split_called(name: str) -> Split | None:
    """The split that a folder or list called ``name`` is; validation counts as test."""
    return _SPLITS.get(name.lower())
