"""The diagnostic bundle: what a helper must know, in a ZIP file that a person may hand on.

Versions, the doctor's findings, logs, crash logs, settings and, of a data set, its checkup and the jobs' requests and
logs. Never photos, masks, thumbnails, notes or initials; names are taken out (see redaction).
"""

from __future__ import annotations

import contextlib
import importlib.metadata
import io
import json
import platform
import sys
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import chromadesk
from chromadesk import crashes, doctor, files, log, reading, settings
from chromadesk.checkup import Checkup
from chromadesk.colour import board
from chromadesk.dataset import away
from chromadesk.dataset.index import Index
from chromadesk.dataset.pairs import Dataset
from chromadesk.errors import DatasetError, InputError
from chromadesk.jobs import record
from chromadesk.models import library
from chromadesk.redaction import Redaction

ABOUT = """A diagnostic bundle of ChromaDesk.

about.txt       this
versions.json   ChromaDesk, Python, the packages it stands on, the system
doctor.json     what "chromadesk doctor" found on this machine
settings.json   the settings that differ from the usual, without initials and without the data sets opened of late
logs/           what studio, segmenter and jobs logged, the last megabytes
crashes/        what is known of studios that ended unexpectedly
dataset.json    of the data set that was open: how many photos in which state, and what its checkup found
jobs/           of its newest jobs: what was asked for, what they said, what they printed

There are no photos, masks, thumbnails, notes or initials in it. Names of photos are replaced by photo-1a2b3c4d, one for
each, those of folders, boards and models alike, the home folder by ~, the data set's by DATASET. Look into it before
you hand it on.
"""
#: So many jobs, the newest, and so much of the end of each file, in bytes.
_JOBS, _MOST = 10, 1_000_000
#: More findings of one kind say nothing new.
_FINDINGS = 200


def save(path: Path, dataset: Path | None = None) -> list[str]:
    """Write the bundle to ``path`` and return the names of the files in it. ``dataset`` is the one that was open; one
    that cannot be read is said to be so. Raises StorageError.
    """
    opened, problem = _opened(dataset)
    folders = _folders(dataset)
    redaction = Redaction(_names(opened), folders, _words(opened, folders))
    buffer = io.BytesIO()
    names = []
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in _parts(opened, problem, redaction):
            made.writestr(name, text)
            names.append(name)
    files.write_bytes(path, buffer.getvalue())
    return names


def _parts(opened: Dataset | None, problem: str, redaction: Redaction) -> Iterator[tuple[str, str]]:
    yield "about.txt", ABOUT
    yield "versions.json", _json(_versions())
    yield "doctor.json", _json(redaction.value([asdict(check) for check in doctor.examine()]))
    with contextlib.suppress(OSError, ValueError):
        yield "settings.json", _json(redaction.value(reading.read_json(settings.path())))
    for path in sorted(log.folder().glob("*.log*")):
        yield f"logs/{path.name}", redaction.lines(_end(path))
    for path in crashes.kept():
        yield f"crashes/{path.name}", redaction.lines(_end(path))
    if problem:
        yield "dataset.json", _json({"problem": redaction.text(problem)})
    if opened is not None:
        yield "dataset.json", _json(_about(opened, redaction))
        for folder in record.list_jobs(opened.state)[:_JOBS]:
            for name in (record.REQUEST, record.MESSAGES, record.OUTCOME, record.TIMES, record.LOG):
                if (folder / name).exists() and not _leads_away(folder / name, opened.state):
                    yield f"jobs/{redaction.text(folder.name)}/{name}", redaction.lines(_whole(folder / name))


def _opened(dataset: Path | None) -> tuple[Dataset | None, str]:
    try:
        return (None if dataset is None else Dataset.open(dataset)), ""
    except DatasetError as error:
        return None, str(error)


def _names(opened: Dataset | None) -> set[str]:
    """The names of the photos, and of what lies beside them under the same stem."""
    if opened is None:
        return set()
    return {item.name for item in opened.items} | {item.mask_key.rpartition("/")[2] for item in opened.items}


def _words(opened: Dataset | None, folders: Iterable[str]) -> set[str]:
    """What else a person gave a name: data sets, the folders in the one that was open, its boards and models."""
    words = {Path(folder).name for folder in folders}
    if opened is not None:
        words |= {part for item in opened.items for part in item.key.split("/")[:-1]}
        words |= set(board.listed(opened.state))
        for name in board.listed(opened.state):
            with contextlib.suppress(InputError):
                words.add(board.read(opened.state, name).title)
        words |= {path.stem for path in library.own(opened.state)}
    return words


def _folders(dataset: Path | None) -> dict[str, str]:
    """The folders of data sets, which often are called after a person or a client."""
    found: dict[str, str] = {}
    for number, entry in enumerate(settings.get("recent"), start=1):
        if isinstance(entry, dict) and isinstance(entry.get("folder"), str):
            found[entry["folder"]] = f"DATASET-{number}"
    for number, (folder, before) in enumerate(away.abandoned(), start=len(settings.get("recent")) + 1):
        found[str(folder)] = f"DATASET-{number}"
        if before:
            found.setdefault(before, f"DATASET-{number}")
    if dataset is not None:
        for path in (dataset.expanduser().absolute(), dataset.expanduser().resolve()):
            found[str(path)] = "DATASET"
    return found


def _versions() -> dict[str, Any]:
    packages = {}
    with contextlib.suppress(importlib.metadata.PackageNotFoundError):
        for requirement in importlib.metadata.requires("chromadesk") or []:
            name = doctor.parted(requirement)[0]
            with contextlib.suppress(importlib.metadata.PackageNotFoundError):
                packages[name] = importlib.metadata.version(name)
    return {
        "chromadesk": chromadesk.__version__,
        "python": sys.version,
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "packages": packages,
    }


def _about(opened: Dataset, redaction: Redaction) -> dict[str, Any]:
    with Index.open(opened) as index:
        states = Counter(index.statuses().values())
        made_anew = index.made_anew
    findings = Checkup(opened.root).examine()
    return {
        "layout": opened.layout,
        "photos": len(opened),
        "states": dict(states),
        "suffixes": dict(Counter(Path(item.key).suffix.lower() for item in opened.items)),
        "index made anew": made_anew,
        "findings": [
            redaction.value({"level": each.level, "where": each.where, "what": each.what})
            for each in findings[:_FINDINGS]
        ],
        "more findings": max(len(findings) - _FINDINGS, 0),
    }


def _json(value: Any) -> str:
    return json.dumps(value, indent=1) + "\n"


def _whole(path: Path) -> str:
    """A file's text; one of JSON over many lines as a line, so that what it says is understood."""
    text = _end(path)
    if path.suffix == ".json":
        with contextlib.suppress(ValueError, RecursionError):
            return json.dumps(json.loads(text))
    return text


def _leads_away(path: Path, state: Path) -> bool:
    """Whether a link, which a stranger may have laid, leads to what is no part of the data set."""
    return not path.resolve().is_relative_to(state.resolve())


def _end(path: Path) -> str:
    try:
        with reading.opened(path) as handle:
            size = handle.seek(0, 2)
            handle.seek(max(0, size - _MOST))
            if size > _MOST:
                handle.readline()  # half of one
            return handle.read().decode("utf-8", "replace")
    except OSError as error:
        return f"{error.strerror or error}\n"
