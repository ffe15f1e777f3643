"""What is dropped on the window or handed to the program: a folder, a photo or its mask, whose data set is opened and
which is then shown, a job, whose data set is opened and its jobs listed, or a ``.chromadesk`` file that names one of
these.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from chromadesk import links
from chromadesk.jobs import record
from chromadesk.listing import PHOTO_SUFFIXES
from chromadesk.studio.session import Session
from chromadesk.studio.words import tr

if TYPE_CHECKING:
    from chromadesk.studio.window import Window


def open_path(window: Window, path: Path) -> None:
    """Open what the command line or a desktop named. Raises InputError."""
    path = path.expanduser().absolute()
    if links.is_link(path):
        path = links.followed(path)
    if path.name == record.REQUEST:
        path = path.parent
    if path.is_file():
        drop(window.session, [path])
    else:
        window.session.open_folder(dataset_of(path))
    if links.is_job(path):
        window.show_jobs()


def drop(session: Session, paths: list[Path]) -> None:
    """Open what ``paths`` mean; says so when there is no photo among them. Raises InputError."""
    paths = [links.followed(path) if links.is_link(path) else path for path in paths]
    first = next((path for path in paths if path.is_dir() or path.suffix.lower() in PHOTO_SUFFIXES), None)
    if first is None:
        if paths:
            session.notice.emit(
                tr(
                    "{name} is no photo; drop JPEG, PNG, TIFF, WebP, HEIC or RAW files, or a folder.",
                    name=paths[0].name,
                ),
                "warning",
            )
        return
    folder, first = dataset_of(first).absolute(), _photo_of(first)
    if session.dataset is None or session.dataset.root != folder:
        session.open_folder(folder, first.absolute())
        return
    match = next((item for item in session.items if item.photo == first.absolute()), None)
    if match is not None:
        session.open_photo(match.key)


def dataset_of(path: Path) -> Path:
    """The data set that a dropped or chosen folder, photo or mask means: that around its folder A or B."""
    within = path.is_file() or (path.suffix.lower() in PHOTO_SUFFIXES and not path.is_dir())
    folder = path.parent if within else links.dataset_of(path)
    if folder.name == "B":
        folder = _photos_of(folder) or folder
    if folder.name != "A" or (path == folder and _photos_of(folder.parent / "B") != folder):
        return folder
    folder = folder.parent
    return folder.parent if folder.name in ("train", "test") else folder


def _photo_of(path: Path) -> Path:
    """The photo whose mask ``path`` is, or else ``path``."""
    photos = _photos_of(path.parent) if path.parent.name == "B" else None
    return photos / _photos(photos).get(path.stem, path.name) if photos is not None else path


def _photos_of(masks: Path) -> Path | None:
    """The folder of the photos whose masks lie in the folder ``masks``; None where no photo has one there."""
    stems = {stem for stem, name in _photos(masks).items() if name.lower().endswith(".png")}
    return next((each for each in (masks.parent / "A", masks.parent) if stems & _photos(each).keys()), None)


def _photos(folder: Path) -> dict[str, str]:
    """The names of the pictures in ``folder`` by their stems; none where it cannot be listed."""
    try:
        names = os.listdir(folder)
    except OSError:
        return {}
    split = ((name, *os.path.splitext(name)) for name in names)
    return {stem: name for name, stem, suffix in split if suffix.lower() in PHOTO_SUFFIXES}
