"""``chromadesk export`` and ``chromadesk import``: data sets in other programs' formats."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from chromadesk.cli_options import DatasetArgument, JsonOption, write_json
from chromadesk.errors import InputError
from chromadesk.explain import INTERRUPTED
from chromadesk.sentences import counted

if TYPE_CHECKING:
    from chromadesk.dataset.exporting import Exported
    from chromadesk.dataset.importing import Imported

_NAMES = "pix2pix, side-by-side, voc, psd, coco, cvat, label-studio, labelme, hugging-face, matlab, or a plug-in's."
FormatOption = Annotated[str, typer.Option("--format", metavar="NAME", help=_NAMES)]
ReplaceOption = Annotated[bool, typer.Option("--replace", help="Write over what is there.")]


def export(
    dataset: DatasetArgument,
    format_name: FormatOption,
    out: Annotated[Path, typer.Option(metavar="PATH", help="The new folder.")],
    split: Annotated[str, typer.Option(help="test, train or all.")] = "all",
    approved_only: Annotated[bool, typer.Option("--approved-only", help="Only approved masks.")] = False,
    photo: Annotated[
        list[str] | None,
        typer.Option("--photo", metavar="KEY", help="Only this photo (its path within the data set); more than once."),
    ] = None,
    paper: Annotated[bool, typer.Option("--paper", help="Stretched to 512x256, masks in RGB colours.")] = False,
    polygons: Annotated[bool, typer.Option("--polygons", help="Outlines to edit in place of exact masks.")] = False,
    replace: ReplaceOption = False,
    json_file: JsonOption = None,
) -> None:
    """Write the photos and masks of a data set in another program's format."""
    from chromadesk import terminal
    from chromadesk.dataset import exporting
    from chromadesk.dataset.formats import table
    from chromadesk.dataset.formats.pair import Options
    from chromadesk.dataset.pairs import Dataset

    which = next((one for one in ("train", "test", "all") if one == split), None)
    if which is None:
        raise InputError(f"There is no split {split!r}; choose train, test or all.")
    options = Options(paper, polygons)
    form = table.to_write(format_name, options)
    opened = Dataset.open(dataset)
    if strange := sorted(set(photo or ()) - {item.key for item in opened.require(which)}):
        within = opened.root if which == "all" else f"the split {which!r} of {opened.root}"
        raise InputError(f"No photo of {within} with a mask is {strange[0]!r}; write its path within the data set.")
    items = exporting.chosen(opened, which, approved_only, None if photo is None else set(photo))
    with terminal.Reporter() as report, terminal.interruptible() as cancelled:
        result = exporting.run(opened, items, format_name, out, options, replace, report=report, cancelled=cancelled)
    if json_file is not None:
        lost = {"pixels": result.pixels, "lost": result.lost, "made": result.made}
        write_json(json_file, {"written": result.written, "failures": result.failures, **lost})
    terminal.say(f"Wrote {result.written} of {counted(result.total, 'photo')} and masks to {out} ({form.title}).")
    for line in _losses(result, options.paper):
        terminal.say(line)
    if result.cancelled:
        raise typer.Exit(INTERRUPTED)
    raise typer.Exit(2 if result.failures else 0)


def _losses(result: Exported, paper: bool) -> list[str]:
    """What does not come back from an export, a line each."""
    lines = []
    if paper:
        lines.append("Photos and masks were stretched to 512 x 256; their own size does not come back.")
    if result.lost:
        share = 100 * result.lost / result.pixels
        lines.append(f"Outlines are simplified: {result.lost:,} pixels ({share:.2g} %) come back as another class.")
    if result.made and not paper:
        lines.append(
            f"{counted(result.made, 'photo')} turned upright or converted, so that other programs show them alike."
        )
    return lines


def import_dataset(
    path: Annotated[Path, typer.Argument(metavar="PATH", readable=False, help="The foreign data set.")],
    out: Annotated[Path, typer.Option(metavar="DATASET", help="The data set it goes to; made where there is none.")],
    format_name: Annotated[
        str | None,
        typer.Option("--format", metavar="NAME", help=f"{_NAMES} Guessed unless given."),
    ] = None,
    map_name: Annotated[
        str | None,
        typer.Option(
            "--map", metavar="MAP", help="What its labels are: a TOML file, ccp, lip, atr, segformer-clothes."
        ),
    ] = None,
    draft: Annotated[
        Path | None,
        typer.Option("--draft-map", metavar="FILE", help="Only list its labels in this file, for you to fill in."),
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Put its masks in place of those that are there.")] = False,
    json_file: JsonOption = None,
) -> None:
    """Take in photos and masks that another program wrote. A stopped one goes on."""
    from chromadesk import terminal
    from chromadesk.dataset import guessing, importing, mapping, survey

    chosen = None if map_name is None else mapping.find(map_name)
    name = format_name or guessing.guess(path)
    if name is None:
        raise InputError(
            f"{path} {'looks like no format that is known' if path.exists() else 'does not exist'}; "
            "check its name, or give --format."
        )
    with terminal.Reporter() as report, terminal.interruptible() as cancelled:
        if draft is not None:
            found = survey.Survey(path, name)
            found.run(report, cancelled)
            start = chosen or mapping.ClassMap(path.absolute().name, ())
            start.with_labels(mapping.suggested(found.labels)).write(draft)
            terminal.say(f"Wrote {draft}; put a class behind each of its labels, and give it as --map.")
            return
        result = importing.run(path, name, out, chosen, replace, report, cancelled)
    if json_file is not None:
        conflicts = {key: {"pixels": each.pixels, "box": each.box} for key, each in result.conflicts.items()}
        counts = {name: getattr(result, name) for name in ("added", "changed", "same", "kept")}
        write_json(json_file, {**counts, "conflicts": conflicts, "failures": result.failures})
    terminal.say(_taken_in(result, out))
    if result.cancelled:
        terminal.say("Stopped; the same command goes on.", err=True)
        raise typer.Exit(INTERRUPTED)
    raise typer.Exit(2 if result.failures else 0)


def _taken_in(result: Imported, out: Path) -> str:
    parts = [f"{counted(result.added, 'mask')} added to {out}"]
    parts += [f"{result.changed} changed"] if result.changed else []
    parts += [f"{result.same} the same"] if result.same else []
    parts += [f"{result.kept} left as they are (--replace takes the new ones)"] if result.kept else []
    parts += [f"{len(result.failures)} could not be read"] if result.failures else []
    return "; ".join(parts) + "."
