"""What a command shows on a terminal: progress, warnings, tables; and how Ctrl+C becomes an orderly stop.

Results go to stdout, everything else to stderr. Progress is drawn only where a person looks at it.
"""

from __future__ import annotations

import contextlib
import signal
import sys
from collections.abc import Iterator
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from chromadesk.classes import CLASSES, PAPER_ORDER
from chromadesk.colour.swatch import Swatch
from chromadesk.doctor import Check
from chromadesk.jobs import messages
from chromadesk.jobs.messages import Message
from chromadesk.sentences import counted, visible

if TYPE_CHECKING:
    from chromadesk.bench.sheets import Sheet
    from chromadesk.bench.speed import Timing
    from chromadesk.checkup import Finding
    from chromadesk.colour.book import Book
    from chromadesk.models.lineage import Node


def out() -> Console:
    """The console results are printed to; plain text, never wrapped, when it is a pipe."""
    return _console(sys.stdout.isatty(), stderr=False)


def say(text: str, *, err: bool = False) -> None:
    """Lines of text; what could move the cursor is written out."""
    stream = sys.stderr if err else sys.stdout
    stream.write("\n".join(map(visible, text.split("\n"))) + "\n")
    stream.flush()


def _console(on_terminal: bool, *, stderr: bool) -> Console:
    return Console(stderr=stderr, highlight=False, markup=False, emoji=False, width=None if on_terminal else 1000)


class Reporter:
    """A ``messages.Report``: a progress bar and epoch lines on a terminal; elsewhere only the warnings, on stderr."""

    def __init__(self) -> None:
        self._visible = sys.stderr.isatty()
        self._console = _console(self._visible, stderr=True)
        self._progress = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=32, complete_style="#4c8dff", finished_style="#4c8dff"),
            MofNCompleteColumn(),
            TextColumn("{task.fields[left]}"),
            console=self._console,
            transient=True,
            disable=not self._visible,
        )
        self._task: TaskID | None = None

    def __enter__(self) -> Reporter:
        self._progress.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._progress.stop()

    def __call__(self, message: Message) -> None:
        """Show ``message``."""
        if isinstance(message, messages.Warned):
            self._console.print(Text(f"Warning: {visible(message.text)}"), soft_wrap=True)
        elif not self._visible:
            return
        elif isinstance(message, messages.Started):
            if self._task is not None:
                self._progress.remove_task(self._task)
            self._task = self._progress.add_task(message.kind, total=message.total or None, left="")
        elif isinstance(message, messages.Progress) and self._task is not None:
            left = "" if message.seconds_left is None else f"{duration(message.seconds_left)} left"
            name = visible(message.text) or "working"
            self._progress.update(
                self._task, completed=message.done, total=message.total or None, description=name, left=left
            )
        elif isinstance(message, messages.Metrics) and "miou" in message.values:
            figures = "  ".join(f"{name} {value:.4g}" for name, value in message.values.items())
            self._console.print(Text(f"epoch {message.epoch:g}  {figures}"), soft_wrap=True)


