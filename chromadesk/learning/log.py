"""metrics.jsonl: a training's figures, one line an epoch."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from chromadesk import files


class Log:
    """Written as epochs end; a training that goes back drops the lines of epochs that it will do again."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def go_back(self, epochs: int) -> None:
        """Keep the lines of the first ``epochs`` epochs. Raises StorageError."""
        if not self.path.exists():
            return
        lines = self.path.read_text("utf-8", "replace").splitlines(keepends=True)
        kept = [line for line in lines[:epochs] if line.endswith("\n")]
        if kept != lines:
            files.write_text(self.path, "".join(kept))

    def write(self, values: dict[str, Any]) -> None:
        """Add a line, on disk before the checkpoint that counts on it. Raises StorageError."""
        had = self.path.read_text("utf-8") if self.path.exists() else ""
        files.write_text(self.path, f"{had}{json.dumps(values)}\n")
