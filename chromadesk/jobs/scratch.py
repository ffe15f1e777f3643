"""The folder in which a segmenter leaves its answers: whose it is, and what becomes of those whose studio was killed.

A segmenter leaves with its studio and takes the folder along. Where both were killed, or the segmenter was stuck, the
next segmenter that starts finds the folder by its note, ends a process left in it, and removes it.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import time
from pathlib import Path

import psutil

from chromadesk.jobs import owner

_PREFIX = "chromadesk-segmenter-"
_STUDIO, _SEGMENTER = "studio.json", "segmenter.json"
#: A folder without a note is as old as this, seconds, before it is taken for one whose maker was killed before it.
_OLD = 3600.0


def make() -> Path:
    """A new folder, this process's. Raises OSError, StorageError."""
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    owner.note(folder / _STUDIO)
    return folder


def serve(folder: Path) -> None:
    """Note that this process is the one that answers into ``folder``. Raises StorageError."""
    owner.note(folder / _SEGMENTER)


def sweep() -> None:
    """End what is left of killed studios, and remove their folders."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError, psutil.Error):
            if _is_left(folder):
                left = owner.living(folder / _SEGMENTER)
                if left is not None:
                    left.kill()
                    left.wait(5)
                shutil.rmtree(folder, ignore_errors=True)


def _is_left(folder: Path) -> bool:
    about = folder.stat(follow_symlinks=False)
    if folder.is_symlink() or not folder.is_dir() or (hasattr(os, "getuid") and about.st_uid != os.getuid()):
        return False  # another person's, in a folder that all share
    if (folder / _STUDIO).exists():
        return owner.living(folder / _STUDIO) is None
    return time.time() - about.st_mtime > _OLD
