"""Every command, each a few lines over the code that does the work.

Exit codes: 0 done, 1 our fault or the machine's, 2 what was given cannot be used, 130 stopped by Ctrl+C. Errors are one
sentence on stderr; ``CHROMADESK_DEBUG=1`` shows the traceback instead. Nothing heavy is imported before its command
runs, above all no torch in front of the studio.
"""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

import chromadesk
from chromadesk import (
    cli_benchmark,
    cli_colours,
    cli_doctor,
    cli_formats,
    cli_models,
    cli_own,
    cli_palette,
    cli_queue,
    cli_reproduce,
    cli_train,
)
from chromadesk.cli_options import (
    DatasetArgument,
    DeviceOption,
    JsonOption,
    PrecisionOption,
    QualityOption,
    SizeOption,
    SplitOption,
    WeightsOption,
    given,
    spare,
    write_json,
)
from chromadesk.errors import InputError, StorageError
from chromadesk.explain import INTERRUPTED, explain
from chromadesk.parallel import cores
from chromadesk.sentences import counted, sentence

app = typer.Typer(
    name="chromadesk",
    help="Segment fashion photos into five classes, correct the masks, retrain, and read the colours.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.add_typer(cli_benchmark.app, name="benchmark")
app.add_typer(cli_models.app, name="models")


#: What Click raises for a command line it cannot use. Typer brings its own copy of Click and shows but one kind of it.
_UsageError: type[Exception] = typer.BadParameter.__mro__[1]


def main() -> None:
    """Read the command line and do as it says."""
    code = None
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # names of files need not be text, and no terminal knows all letters
            stream.reconfigure(errors="backslashreplace")
    try:
        code = app(prog_name="chromadesk", standalone_mode=False)  # or else Typer draws its own box round errors
    except _UsageError as error:
        _misused(error)
    except typer.Abort:
        code = INTERRUPTED
    except Exception as error:  # noqa: BLE001 -- the last line of defence: a sentence, never a traceback
        fail(error)
    sys.exit(code)


def _misused(error: Any) -> NoReturn:
    """End the process with a sentence for a _UsageError. A command that needs others after it has shown its help."""
    text = sentence(error.format_message().strip())
    if text:
        command = f" (see {error.ctx.command_path} --help)" if error.ctx else ""
        text = text.rstrip(".") + command + "."
    sys.stderr.write(text + "\n" if text else "")
    sys.exit(2)


def fail(error: Exception) -> NoReturn:
    """End the process with the sentence and the exit code for ``error``."""
    if os.environ.get("CHROMADESK_DEBUG"):
        raise error
    sentence, code = explain(error)
    sys.stderr.write(sentence + "\n")
    sys.exit(code)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"chromadesk {chromadesk.__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show it.")] = False,
) -> None:
    """Options before the command."""


@app.command()
def demo(
    photos: Annotated[
        list[Path] | None, typer.Argument(metavar="[PHOTOS]...", readable=False, help="Photos, or folders.")
    ] = None,
    out: Annotated[Path, typer.Option(help="Where masks, overlays, palettes and the report go.")] = Path("demo-output"),
    model: WeightsOption = "chromanet",
    device: DeviceOption = "auto",
    quality: QualityOption = "careful",
    studio: Annotated[bool, typer.Option(help="Open the studio afterwards, where there is a display.")] = True,
) -> None:
    """Segment photos (two sample portraits unless given) and write a report; then open the studio on them."""
    from chromadesk import demo, display, terminal

    with terminal.Reporter() as report, terminal.interruptible() as cancelled:
        result = demo.run(photos or [], out, model, device, quality, report, cancelled)
    if result.cancelled:
        raise typer.Exit(INTERRUPTED)
    terminal.say(f"Wrote {result.written} masks, overlays and palettes to {out.absolute()}.")
    terminal.say(f"Report: {result.report.absolute().as_uri()}")
    if studio and display.available() and display.open_studio(result.photos) != 0:
        terminal.say(f"The studio could not be opened here; chromadesk studio {result.photos} tries again.", err=True)
    raise typer.Exit(2 if result.failures else 0)


@app.command()
def studio(
    dataset: Annotated[
        Path | None, typer.Argument(metavar="[PATH]", help="A folder of photos, a photo, a job or a .chromadesk file.")
    ] = None,
    leave: Annotated[bool, typer.Option("--quit", help="Leave when all has been painted, saying so.")] = False,
) -> None:
    """Open the studio."""
    from chromadesk import display

    display.require()
    from chromadesk.studio.app import main as run_studio

    raise typer.Exit(run_studio(dataset, leave))


