"""A job on disk: its request, what it said, whether its process lives, and the wish that it stop.

A job is a folder ``<state>/jobs/<yyyymmdd-hhmmss>-<kind>/`` holding

    request.json     {"kind": "train", "config": {...}, "nice": 10}: everything needed to run it
    messages.jsonl   what it said so far, one chromadesk.jobs.messages line each
    worker.json      {"pid", "started"} of the process that runs it, while it runs
    heartbeat        its time is that of the last sign of life (see chromadesk.jobs.heartbeat), while it runs
    outcome.json     the last message (Finished or Failed), once there is one
    stop             exists when a person asked it to stop
    log.txt          what the process printed, and tracebacks
    queued           exists while the job waits for those before it
    times.json       {"first", "begun", "ended"}: when it began first, began last and ended, seconds since 1970
    promoted         the name of the version that a training's weights became

Relative paths in a request are relative to the job's folder, so that a data set and its jobs can move together.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import psutil

from chromadesk import files, reading
from chromadesk.errors import JobError, StorageError
from chromadesk.jobs import owner
from chromadesk.jobs.messages import Failed, Finished, Message, decode, encode
from chromadesk.sentences import sentence

REQUEST = "request.json"
MESSAGES = "messages.jsonl"
OUTCOME = "outcome.json"
WORKER = "worker.json"
HEARTBEAT = "heartbeat"
STOP = "stop"
LOG = "log.txt"
QUEUED = "queued"
TIMES = "times.json"
ADOPTED = "promoted"

_NICEST = 19
_LONGEST_LINE = 16 << 20  # bytes of a message
_LAST_MOMENT = 1e11  # seconds since 1970; what comes after no calendar knows


@dataclass(frozen=True)
class Request:
    """What a job shall do: ``kind`` (see chromadesk.jobs.worker), JSON ``config``, how far to lower its priority."""

    kind: str
    config: dict[str, Any] = field(default_factory=dict)
    nice: int = 0


def create(state: Path, request: Request) -> Path:
    """Make the folder of a new job under ``state``/jobs and write its request; raises StorageError."""
    stamp = time.strftime("%Y%m%d-%H%M%S")
    jobs = state / "jobs"
    name = f"{stamp}-{request.kind}"
    number = 1
    while (jobs / name).exists():
        number += 1
        name = f"{stamp}-{request.kind}-{number}"
    folder = jobs / name
    files.write_text(folder / REQUEST, json.dumps(asdict(request), indent=2) + "\n")
    return folder


def read_request(folder: Path) -> Request:
    """The request of the job in ``folder``; raises JobError when there is none or it cannot be understood."""
    path = folder / REQUEST
    try:
        fields = reading.read_json(path)
    except NotADirectoryError as error:
        raise JobError(f"{folder} is no folder, so no job; give the folder that holds {path.name}.") from error
    except OSError as error:
        raise JobError(f"{folder} is no job folder: {path.name} cannot be read ({error.strerror}).") from error
    except ValueError as error:
        raise JobError(f"{path} is not valid JSON; create the job again.") from error
    kind, config = (fields.get("kind"), fields.get("config")) if isinstance(fields, dict) else (None, None)
    if not isinstance(kind, str) or not isinstance(config, dict):
        raise JobError(f'{path} must hold "kind" (text) and "config" (an object); create the job again.')
    nice = fields.get("nice", 0)
    return Request(kind, config, min(max(nice, 0), _NICEST) if isinstance(nice, int) else 0)


def list_jobs(state: Path) -> list[Path]:
    """The folders of all jobs under ``state``, newest first; folders without a request are left out."""
    try:
        folders = [folder for folder in (state / "jobs").iterdir() if (folder / REQUEST).is_file()]
    except OSError:
        return []
    # By the second in the name, and within it by when the request was written.
    return sorted(folders, key=lambda folder: (folder.name[:15], (folder / REQUEST).stat().st_mtime_ns), reverse=True)


def append(folder: Path, message: Message) -> None:
    """Add ``message`` to what the job said; a last one (Finished, Failed) is also its outcome. Raises StorageError."""
    line = encode(message)
    files.append(folder / MESSAGES, line)
    if isinstance(message, Finished | Failed):
        files.write_text(folder / OUTCOME, line + "\n")


def outcome(folder: Path) -> Finished | Failed | None:
    """The job's last message, or None while it has not ended (or was killed before it could say so)."""
    try:
        message = decode(reading.read_text(folder / OUTCOME))
    except (OSError, ValueError, JobError):
        return None
    return message if isinstance(message, Finished | Failed) else None


