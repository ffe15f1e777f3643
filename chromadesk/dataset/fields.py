"""What photos can be grouped by: season, brand, tags, date and whatever else a table says of them.

Three sources, the later over the earlier: the date the camera wrote; the names of folders and files; a table that a
person imported, which is kept as ``fields.csv`` in the data set's state folder. What no source knows stays empty, and
such photos stand in a group of their own, ``UNKNOWN``.
"""

from __future__ import annotations

import contextlib
import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from chromadesk import raw
from chromadesk.dataset import seasons, tables
from chromadesk.dataset.pairs import Dataset, Item
from chromadesk.errors import ImageError, InputError
from chromadesk.images import BROKEN, exif_of, opened
from chromadesk.listing import natural_key

#: Of one photo: name of the field -> its value; no key for what is not known. ``date`` is ISO 8601, ``tags`` have
#: semicolons between.
Fields = Mapping[str, str]
KEPT = "fields.csv"
UNKNOWN = "unknown"
#: Besides these, any column of an imported table.
BY = ("season", "brand", "tag", "month", "year", "folder")

_EXIF_IFD, _ORIGINAL, _DIGITISED = 0x8769, 0x9003, 0x9004
_LAYOUT = {"a", "b", "train", "test"}
_EXIF_DATE = re.compile(r"(\d{4})[:-](\d\d)[:-](\d\d)")
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def taken(path: Path) -> datetime.date | None:
    """The day on which a camera took the photo at ``path``, from its header alone; None when it does not say."""
    try:
        if raw.is_raw(path):
            return _day(raw.details(path))
        with opened(path) as image:
            return _day(exif_of(image).get_ifd(_EXIF_IFD))
    except (ImageError, *BROKEN):
        return None


def _day(details: Mapping[int, Any]) -> datetime.date | None:
    """The day in EXIF tags by number."""
    for tag in (_ORIGINAL, _DIGITISED):
        if found := _EXIF_DATE.match(str(details.get(tag, ""))):
            with contextlib.suppress(ValueError):  # cameras without a clock write 0000:00:00
                return datetime.date(*map(int, found.groups()))
    return None


def of_path(key: str, above: str = "") -> dict[str, str]:
    """What the names say of the photo ``key`` (its path within the collection): the season that stands nearest to it,
    in the file's name, a folder's, or ``above``, the collection's own folder; brand and tags from the folders that are
    neither a season alone nor part of a data set's layout, the outermost first.
    """
    path = PurePosixPath(key)
    folders = [seasons.find(part) for part in path.parts[:-1] if part.lower() not in _LAYOUT]
    names = [rest for _, rest in folders if rest]
    nearest = [seasons.find(path.stem)[0], *(season for season, _ in reversed(folders)), seasons.find(above)[0]]
    found = {
        "season": next((season for season in nearest if season), ""),
        "brand": names[0] if names else "",
        "tags": "; ".join(names[1:]),
    }
    return {name: value for name, value in found.items() if value}


def read(dataset: Dataset, items: Iterable[Item] | None = None, prefix: str = "") -> dict[str, Fields]:
    """The fields of each of ``items`` (all unless given), by ``prefix`` + key. Raises InputError when the kept table
    cannot be understood.

    ``prefix`` is the path of ``dataset`` within a larger collection, empty or ending in a slash.
    """
    kept = tables.read(dataset.state / KEPT) if (dataset.state / KEPT).exists() else {}
    above = PurePosixPath(dataset.root.as_posix())
    depth = len(PurePosixPath(prefix).parts)
    top = above.parents[depth - 1].name if depth and depth <= len(above.parents) else above.name
    result: dict[str, Fields] = {}
    for item in dataset.items if items is None else items:
        fields: dict[str, str] = {}
        day = taken(item.photo)
        if day is not None:
            fields |= {"date": day.isoformat(), "season": seasons.of_date(day)}
        fields |= of_path(prefix + item.key, top)
        own = kept.get(item.key, {})
        if "date" in own and "season" not in own and (season := _season_of(own["date"])):
            fields["season"] = season
        result[prefix + item.key] = fields | own
    return result


