"""``chromadesk benchmark``: measurements that anyone can repeat."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Annotated

import typer

from chromadesk import cli_batches
from chromadesk.cli_options import (
    DatasetArgument,
    DeviceOption,
    JsonOption,
    PrecisionOption,
    QualityOption,
    SizeOption,
    SplitOption,
    WeightsOption,
    write_json,
)
from chromadesk.errors import InputError
from chromadesk.explain import INTERRUPTED

app = typer.Typer(help="Measurements that anyone can repeat.", no_args_is_help=True)
app.command()(cli_batches.batch)

ModelsOption = Annotated[
    str | None,
    typer.Option(metavar="NAMES", help="Architectures with commas between, such as fcn1s,deeplabv3plus:encoder=lite0."),
]
FirstOption = Annotated[int | None, typer.Option(min=1, help="Only the first so many photos.")]
RoundsOption = Annotated[int, typer.Option(min=1, help="Counted runs of each timing; the median is shown.")]


@app.command()
def paper(
    dataset: DatasetArgument,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Trainings and results; go on with the same folder.")],
    models: ModelsOption = None,
    epochs: Annotated[int | None, typer.Option(help="Of every row; default: each network's recipe.")] = None,
    size: SizeOption = "512x256",
    photos: Annotated[int | None, typer.Option(help="Only so many photos, to scale down.")] = None,
    batch: Annotated[int, typer.Option(help="Photos a step.")] = 8,
    claims: Annotated[
        str | None, typer.Option(metavar="NAME", help="Try the side claims on this network; none: leave them out.")
    ] = None,
    encoder_weights: Annotated[
        list[str] | None, typer.Option(metavar="NAME=FILE", help="ImageNet weights of a network's encoder; repeatable.")
    ] = None,
    test_share: Annotated[float, typer.Option(help="Kept for testing where the data set has no split yet.")] = 0.2,
    rounds: RoundsOption = 3,
    device: DeviceOption = "auto",
    precision: PrecisionOption = "auto",
    seed: Annotated[int, typer.Option(help="Of split, shuffling, augmentation and fresh weights.")] = 0,
) -> None:
    """Train and measure every network of the paper, and print its Tables 1-5 beside the published figures.

    Ctrl+C keeps what is done; the same command goes on.
    """
    from chromadesk import terminal
    from chromadesk.bench import plan, sheets
    from chromadesk.learning.config import parse_size

    chosen = plan.Settings.models if models is None else plan.parse_models(models)
    names = [name for name, _ in chosen]
    files = dict(_pair(text) for text in encoder_weights or [])
    unused = sorted(set(files) - set(names))
    if unused:
        raise InputError(f"Encoder weights are given for {unused[0]}, which is not among the networks.")
    settings = plan.Settings(
        dataset=str(dataset),
        out=str(out),
        models=chosen,
        epochs=epochs,
        size=parse_size(size),
        batch=batch,
        photos=photos,
        test_share=test_share,
        seed=seed,
        rounds=rounds,
        claims=("fcn1s" if "fcn1s" in names else "") if claims is None else "" if claims == "none" else claims,
        device=device,
        precision=precision,
        encoder_weights=files,
    )
    with terminal.Reporter() as report, terminal.interruptible() as cancelled:
        from chromadesk.bench.paper import run

        results = run(settings, report, cancelled)
    for sheet in sheets.sheets(results):
        terminal.out().print(terminal.sheet_table(sheet))
    for number, note in enumerate(sheets.footnotes(results), start=1):
        terminal.say(f"{number}. {note}")
    written = sheets.write(results, out)
    terminal.say(f"Wrote {', '.join(str(path) for path in written)}.")
    if results["stopped"]:
        terminal.say("Stopped; go on with the same command.", err=True)
        raise typer.Exit(INTERRUPTED)


@app.command()
def speed(
    models: ModelsOption = "pix2pix,lraspp,deeplabv3plus,unet1,fcn1s,chromanet",
    size: SizeOption = "512x256",
    batch: Annotated[int, typer.Option(min=1, help="Photos a step.")] = 8,
    rounds: RoundsOption = 3,
    device: DeviceOption = "auto",
    precision: PrecisionOption = "auto",
    json_file: JsonOption = None,
) -> None:
    """Time a training step and an inference of each network by the paper's protocol, beside a matrix product.

    Pix2Pix, to which speeds are compared, is timed too when it is not named.
    """
    from chromadesk import terminal
    from chromadesk.bench import plan
    from chromadesk.bench.machine import machine
    from chromadesk.learning.config import parse_size

    chosen = plan.with_reference(plan.parse_models(models or ""))
    height_width = parse_size(size)
    with terminal.Reporter() as report, terminal.interruptible() as cancelled:
        from chromadesk.bench.speed import measure

        rows = measure(
            chosen,
            size=height_width,
            batch=batch,
            rounds=rounds,
            device=device,
            precision=precision,
            report=report,
            cancelled=cancelled,
        )
    terminal.out().print(terminal.speed_table(rows))
    terminal.say(f"A matrix product reached {terminal.flops(rows[0].achieved / rows[0].share)}/s in the same run.")
    if json_file is not None:
        write_json(json_file, {"machine": machine(), "rows": [dataclasses.asdict(row) for row in rows]})


@app.command()
def inference(
    models: Annotated[
        str, typer.Option(metavar="NAMES", help="Weights or architectures, with commas between.")
    ] = "chromanet,chromanet-fast,fcn1s,unet1,pix2pix",
    size: SizeOption = "512x256",
    rounds: RoundsOption = 15,
    device: DeviceOption = "auto",
    json_file: JsonOption = None,
) -> None:
    """Time one photo through each network: by every back end and precision there is, against the network plain."""
    from chromadesk import terminal
    from chromadesk.bench.machine import machine
    from chromadesk.learning.config import parse_size

    height_width = parse_size(size)
    names = [name.strip() for name in models.split(",") if name.strip()]
    if not names:
        raise InputError("No model is named; give --models weights or architectures, with commas between.")
    with terminal.Reporter() as report, terminal.interruptible() as cancelled:
        from chromadesk.bench import inference as bench

        rows = bench.measure(names, size=height_width, rounds=rounds, device=device, report=report, cancelled=cancelled)
    terminal.out().print(terminal.sheet_table(bench.sheet(rows, size)))
    if json_file is not None:
        write_json(json_file, {"machine": machine(), "rows": [dataclasses.asdict(row) for row in rows]})


@app.command()
def training(
    dataset: Annotated[
        Path | None,
        typer.Argument(metavar="[DATASET]", help="Whose first photos to learn from; default: made-up ones."),
    ] = None,
    models: ModelsOption = "fcn1s,chromanet",
    size: SizeOption = "512x256",
    batch: Annotated[int, typer.Option(min=1, help="Photos a step.")] = 8,
    rounds: RoundsOption = 9,
    device: DeviceOption = "auto",
    precision: PrecisionOption = "auto",
    compiled: Annotated[bool, typer.Option("--compile", help="Ours by torch.compile.")] = False,
    json_file: JsonOption = None,
) -> None:
    """Time a training step with its reading: ours against a plain fp32 loop with PyTorch's DataLoader, by turns."""
    from chromadesk import terminal
    from chromadesk.bench import plan
    from chromadesk.bench.machine import machine
    from chromadesk.learning.config import parse_size

    chosen = plan.parse_models(models or "")
    height_width = parse_size(size)
    with terminal.Reporter() as report, terminal.interruptible() as cancelled:
        from chromadesk.bench import training as bench

        rows = bench.measure(
            chosen,
            dataset,
            size=height_width,
            batch=batch,
            rounds=rounds,
            device=device,
            precision=precision,
            compiled=compiled,
            report=report,
            cancelled=cancelled,
        )
    terminal.out().print(terminal.sheet_table(bench.sheet(rows, size)))
    if json_file is not None:
        write_json(json_file, {"machine": machine(), "rows": [dataclasses.asdict(row) for row in rows]})


