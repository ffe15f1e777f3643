"""Which weights a data set was last used with, in its state folder."""

from __future__ import annotations

import json
from pathlib import Path

from chromadesk import files
from chromadesk.errors import ModelError
from chromadesk.models import library

FILE_NAME = "studio.json"


def default_model() -> Path | None:
    """The bundled default; None when no weights are installed."""
    try:
        return library.find(library.DEFAULT)
    except ModelError:
        return None


def remembered_model(state: Path) -> tuple[Path | None, str]:
    """The weights last used with the data set, or the default and a sentence saying why not those."""
    try:
        kept = json.loads((state / FILE_NAME).read_text(encoding="utf-8"))["model"]
        return library.find(str(kept), state), ""
    except FileNotFoundError:
        return default_model(), ""
    except ModelError:
        return default_model(), f"{kept}, the model last used here, is gone; the default one is used."
    except (OSError, ValueError, KeyError, TypeError):
        return default_model(), f"{state / FILE_NAME} cannot be read; the default model is used."


def remember_model(state: Path, model: Path) -> None:
    """Keep ``model`` as the data set's choice. Raises StorageError."""
    files.write_text(state / FILE_NAME, json.dumps({"model": str(model)}, indent=1) + "\n")
