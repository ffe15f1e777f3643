"""Which weights a data set uses, those it used before, and how closely they look; in its state folder. No torch."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from chromadesk import files, reading
from chromadesk.errors import ModelError, StorageError
from chromadesk.inference.quality import QUALITIES, Quality
from chromadesk.models import library
from chromadesk.sentences import sentence

FILE_NAME = "studio.json"
#: So many earlier choices are kept.
_LONGEST = 20


def default_model() -> Path | None:
    """The bundled default; None when no weights are installed."""
    try:
        return library.find(library.DEFAULT)
    except ModelError:
        return None


def remembered_model(state: Path) -> tuple[Path | None, str]:
    """The weights last used with the data set, or the default and a sentence saying why not those."""
    try:
        kept = reading.read_json(state / FILE_NAME)["model"]
        return library.find(str(kept), state), ""
    except FileNotFoundError:
        return default_model(), ""
    except ModelError:
        return default_model(), sentence(f"{kept}, the model last used here, is gone; the default one is used.")
    except (OSError, ValueError, KeyError, TypeError):
        return default_model(), f"{state / FILE_NAME} cannot be read; the default model is used."


def earlier_models(state: Path) -> list[Path]:
    """The weights used before, the latest last; those whose file is gone are left out."""
    try:
        return [path for path in map(Path, _read(state).get("before", [])) if path.is_file()]
    except (TypeError, ValueError, OSError):
        return []


def remembered_quality(state: Path) -> Quality:
    """How closely photos were last looked at here; ``standard`` when nothing is known."""
    kept = _read(state).get("quality")
    return next((quality for quality in QUALITIES if quality == kept), "standard")


def remember_quality(state: Path, quality: Quality) -> None:
    """Keep ``quality`` for the data set. Raises StorageError."""
    _add(state, {"quality": quality})


def remember_model(state: Path, model: Path, before: Path | None = None) -> None:
    """Keep ``model`` as the data set's choice, in place of ``before``. Raises StorageError."""
    earlier = earlier_models(state)
    if before is not None:
        earlier.append(before)
    _write(state, model, earlier)


def go_back(state: Path) -> Path | None:
    """Take the latest earlier weights as the data set's choice again and return them; None without any.

    Raises StorageError.
    """
    earlier = earlier_models(state)
    if not earlier:
        return None
    model = earlier.pop()
    _write(state, model, earlier)
    return model


def _write(state: Path, model: Path, earlier: list[Path]) -> None:
    said = {"model": str(model), "before": [str(path) for path in earlier[-_LONGEST:]]}
    _add(state, said)


def _add(state: Path, said: dict[str, Any]) -> None:
    path = state / FILE_NAME
    try:
        kept = _kept(path)
    except FileNotFoundError:
        kept = {}
    except OSError as error:  # to write without having read would lose the rest
        raise StorageError(f"Could not read {path}: {error.strerror or error}. Check its permissions.") from error
    files.write_text(path, json.dumps({**kept, **said}, indent=1) + "\n")


def _read(state: Path) -> dict[str, Any]:
    try:
        return _kept(state / FILE_NAME)
    except OSError:
        return {}


def _kept(path: Path) -> dict[str, Any]:
    """What the file says; empty when it cannot be understood. Raises OSError."""
    try:
        kept = reading.read_json(path)
    except ValueError:
        return {}
    return kept if isinstance(kept, dict) else {}