@contextlib.contextmanager
def interruptible() -> Iterator[messages.Cancelled]:
    """Yield a cancel check that turns true at the first Ctrl+C (or SIGTERM); a second one ends the command at once."""
    asked = False

    def ask(number: int, frame: FrameType | None) -> None:
        nonlocal asked
        if asked:
            raise KeyboardInterrupt
        asked = True
        say("Stopping after this step; press Ctrl+C again to stop at once.", err=True)

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def duration(seconds: float) -> str:
    """``45 s``, ``3 min 05 s``, ``2 h 10 min``."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02d} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02d} min"


def percent(value: float | None) -> str:
    """A share as the tables print it; a dash for a class that does not occur."""
    return "–" if value is None else f"{100 * value:.2f}"


def scores_table(result: dict[str, Any]) -> Table:
    """An evaluation: a row per class in the paper's order, then the figures over all of them, in per cent; palette
    errors in ΔE00, with the number of photos where a class was missed or invented altogether.
    """
    table = Table(
        title=f"{result['model']}: {counted(result['photos'], 'photo')}, {result['size']}, {result['quality']}",
        caption="palette: ΔE00 between a class's colours under the predicted and the true mask",
        caption_justify="left",
        box=None,
        pad_edge=False,
    )
    table.add_column("")
    table.add_column("accuracy", justify="right")
    for heading in ("IoU", "palette EMD", "MICDM", "missed", "invented"):
        table.add_column(heading, justify="right")
    errors = result["palette_error"]
    for index in PAPER_ORDER:
        name = CLASSES[index].name
        good = percent(result["class_accuracy"][name]), percent(result["iou"][name])
        table.add_row(CLASSES[index].short, *good, *(_palette_error(errors[name]) if name in errors else ()))
    table.add_row("mean of classes", percent(result["mean_class_accuracy"]), percent(result["miou"]))
    pixels, foreground = result["pixel_accuracy_without_background"], result["miou_without_background"]
    table.add_row("w/o Null", percent(pixels), percent(foreground), *_palette_error(errors["all"]))
    table.add_row("all pixels", percent(result["pixel_accuracy"]), "")
    return table


def _palette_error(error: dict[str, Any]) -> tuple[str, ...]:
    means = ("–" if error[name] is None else f"{error[name]:.2f}" for name in ("emd", "micdm"))
    return *means, str(error["missed"]), str(error["invented"])


def framings_table(rows: list[dict[str, Any]], photos: int) -> Table:
    """Photos as they come: a row per framing, IoU in per cent; the band is what lies near a true border."""
    table = Table(title=f"IoU on {counted(photos, 'photo')} at their own size", box=None, pad_edge=False)
    table.add_column("")
    for heading in (*(CLASSES[index].short for index in PAPER_ORDER), "all", "w/o Null", "band before", "band after"):
        table.add_column(heading, justify="right")
    for row in rows:
        figures = [row["iou"][CLASSES[index].name] for index in PAPER_ORDER]
        figures += [row["miou"], row["miou_without_background"], row["band_before"], row["band_after"]]
        table.add_row(row["framing"], *map(percent, figures))
    return table


def qualities_table(result: dict[str, Any]) -> Table:
    """``bench.qualities``: a row per quality, times in milliseconds, mIoU in per cent."""
    threads = f"{result['threads']} thread{'' if result['threads'] == 1 else 's'}"
    where = f"{result['device']}, {result['precision']}, {threads}"
    table = Table(title=f"{counted(result['photos'], 'photo')}, {where}; mIoU at 512x256", box=None, pad_edge=False)
    for heading in ("quality", "model", "median ms", "mean ms", "to standard", "mIoU", "w/o Null"):
        table.add_column(heading, justify="left" if heading in ("quality", "model") else "right")
    for row in result["rows"]:
        took = f"{row['ms']:.0f}", f"{row['ms_mean']:.0f}", f"{row['ratio']:.2f}x"
        good = percent(row["miou"]), percent(row["miou_without_background"])
        table.add_row(row["quality"], row["model"], *took, *good)
    return table


def palette_table(palettes: dict[str, list[Swatch]], book: Book | None = None) -> Table:
    """A row per swatch: a patch of the colour, its hex and its share of the class; the nearest in ``book``, and how far
    off that is (CIEDE2000).
    """
    table = Table(box=None, pad_edge=False, show_header=False)
    for name, swatches in palettes.items():
        if not swatches:
            table.add_row(name, "", "does not occur", "")
        for index, swatch in enumerate(swatches):
            patch = Text("      ", style=f"on {swatch.hex}")
            row: list[str | Text] = ["" if index else name, patch, swatch.hex, f"{100 * swatch.share:5.1f} %"]
            for entry, difference in book.nearest(swatch.lab) if book else []:
                row += [Text("      ", style=f"on {entry.hex}"), f"{entry.name}  ΔE {difference:.1f}"]
            table.add_row(*row)
    return table


def models_table(rows: list[dict[str, Any]]) -> Table:
    """``models.catalogue.rows``: weights files first, for those are what other commands take."""
    table = Table(box=None, pad_edge=False)
    for title in ("name", "kind", "architecture", "input", "numbers", "mIoU", "licence", ""):
        table.add_column(title, justify="right" if title in ("numbers", "mIoU") else "left")
    for row in sorted(rows, key=lambda row: row["kind"] == "architecture"):
        count, miou = row["parameter_count"], row["scores"].get("miou")
        numbers = "" if count is None else f"{count / 1e6:.1f} M"
        note = row["error"] or row["description"] or ("bundled" if row["bundled"] else row["file"])
        score = "" if miou is None else f"{100 * miou:.1f}"
        cells = row["name"], row["kind"], row["architecture"], row["input"], numbers, score, row["licence"], note
        table.add_row(*map(visible, cells))
    return table


def models_tree(roots: list[Node[dict[str, Any]]]) -> Tree:
    """``models.catalogue.lineage``: fine-tunes below what they were made from."""
    tree = Tree("", hide_root=True, guide_style="dim")
    pending = [(tree, root) for root in reversed(roots)]
    while pending:
        above, node = pending.pop()
        at = above.add(_model_line(node))
        pending += [(at, child) for child in reversed(node.children)]
    return tree


def _model_line(node: Node[dict[str, Any]]) -> Text:
    if node.what is None:
        return Text(f"{visible(node.name)} (its file is not here)", style="dim")
    row = node.what
    miou, photos = row["scores"].get("miou"), row["photos"]
    facts = [
        row["architecture"],
        "" if miou is None else f"mIoU {100 * miou:.1f}",
        f"{photos:,} photo{'' if photos == 1 else 's'}" if photos else "",
        "bundled" if row["bundled"] else row["date"],
    ]
    return Text(f"{visible(row['name'])}  ").append(row["error"] or " · ".join(filter(None, facts)), style="dim")


def speed_table(rows: list[Timing]) -> Table:
    """What the speed protocol measured: milliseconds and operations a photo, and how well the machine was used."""
    first = rows[0]
    title = f"A photo at {first.size}, batch {first.batch}, {first.device}, {first.precision}"
    table = Table(title=title, box=None, pad_edge=False)
    for name in (
        "model",
        "numbers",
        "train ms",
        "infer ms",
        "speed",
        "train FLOPs",
        "infer FLOPs",
        "FLOP/s",
        "of product",
    ):
        table.add_column(name, justify="left" if name == "model" else "right")
    for row in rows:
        times = f"{row.train_ms:.0f}", f"{row.infer_ms:.0f}", "" if row.speed is None else f"{row.speed:.1f}x"
        work = flops(row.train_flops), flops(row.infer_flops), flops(row.achieved), f"{100 * row.share:.0f} %"
        table.add_row(row.model, f"{row.parameters / 1e6:.1f} M", *times, *work)
    return table


def flops(count: float) -> str:
    """A number of floating-point operations, in giga or tera."""
    return f"{count / 1e12:.2f} T" if count >= 1e12 else f"{count / 1e9:.1f} G"


def sheet_table(sheet: Sheet) -> Table:
    """One of the paper's tables; published lines are dimmed."""
    table = Table(title=sheet.title, title_justify="left", box=None, pad_edge=False)
    for number, name in enumerate(sheet.columns):
        table.add_column(name, justify="left" if number < 2 else "right")
    for line in sheet.lines:
        table.add_row(*line, style="dim" if line[1] == "paper" else None)
    return table


