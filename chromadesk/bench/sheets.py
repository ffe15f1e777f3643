"""A benchmark's results in the paper's layout, as text, Markdown, CSV and LaTeX. No torch."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chromadesk import files
from chromadesk.bench.published import CLASS_COLUMNS, FOOTNOTES, TABLES, Row, Table
from chromadesk.classes import CLASSES, PAPER_ORDER
from chromadesk.learning.config import RANDOM
from chromadesk.models.registry import architecture

#: What a cell shows while there is no figure, and what it shows where none is meant.
MISSING, NOTHING = "–", ""
_TABLE_NUMBER = re.compile(r"^Table \d: ")  # LaTeX numbers tables itself
_SIDE = ("-fp32", "-raw")  # how runs for the side claims end
_TEX = {sign: f"\\{sign}" for sign in "&%_#${}"} | {
    "\\": r"\textbackslash{}",
    "^": r"\^{}",
    "~": r"\~{}",
    "<": "$<$",
    ">": "$>$",
    MISSING: "--",
}
_TABLE_FOR_OTHERS = 3  # networks that the paper does not have stand with the benchmark models


@dataclass(frozen=True)
class Sheet:
    """One table ready to print: cells are text; a line whose second cell is ``paper`` holds published figures."""

    title: str
    columns: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]


def sheets(results: dict[str, Any]) -> list[Sheet]:
    """Tables 1-5 with the rows that were run, each above the paper's own line; then the side claims, and what the
    authors' way of counting makes of it.
    """
    found = [_table(table, results) for table in TABLES]
    return [sheet for sheet in (*found, _claims(results), _counts(results)) if sheet is not None]


def footnotes(results: dict[str, Any]) -> list[str]:
    """How the figures came about and how to read them, a sentence or two each."""
    settings, machine, photos = results["settings"], results["machine"], results["photos"]
    height, width = settings["size"]
    epochs = "the recipes' epochs" if settings["epochs"] is None else _count(settings["epochs"], "epoch")
    notes = [
        f"{results['dataset']}: {photos['train']} photos to train on, {photos['test']} to test on (split "
        f"{results['split']}), {height} x {width}, batch {settings['batch']}, {epochs}, seed {settings['seed']}; "
        f"{machine['name']}, {_count(machine['threads'], 'thread')}, {machine['precision']}, "
        f"PyTorch {machine['torch']}. "
        "Speeds are those of batches of 8. The paper: 1600 and 400 photos of its own, 512 x 256, batch 8, "
        "10 (FCN) and 15 (U-Net) epochs, one RTX 3070 Ti.",
        *FOOTNOTES,
    ]
    for origin in dict.fromkeys(row["encoder"] for row in results["rows"].values() if row["encoder"]):
        titles = dict.fromkeys(row["title"] for row in results["rows"].values() if row["encoder"] == origin)
        began = "random weights" if origin == RANDOM else origin
        notes.append(f"Encoders that began from {began}: {', '.join(titles)}.")
    if any(row["model"] == "chromanet" for row in results["rows"].values()):
        notes.append(
            "ChromaNet is not in the paper; its own recipe trains it (loss with Dice, strong augmentation, one cycle)."
        )
    if results["stopped"]:
        notes.append("The benchmark was stopped; the same command goes on with it.")
    return notes


def markdown(results: dict[str, Any]) -> str:
    """All sheets and footnotes as a Markdown page's body."""
    parts = []
    for sheet in sheets(results):
        rule = ["---", "---", *("---:" for _ in sheet.columns[2:])]
        rows = [_pipes(sheet.columns), _pipes(rule), *(_pipes(line) for line in sheet.lines)]
        parts += [f"**{sheet.title}**", "\n".join(rows)]
    notes = [f"{number}. {note}" for number, note in enumerate(footnotes(results), start=1)]
    return "\n\n".join([*parts, "\n".join(notes)]) + "\n"


def latex(results: dict[str, Any]) -> str:
    """The same as LaTeX ``table`` environments that need no package; the footnotes follow as a list."""
    parts = []
    for sheet in sheets(results):
        body = [" & ".join(map(_tex, line)) + r" \\" for line in sheet.lines]
        parts.append(
            "\n".join(
                [
                    r"\begin{table}",
                    rf"\caption{{{_tex(_TABLE_NUMBER.sub('', sheet.title))}}}",
                    rf"\begin{{tabular}}{{ll{'r' * (len(sheet.columns) - 2)}}}",
                    r"\hline",
                    " & ".join(map(_tex, sheet.columns)) + r" \\",
                    r"\hline",
                    *body,
                    r"\hline",
                    r"\end{tabular}",
                    r"\end{table}",
                ]
            )
        )
    notes = [rf"\item {_tex(note)}" for note in footnotes(results)]
    parts.append("\n".join([r"\begin{enumerate}", *notes, r"\end{enumerate}"]))
    return "\n\n".join(parts) + "\n"


