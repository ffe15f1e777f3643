"""What ChromaDesk remembers about the person at this computer: one table; the file holds only what differs from it.

The file is ``settings.json`` in the user's own configuration folder. It is read whenever something is asked for, so two
windows agree; what it says wrongly counts as not said, and a file that is no JSON at all is put aside when the next
setting is kept. So a broken file never stops the start, and never loses what a newer version wrote.
"""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chromadesk import files, homes, reading
from chromadesk.errors import StorageError


@dataclass(frozen=True)
class Setting:
    """One row: ``bounds`` are the least and the most of a number, or of the length of a list, a dict or a text."""

    name: str
    type: type
    default: Any
    bounds: tuple[float, float]
    help: str

    def allows(self, value: Any) -> bool:
        """Whether ``value`` may be kept here (True is no number)."""
        if not isinstance(value, self.type) or (isinstance(value, bool) and self.type is not bool):
            return False
        return self.bounds[0] <= _size(value) <= self.bounds[1]


TABLE: tuple[Setting, ...] = (
    Setting(
        "recent", list, [], (0, 12), "Data sets opened of late, the newest first, as studio/recents.py writes them"
    ),
    Setting("keys", dict, {}, (0, 500), "Keys that were changed: name of the command -> its key, as Qt writes keys"),
    Setting("initials", str, "", (0, 8), "Who approves at this computer; approvals and exclusions carry it"),
    Setting("language", str, "auto", (2, 8), "What the studio speaks: en, de, or auto for the system's language"),
    Setting(
        "colour names", str, "everyday", (3, 8), "Whose names colours get: everyday, css or xkcd, see colour/names.py"
    ),
    Setting("daily goal", int, 0, (0, 9999), "Approvals a day that a person aims at; 0 for none"),
    Setting("copy as", str, "hex", (2, 20), "The form of colours on the clipboard, of colour/written.py's"),
    Setting("colours", dict, {}, (0, 20), "What differs from colour/palette.py's usual Settings"),
    Setting("quickest", dict, {}, (0, 200), "Network and device -> back end and precision, as doctor --tune found"),
    Setting("colour book", str, "", (0, 4096), "The swatch file whose nearest entry is told of each colour"),
)


def _size(value: Any) -> float:
    return float(value) if isinstance(value, (int, float)) else len(value)


_BY_NAME = {setting.name: setting for setting in TABLE}


def path() -> Path:
    """Where the settings lie."""
    return homes.config() / "settings.json"


def get(name: str) -> Any:
    """The value of a setting; its default where the file says nothing, or nothing sensible. Raises KeyError."""
    setting = _BY_NAME[name]
    try:
        value = (_read() or {}).get(name, setting.default)
    except OSError:
        return setting.default
    return value if setting.allows(value) else setting.default


def put(name: str, value: object) -> None:
    """Keep a value; raises ValueError when the table does not allow it, StorageError, KeyError."""
    setting = _BY_NAME[name]
    if not setting.allows(value):
        raise ValueError(f"{value!r} is nothing for the setting {name}: {setting.help}.")
    try:
        kept = _read()
    except OSError as error:  # to write without having read would lose all the others
        raise StorageError(f"Could not read {path()}: {error.strerror or error}. Check its permissions.") from error
    if kept is None:
        with contextlib.suppress(OSError):
            os.replace(path(), path().with_suffix(".broken.json"))
        kept = {}
    kept.pop(name, None)
    if value != setting.default:
        kept[name] = value
    files.write_text(path(), json.dumps(kept, indent=2, ensure_ascii=False, sort_keys=True) + "\n")


def _read() -> dict[str, Any] | None:
    """What the file says; empty when there is none, None when it cannot be understood. Raises OSError."""
    try:
        said = reading.read_json(path())
    except FileNotFoundError:
        return {}
    except ValueError:
        return None
    return said if isinstance(said, dict) else None
