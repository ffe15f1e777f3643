"""What wrote this? The format of a foreign data set, guessed from how its folders and files are called."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from chromadesk.dataset.formats import json_stream, psd, voc
from chromadesk.errors import DatasetError
from chromadesk.listing import PHOTO_SUFFIXES

#: Of a folder so many names are looked at, of a JSON file so many of its lists' elements.
_MOST = 2000
#: Files of JSON that are tried until one speaks.
_TRIED = 20
_SPLITS = ("train", "test", "val", "valid", "validation")


def guess(path: Path) -> str | None:
    """The format, as ``formats.table`` calls it, of the file or folder ``path``; None where nothing speaks for any."""
    path = path.expanduser()
    try:
        return _of_file(path) if path.is_file() else _of_folder(path) if path.is_dir() else None
    except OSError:
        return None


def _of_file(path: Path) -> str | None:
    suffix = path.suffix.lower()
    if suffix in psd.SUFFIXES:
        return "psd"
    if suffix == ".parquet":
        return "hugging-face"
    return _of_json(path) if suffix == ".json" else None


def _of_folder(path: Path) -> str | None:
    if (path / voc.MASKS).is_dir():
        lists = {file.stem for file in (path / "ImageSets" / "Segmentation").glob("*.txt")}
        return "cvat" if lists == {"default"} else "voc"
    folders = [path, *(path / split for split in _SPLITS if (path / split).is_dir())]
    if any((folder / "annotations" / "pixel-level").is_dir() for folder in folders):
        return "matlab"
    if any((path / "annotations").glob("*.json")):
        return "coco"
    if any((folder / "A").is_dir() or (folder / "B").is_dir() for folder in folders):
        return "pix2pix"
    if any(path.glob("*.parquet")) or any((path / "data").glob("*.parquet")):
        return "hugging-face"
    names = [file for folder in folders for file in _files(folder)]
    if any(file.suffix.lower() in psd.SUFFIXES for file in names):
        return "psd"
    tables = islice((file for file in names if file.suffix.lower() == ".json"), _TRIED)
    found = next((form for file in tables if (form := _of_json(file)) is not None), None)
    if found is not None:
        return found
    return "side-by-side" if any(file.suffix.lower() in PHOTO_SUFFIXES for file in names) else None


def _files(folder: Path) -> Iterator[Path]:
    return (file for file in islice(folder.iterdir(), _MOST) if not file.name.startswith("."))


def _of_json(path: Path) -> str | None:
    """What the lists of a JSON file are called says whose it is; a list of tasks is itself one."""
    found: set[str] = set()
    try:
        for name, _, _ in islice(json_stream.places(path), _MOST):
            found.add(name)
            if name in ("", "shapes"):
                break
            if {"images", "annotations"} & found:
                return "coco"
    except DatasetError:
        return None
    return "label-studio" if "" in found else "labelme" if "shapes" in found else None
