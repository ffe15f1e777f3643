"""``chromadesk reproduce``: a training once more, and whether it comes out the same."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from chromadesk.cli_options import JsonOption, write_json
from chromadesk.errors import InputError
from chromadesk.explain import INTERRUPTED

if TYPE_CHECKING:
    from chromadesk.learning.reproduce import Comparison


def reproduce(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="The folder of a training (run.json is in it).")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="The new folder.")],
    dataset: Annotated[Path | None, typer.Option(help="The data set, where it lies elsewhere on this machine.")] = None,
    device: Annotated[str | None, typer.Option(help="cpu or cuda; default: as it was.")] = None,
    anyway: Annotated[bool, typer.Option("--anyway", help="Though photos or masks have changed.")] = False,
    json_file: JsonOption = None,
) -> None:
    """Train again from the record of a training, and compare losses, scores and weights to the last digit.

    Exit code 0 when all are equal, 1 when they part, 2 when the record or its data cannot be used.
    """
    from chromadesk import terminal

    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise InputError(f"{out} is there already and not empty; name a new folder with --out.")
    with terminal.Reporter() as report, terminal.interruptible() as cancelled:
        from chromadesk.learning.reproduce import reproduce as again

        found = again(run, out, dataset=dataset, device=device, anyway=anyway, report=report, cancelled=cancelled)
    if json_file is not None:
        write_json(json_file, {"equal": found.equal, **dataclasses.asdict(found)})
    for line in _said(found):
        terminal.say(line)
    if found.cancelled:
        terminal.say("Stopped before it was done.", err=True)
        raise typer.Exit(INTERRUPTED)
    raise typer.Exit(0 if found.equal else 1)


def _said(found: Comparison) -> list[str]:
    epochs = f"{found.epochs} epoch{'' if found.epochs == 1 else 's'}"
    lines = [f"Another here: {told}" for told in found.elsewhere] + [f"Changed: {told}" for told in found.data]
    if found.gave_up:
        lines.append(f"The first training cannot be met exactly: {found.gave_up}.")
    if found.parting is None:
        lines.append(f"{epochs}: losses and scores are equal to the last digit.")
    else:
        at = found.parting
        lines.append(f"They part in epoch {at.epoch}: {at.name} was {at.then!r} and is {at.now!r} now.")
        lines.append(f"The largest distance between two figures in {epochs} is {at.largest:.3g}.")
    if found.weights is not None:
        lines.append("The weights are the same, bit by bit." if found.weights else "The weights are others.")
    return lines
