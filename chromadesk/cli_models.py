"""``chromadesk models``: what there is, who came from whom, and taking a new one into use."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from chromadesk.cli_options import DeviceOption, PrecisionOption
from chromadesk.errors import InputError

app = typer.Typer()


@app.callback(invoke_without_command=True)
def list_models(
    context: typer.Context,
    dataset: Annotated[Path | None, typer.Option(help="Also the versions kept in this data set.")] = None,
    tree: Annotated[bool, typer.Option("--tree", help="The weights files as a tree: who was fine-tuned from whom.")] = (
        False
    ),
    as_json: Annotated[bool, typer.Option("--json", help="JSON to stdout.")] = False,
) -> None:
    """List every architecture and every weights file; import what other code trained; adopt a new version."""
    if context.invoked_subcommand is not None:
        return
    from chromadesk import terminal
    from chromadesk.dataset.pairs import Dataset
    from chromadesk.models import catalogue

    rows = catalogue.rows(None if dataset is None else Dataset.open(dataset).state)
    if as_json:
        terminal.say(json.dumps(rows, indent=2))
    elif tree:
        terminal.out().print(terminal.models_tree(catalogue.lineage(rows)))
    else:
        terminal.out().print(terminal.models_table(rows))


@app.command()
def adopt(
    weights: Annotated[str, typer.Argument(metavar="WEIGHTS", help="A weights file, or the name of one.")],
    dataset: Annotated[Path, typer.Option(help="The data set whose proposals it shall make.")],
    against: Annotated[
        str | None, typer.Option(metavar="WEIGHTS", help="The older one; default: its parent, or the one in use.")
    ] = None,
    anyway: Annotated[bool, typer.Option("--anyway", help="Though it is no better.")] = False,
    device: DeviceOption = "auto",
    precision: PrecisionOption = "auto",
) -> None:
    """Make a fine-tuned model the data set's next version, if it is better on the test photos than the older one."""
    from chromadesk import terminal
    from chromadesk.learning import adopt as adopting

    with terminal.Reporter() as report, terminal.interruptible() as cancelled:
        candidate = adopting.candidate(weights, dataset, against)
        if adopting.in_use(candidate):
            name = candidate.weights.stem
            which = name if weights == name else f"{weights} is {name}, which"
            terminal.say(f"{which} makes the proposals for {dataset} already.")
            return
        verdict = adopting.judge(candidate, device, precision, report, cancelled)
    if not verdict.better and not anyway:
        raise InputError(f"{verdict.why.rstrip('.')}; --anyway adopts it all the same.")
    version = adopting.adopt(candidate)
    terminal.say(verdict.why)
    if version == candidate.weights and version.stem != weights:
        terminal.say(f"{weights} is kept as {version.stem} already; no copy was made.")
    terminal.say(f"{version.stem} makes the proposals for {dataset} now.")


@app.command("import")
def import_model(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", readable=False, help="A state dict: .pt, .pth, .safetensors.")
    ],
    out: Annotated[Path, typer.Option(metavar="OUT", help="The new file, .safetensors.")],
    as_: Annotated[str | None, typer.Option("--as", metavar="NAME", help="Its architecture; an FCN needs it.")] = None,
    normalise: Annotated[str, typer.Option(help="Its photos: none, imagenet or symmetric (-1..1).")] = "none",
) -> None:
    """Turn weights that the paper's public code trained into ChromaDesk's."""
    from chromadesk import terminal
    from chromadesk.models import convert

    convert.convert(file, out, as_, normalise)
    terminal.say(f"Wrote {out}: {convert.summary(out)}.")


@app.command("export")
def export_model(
    weights: Annotated[str, typer.Argument(metavar="WEIGHTS", help="A weights file, or the name of one.")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Gets model.onnx and its card, README.md.")],
    format_name: Annotated[str, typer.Option("--format", help="onnx.")] = "onnx",
    dataset: Annotated[Path | None, typer.Option(help="Whose versions count too.")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Write over what is there.")] = False,
) -> None:
    """Write a model for other programs, checked against PyTorch, with a card for the Hugging Face Hub."""
    from chromadesk import terminal
    from chromadesk.dataset.pairs import Dataset
    from chromadesk.models import library

    if format_name == "torchscript":
        raise InputError(
            "TorchScript is not written: such a file holds a program, which whoever opens it has to trust, and PyTorch "
            "no longer develops it; take --format onnx, or the .safetensors file itself."
        )
    if format_name != "onnx":
        raise InputError(f"There is no format {format_name!r} for models; choose onnx.")
    found = library.find(weights, None if dataset is None else Dataset.open(dataset).state)
    from chromadesk.models import onnx_export

    done = onnx_export.export(found, out, replace=replace)
    terminal.say(f"Wrote {done.model} and {out / onnx_export.CARD}.")
    terminal.say(
        f"Against PyTorch: scores differ by {done.difference:.2g} at most, {100 * done.alike:.4f} % of "
        f"{done.pixels:,} pixels are of the same class."
    )


@app.command("draft-map")
def draft_map(
    model: Annotated[Path, typer.Argument(metavar="MODEL", help="An ONNX file, or a SegFormer's folder.")],
    out: Annotated[Path, typer.Option(metavar="MAP", help="The new map, .toml.")],
) -> None:
    """List the labels of another program's model in a map, for you to put a class behind each."""
    from chromadesk import terminal
    from chromadesk.dataset.mapping import ClassMap, suggested
    from chromadesk.inference import foreign

    if out.exists():
        raise InputError(f"{out} is there already; give the new map another name.")
    found = foreign.labels(model)
    ClassMap(model.absolute().stem, ()).with_labels(suggested(found)).write(out)
    terminal.say(f"Wrote {out} with {len(found)} labels; put a class behind each, and give it as --map.")
