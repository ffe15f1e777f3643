"""Arguments and options that several commands share, and the writing of ``--json FILE``."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer

from chromadesk.errors import InputError

DatasetArgument = Annotated[Path, typer.Argument(metavar="DATASET", help="A folder with A and B, or train/ and test/.")]
WeightsOption = Annotated[str, typer.Option("--model", "-m", help="A weights file, or the name of one (see models).")]
DeviceOption = Annotated[str, typer.Option(help="auto, cpu or cuda.")]
QualityOption = Annotated[str, typer.Option(help="fast, standard or careful: how closely photos are looked at.")]
SplitOption = Annotated[str, typer.Option(help="test, train or all.")]
PrecisionOption = Annotated[str, typer.Option(help="auto, fp32, bf16, fp16, or for predictions int8.")]
SizeOption = Annotated[str, typer.Option(help="Height x width that photos are stretched to.")]
JsonOption = Annotated[Path | None, typer.Option("--json", metavar="FILE", help="Write the result to this file.")]


def given(context: typer.Context, name: str) -> bool:
    """Whether the parameter ``name`` was on the command line, so that its value is no default."""
    source = context.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"


def spare(inputs: Iterable[Path], outputs: Iterable[Path | None]) -> None:
    """Raise InputError when one of the ``outputs`` (None: not asked for) would take the place of what is read."""
    kept = {path.expanduser().resolve() for path in inputs}
    for output in outputs:
        if output is not None and output.resolve() in kept:
            raise InputError(f"{output} is what is read here and would be overwritten; choose another name for it.")


def write_json(path: Path, value: Any) -> None:
    """Write ``value`` to ``path``, atomically; raises StorageError."""
    from chromadesk import files

    files.write_text(path, json.dumps(value, indent=2) + "\n")
