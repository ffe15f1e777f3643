"""What is dropped on the window or handed to the program: a folder, a photo, whose data set is opened and which is then
shown, a job, whose data set is opened and its jobs listed, or a ``.chromadesk`` file that names one of these.
"""

from __future__ import annotations

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
        window.session.open_folder(links.dataset_of(path))
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
        return links.dataset_of(path)
    folder = path.parent
    if folder.name != "A":
        return folder
    folder = folder.parent
    return folder.parent if folder.name in ("train", "test") else folder
