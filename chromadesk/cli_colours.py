"""``chromadesk colours``: the colours of a collection, by season or whatever else its photos can be grouped by."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from chromadesk.cli_options import (
    DeviceOption,
    JsonOption,
    PrecisionOption,
    QualityOption,
    WeightsOption,
    spare,
    write_json,
)
from chromadesk.errors import InputError
from chromadesk.explain import INTERRUPTED
from chromadesk.sentences import counted

if TYPE_CHECKING:
    from rich.table import Table

    from chromadesk.colour.collection import Collection


def colours(
    dataset: Annotated[
        Path, typer.Argument(metavar="DATASET", help="A data set, or a folder of photos or of folders.")
    ],
    group_by: Annotated[
        str | None,
        typer.Option(metavar="FIELD", help="season, brand, tag, month, year, folder, or a column."),
    ] = None,
    class_name: Annotated[str, typer.Option("--class", help="Whose colours.")] = "clothes",
    weight: Annotated[str, typer.Option(help="photo: each photo counts the same; pixel: each pixel does.")] = "photo",
    fields_file: Annotated[
        Path | None,
        typer.Option("--fields", metavar="CSV", readable=False, help="A table to keep: photo,season,brand,tags,date."),
    ] = None,
    page: Annotated[Path | None, typer.Option("--report", metavar="HTML", help="Write a page to look at.")] = None,
    json_file: JsonOption = None,
    csv_file: Annotated[
        Path | None, typer.Option("--csv", metavar="FILE", help="Write a row per photo and swatch.")
    ] = None,
    model: WeightsOption = "chromanet",
    quality: QualityOption = "standard",
    predict: Annotated[
        bool | None,
        typer.Option("--predict/--no-predict", help="Count unapproved photos, too. Default: if none is."),
    ] = None,
    device: DeviceOption = "auto",
    precision: PrecisionOption = "auto",
) -> None:
    """Show the colours of all photos together and by group, and what rises and falls. A stopped one goes on."""
    from chromadesk import classes, files, terminal
    from chromadesk.colour import listing
    from chromadesk.colour.collection import collect
    from chromadesk.colour.pool import WEIGHTINGS
    from chromadesk.dataset import fields
    from chromadesk.inference.gather import gather, parts

    begun = time.monotonic()
    if class_name not in classes.NAMES[1:]:
        raise InputError(f"There is no class {class_name!r} with colours; choose from {', '.join(classes.NAMES[1:])}.")
    weighting = next((one for one in WEIGHTINGS if one == weight), None)
    if weighting is None:
        raise InputError(f"{weight!r} is no weighting; choose {' or '.join(WEIGHTINGS)}.")
    sources = parts(dataset)
    inputs = [item.photo for _, part in sources for item in part.items]
    spare([*inputs, fields_file] if fields_file else inputs, (page, json_file, csv_file))
    if fields_file is not None:
        for line in _strangers(fields_file, fields.imported(fields_file, sources)):
            terminal.say(line, err=True)
    known = {key: found for prefix, part in sources for key, found in fields.read(part, prefix=prefix).items()}
    grouped = fields.grouped(known, group_by) if group_by else {}
    if grouped and set(grouped) == {fields.UNKNOWN}:
        terminal.say(f"Warning: nothing says the {group_by} of any photo; --fields has a table of it.", err=True)
    with terminal.Reporter() as report, terminal.interruptible() as cancelled:
        found = gather(sources, class_name, predict, model, device, precision, quality, report, cancelled)
        stopped = cancelled()
    if stopped:
        terminal.say("Stopped; the same command goes on.", err=True)
        raise typer.Exit(INTERRUPTED)
    if not any(photo.swatches for photo in found.photos):
        raise InputError(f"Not one photo of {dataset} shows {class_name}; approve some masks, or add --predict.")
    if found.model:
        count = sum(photo.mask == "predicted" for photo in found.photos)
        told = f"{counted(count, 'photo')} without a mask: {found.model} predicted them for this, none was written."
        terminal.say(told, err=True)
    if found.waiting:
        told = f"{counted(found.waiting, 'photo')} without an approved mask left out; --predict counts them."
        terminal.say(told, err=True)
    result = collect(found.photos, grouped, group_by or "", weighting, class_name, found.model, len(found.unread))
    terminal.say(result.trust.line())
    terminal.out().print(_table(result))
    if json_file is not None:
        write_json(json_file, {"dataset": str(dataset), **result.to_json(), "fields": known})
    if csv_file is not None:
        files.write_text(csv_file, listing.csv_text(found.photos, known, class_name))
    foot = _figures(len(found.photos), found.seconds, time.monotonic() - begun)
    if page is not None:
        from chromadesk.colour import report as pages

        photos = {prefix + item.key: item.photo for prefix, part in sources for item in part.items}
        name = dataset.expanduser().absolute().name
        files.write_text(page, pages.html(name, result, found.photos, photos, known, foot))
        foot = _figures(len(found.photos), found.seconds, time.monotonic() - begun)
        terminal.say(f"Report: {page.absolute().as_uri()}")
    terminal.say(foot, err=True)
    raise typer.Exit(2 if found.unread else 0)


def _strangers(table: Path, names: list[str]) -> list[str]:
    """A line on the rows of ``table`` that are about no photo."""
    if not names:
        return []
    some = ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
    return [f"Warning: {table} speaks of photos that are not here: {some}."]


def _table(collection: Collection) -> Table:
    """A row per colour of a collection: a patch, its name, hex and share, and its share of each group."""
    from rich.table import Table
    from rich.text import Text

    compared = collection.comparisons[0] if collection.comparisons else None
    table = Table(box=None, pad_edge=False)
    for heading in ("", "colour", "", "share", "photos"):
        table.add_column(heading, justify="right" if heading in ("share", "photos") else "left")
    if compared is not None:
        table.add_column(f"{compared.before} to {compared.after}")
    changes = {change.mark.swatch.hex: change for change in compared.changes} if compared else {}
    for mark in collection.overall.palette:
        swatch, change = mark.swatch, changes.get(mark.swatch.hex)
        moved = f"{100 * change.difference:+.1f} points, {change.verdict}" if change else ""
        patch = Text("      ", style=f"on {swatch.hex}")
        table.add_row(patch, mark.name, swatch.hex, f"{100 * mark.share:.1f} %", str(len(mark.photos)), moved)
    return table


def _figures(photos: int, reading: float, wall: float) -> str:
    """What it took, in one line."""
    import psutil

    memory = psutil.Process().memory_info()
    peak = getattr(memory, "peak_wset", 0) or _peak_unix()
    rate = f", {photos / reading:.1f} photos/s" if reading > 0.05 else ""
    took = f"{counted(photos, 'photo')} read in {reading:.1f} s{rate}; {wall:.1f} s in all"
    return f"{took}; peak memory {peak / 2**20:.0f} MB"


def _peak_unix() -> int:
    """The most memory this process ever held, in bytes."""
    import resource
    import sys

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024