@app.command()
def startup(
    dataset: Annotated[Path | None, typer.Argument(help="Open it; 801 made-up photos where none is given.")] = None,
    labelme: Annotated[
        Path | None, typer.Option(metavar="PYTHON", help="An interpreter whose environment has labelme, to compare.")
    ] = None,
    rounds: RoundsOption = 7,
    json_file: JsonOption = None,
) -> None:
    """Time new processes until the window, its data set and the first photo are painted, beside Qt alone."""
    from chromadesk import terminal
    from chromadesk.bench import startup as bench
    from chromadesk.bench.machine import machine

    with terminal.Reporter() as report, terminal.interruptible() as cancelled:
        rows = bench.measure(dataset, labelme=labelme, rounds=rounds, report=report, cancelled=cancelled)
    terminal.out().print(terminal.sheet_table(bench.sheet(rows)))
    if json_file is not None:
        write_json(json_file, {"machine": machine(), "rows": [dataclasses.asdict(row) for row in rows]})


@app.command()
def framings(
    dataset: DatasetArgument,
    model: WeightsOption = "chromanet",
    quality: QualityOption = "standard",
    split: SplitOption = "test",
    photos: FirstOption = None,
    device: DeviceOption = "auto",
    precision: PrecisionOption = "auto",
    json_file: JsonOption = None,
) -> None:
    """Measure a model on photos as they come (cut, wide, dark, compressed) and at borders, at the photos' own size."""
    from chromadesk import terminal
    from chromadesk.dataset.pairs import Dataset
    from chromadesk.learning.config import EvaluateConfig
    from chromadesk.models import library

    asked = EvaluateConfig.from_json({"dataset": str(dataset), "split": split, "quality": quality})
    opened = Dataset.open(dataset)
    weights = library.find(model, opened.state)
    with terminal.Reporter() as report, terminal.interruptible() as cancelled:
        from chromadesk.bench.framings import measure
        from chromadesk.inference.segment import Segmenter
        from chromadesk.learning.data import judging_pairs, warn_of_known

        items = judging_pairs(opened, asked.split, report)[:photos]
        segmenter = Segmenter(weights, device, precision, quality)
        warn_of_known(segmenter.info, items, report)
        rows = [row.to_json() for row in measure(segmenter, items, report, cancelled)]
    terminal.out().print(terminal.framings_table(rows, len(items)))
    if json_file is not None:
        write_json(json_file, {"model": weights.stem, "quality": quality, "photos": len(items), "rows": rows})


