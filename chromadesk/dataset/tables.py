"""Tables of fields: a CSV file with a column ``photo`` and a column for each field, read with suspicion."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path

from chromadesk import files, reading
from chromadesk.colour.formats.text import guarded, unguarded
from chromadesk.errors import InputError

#: What the column that names the photo may be called.
_PHOTO = ("photo", "file", "filename", "name", "key", "image")
_ALIASES = {"tag": "tags", "colour": "color", "day": "date", "datum": "date"}
_LONGEST = 200  # characters of a cell that names a field's value
_LARGEST = 64 << 20  # bytes: a hundred thousand photos take five


def read(path: Path) -> dict[str, dict[str, str]]:
    """Name of a photo -> name of a field (lower case) -> value; empty cells are left out.

    Commas, semicolons or tabs between; UTF-8 (UTF-16 with its mark, as spreadsheets write it). Raises InputError.
    """
    text = _text(path)
    first = text.lstrip().partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    rows: dict[str, dict[str, str]] = {}
    try:
        names = [_ALIASES.get(name, name) for name in (cell.strip().lower() for cell in next(reader, []))]
        column = next((names.index(name) for name in _PHOTO if name in names), None)
        if column is None:
            raise InputError(f"{path} has no column 'photo' in its first line; it says which photo a row is about.")
        if len(set(names)) < len(names):
            twice = next(name for name in names if names.count(name) > 1)
            raise InputError(f"{path} has two columns {twice!r}; name one of them otherwise.")
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) > len(names):
                raise InputError(
                    f"{path}, line {reader.line_num} has {len(cells)} cells, but the first line names {len(names)}; "
                    "put quotes round texts that hold a comma."
                )
            texts = (unguarded(cell.strip()) for cell in cells)
            fields = {name: text for name, text in zip(names, texts, strict=False) if name and text}
            photo = fields.pop(names[column], "")
            if not photo:
                raise InputError(f"{path}, line {reader.line_num} does not say which photo it is about.")
            if any(len(value) > _LONGEST for value in fields.values()):
                raise InputError(
                    f"{path}, line {reader.line_num} has a cell of more than {_LONGEST} characters; shorten it."
                )
            if photo in rows:
                raise InputError(f"{path} has two rows for {photo}; keep one.")
            rows[photo] = fields
    except csv.Error as error:
        raise InputError(
            f"{path}, line {reader.line_num} is no CSV ({error}); export the table as CSV once more."
        ) from error
    return rows


def write(path: Path, rows: Mapping[str, Mapping[str, str]]) -> None:
    """Put a table on disk that ``read`` gives back, atomically; raises StorageError."""
    names = list(dict.fromkeys(name for fields in rows.values() for name in fields))
    text = io.StringIO(newline="")
    writer = csv.writer(text)  # ends lines as RFC 4180 says, and so puts quotes round both of their characters
    writer.writerow(["photo", *names])
    for photo, fields in rows.items():
        writer.writerow(map(guarded, [photo, *(fields.get(name, "") for name in names)]))
    files.write_text(path, text.getvalue())


def _text(path: Path) -> str:
    try:
        data = reading.read_bytes(path, _LARGEST)
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror or error}); check its name.") from error
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is no text in UTF-8; export the table as CSV in UTF-8.") from error
    if "\0" in text:
        raise InputError(f"{path} is no text but something binary; export the table as CSV.")
    return text
