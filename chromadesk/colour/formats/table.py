"""The swatch formats: which suffix is written and read by what."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from chromadesk import files, reading
from chromadesk.colour.formats import aco, ase, card, css, csv_file, gpl, json_file
from chromadesk.colour.formats.swatchfile import Malformed, SwatchFile
from chromadesk.errors import InputError, SwatchError

MAX_BYTES = 20_000_000


@dataclass(frozen=True)
class Format:
    """``decode`` is None for pictures, which are only written."""

    title: str
    encode: Callable[[SwatchFile], bytes]
    decode: Callable[[bytes], SwatchFile] | None = None


FORMATS: dict[str, Format] = {
    ".ase": Format("Adobe Swatch Exchange", ase.encode, ase.decode),
    ".aco": Format("Photoshop swatches", aco.encode, aco.decode),
    ".gpl": Format("GIMP palette", gpl.encode, gpl.decode),
    ".css": Format("CSS variables", css.encode, css.decode),
    ".json": Format("JSON", json_file.encode, json_file.decode),
    ".csv": Format("CSV", csv_file.encode, csv_file.decode),
    ".svg": Format("Palette card, SVG", card.svg),
    ".png": Format("Palette card, PNG", card.png),
    ".pdf": Format("Palette card, PDF", card.pdf),
}
READABLE = tuple(suffix for suffix, each in FORMATS.items() if each.decode)
#: What some formats begin with, whatever the file is called.
_MAGIC = ((ase.MAGIC, ".ase"), (gpl.MAGIC, ".gpl"))


def check_suffix(path: Path) -> Format:
    """The format that ``path``'s suffix names. Raises InputError for an unknown one."""
    found = FORMATS.get(path.suffix.lower())
    if found is None:
        raise InputError(f"Swatches cannot be written as {path.name}; choose a name that ends in {', '.join(FORMATS)}.")
    return found


def write(path: Path, file: SwatchFile) -> None:
    """Write ``file`` to ``path`` in the format of its suffix, atomically. Raises InputError and StorageError."""
    files.write_bytes(path, check_suffix(path).encode(file))


def read(path: Path) -> SwatchFile:
    """The swatches in ``path``, by what it holds, else by its suffix.

    Raises SwatchError for what cannot be read: no file, an unknown format, more than MAX_BYTES, damaged or hostile.
    """
    try:
        with reading.opened(path) as handle:
            data = handle.read(MAX_BYTES + 1)
    except OSError as error:
        raise SwatchError(f"{path} cannot be opened: {error.strerror or error}. Check its name and place.") from error
    if len(data) > MAX_BYTES:
        raise SwatchError(f"{path} is larger than {MAX_BYTES // 1_000_000} MB; no swatch file is. Choose another file.")
    suffix = next((suffix for magic, suffix in _MAGIC if data.startswith(magic)), path.suffix.lower())
    decode = FORMATS[suffix].decode if suffix in FORMATS else None
    if decode is None:
        raise SwatchError(f"{path} is no swatch file that can be read; choose one of {', '.join(READABLE)}.")
    try:
        return decode(data)
    except (Malformed, csv.Error) as error:
        raise SwatchError(f"{path} cannot be read: {error}. Export it again, or choose another file.") from error
    except (RecursionError, ValueError) as error:  # JSON nested thousands deep, or with a number of thousands of digits
        raise SwatchError(f"{path} cannot be read: it is no list of colours. Choose another file.") from error