@app.command()
def qualities(
    dataset: DatasetArgument,
    model: WeightsOption = "chromanet",
    split: SplitOption = "test",
    photos: FirstOption = None,
    device: DeviceOption = "auto",
    precision: PrecisionOption = "auto",
    json_file: JsonOption = None,
) -> None:
    """Time fast, standard and careful on photos of their own size, edges and all, and say how good each is."""
    from chromadesk import terminal
    from chromadesk.dataset.pairs import Dataset
    from chromadesk.learning.config import EvaluateConfig
    from chromadesk.models import library

    asked = EvaluateConfig.from_json({"dataset": str(dataset), "split": split})
    opened = Dataset.open(dataset)
    weights = library.find(model, opened.state)
    with terminal.Reporter() as report, terminal.interruptible() as cancelled:
        from chromadesk.bench.qualities import measure
        from chromadesk.learning.data import judging_pairs

        items = judging_pairs(opened, asked.split, report)[:photos]
        result = measure(weights, items, device, precision, report, cancelled)
    terminal.out().print(terminal.qualities_table(result))
    if json_file is not None:
        write_json(json_file, result)


@app.command()
def studio(
    megapixels: Annotated[str, typer.Option(metavar="SIZES", help="Photos to paint on, with commas.")] = "1,24,96",
    radii: Annotated[str, typer.Option(metavar="PIXELS", help="Of the brush, with commas.")] = "10,100,300",
    events: Annotated[int, typer.Option(min=1, help="Of each kind.")] = 300,
    photos: Annotated[int, typer.Option(min=10, help="Opened in turn to see whether memory grows.")] = 1000,
    folder: Annotated[int, typer.Option(min=20, help="Photos of a large folder.")] = 100_000,
    json_file: JsonOption = None,
) -> None:
    """Drive the studio's window with mouse events on generated photos: latency, opening and memory against targets."""
    from chromadesk import terminal
    from chromadesk.bench import studio as bench

    sizes = bench.parse_numbers(megapixels, "sizes")
    brushes = tuple(round(value) for value in bench.parse_numbers(radii, "radii"))
    settings = bench.Settings(sizes, brushes, events, photos, folder)
    with terminal.Reporter() as report, terminal.interruptible() as cancelled:
        from chromadesk.studio.benchmark import measure

        results = measure(settings, report, cancelled)
    for sheet in bench.sheets(results):
        terminal.out().print(terminal.sheet_table(sheet))
    if json_file is not None:
        write_json(json_file, results)