def imported(path: Path, datasets: Sequence[tuple[str, Dataset]]) -> list[str]:
    """Keep what the table at ``path`` says of the photos of ``datasets`` (prefix, data set); returns the names that no
    photo bears.

    A row is for the photo of that key, else file name, else stem. Its cells replace what an earlier import said of the
    photo, empty ones leave it. Raises InputError (nothing is changed then), StorageError.
    """
    rows = tables.read(path)
    whose: dict[str, list[tuple[int, str]]] = {}
    for number, (prefix, dataset) in enumerate(datasets):
        for item in dataset.items:
            for name in {prefix + item.key, item.key, item.name, PurePosixPath(item.key).stem}:
                whose.setdefault(name, []).append((number, item.key))
    found: list[dict[str, dict[str, str]]] = [{} for _ in datasets]
    strangers = []
    for name, cells in rows.items():
        photos = whose.get(name.replace("\\", "/").removeprefix("./"), [])
        if not photos:
            strangers.append(name)
        elif len(photos) > 1:
            raise InputError(
                f"{path} has a row for {name}, but {len(photos)} photos are called so; write {photos[0][1]} in full."
            )
        for number, key in photos:
            found[number].setdefault(key, {}).update(_tidy(cells, path))
    for (_, dataset), new in zip(datasets, found, strict=True):
        if new:
            kept_at = dataset.state / KEPT
            before = tables.read(kept_at) if kept_at.exists() else {}
            tables.write(kept_at, {key: before.get(key, {}) | new.get(key, {}) for key in before | new})
    return strangers


def grouped(fields: Mapping[str, Fields], by: str) -> dict[str, list[str]]:
    """The photos (keys of ``fields``) in groups: name -> keys, in order of time or name, ``UNKNOWN`` last.

    ``by`` is one of BY or a column of an imported table. A photo with several tags stands in several groups. Raises
    InputError for a field that no photo has.
    """
    name = {"tags": "tag", "date": "month", "time": "month"}.get(by.lower(), by.lower())
    known = {field for each in fields.values() for field in each}
    if name not in BY and name not in known:
        raise InputError(f"No photo has a field {by!r} to group by; choose from {', '.join(sorted({*BY, *known}))}.")
    result: dict[str, list[str]] = {}
    for key, each in fields.items():
        for value in _values(key, each, name) or [UNKNOWN]:
            result.setdefault(value, []).append(key)
    return dict(sorted(result.items(), key=lambda group: _order(group[0])))


def _values(key: str, fields: Fields, by: str) -> list[str]:
    if by == "tag":
        return list(dict.fromkeys(tag for part in fields.get("tags", "").split(";") if (tag := part.strip())))
    if by in ("month", "year"):
        found = _DATE.match(fields.get("date", ""))
        value = "" if found is None else found[0][:4] if by == "year" else found[0][:7] if found[2] else ""
    elif by == "folder":
        value = str(PurePosixPath(key).parent)
        value = "" if value == "." else value
    else:
        value = fields.get(by, "")
    return [value] if value else []


def _order(group: str) -> tuple[bool, bool, tuple[int, int], tuple[str, str]]:
    season = seasons.order(group)
    return group == UNKNOWN, season is None, season or (0, 0), natural_key(group)


def _season_of(date: str) -> str:
    found = _DATE.match(date)
    if found is None or not found[2]:
        return ""
    return seasons.of_date(datetime.date(int(found[1]), int(found[2]), 1))


def _tidy(cells: Fields, path: Path) -> dict[str, str]:
    """The cells of a row, seasons and tags in our spelling. Raises InputError for a date that is none."""
    tidy = dict(cells)
    if "season" in tidy:
        tidy["season"] = seasons.find(tidy["season"])[0] or tidy["season"]
    if "tags" in tidy:
        tidy["tags"] = "; ".join(part.strip() for part in re.split(r"[;,|]", tidy["tags"]) if part.strip())
    if "date" in tidy:
        text = tidy["date"].replace("/", "-").replace(":", "-")[:10].strip()
        try:
            found = _DATE.fullmatch(text)
            datetime.date(*(int(part or 1) for part in found.groups())) if found else datetime.date.fromisoformat(text)
        except ValueError as error:
            raise InputError(
                f"{path} gives the date {cells['date'][:40]!r}; write dates as 2024-05-31, 2024-05 or 2024."
            ) from error
        tidy["date"] = text
    return tidy
