"""``chromadesk link`` and ``chromadesk forget``: files to double-click, and what is left when ChromaDesk goes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def link(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A data set, or a job's folder.")],
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Default: FOLDER/<its name>.chromadesk, which moves along.")
    ] = None,
) -> None:
    """Write a .chromadesk file that opens a data set, or shows a job, with a double-click."""
    from chromadesk import links, terminal

    terminal.say(f"Wrote {links.make(folder, out)}.")


def forget(
    yes: Annotated[bool, typer.Option("--yes", help="Remove it; otherwise it is only listed.")] = False,
    work: Annotated[bool, typer.Option("--work", help="Also what may hold work that is nowhere else.")] = False,
) -> None:
    """List or remove what ChromaDesk keeps of you outside your data sets, before it is uninstalled."""
    from chromadesk import terminal, traces

    there = traces.found()
    chosen = [trace for trace in there if work or not trace.work]
    if yes:
        traces.remove(chosen)
    for trace in there:
        done = "removed" if yes and trace in chosen else "kept" if yes else "work" if trace.work else ""
        terminal.say(f"{done:8}{trace.bytes / 1e6:8.1f} MB  {trace.path}: {trace.what}".lstrip())
    if not there:
        terminal.say("There is nothing of you outside your data sets.")
    elif not yes and any(trace.work for trace in there):
        terminal.say("--yes removes it, but for what is marked as work; --yes --work removes that too.")
    elif not yes:
        terminal.say("--yes removes it.")
    terminal.say("Data sets keep their masks, and what belongs to them in their folder .chromadesk.")
