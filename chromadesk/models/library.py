"""Which weights files there are: the bundled ones and a data set's own versions. No torch."""

from __future__ import annotations

import hashlib
from pathlib import Path

from chromadesk import files, resources
from chromadesk.errors import ModelError

DEFAULT = "chromanet"
#: The bundled default's small sister, for quick looks.
SMALL = "chromanet-fast"
SUFFIX = ".safetensors"
#: Beside the bundled files, a line each as sha256sum writes it.
CHECKSUMS = "SHA256SUMS"


def bundled() -> list[Path]:
    """The weights files that come with ChromaDesk, by name."""
    return sorted((resources.folder() / "models").glob(f"*{SUFFIX}"))


def damaged() -> list[str]:
    """The names of the bundled files that are not as they were delivered, or are gone."""
    folder = resources.folder() / "models"
    try:
        lines = (folder / CHECKSUMS).read_text("utf-8").splitlines()
    except OSError:
        return [CHECKSUMS]
    return [name for digest, name in map(str.split, lines) if _digest(folder / name) != digest]


def write_checksums(folder: Path) -> None:
    """Note in ``folder`` what the weights files in it are now. Raises StorageError."""
    lines = [f"{_digest(path)}  {path.name}\n" for path in sorted(folder.glob(f"*{SUFFIX}"))]
    files.write_text(folder / CHECKSUMS, "".join(lines))


def _digest(path: Path) -> str:
    try:
        with open(path, "rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError:
        return ""


def own(state: Path) -> list[Path]:
    """The versions promoted in the data set whose ``.chromadesk`` folder is ``state``, by name."""
    return sorted((state / "models").glob(f"*{SUFFIX}"))


def list_weights(state: Path | None = None) -> list[tuple[Path, bool]]:
    """(file, is it bundled) for every weights file known, bundled ones first."""
    return [(path, True) for path in bundled()] + [(path, False) for path in (own(state) if state else [])]


def small(weights: Path) -> Path | None:
    """The small sister of the bundled default; None for other ``weights``, and where it is not installed."""
    sister = weights.with_name(f"{SMALL}{SUFFIX}")
    return sister if weights.stem == DEFAULT and weights in bundled() and sister in bundled() else None


def foreign(path: Path) -> bool:
    """Whether ``path`` is a model of another program's: an ONNX file, or a folder that says what is in it."""
    return path.suffix.lower() == ".onnx" or path.is_dir()


def find(name_or_path: str | Path, state: Path | None = None) -> Path:
    """The weights file meant: a path, or the name of a bundled file or of a version of the data set; another program's
    model may be a folder.

    Raises ModelError naming what there is.
    """
    known = {path.stem: path for path, _ in list_weights(state)}
    if str(name_or_path) in known:
        return known[str(name_or_path)]
    try:
        path = Path(name_or_path).expanduser()
        if path.is_file() or (path / "config.json").is_file():
            return path
    except (OSError, RuntimeError, ValueError):  # a name too long, of nobody's home, or with a zero in it
        pass
    there = ", ".join(known) or "none"
    raise ModelError(f"There is no model {str(name_or_path)!r}: give a weights file or one of these: {there}.")
