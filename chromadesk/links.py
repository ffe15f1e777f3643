"""Files that open a data set or show a job with a double-click: ``<name>.chromadesk``, a folder's path as JSON.

    {"opens": "."}                                    the data set in which the file lies
    {"opens": ".chromadesk/jobs/20260503-140731-train"}

Paths are relative where the file lies in what it opens or around it, so that both can move together; else absolute.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from chromadesk import files, reading
from chromadesk.dataset.pairs import STATE_FOLDER
from chromadesk.errors import InputError
from chromadesk.jobs import record

SUFFIX = ".chromadesk"
#: Bytes; a path is shorter.
_MOST = 64 << 10


def make(folder: Path, out: Path | None = None) -> Path:
    """Write a file that opens the data set or job in ``folder``, and say where: ``out``, or inside under its name.

    Raises InputError when there is no such folder, StorageError.
    """
    folder = Path(os.path.normpath(folder.expanduser().absolute()))
    if not folder.is_dir():
        raise InputError(f"{folder} is no folder; give a data set or a job.")
    out = (folder / f"{folder.name or 'data set'}{SUFFIX}" if out is None else out).expanduser().absolute()
    if out.suffix != SUFFIX:
        raise InputError(f"The file {out} would not open ChromaDesk; let its name end in {SUFFIX}.")
    near = folder.is_relative_to(out.parent) or out.parent.is_relative_to(folder)
    opens = os.path.relpath(folder, out.parent) if near else str(folder)
    files.write_text(out, json.dumps({"opens": opens}) + "\n")
    return out


def followed(path: Path) -> Path:
    """The folder that the file ``path`` opens. Raises InputError when it cannot be read or names no folder."""
    try:
        said = reading.read_json(path, _MOST)
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror or error}); open the folder itself.") from error
    except ValueError as error:
        raise InputError(f"{path} is damaged; open the folder itself.") from error
    opens = said.get("opens") if isinstance(said, dict) else None
    if not isinstance(opens, str) or not opens or "\0" in opens:
        raise InputError(f"{path} names no folder; open the folder itself.")
    return Path(os.path.normpath(path.absolute().parent / opens))


def is_link(path: Path) -> bool:
    """Whether it is a file of this kind, by its name."""
    return path.suffix == SUFFIX and path.is_file()


def is_job(folder: Path) -> bool:
    """Whether the folder holds a job."""
    return (folder / record.REQUEST).is_file()


def dataset_of(folder: Path) -> Path:
    """The data set that ``folder`` means: that of a job, that around a folder of ChromaDesk's own, or ``folder``.

    Raises JobError for a job that cannot be understood.
    """
    if is_job(folder):
        named = record.read_request(folder).config.get("dataset")
        if isinstance(named, str) and (dataset := Path(os.path.normpath(folder.absolute() / named))).is_dir():
            return dataset
    parts = folder.absolute().parts
    if STATE_FOLDER in parts:
        return Path(*parts[: parts.index(STATE_FOLDER)])
    return folder
