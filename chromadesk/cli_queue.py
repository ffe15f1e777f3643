"""``chromadesk queue``: which photos to fix first."""

from __future__ import annotations

from typing import Annotated

import typer

from chromadesk.cli_options import (
    DatasetArgument,
    DeviceOption,
    JsonOption,
    PrecisionOption,
    WeightsOption,
    write_json,
)
from chromadesk.explain import INTERRUPTED


def queue(
    dataset: DatasetArgument,
    model: WeightsOption = "chromanet",
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="Lines to print; --json has them all.")] = 20,
    device: DeviceOption = "auto",
    precision: PrecisionOption = "auto",
    json_file: JsonOption = None,
) -> None:
    """List the photos that nobody approved yet, most doubtful first. A stopped one goes on."""
    from chromadesk import terminal
    from chromadesk.inference.rank import RankConfig, rank

    config = RankConfig(str(dataset), model, device, precision)
    with terminal.Reporter() as report, terminal.interruptible() as cancelled:
        result = rank(config, report, cancelled)
    photos = result["photos"]
    if json_file is not None:
        write_json(json_file, result)
    if photos:
        terminal.out().print(terminal.queue_table(photos[:limit]))
    if len(photos) > limit:
        terminal.say(f"And {len(photos) - limit} more.")
    if result["cancelled"]:
        terminal.say("Stopped; the same command goes on.", err=True)
        raise typer.Exit(INTERRUPTED)
    if not photos and not result["failures"]:
        terminal.say("No photo is left to rank: each is approved, edited or excluded.")
    raise typer.Exit(2 if result["failures"] else 0)
