"""Where the files that ship with ChromaDesk lie: icons, bundled weights and their cards; the pages of the guide."""

from __future__ import annotations

import functools
from pathlib import Path

from chromadesk.errors import ChromaDeskError


@functools.cache
def folder(name: str = "resources") -> Path:
    """The folder ``resources`` or ``docs``: inside the package in an installed wheel, beside it in a checkout.

    Raises ChromaDeskError when the installation carries neither.
    """
    package = Path(__file__).resolve().parent
    for candidate in (package / f"_{name}", package.parent / name):
        if candidate.is_dir():
            return candidate
    raise ChromaDeskError(f"ChromaDesk's own files are missing beside {package}; install it again.")
