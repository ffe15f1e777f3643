"""Reads a collection in the background: its photos' fields and colours, and what they show together.

What is read of a photo is kept in the index, so a reading that was stopped goes on where it was.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal

from chromadesk.colour.collection import Collection, collect
from chromadesk.colour.gathered import MaskOrigin, PhotoColours
from chromadesk.colour.pool import Weighting
from chromadesk.colour.trends import Change
from chromadesk.dataset import fields as known_fields
from chromadesk.dataset.fields import Fields
from chromadesk.dataset.index import Index
from chromadesk.dataset.pairs import Dataset, Item
from chromadesk.errors import Cancelled
from chromadesk.studio.background import Background
from chromadesk.studio.session import Session
from chromadesk.studio.words import numeral, tr

#: What photos can be picked by, each with its own list of values.
FILTERS = ("season", "brand", "tag", "year", "month", "folder")
#: Seconds between two words on how it gets on; photos whose fields are read at a time.
_EVERY, _PIECE = 0.15, 200


@dataclass(frozen=True)
class Wanted:
    """What a person wants to see: ``picked``: field -> value; ``keys``: only these photos (None: all of them);
    ``compared``: two groups, empty for the latest two.
    """

    class_name: str = "clothes"
    all_masks: bool = False
    weighting: Weighting = "photo"
    by: str = ""
    picked: tuple[tuple[str, str], ...] = ()
    keys: frozenset[str] | None = None
    compared: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Found:
    """``collection`` is None when no photo shows the class; ``left_out`` photos have no mask that counts.

    ``values``: what can be picked, by field; ``by``: what can be grouped by; ``changes``: from the first of
    ``compared`` to the second.
    """

    wanted: Wanted
    collection: Collection | None
    photos: list[PhotoColours]
    fields: dict[str, Fields]
    values: dict[str, list[str]]
    by: list[str]
    left_out: int
    compared: tuple[str, str] = ("", "")
    changes: tuple[Change, ...] = ()


@dataclass
class _Known:
    """What was read of a data set and need not be read again while it is open."""

    dataset: Dataset | None = None
    fields: dict[str, Fields] = field(default_factory=dict)


class Reader(QObject):
    """One reading at a time; a new one stops the one before."""

    #: A Found.
    found = Signal(object)
    #: How it gets on, in words.
    doing = Signal(str)
    #: Why nothing came of it.
    failed = Signal(str)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._background = Background(self)
        self._round = 0
        self._known = _Known()
        session.dataset_opened.connect(self.forget)

    def read(self, wanted: Wanted) -> None:
        """``found`` follows, or ``failed``; nothing where no data set is open."""
        dataset = self._session.dataset
        self.stop()
        if dataset is None:
            return
        mine, known = self._round, self._known

        def stopped() -> bool:
            return self._round != mine

        def say(words: str) -> None:
            self._background.deliver(lambda: None if stopped() else self.doing.emit(words))

        def done(result: Found | None) -> None:
            if result is not None and not stopped():
                self.doing.emit("")
                self.found.emit(result)

        def refused(error: Exception) -> None:
            if not stopped():
                self.doing.emit("")
                self.failed.emit(str(error))

        self._background.run(lambda: _read(dataset, known, wanted, stopped, say), done, refused)

    def stop(self) -> None:
        """Read no further."""
        self._round += 1

    def forget(self) -> None:
        """Other fields, or another data set: begin from the files."""
        self.stop()
        self._known = _Known()

    def close(self) -> None:
        """End the thread."""
        self.stop()
        self._background.finish(drop=True)


def _read(
    dataset: Dataset, known: _Known, wanted: Wanted, stopped: Callable[[], bool], say: Callable[[str], None]
) -> Found | None:
    """In the thread; None when it was stopped. Raises InputError for a table of fields that cannot be understood."""
    try:
        if known.dataset is not dataset:
            known.fields = _fields(dataset, stopped, say)
            known.dataset = dataset
        with Index.open(dataset) as index:
            return _found(dataset, index, known.fields, wanted, stopped, say)
    except Cancelled:
        return None


def _fields(dataset: Dataset, stopped: Callable[[], bool], say: Callable[[str], None]) -> dict[str, Fields]:
    found: dict[str, Fields] = {}
    items = dataset.items
    for start in range(0, len(items), _PIECE):
        _go_on(stopped)
        found |= known_fields.read(dataset, items[start : start + _PIECE])
        say(
            tr(
                "Reading dates and names: {done} of {all} photos",
                done=numeral(len(found)),
                all=numeral(len(items)),
            )
        )
    return found


def _found(
    dataset: Dataset,
    index: Index,
    fields: dict[str, Fields],
    wanted: Wanted,
    stopped: Callable[[], bool],
    say: Callable[[str], None],
) -> Found | None:
    by_field = {name: known_fields.grouped(fields, name) for name in FILTERS}
    values = {name: [value for value in groups if value != known_fields.UNKNOWN] for name, groups in by_field.items()}
    columns = sorted({name for each in fields.values() for name in each} - {*FILTERS, "tags", "date"})
    by = [name for name in FILTERS if values[name]] + columns
    inside = None if wanted.keys is None else set(wanted.keys)
    for name, value in wanted.picked:
        keys = set(by_field[name].get(value, ()))
        inside = keys if inside is None else inside & keys
    plan, left_out = _planned(dataset, index, wanted.all_masks, inside)
    photos, unread = _colours(index, plan, wanted.class_name, stopped, say)
    _go_on(stopped)
    say(tr("Comparing {count} photos", count=numeral(len(photos))))
    if not any(photo.swatches for photo in photos):
        return Found(wanted, None, photos, fields, values, by, left_out)
    mine = {photo.key: fields.get(photo.key, {}) for photo in photos}
    grouped = known_fields.grouped(mine, wanted.by) if wanted.by in by else {}
    collection = collect(photos, grouped, wanted.by, wanted.weighting, wanted.class_name, unread=unread)
    compared, changes = _compared(collection, photos, grouped, wanted)
    return Found(wanted, collection, photos, fields, values, by, left_out, compared, changes)


def _planned(
    dataset: Dataset, index: Index, all_masks: bool, inside: set[str] | None
) -> tuple[list[tuple[Item, MaskOrigin]], int]:
    """The photos that count, with where their masks are from, and how many more have no mask that does."""
    plan: list[tuple[Item, MaskOrigin]] = []
    left_out = 0
    for item in dataset.items:
        if (inside is not None and item.key not in inside) or (status := index.status(item.key)) == "excluded":
            continue
        approved = status == "approved" and item.has_mask
        if approved or (all_masks and item.has_mask):
            plan.append((item, "approved" if approved else "unapproved"))
        else:
            left_out += 1
    return plan, left_out


def _colours(
    index: Index,
    plan: list[tuple[Item, MaskOrigin]],
    class_name: str,
    stopped: Callable[[], bool],
    say: Callable[[str], None],
) -> tuple[list[PhotoColours], int]:
    def until() -> Iterator[tuple[Item, MaskOrigin]]:
        for one in plan:
            _go_on(stopped)
            yield one

    photos: list[PhotoColours] = []
    unread, said = 0, 0.0
    for _, colours, _ in index.colours().read(until(), class_name):
        if colours is None:
            unread += 1
        else:
            photos.append(colours)
        if time.monotonic() - said > _EVERY:
            said = time.monotonic()
            done = numeral(len(photos) + unread)
            say(tr("Reading colours: {done} of {all} photos", done=done, all=numeral(len(plan))))
    return photos, unread


def _compared(
    collection: Collection, photos: list[PhotoColours], groups: dict[str, list[str]], wanted: Wanted
) -> tuple[tuple[str, str], tuple[Change, ...]]:
    """The two groups to compare, and what changes from the first to the second."""
    there = {group.name for group in collection.groups}
    before, after = wanted.compared
    if before == after or not {before, after} <= there:
        if not collection.comparisons:
            return ("", ""), ()
        latest = collection.comparisons[0]
        return (latest.before, latest.after), latest.changes
    for each in collection.comparisons:
        if (each.before, each.after) == (before, after):
            return (before, after), each.changes
        if (each.before, each.after) == (after, before):
            turned = (Change(one.mark, one.after, one.before, -one.high, -one.low) for one in each.changes)
            return (before, after), tuple(turned)
    # Of very many groups only neighbours are compared beforehand; the group of those nobody sorted is with none.
    two = {"0": groups[before], "1": groups[after]}
    keys = {*two["0"], *two["1"]}
    pair = collect([photo for photo in photos if photo.key in keys], two, "", wanted.weighting, wanted.class_name)
    return (before, after), pair.comparisons[0].changes


def _go_on(stopped: Callable[[], bool]) -> None:
    if stopped():
        raise Cancelled("stopped")