class Tail:
    """Reads a job's messages as they come; a torn last line waits until it is whole, a damaged one is passed over."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / MESSAGES
        self._offset = 0

    def read(self, limit: int = 500) -> list[Message]:
        """At most ``limit`` messages that have come since the last call."""
        found: list[Message] = []
        try:
            with reading.opened(self._path) as handle:
                handle.seek(self._offset)
                while len(found) < limit:
                    line = handle.readline(_LONGEST_LINE)
                    whole = line.endswith(b"\n")
                    if not whole and len(line) < _LONGEST_LINE:
                        break
                    self._offset += len(line)
                    with contextlib.suppress(JobError):  # nor are the pieces of a line without end a message
                        found.append(decode(line.decode("utf-8", "replace")))
        except OSError:
            return found  # the job has not spoken yet, or what it said is out of reach
        return found


def claim(folder: Path, pid: int | None = None) -> None:
    """Note that process ``pid`` (default: this one) runs the job.

    Raises JobError when another living process does. A claim by this process's parent is taken over: it is the studio's
    note of the process it started, where a launcher stands between the two.
    """
    had = worker(folder)
    mine = os.getpid() if pid is None else pid
    if had is not None and had.pid not in (mine, os.getppid()):
        raise JobError(f"The job in {folder} is being run by process {had.pid}; wait for it or stop it first.")
    owner.note(folder / WORKER, mine)


def release(folder: Path) -> None:
    """Note that nobody runs the job any more."""
    for name in (HEARTBEAT, WORKER):
        with contextlib.suppress(OSError):
            (folder / name).unlink(missing_ok=True)


def beat(folder: Path) -> None:
    """Give a sign of life; where it cannot be given there is none."""
    with contextlib.suppress(OSError):
        (folder / HEARTBEAT).touch()


def last_beat(folder: Path) -> int:
    """When the job gave its last sign of life, to be compared with another such answer; 0 where it gave none."""
    try:
        return (folder / HEARTBEAT).stat().st_mtime_ns
    except OSError:
        return 0


def renew(folder: Path) -> None:
    """Let a job that ended run again: its outcome and an old wish to stop go, what it said stays."""
    if (folder / OUTCOME).exists():
        for name in (OUTCOME, STOP):
            (folder / name).unlink(missing_ok=True)


def forget_wish(folder: Path) -> None:
    """Drop a wish to stop that was meant for a process which is gone, so that the job can be run again."""
    if not running(folder):
        with contextlib.suppress(NotADirectoryError):  # no job at all, as whoever reads the request will say
            (folder / STOP).unlink(missing_ok=True)


def worker(folder: Path) -> psutil.Process | None:
    """The living process that runs the job, or None."""
    return owner.living(folder / WORKER)


def running(folder: Path) -> bool:
    """Whether the job's process lives."""
    return worker(folder) is not None


def any_running(state: Path) -> bool:
    """Whether a job under ``state`` is being run."""
    return any(running(folder) for folder in list_jobs(state) if (folder / WORKER).exists())


def ask_to_stop(folder: Path) -> None:
    """Leave the wish that the job stop; it heeds it at its next step. Raises StorageError."""
    files.write_text(folder / STOP, "")


def stop_asked(folder: Path) -> bool:
    """Whether somebody asked the job to stop."""
    return (folder / STOP).exists()


def enqueue(folder: Path) -> None:
    """Let the job wait for its turn, behind those that wait already. Raises StorageError."""
    files.write_text(folder / QUEUED, "")


def dequeue(folder: Path) -> None:
    """The job waits no longer: it runs, or is not wanted."""
    with contextlib.suppress(OSError):
        (folder / QUEUED).unlink(missing_ok=True)


def queued(folder: Path) -> bool:
    """Whether the job waits for its turn."""
    return (folder / QUEUED).exists()


def waiting(state: Path) -> list[Path]:
    """The folders of the jobs under ``state`` that wait, in the order of their turn."""
    found = []
    for folder in list_jobs(state):
        with contextlib.suppress(OSError):
            found.append(((folder / QUEUED).stat().st_mtime_ns, folder.name, folder))
    return [folder for _, _, folder in sorted(found) if not running(folder)]


def drop(folder: Path) -> None:
    """Take a job that waits out of the queue; of one that never ran nothing is left."""
    dequeue(folder)
    if not (folder / MESSAGES).exists():
        with contextlib.suppress(OSError):
            (folder / REQUEST).unlink(missing_ok=True)
            folder.rmdir()


def note_begun(folder: Path) -> None:
    """The job begins now. Raises StorageError."""
    noted, now = _to_be_kept(folder), time.time()
    files.write_text(folder / TIMES, json.dumps({"first": noted.get("first", now), "begun": now}))


def note_ended(folder: Path) -> None:
    """The job ends now. Raises StorageError."""
    files.write_text(folder / TIMES, json.dumps({**_to_be_kept(folder), "ended": time.time()}))


def times(folder: Path) -> tuple[float | None, float | None]:
    """When the job last began and when it ended, seconds since 1970; None where nobody noted it."""
    noted = _noted(folder)
    return noted.get("begun"), noted.get("ended")


def chosen(folder: Path) -> float:
    """When a training's photos were chosen, seconds since 1970: as it began first, however often it was continued."""
    return _noted(folder).get("first") or (folder / REQUEST).stat().st_mtime


def _noted(folder: Path) -> dict[str, float]:
    try:
        return _to_be_kept(folder)
    except StorageError:
        return {}


def _to_be_kept(folder: Path) -> dict[str, float]:
    """What is noted, for writing it again with something new; raises StorageError rather than forget what is there."""
    try:
        noted = reading.read_json(folder / TIMES)
        return {name: float(moment) for name, moment in noted.items() if 0 <= moment < _LAST_MOMENT}
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise StorageError(f"Could not read {folder / TIMES}: {error.strerror or error}. Check the disk.") from error
    except (ValueError, TypeError, AttributeError, OverflowError):
        return {}


def adopted(folder: Path) -> str:
    """The name of the version that the job's weights became; empty when they became none."""
    try:
        return sentence(reading.read_text(folder / ADOPTED).strip())
    except (OSError, ValueError):
        return ""
