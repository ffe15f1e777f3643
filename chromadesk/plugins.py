"""What other packages add, by entry points: networks, tools, formats of data sets. Loaded when something is asked for.

A package names what it brings in its pyproject.toml, ``[project.entry-points."chromadesk.models"]`` and so on. One that
cannot be used is left out, with a sentence in the log (on a command's stderr), and stops nothing.
"""

from __future__ import annotations

import contextlib
import functools
import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Literal, TypeVar

from chromadesk.sentences import sentence

Group = Literal["models", "tools", "formats"]
_Part = TypeVar("_Part")

_log = logging.getLogger(__name__)
_problems: list[str] = []


class Unfit(ValueError):
    """What a plug-in brings is not what its group takes; the text says why."""


def load(group: Group, check: Callable[[str, object], _Part]) -> dict[str, _Part]:
    """What the installed plug-ins bring to ``group``, by name, once ``check`` (name, what was found) has taken it.

    ``check`` raises Unfit for what cannot be used. Nothing is imported where no package announces anything.
    """
    found: dict[str, _Part] = {}
    if not _announced(tuple(sys.path), f"chromadesk.{group}"):
        return found
    from importlib.metadata import entry_points

    for entry in sorted(entry_points(group=f"chromadesk.{group}"), key=lambda entry: entry.name):
        whose = entry.dist.name if entry.dist is not None else entry.value
        try:
            part = check(entry.name, entry.load())
            if entry.name in found:
                raise Unfit("another package brings one of that name")
        except (Exception, SystemExit) as error:  # noqa: BLE001 -- a stranger's code may raise whatever it likes
            reason = str(error) if isinstance(error, Unfit) else f"{type(error).__name__}: {error}"
            tell_of(f"{entry.name!r} of the package {whose}", reason)
            _log.debug("plug-in %s", entry.value, exc_info=True)
        else:
            found[entry.name] = part
    return found


def tell_of(what: str, reason: str) -> None:
    """Say once that the plug-in ``what`` is left out, and why."""
    first = next(iter(reason.strip().splitlines()), "no reason given").rstrip(".")[:200]
    text = sentence(f"The plug-in {what} cannot be used ({first}), so it is left out; mend or remove that package.")
    if text not in _problems:
        _problems.append(text)
        _log.warning("%s", text)


def problems() -> list[str]:
    """The sentences on plug-ins that were left out so far."""
    return list(_problems)


@functools.lru_cache(maxsize=8)
def _announced(folders: tuple[str, ...], group: str) -> bool:
    """Whether any package on the path ``folders`` names ``group``: a quick look, since importlib.metadata's own takes
    longer than the studio may.
    """
    name = group.encode()
    return any(name in told for folder in folders for told in _told(folder))


@functools.lru_cache(maxsize=64)
def _told(folder: str) -> tuple[bytes, ...]:
    """The entry points of every package in ``folder`` that has some of ChromaDesk's, as they are written."""
    found = []
    with contextlib.suppress(OSError), os.scandir(folder or ".") as entries:
        for entry in entries:
            if entry.name.endswith((".dist-info", ".egg-info")):
                with contextlib.suppress(OSError):
                    found.append(Path(entry.path, "entry_points.txt").read_bytes())
    return tuple(told for told in found if b"chromadesk." in told)
