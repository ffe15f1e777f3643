"""Photos whose last steps are in no mask yet: those that have a journal."""

from __future__ import annotations

import os
from pathlib import Path

from chromadesk.dataset.pairs import Dataset
from chromadesk.editing.recovery import folders
from chromadesk.sidecars import fitting

_SUFFIX = ".journal"


def waiting(dataset: Dataset) -> list[str]:
    """Their keys, in the data set's order; of the disk only the folders of journals are listed.

    Proposals that nobody looked at are in journals, too.
    """
    found = set()
    for folder in folders(dataset.root):
        for inside, _, names in os.walk(folder):  # what cannot be listed holds nothing that could be told
            found |= {(Path(inside) / name).relative_to(folder).as_posix() for name in names if name.endswith(_SUFFIX)}
    return [key for key in dataset.keys if f"{fitting(key, _SUFFIX)}{_SUFFIX}" in found] if found else []
