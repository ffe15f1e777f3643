"""``chromadesk benchmark batch``: many photos, and a data set of very many."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from chromadesk.cli_options import (
    DeviceOption,
    JsonOption,
    PrecisionOption,
    QualityOption,
    WeightsOption,
    write_json,
)


def batch(
    photos: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PHOTOS]...", readable=False, help="Photos, or folders; else generated ones."),
    ] = None,
    index: Annotated[int, typer.Option(min=0, help="Photos of a data set that is made and timed; 0: none.")] = 100_000,
    model: WeightsOption = "chromanet",
    quality: QualityOption = "standard",
    device: DeviceOption = "auto",
    precision: PrecisionOption = "auto",
    json_file: JsonOption = None,
) -> None:
    """Segment photos and find their colours, many at a time and one by one; open and split a very large data set."""
    from chromadesk import terminal
    from chromadesk.bench.machine import machine
    from chromadesk.models import library

    weights = library.find(model)
    with terminal.Reporter() as report, terminal.interruptible() as cancelled:
        from chromadesk.bench import batch as bench

        rows = bench.measure(
            photos or [],
            weights,
            index=index,
            device=device,
            precision=precision,
            quality=quality,
            report=report,
            cancelled=cancelled,
        )
    for sheet in bench.sheets(rows):
        terminal.out().print(terminal.sheet_table(sheet))
    if json_file is not None:
        write_json(json_file, {"machine": machine(), "rows": bench.to_json(rows)})
