"""The user's own folders: settings, data, cache and logs, also for a user whom the system gives no home."""

from __future__ import annotations

import functools
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import platformdirs

#: What each of the folders is called.
NAME = "chromadesk"


def home() -> Path:
    """The user's home; where there is none, as for a bare number in a container, a folder as ``_shelter`` makes it."""
    return _sound(Path.home) or _shelter()


def config() -> Path:
    """Where the settings lie."""
    return _own(platformdirs.user_config_path, "config")


def data() -> Path:
    """Where work lies that has no other place: what read-only data sets could not take, and the sample photos."""
    return _own(platformdirs.user_data_path, "data")


def cache() -> Path:
    """Where lies what can be made again."""
    return _own(platformdirs.user_cache_path, "cache")


def logs() -> Path:
    """Where the logs lie."""
    return _own(platformdirs.user_log_path, "log")


def _own(ask: Callable[..., Path], name: str) -> Path:
    return _sound(lambda: ask(NAME, appauthor=False)) or _shelter() / name


def _sound(ask: Callable[[], Path]) -> Path | None:
    """What ``ask`` says; None where it cannot tell, or left a ``~`` that would become a folder of that name."""
    try:
        found = ask()
    except RuntimeError:
        return None
    return found if found.is_absolute() else None


@functools.cache
def _shelter() -> Path:
    """A folder among the temporary ones that only this user can enter, the same each time unless another took its name.

    Raises OSError where nothing can be written at all.
    """
    user = os.getuid() if hasattr(os, "getuid") else 0
    folder = Path(tempfile.gettempdir()) / f"{NAME}-home-{user}"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        about = folder.stat(follow_symlinks=False)
        if folder.is_dir() and not folder.is_symlink() and about.st_uid == user and not about.st_mode & 0o077:
            return folder
    except OSError:
        pass
    return Path(tempfile.mkdtemp(prefix=f"{NAME}-home-"))