@app.command()
def effort(
    dataset: DatasetArgument,
    model: WeightsOption = "chromanet",
    split: SplitOption = "test",
    photos: Annotated[int, typer.Option(min=1, help="So many, in an order drawn with seed 0.")] = 20,
    goal: Annotated[float, typer.Option(min=0.01, max=1.0, help="IoU of each class that is present.")] = 0.95,
    device: DeviceOption = "auto",
    precision: PrecisionOption = "auto",
    json_file: JsonOption = None,
) -> None:
    """Count what a scripted designer does to correct proposals, with the brush alone and with the smart tools."""
    from chromadesk import terminal
    from chromadesk.dataset.pairs import Dataset
    from chromadesk.learning.config import EvaluateConfig
    from chromadesk.models import library

    asked = EvaluateConfig.from_json({"dataset": str(dataset), "split": split})
    opened = Dataset.open(dataset)
    weights = library.find(model, opened.state)
    with terminal.Reporter() as report, terminal.interruptible() as cancelled:
        from chromadesk.bench import effort as bench
        from chromadesk.learning.data import judging_pairs

        items = bench.drawn(judging_pairs(opened, asked.split, report), photos)
        results = bench.measure(weights, items, goal, device, precision, report, cancelled)
    for sheet in bench.sheets(results):
        terminal.out().print(terminal.sheet_table(sheet))
    terminal.say(bench.note(results))
    if json_file is not None:
        write_json(json_file, results)


@app.command()
def palettes(
    seeds: Annotated[int, typer.Option(min=1, help="Garments of each number of colours.")] = 5,
    json_file: JsonOption = None,
) -> None:
    """Find the known colours of made-up garments, beside other ways that are installed; and time a large photo's."""
    from chromadesk import terminal
    from chromadesk.bench import garments
    from chromadesk.bench import palettes as bench
    from chromadesk.jobs.messages import Progress, Started

    with terminal.Reporter() as report:
        report(Started("palettes", 0))
        found = garments.measure(seeds, lambda done, total: report(Progress(done, total, "garments", None)))
        results = {"garments": found, "speed": bench.measure()}
    for sheet in bench.sheets(results):
        terminal.out().print(terminal.sheet_table(sheet))
    if json_file is not None:
        write_json(json_file, results)


def _pair(text: str) -> tuple[str, str]:
    name, equals, file = text.partition("=")
    if not name or not equals or not file:
        raise InputError(f"{text!r} names no encoder weights; write NAME=FILE, such as fcn1s=vgg16.pth.")
    return name, file
