"""What the journals of a data set hold that no mask does: steps that wait to be saved, and what was put aside."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from chromadesk.dataset.pairs import Dataset
from chromadesk.editing import journal
from chromadesk.editing.recovery import folders
from chromadesk.sentences import counted, visible
from chromadesk.sidecars import cut_keys, fitting

Level = Literal["note", "warning", "error"]
_SUFFIX = ".journal"
#: What a journal that was put aside (see editing.recovery) is called by, and what it holds.
_ASIDE = {
    "damaged": "a damaged journal, of which what could be read came back",
    "unread": "a journal that could not be read",
    "other-size": "unsaved steps from when the photo had another size",
}
_PUT_ASIDE = re.compile(rf"(?P<name>.+)\.(?P<why>{'|'.join(_ASIDE)})(-\d+)?", re.DOTALL)
_LONGEST = f".{max(_ASIDE, key=len)}-99{_SUFFIX}"


class Unsaved(NamedTuple):
    """What is to be said of the journal at ``path``; ``unread``: nobody can make anything of it."""

    level: Level
    path: Path
    what: str
    advice: str
    unread: bool = False


def examine(dataset: Dataset) -> Iterator[Unsaved]:
    """Every journal that holds something, in the order of the folders."""
    cut = cut_keys(dataset.keys, _SUFFIX)
    cut |= {fitting(name, _LONGEST): key for name, key in cut.items()}  # put aside, they were cut once more
    found = {path: top for top in folders(dataset.root) for path in files_in(top, _SUFFIX)}
    for path, top in found.items():
        name = path.relative_to(top).as_posix().removesuffix(_SUFFIX)
        key = cut.get(name, name)
        if key not in dataset and (aside := _PUT_ASIDE.fullmatch(name)):
            key = cut.get(aside["name"], aside["name"])
            of = visible(key) if key in dataset else f"{visible(key)}, which is gone"
            yield Unsaved("note", path, f"{_ASIDE[aside['why']]}, of {of}", "kept; remove it as you like")
        else:
            yield from _waiting(path, key in dataset)


def _waiting(path: Path, there: bool) -> Iterator[Unsaved]:
    try:
        content = journal.read(path)
        whole = content is not None and content.length == path.stat().st_size
    except OSError as error:
        yield Unsaved("error", path, f"cannot be read ({error.strerror or error})", "check the disk")
        return
    if content is None:
        what = "unsaved strokes are in it that cannot be read"
        yield Unsaved("error", path, what, "put it aside before the photo is painted on again", unread=True)
    elif content.steps:
        what = counted(len(content.steps), "unsaved step") + ("" if whole else "; its end is torn or damaged")
        advice = "open the photo and save it" if there else "its photo is gone; they are kept"
        yield Unsaved("note" if whole else "warning", path, what, advice)


def files_in(folder: Path, suffix: str) -> Iterator[Path]:
    """The files in ``folder`` and below that end in ``suffix``, but for hidden ones."""
    for inside, _, names in os.walk(folder):
        for name in sorted(names):
            if name.endswith(suffix) and not name.startswith("."):
                yield Path(inside) / name
