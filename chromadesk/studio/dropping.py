"""What is dropped on the window: a folder, or photos, whose data set is opened and the first of them shown."""

from __future__ import annotations

from pathlib import Path

from chromadesk.images import PHOTO_SUFFIXES
from chromadesk.studio.session import Session
from chromadesk.studio.words import tr


def drop(session: Session, paths: list[Path]) -> None:
    """Open what ``paths`` mean; says so when there is no photo among them."""
    first = next((path for path in paths if path.is_dir() or path.suffix.lower() in PHOTO_SUFFIXES), None)
    if first is None:
        if paths:
            session.notice.emit(
                tr(
                    "{name} is no photo; drop JPEG, PNG, TIFF, WebP, HEIC or RAW files, or a folder.",
                    name=paths[0].name,
                ),
                "error",
            )
        return
    folder = dataset_of(first).absolute()
    if session.dataset is None or session.dataset.root != folder:
        session.open_folder(folder, first.absolute())
        return
    match = next((item for item in session.items if item.photo == first.absolute()), None)
    if match is not None:
        session.open_photo(match.key)


def dataset_of(path: Path) -> Path:
    """The data set that a dropped folder or photo means: a photo out of a folder A means the data set around it."""
    if path.is_dir():
        return path
    folder = path.parent
    if folder.name != "A":
        return folder
    folder = folder.parent
    return folder.parent if folder.name in ("train", "test") else folder
