"""What was decided about a photo, as it lies on disk: a small JSON file each, in ``decisions`` of the state folder."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

from chromadesk import files, reading
from chromadesk.errors import DatasetError
from chromadesk.sentences import NO_TEXT, visible
from chromadesk.sidecars import beside

Status = Literal["new", "proposed", "edited", "approved", "excluded"]
STATUSES: tuple[Status, ...] = get_args(Status)
#: A person's last word on a photo: these carry whose it is, and when it was said.
VERDICTS: tuple[Status, ...] = ("approved", "excluded")

FOLDER, SUFFIX = "decisions", ".json"
_LONGEST = 1000  # characters of a note


class Decision(NamedTuple):
    """``status`` is None where nobody decided and there is only a ``note`` (one line, empty for none).

    ``by`` are the initials of who said a verdict, if they gave any; ``at`` when, in seconds since 1970, 0 for others.
    """

    status: Status | None
    note: str = ""
    by: str = ""
    at: float = 0.0


def now() -> float:
    """The time as a decision's file can say it, which is to the microsecond."""
    return round(time.time(), 6)


def path_of(state: Path, key: str) -> Path:
    """Where the decision on the photo ``key`` lies, in the state folder ``state``."""
    return beside(state / FOLDER, key, SUFFIX)


def write(path: Path, decision: Decision) -> None:
    """Put a decision on disk; raises StorageError."""
    fields: dict[str, Any] = {"status": decision.status, "note": decision.note}
    if decision.at:
        # Local time with its distance from UTC: a person can read it, and it means the same elsewhere.
        fields |= {"by": decision.by, "at": datetime.fromtimestamp(decision.at).astimezone().isoformat()}
    files.write_text(path, json.dumps(fields) + "\n")


def read(path: Path, modified: int) -> Decision | None:
    """A decision on disk, None for one that cannot be understood.

    Verdicts of older versions say no time; they get that of the file's last change, ``modified`` (nanoseconds).
    """
    try:
        fields = reading.read_json(path)
        status, note, by = fields["status"], line(fields.get("note", "")), line(fields.get("by", ""))
        at = datetime.fromisoformat(fields["at"]).timestamp() if "at" in fields else modified / 1e9
    except (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError):
        return None
    if status is not None and status not in STATUSES:
        return None
    return Decision(status, note, by, at) if status in VERDICTS else Decision(status, note)


def line(said: object) -> str:
    """A note or initials as one line that can be shown."""
    return visible(str(said)[:_LONGEST])


def listed(state: Path) -> Iterator[tuple[str, int]]:
    """(key, time of change in ns) of every decision on disk; keys as ``sidecars.fitting`` makes them. Raises
    DatasetError.
    """
    top, end = state / FOLDER, -len(SUFFIX)
    pending = [""]  # folders by what their keys begin with
    while pending:
        begun = pending.pop()
        try:
            with os.scandir(f"{top}/{begun}") as entries:
                for entry in entries:  # by hand, since a hundred thousand paths taken apart cost a second
                    name = entry.name
                    if entry.is_dir(follow_symlinks=False):  # a link may lead round in a circle
                        pending.append(f"{begun}{name}/")
                    elif (
                        name.endswith(SUFFIX)
                        and name[0] != "."
                        and entry.is_file(follow_symlinks=False)
                        and (name.isascii() or not NO_TEXT.search(name))  # a database can hold it
                    ):
                        yield begun + name[:end], entry.stat().st_mtime_ns
        except FileNotFoundError:
            continue
        except OSError as error:
            raise DatasetError(
                f"The folder {top} cannot be listed ({error.strerror or error}); check its permissions."
            ) from error