def rows_as_csv(results: dict[str, Any]) -> str:
    """A line per table, model, source (ours, paper) and column; numbers only."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("table", "model", "source", "column", "value"))
    for sheet in sheets(results):
        for line in sheet.lines:
            for column, cell in zip(sheet.columns[2:], line[2:], strict=True):
                number = cell.removesuffix("x")  # 3.6x: a speed
                if re.fullmatch(r"-?[\d.]+", number):
                    writer.writerow((sheet.title, line[0], line[1], column, number))
    return text.getvalue()


def write(results: dict[str, Any], out: Path) -> list[Path]:
    """``results.json``, ``.csv``, ``.tex`` and ``.md`` into ``out``; raises StorageError."""
    texts = {
        "results.json": json.dumps(results, indent=2) + "\n",
        "results.csv": rows_as_csv(results),
        "results.tex": latex(results),
        "results.md": markdown(results),
    }
    for name, text in texts.items():
        files.write_text(out / name, text)
    return [out / name for name in texts]


def _table(table: Table, results: dict[str, Any]) -> Sheet | None:
    chosen = {row["model"] for row in results["rows"].values()} | set(results["speed"].get("rows", {}))
    lines: list[tuple[str, ...]] = []
    for row in table.rows:
        if row.run.partition("-")[0] not in chosen:
            continue
        facts = [row.facts.get(name, NOTHING) for name in table.facts]
        printed = [_cell(column, row.figures[column]) for column in table.columns]
        own = results["rows"].get(row.run)
        speed = _speed(results, row.run.partition("-")[0])
        lines.append((_label(row, own), "ours", *_facts(table, row, own), *_figures(table, own, speed)))
        lines.append((row.label, "paper", *facts, *printed))
    if table.number == _TABLE_FOR_OTHERS:
        printed_runs = {row.run for each in TABLES for row in each.rows}
        for name, own in results["rows"].items():
            if name not in printed_runs and not name.endswith(_SIDE):
                facts = [NOTHING for _ in table.facts]
                lines.append((own["title"], "ours", *facts, *_figures(table, own, _speed(results, own["model"]))))
    if not lines:
        return None
    return Sheet(f"Table {table.number}: {table.caption}", ("Model", "", *table.facts, *table.columns), tuple(lines))


def _label(row: Row, own: dict[str, Any] | None) -> str:
    """The paper's name for a network, with what was chosen for ours."""
    chosen = {} if own is None else own["parameters"]
    return row.label + (f" ({', '.join(f'{key} {value}' for key, value in chosen.items())})" if chosen else "")


def _facts(table: Table, row: Row, own: dict[str, Any] | None) -> list[str]:
    chosen = {} if own is None else own["parameters"]
    ours = {"Dims.": chosen.get("width"), "Layer": chosen.get("depth")}
    return [row.facts.get(name, NOTHING) if ours.get(name) is None else str(ours[name]) for name in table.facts]


def _speed(results: dict[str, Any], model: str) -> float | None:
    row = results["speed"].get("rows", {}).get(model)
    return None if row is None else row["speed"]


def _figures(table: Table, row: dict[str, Any] | None, speed: float | None) -> list[str]:
    values = {} if row is None else _values(row)
    return [_cell(column, speed if column == "Speed" else values.get(column)) for column in table.columns]


def _values(row: dict[str, Any]) -> dict[str, float | None]:
    """A run's figures by the paper's column names."""
    scores = row["scores"]
    classes = zip(CLASS_COLUMNS, (CLASSES[index].name for index in PAPER_ORDER), strict=True)
    return {column: scores["class_accuracy"][name] for column, name in classes} | {
        "Mean": scores["pixel_accuracy"],
        "w/o Null": scores["pixel_accuracy_without_background"],
        "MIoU": scores["miou_without_background"],
    }


def _cell(column: str, value: float | None) -> str:
    if value is None:
        return MISSING
    return f"{value:.1f}x" if column == "Speed" else f"{value:.3f}"


def _claims(results: dict[str, Any]) -> Sheet | None:
    rows, speeds = results["rows"], results["speed"]
    lines: list[tuple[str, ...]] = []
    columns = ("Mean", "MIoU", "Speed")

    def line(text: str, row: dict[str, Any], speed: float | None = None) -> tuple[str, ...]:
        cells = [_cell(column, _values(row)[column]) for column in columns[:2]]
        return (text, "ours", *cells, NOTHING if speed is None else _cell("Speed", speed))

    for name, other in rows.items():
        base = rows[name.rpartition("-")[0]] if name.endswith(_SIDE) else None
        if base is None:
            continue
        title = base["title"]
        if name.endswith("-fp32"):
            faster = None
            if "fp32" in speeds:
                faster = _milliseconds(speeds["fp32"]) / _milliseconds(speeds["mixed"])
            lines += [
                line(f"{title}, mixed precision ({base['precision']})", base, faster),
                ("mixed precision against single", "paper", "< 0.5 % change", NOTHING, "1.6x"),
                line(f"{title}, single precision (fp32)", other, 1.0),
            ]
        else:
            lines += [
                line(f"{title}, photos normalised ({base['normalise']})", base),
                ("normalisation", "paper", "no noticeable gain", NOTHING, NOTHING),
                line(f"{title}, photos as they are", other),
            ]
    if not lines:
        return None
    return Sheet("The paper's side claims (Sections 4.2 and 5.2)", ("Model", "", *columns), tuple(lines))


def _milliseconds(timing: dict[str, Any]) -> float:
    return float(timing["train_ms"] + timing["infer_ms"])


def _counts(results: dict[str, Any]) -> Sheet | None:
    lines = []
    for name, row in results["rows"].items():
        if name.endswith(_SIDE):
            continue
        ours, theirs = row["scores"], row["authors"]
        figures = [
            each[key]
            for key in ("pixel_accuracy_without_background", "miou_without_background")
            for each in (ours, theirs)
        ]
        many = len(architecture(row["model"]).losses) > 1
        lines.append(
            (row["title"] + (f", {row['loss']}" if many else ""), "ours", *(_cell(NOTHING, value) for value in figures))
        )
    if not lines:
        return None
    columns = ("Model", "", "w/o Null", "w/o Null, theirs", "MIoU", "MIoU, theirs")
    return Sheet("The same counted as the authors' code counts", columns, tuple(lines))


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _pipes(cells: tuple[str, ...] | list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _tex(text: str) -> str:
    return "".join(_TEX.get(sign, sign) for sign in text)
