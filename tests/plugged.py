"""The example package of plug-ins, and broken ones, laid into a folder as an installer would lay them."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

EXAMPLE = Path(__file__).parents[1] / "examples" / "plugin"


def install(target: Path) -> Path:
    """The example package in ``target``, its entry points as its pyproject.toml has them."""
    project = tomllib.loads((EXAMPLE / "pyproject.toml").read_text("utf-8"))["project"]
    shutil.copytree(EXAMPLE / "chromadesk_example", target / "chromadesk_example")
    announce(target, project["name"], project["entry-points"])
    return target


def announce(target: Path, name: str, groups: dict[str, dict[str, str]]) -> None:
    """A package's metadata in ``target``: group -> (name -> module:attribute)."""
    folder = target / f"{name.replace('-', '_')}-1.0.dist-info"
    folder.mkdir(parents=True)
    (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    lines = [line for group, entries in groups.items() for line in (f"[{group}]", *map(" = ".join, entries.items()))]
    (folder / "entry_points.txt").write_text("\n".join(lines) + "\n")
