"""Every architecture and every weights file in one list, as ``chromadesk models`` shows it. No torch."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from chromadesk.errors import ModelError
from chromadesk.models import library, registry
from chromadesk.models.info import WeightsInfo, parameter_count, read_info
from chromadesk.models.lineage import Node, tree


def rows(state: Path | None = None) -> list[dict[str, Any]]:
    """JSON objects with one set of keys: architectures (``kind`` "architecture"), then weights files ("weights").

    ``input`` is height x width; ``parameters`` are the architecture's own, ``parameter_count`` the numbers in the
    file (null for an architecture); ``error`` is the sentence for a file that cannot be used. ``state`` adds a data
    set's own. ``parent`` is what a file was fine-tuned from, ``photos`` how many it has seen, ``date`` when it was
    written (null for an architecture).
    """
    found = []
    for row in registry.architectures().values():
        info = WeightsInfo(row.name, row.name, dict(row.parameters), fit=row.fit)
        found.append(_row("architecture", info) | {"title": row.title, "description": row.description})
    for path, bundled in library.list_weights(state):
        try:
            entry = _row("weights", read_info(path)) | {"parameter_count": parameter_count(path), "date": _date(path)}
        except ModelError as error:
            entry = _row("weights", WeightsInfo(path.stem, "")) | {"error": str(error)}
        found.append(entry | {"name": path.stem, "file": str(path), "bundled": bundled})
    return found


def lineage(rows: list[dict[str, Any]]) -> list[Node[dict[str, Any]]]:
    """The weights files among ``rows`` as trees by parent."""
    return tree([(row["name"], row["parent"], row) for row in rows if row["kind"] == "weights"])


def _date(path: Path) -> str:
    return time.strftime("%Y-%m-%d", time.localtime(path.stat().st_mtime))


def _row(kind: str, info: WeightsInfo) -> dict[str, Any]:
    return {
        "kind": kind,
        "name": info.name,
        "title": info.name,
        "architecture": info.architecture,
        "parameters": info.parameters,
        "parameter_count": None,
        "input": f"{info.input_size[0]}x{info.input_size[1]}",
        "fit": info.fit,
        "licence": info.licence,
        "scores": info.scores,
        "parent": info.parent,
        "photos": len(info.trained_on),
        "version": info.version,
        "date": None,
        "bundled": False,
        "file": None,
        "description": "",
        "error": None,
    }
