"""Processes that ended without a goodbye: what they leave, and what is made of it at the next start.

While a process is ``watched`` there is a file ``<kind>-<pid>.running`` in the log folder: a line of JSON about the
process, and whatever Python can still say when it dies of a fault (faulthandler). A clean end removes it. One whose
process is gone is turned into ``crash-<time>-<pid>.txt`` for a person to read.
"""

from __future__ import annotations

import contextlib
import faulthandler
import json
import os
import platform
import sys
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil

import chromadesk
from chromadesk import log, processes
from chromadesk.errors import StorageError
from chromadesk.files import write_text

RUNNING, CRASH = ".running", "crash-"
#: So many crash logs are kept.
_MOST = 10
#: The kinds whose every unexpected end is told; of others only a fault is: their studio kills them when it closes.
_TOLD = ("studio",)


@contextlib.contextmanager
def watched(process: str) -> Iterator[None]:
    """While it lasts, the end of this process, of the kind ``process``, does not go unnoticed."""
    path = log.folder() / f"{process}-{os.getpid()}{RUNNING}"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = open(path, "w", encoding="utf-8")  # noqa: SIM115 -- open as long as it is watched
    except OSError:
        yield
        return
    with contextlib.suppress(OSError):  # a full disk: the empty file still says that it runs
        handle.write(json.dumps(_about(process)) + "\n")
        handle.flush()
    before = faulthandler.is_enabled()
    faulthandler.enable(handle)
    try:
        yield
    finally:
        faulthandler.disable()
        if before and sys.__stderr__ is not None:
            faulthandler.enable(sys.__stderr__)
        with contextlib.suppress(OSError):
            handle.close()
        with contextlib.suppress(OSError):
            path.unlink()


def collect() -> list[Path]:
    """Turn what processes left that are gone into crash logs; those of studios, the oldest first."""
    found = []
    try:
        left = sorted(log.folder().glob(f"*{RUNNING}"), key=lambda path: path.stat().st_mtime)
    except OSError:
        return []
    for path in left:
        process, _, number = path.stem.rpartition("-")
        with contextlib.suppress(OSError, ValueError, StorageError):
            pid = int(number)
            about, fault = _read(path)
            if _lives(pid, about):
                continue
            if process in _TOLD or fault:
                crash = _write(process, pid, about, fault, path.stat().st_mtime)
                if process in _TOLD:
                    found.append(crash)
            path.unlink()
    for old in kept()[:-_MOST]:
        with contextlib.suppress(OSError):
            old.unlink()
    return found


def running(process: str) -> bool:
    """Whether a process of the kind ``process`` of this user is there on this machine."""
    for path in log.folder().glob(f"{process}-*{RUNNING}"):
        with contextlib.suppress(OSError, ValueError):
            about, _ = _read(path)
            if about.get("machine") == _machine() and _lives(int(path.stem.rpartition("-")[2]), about):
                return True
    return False


def kept() -> list[Path]:
    """The crash logs there are, the oldest first."""
    return sorted(log.folder().glob(f"{CRASH}*.txt"))


def _about(process: str) -> dict[str, Any]:
    return {
        "process": process,
        "started": processes.started(),
        "machine": _machine(),
        "version": chromadesk.__version__,
    }


def _machine() -> int:
    """Tells machines apart that share a home folder, without naming them."""
    return zlib.crc32(platform.node().encode())


def _read(path: Path) -> tuple[dict[str, Any], str]:
    """What the process said of itself (nothing where a full disk let it say nothing), and how it died."""
    line, _, fault = path.read_text("utf-8", "replace").partition("\n")
    try:
        about = json.loads(line)
    except ValueError:
        about = {}
    return about if isinstance(about, dict) else {}, fault.strip()


def _lives(pid: int, about: dict[str, Any]) -> bool:
    """The process is there, or on another machine, where nobody here can know."""
    if about.get("machine", _machine()) != _machine():
        return True
    try:
        since = float(about["started"]) if "started" in about else processes.started(pid)
    except (psutil.Error, TypeError, ValueError):
        return False
    return processes.living(pid, since) is not None


def _write(process: str, pid: int, about: dict[str, Any], fault: str, when: float) -> Path:
    stamp = time.strftime("%Y%m%d-%H%M%S", time.localtime(when))
    path = log.folder() / f"{CRASH}{stamp}-{pid}.txt"
    said = log.last(process, pid)
    write_text(
        path,
        f"The {process} of ChromaDesk {about.get('version', '')} ended unexpectedly (process {pid}).\n\n"
        + (log.homeless(fault) or "It left no word: it was ended from outside, or the computer went off.")
        + "\n\nThe last lines it logged:\n\n"
        + ("\n".join(said) or "none")
        + "\n",
    )
    return path
