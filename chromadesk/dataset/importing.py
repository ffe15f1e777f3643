"""Another program's data set taken into one of ours: read pair by pair, labels mapped to the five classes."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path

from chromadesk.dataset.formats import table
from chromadesk.dataset.formats.pair import Entry
from chromadesk.dataset.mapping import OWN, ClassMap
from chromadesk.dataset.target import Conflict, Taken, Target
from chromadesk.errors import ChromaDeskError, DatasetError, StorageError
from chromadesk.jobs.messages import Cancelled, Progress, Report, Started, Warned, ignore, never


@dataclass
class Imported:
    """What was done: masks written new or over others, left as they were (equal, or not to be replaced), failures by
    name, and the conflicts by the key of the photo.
    """

    total: int
    added: int = 0
    changed: int = 0
    same: int = 0
    kept: int = 0
    cancelled: bool = False
    failures: dict[str, str] = field(default_factory=dict)
    conflicts: dict[str, Conflict] = field(default_factory=dict)


def run(
    path: Path,
    name: str,
    out: Path,
    mapping: ClassMap | None = None,
    replace: bool = False,
    report: Report = ignore,
    cancelled: Cancelled = never,
) -> Imported:
    """Read ``path`` in the format ``name`` into the data set ``out``, which is made where it does not exist.

    Without a ``mapping`` the labels must be our own (``mapping.OWN``). A bad pair never stops the others; the same call
    goes on where one was stopped. Raises InputError (nothing to read), StorageError.
    """
    form = table.to_read(name)
    path, out = path.expanduser().absolute(), out.expanduser().absolute()
    if not path.exists():
        raise DatasetError(f"{path} does not exist; check its name.")
    if out.resolve() == path.resolve():
        raise DatasetError(f"{out} is what is read here; choose another folder for the data set.")
    source = form.reading(path, mapping is not None)
    report(Started("import", source.total))
    result = Imported(source.total)
    target = Target(out, replace)
    begun = time.monotonic()
    with target:
        for done, entry in enumerate(source.entries, start=1):
            if cancelled():
                result.cancelled = True
                break
            try:
                taken = target.take(entry, mapping or OWN)
            except StorageError:
                raise
            except ChromaDeskError as error:
                result.failures[entry.name] = str(error)
                report(Warned(str(error)))
            else:
                _note(taken, entry, result, report)
            left = (time.monotonic() - begun) / done * max(source.total - done, 0)
            report(Progress(done, source.total, entry.name, left if source.total else None))
    return result


def _note(taken: Taken, entry: Entry, result: Imported, report: Report) -> None:
    """Count what became of a pair, and tell what there is to tell."""
    setattr(result, taken.outcome, getattr(result, taken.outcome) + 1)
    if taken.remarks:
        report(Warned(f"{entry.name}: {'; '.join(taken.remarks)}."))
    if taken.conflict is not None:
        result.conflicts[taken.key] = taken.conflict
        report(Warned(taken.conflict.sentence(Path(taken.key).name)))
