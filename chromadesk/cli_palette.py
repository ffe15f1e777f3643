"""``chromadesk palette``: the colours of a photo, shown and handed on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from chromadesk.cli_options import DeviceOption, JsonOption, WeightsOption, spare, write_json
from chromadesk.errors import InputError


def palette(
    photo: Annotated[Path, typer.Argument(metavar="PHOTO", readable=False)],
    mask: Annotated[
        Path | None, typer.Option(readable=False, help="Its mask; without one the model segments the photo.")
    ] = None,
    class_names: Annotated[list[str] | None, typer.Option("--class", help="Only this class; may be repeated.")] = None,
    k: Annotated[str, typer.Option("-k", metavar="N|auto", help="Colours a class; auto: as many as it has.")] = "5",
    border: Annotated[
        float, typer.Option(min=0, max=100, help="Pixels left out along a class's edge, in a photo of 1,000 pixels.")
    ] = 2.0,
    merge: Annotated[float, typer.Option(min=0, max=100, help="Colours nearer than this (CIEDE2000) are one.")] = 3.0,
    highlights: Annotated[bool, typer.Option("--highlights/--no-highlights", help="Count the nearly white.")] = True,
    shadows: Annotated[bool, typer.Option("--shadows/--no-shadows", help="Count the nearly black.")] = True,
    by_hand: Annotated[
        bool,
        typer.Option(
            "--by-hand/--not-by-hand",
            help="As arranged in the studio: grey point, garments, and swatches, where -k yields to them.",
        ),
    ] = True,
    model: WeightsOption = "chromanet",
    device: DeviceOption = "auto",
    json_file: JsonOption = None,
    exports: Annotated[
        list[Path] | None,
        typer.Option(
            "--export", metavar="FILE", help="Also as .ase .aco .gpl .css .json .csv .svg .png .pdf; repeatable."
        ),
    ] = None,
    page: Annotated[
        Path | None,
        typer.Option("--lookbook", metavar="FILE", help="A page with the photo, its outlines and swatches: .pdf .png."),
    ] = None,
    book_file: Annotated[
        Path | None,
        typer.Option("--book", metavar="FILE", readable=False, help="Your own swatch file; names its nearest colours."),
    ] = None,
) -> None:
    """The main colours of each class in a photo, with their shares."""
    from chromadesk import classes, terminal
    from chromadesk.colour.arranged import arranged_palettes
    from chromadesk.colour.book import read_book
    from chromadesk.colour.formats import lookbook, table
    from chromadesk.colour.formats.swatchfile import Group, SwatchFile
    from chromadesk.colour.kept import Kept
    from chromadesk.colour.palette import Settings
    from chromadesk.dataset.colours import decided
    from chromadesk.images import read_photo

    for name in class_names or []:
        if name not in classes.NAMES:
            raise InputError(f"There is no class {name!r}; choose from {', '.join(classes.NAMES)}.")
    for export in exports or []:
        table.check_suffix(export)
    if page is not None:
        lookbook.check_suffix(page)
    spare(filter(None, (photo, mask, book_file)), (*(exports or []), page, json_file))
    book = None if book_file is None else read_book(book_file)
    settings = Settings(_number(k), merge, border, highlights, shadows)
    read = read_photo(photo)
    labels = _labels(read.pixels, mask, model, device)
    kept = decided(photo) if by_hand else Kept()
    found = arranged_palettes(read, labels, settings, kept)
    chosen = {
        name: swatches for name, (of_class, swatches) in found.items() if not class_names or of_class in class_names
    }
    groups = [
        Group(name.capitalize() if name in classes.NAMES else name, swatches)
        for name, swatches in chosen.items()
        if swatches
    ]
    counted = sum(swatch.pixels for group in groups for swatch in group.swatches)
    origin = f"mask {mask.name}" if mask else f"mask proposed by {Path(model).stem}, not approved"
    grey = "" if kept.grey is None else "set by hand at row {}, column {}".format(*kept.grey.at)
    trust = [read.profile, "1 photo", f"{counted:,} pixels", origin]
    arranged = sum(swatch.origin != "found" for group in groups for swatch in group.swatches)
    trust += [f"{arranged} colour{'' if arranged == 1 else 's'} arranged by hand"] if arranged else []
    trust.append("grey point set" if grey else "no grey point set")
    file = SwatchFile(groups, photo.stem, ", ".join(trust), grey)
    terminal.out().print(terminal.palette_table(chosen, book))
    for note in file.notes:
        terminal.say(note)
    if book is not None and book.remark:
        typer.echo(f"{book_file}: {book.remark}.", err=True)
    if json_file is not None:
        values = {name: [swatch.to_json() for swatch in swatches] for name, swatches in chosen.items()}
        garments = {
            name: {"class": found[name][0], "swatches": values.pop(name)}
            for name in chosen
            if name not in classes.NAMES
        }
        write_json(json_file, {"trust": file.trust, "grey": grey, "classes": values, "garments": garments})
    if exports and not groups:
        raise InputError(f"{photo} shows nothing of {', '.join(class_names or [])}; no swatch file was written.")
    for export in exports or []:
        table.write(export, file)
    if page is not None:
        lookbook.write(page, read.pixels, labels, file)


def _number(text: str) -> int | None:
    """How many colours ``-k`` asks for, None for auto. Raises InputError."""
    if text == "auto":
        return None
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 64:
        raise InputError(f"-k {text} is no number of colours; give one from 1 to 64, or auto.")
    return int(text)


def _labels(pixels: Any, mask: Path | None, model: str, device: str) -> Any:
    """The (H, W) class ids of (H, W, 3) ``pixels``: from ``mask``, or else the model's."""
    if mask is None:
        from chromadesk.inference.segment import Segmenter
        from chromadesk.models import library

        return Segmenter(library.find(model), device).labels(pixels)
    from chromadesk.masks import read_mask

    read = read_mask(mask, pixels.shape[:2])
    if read.off_palette:
        typer.echo(
            f"Warning: {read.off_palette} pixels of {mask} were off the palette; the nearest class was taken.", err=True
        )
    return read.labels
