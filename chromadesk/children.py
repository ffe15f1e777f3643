"""ChromaDesk's own processes: how one is started, be there a Python to call or one frozen program."""

from __future__ import annotations

import runpy
import sys

#: The first word by which a frozen program is asked to be another process than the command line.
CHILD = "--child"
#: What may be asked for so.
MODULES = ("chromadesk.jobs.worker", "chromadesk.jobs.segmenter", "chromadesk.studio.asking")


def command(module: str, *words: str) -> list[str]:
    """The program and the words that run ``module``: one of MODULES, or ``chromadesk``, the command line itself.

    ``-P``, so that a folder in which a ``json.py`` lies cannot put it before Python's own.
    """
    if not frozen():
        return [sys.executable, "-P", "-m", module, *words]
    return [sys.executable, *([] if module == "chromadesk" else [CHILD, module]), *words]


def frozen() -> bool:
    """Whether this is a program made by PyInstaller, with its own Python inside."""
    return bool(getattr(sys, "frozen", False))


def become(words: list[str]) -> None:
    """Be the process that ``words`` ask for, a module and what it is given; raises ValueError for none of MODULES."""
    module, *rest = words or [""]
    if module not in MODULES:
        raise ValueError(f"{module!r} is none of ChromaDesk's processes.")
    sys.argv = [module, *rest]
    runpy.run_module(module, run_name="__main__", alter_sys=True)
