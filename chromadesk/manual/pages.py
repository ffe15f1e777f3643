"""The guide: Markdown pages under docs/, in an order, with the parts that are made of the code filled in.

Both readers of them, the studio (``studio/manual.py``) and the web site (``docs/conf.py``), go through here. A line
``<!-- made: commands -->`` stands for the part of that name in ``parts.PARTS``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from chromadesk import resources
from chromadesk.errors import ChromaDeskError
from chromadesk.manual.parts import PARTS

#: Chapters, and the pages of each.
CONTENTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Start", ("index", "install", "first-steps")),
    ("Guides", ("designers", "forecasters", "researchers")),
    ("Good to know", ("safety", "troubleshooting")),
    ("Reference", ("commands", "formats", "models", "python")),
    ("Background", ("paper", "architecture", "translations")),
)
NAMES = tuple(name for _, names in CONTENTS for name in names)
_MADE = re.compile(r"^<!-- made: ([a-z-]+) -->$", re.MULTILINE)


def folder() -> Path:
    """Where the pages lie. Raises ChromaDeskError when the installation carries none."""
    return resources.folder("docs")


def text(name: str, parts: Mapping[str, Callable[[], str]] = PARTS) -> str:
    """The Markdown of a page, complete. Raises ChromaDeskError where there is no such page, or it cannot be read."""
    if name not in NAMES:
        raise ChromaDeskError(f"The guide has no page {name!r}; choose from {', '.join(NAMES)}.")
    path = folder() / f"{name}.md"
    try:
        written = path.read_text(encoding="utf-8")
    except OSError as error:
        raise ChromaDeskError(f"{path} cannot be read: {error.strerror or error}. Install ChromaDesk again.") from error
    return filled(written, parts)


def filled(written: str, parts: Mapping[str, Callable[[], str]] = PARTS) -> str:
    """``written`` with every made part in its place. Raises KeyError for one that is not in ``parts``."""
    return _MADE.sub(lambda found: parts[found[1]](), written)


def title(markdown: str) -> str:
    """The first heading of a page, in plain words."""
    first = next((line for line in markdown.splitlines() if line.startswith("# ")), "")
    return first.removeprefix("# ").replace("`", "").strip()