@app.command()
def segment(
    # readable=False here and for other photos: typer's own check would refuse all of them because of one
    paths: Annotated[list[Path], typer.Argument(metavar="PATHS...", readable=False, help="Photos, or folders.")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="The masks' folder: DIR/<stem>.png.")],
    model: WeightsOption = "chromanet",
    map_name: Annotated[
        str | None,
        typer.Option("--map", metavar="MAP", help="Which class each label of another program's model is."),
    ] = None,
    quality: QualityOption = "standard",
    overlay: Annotated[bool, typer.Option("--overlay", help="Also write DIR/<stem>-overlay.jpg.")] = False,
    resume: Annotated[bool, typer.Option("--resume", help="Go on: leave out photos whose mask is there.")] = False,
    device: DeviceOption = "auto",
    precision: PrecisionOption = "auto",
    engine: Annotated[str, typer.Option(help="plain: in this process; ray: by workers, on many machines.")] = "plain",
    address: Annotated[
        str | None, typer.Option(metavar="HOST:PORT", help="Ray's cluster. Default: one made here, for this machine.")
    ] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Photos at a time. Default: one for each core.")] = None,
    json_file: JsonOption = None,
) -> None:
    """Write a five-class mask for every photo, at the photo's own size."""
    from chromadesk import terminal
    from chromadesk.inference import batch
    from chromadesk.models import library

    if engine not in ("plain", "ray"):
        raise InputError(f"{engine!r} is no engine; choose plain or ray.")
    if address is not None and engine != "ray":
        raise InputError("An --address is that of a Ray cluster; add --engine ray.")
    tasks = batch.plan(paths, out)
    if resume:
        planned, tasks = len(tasks), [task for task in tasks if not task.mask.exists()]
        terminal.say(f"{planned - len(tasks)} of {planned} masks are there already.")
    batch.spare(tasks)
    weights = library.find(model)
    spare([weights, *(path for task in tasks for path in (task.photo, task.mask))], [json_file])
    with terminal.Reporter() as report, terminal.interruptible() as cancelled:
        if engine == "ray":
            from chromadesk.inference import on_ray

            failures = on_ray.run(
                tasks,
                weights,
                device=device,
                precision=precision,
                quality=quality,
                class_map=map_name,
                overlays=overlay,
                address=address,
                workers=workers,
                report=report,
                cancelled=cancelled,
            )
        else:
            from chromadesk.inference.runtime import a_core_each
            from chromadesk.inference.segment import Segmenter

            segmenter = Segmenter(weights, device, precision, quality, class_map=map_name)
            threads = max(1, min(workers or cores(), len(tasks)))
            with a_core_each(threads):
                failures = batch.run(
                    tasks, segmenter.labels, overlays=overlay, threads=threads, report=report, cancelled=cancelled
                )
        stopped = cancelled()
    written = [task for task in tasks if task not in failures and task.mask.exists()]
    if json_file is not None:
        masks = [{"photo": str(task.photo), "mask": str(task.mask)} for task in written]
        write_json(json_file, {"model": str(weights), "masks": masks, "failures": list(failures.values())})
    if stopped:
        raise typer.Exit(INTERRUPTED)
    gone = len(tasks) - len(failures) - len(written)
    if gone:
        raise StorageError(f"{counted(gone, 'mask')} written to {out} went while others were made; see to the folder.")
    terminal.say(f"Wrote {len(written)} of {len(tasks)} masks to {out}.")
    raise typer.Exit(2 if failures else 0)


app.command()(cli_train.train)
app.command()(cli_reproduce.reproduce)


@app.command()
def evaluate(
    context: typer.Context,
    dataset: DatasetArgument,
    split: SplitOption = "test",
    model: WeightsOption = "chromanet",
    native: Annotated[bool, typer.Option("--native", help="Measure at each photo's own size instead.")] = False,
    quality: Annotated[
        str | None, typer.Option(help="fast, standard or careful; paper: stretched. Default: as the model is made for.")
    ] = None,
    size: SizeOption = "512x256",
    batch: Annotated[int, typer.Option(help="Photos at a time.")] = 8,
    device: DeviceOption = "auto",
    precision: PrecisionOption = "auto",
    json_file: JsonOption = None,
) -> None:
    """Measure a model on a split: accuracy and IoU per class, from one confusion matrix."""
    from chromadesk import terminal
    from chromadesk.learning.config import EvaluateConfig, parse_size

    if native and given(context, "size"):
        raise InputError("Each photo's own size (--native) leaves no use for --size; leave out one of the two.")
    config = EvaluateConfig.from_json(
        {
            "dataset": str(dataset),
            "model": model,
            "split": split,
            "native": native,
            "quality": quality,
            "size": parse_size(size),
            "batch": batch,
            "device": device,
            "precision": precision,
        }
    )
    with terminal.Reporter() as report, terminal.interruptible() as cancelled:
        from chromadesk.learning.evaluate import evaluate as measure

        result = measure(config, report, cancelled)
    terminal.out().print(terminal.scores_table(result))
    if json_file is not None:
        write_json(json_file, result)


app.command()(cli_queue.queue)
app.command()(cli_colours.colours)


app.command()(cli_palette.palette)
app.command()(cli_formats.export)
app.command("import")(cli_formats.import_dataset)


@app.command()
def run(
    job: Annotated[Path, typer.Argument(metavar="JOB", help="A job folder, wherever it was made.")],
    messages: Annotated[bool, typer.Option("--messages", help="Say what happens as JSON lines on stdout.")] = False,
    dataset: Annotated[Path | None, typer.Option(help="The data set, where it lies elsewhere on this machine.")] = None,
) -> None:
    """Run the job in a folder, here."""
    from chromadesk import terminal
    from chromadesk.jobs import record
    from chromadesk.jobs.messages import Failed, Finished, Message, encode
    from chromadesk.jobs.worker import run_job

    last: list[Message] = []
    record.forget_wish(job)

    with terminal.Reporter() as reporter, terminal.interruptible() as cancelled:

        def report(message: Message) -> None:
            last[:] = [message]
            if messages:
                terminal.say(encode(message))
            else:
                reporter(message)

        code = run_job(job, report, cancelled, dataset)
        stopped = cancelled()
    if last and isinstance(last[0], Failed):
        terminal.say(last[0].text, err=True)
    elif last and isinstance(last[0], Finished) and not messages:
        terminal.say("Stopped." if last[0].result.get("cancelled") else f"Done: {job}")
    raise typer.Exit(INTERRUPTED if stopped and code == 0 else code)


app.command()(cli_doctor.doctor)
app.command()(cli_own.link)
app.command()(cli_own.forget)