def queue_table(photos: list[dict[str, Any]]) -> Table:
    """``inference.rank``: the photos to fix first, a row each."""
    table = Table(box=None, pad_edge=False)
    for title in ("rank", "photo", "doubt", "reason"):
        table.add_column(title, justify="right" if title in ("rank", "doubt") else "left")
    for number, row in enumerate(photos, start=1):
        table.add_row(str(number), visible(row["key"]), f"{100 * row['doubt']:.0f} %", row["reason"])
    return table


def checks_table(checks: list[Check]) -> Table:
    """What the doctor found, a row each."""
    table = Table(box=None, pad_edge=False, show_header=False)
    for check in checks:
        mark = "ok" if check.fine else "missing" if check.needed else "note"
        table.add_row(check.name, mark, check.found)
    return table


def findings_table(findings: list[Finding], most: int = 100) -> Table:
    """What a checkup found, a row each, the worst first; of more than ``most`` the others are counted."""
    table = Table(box=None, pad_edge=False, show_header=False)
    order = ("error", "warning", "note")
    for finding in sorted(findings, key=lambda each: order.index(each.level))[:most]:
        table.add_row(finding.level, finding.where, f"{finding.what}: {finding.advice}".rstrip(": "))
    if len(findings) > most:
        table.add_row("", f"and {len(findings) - most:,} more", "")
    return table
