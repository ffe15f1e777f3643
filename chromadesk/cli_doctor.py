"""``chromadesk doctor``: this machine, a data set, a bundle for who can help."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from chromadesk.errors import ChromaDeskError, InputError
from chromadesk.explain import INTERRUPTED, explain
from chromadesk.sentences import counted

if TYPE_CHECKING:
    from chromadesk.checkup import Checkup, Finding

#: What a repair brings to light is repaired too, but not for ever.
_ROUNDS = 3


def doctor(
    dataset: Annotated[Path | None, typer.Argument(metavar="[DATASET]", help="Check this data set instead.")] = None,
    repair: Annotated[bool, typer.Option("--repair", help="Mend what can be mended without losing anything.")] = False,
    thorough: Annotated[bool, typer.Option("--thorough", help="Decode every photo and mask.")] = False,
    bundle: Annotated[
        Path | None, typer.Option(metavar="ZIP", help="Save checks, logs and settings, without photos or names.")
    ] = None,
    tune: Annotated[bool, typer.Option("--tune", help="Find what computes each network quickest, and use it.")] = False,
) -> None:
    """Say whether this machine has what ChromaDesk needs, or whether a data set is sound."""
    if bundle is not None and (repair or thorough or tune):
        raise InputError("A bundle changes nothing and measures nothing; give --bundle in a call of its own.")
    if tune and (repair or thorough or dataset is not None):
        raise InputError("--tune measures this machine, not a data set; give it in a call of its own.")
    if tune:
        _tune()
    elif bundle is not None:
        _save(bundle, dataset)
    elif dataset is not None:
        _check(dataset, repair, thorough)
    elif repair or thorough:
        raise InputError("Only a data set can be repaired or checked thoroughly; name its folder.")
    else:
        _examine()


def _examine() -> None:
    from chromadesk import doctor, terminal

    checks = doctor.examine()
    terminal.out().print(terminal.checks_table(checks))
    for check in checks:
        if check.advice:
            terminal.say(check.advice)
    usable = doctor.usable(checks)
    terminal.say("ChromaDesk can be used here." if usable else "ChromaDesk cannot be used here yet.")
    raise typer.Exit(0 if usable else 1)


def _tune() -> None:
    from chromadesk import terminal
    from chromadesk.models import library

    with terminal.Reporter() as report, terminal.interruptible() as cancelled:
        from chromadesk.bench import inference
        from chromadesk.inference.backends import remember
        from chromadesk.inference.runtime import choose_device

        rows = inference.measure([path.stem for path, _ in library.list_weights()], report=report, cancelled=cancelled)
        device = choose_device()
    terminal.out().print(terminal.sheet_table(inference.sheet(rows, "512x256")))
    for architecture, row in inference.quickest(rows).items():
        remember(architecture, device, row.backend, row.precision)
        terminal.say(f"From now on {architecture} is computed by {row.backend} in {row.precision}.")


def _check(dataset: Path, repair: bool, thorough: bool) -> None:
    from chromadesk import checkup, terminal

    checked = checkup.Checkup(dataset, thorough)
    findings = _found(checked)
    if findings:
        terminal.out().print(terminal.findings_table(findings))
    rounds = 0
    while repair and rounds < _ROUNDS and _mend(checked, findings):
        checked = checkup.Checkup(dataset, thorough)  # mends may bring to light what the broken thing hid
        findings = _found(checked)
        rounds += 1
    if rounds and findings:
        terminal.say("What is left:")
        terminal.out().print(terminal.findings_table(findings))
    if findings:
        counts = [(sum(each.level == level for each in findings), level) for level in ("error", "warning", "note")]
        terminal.say(", ".join(counted(count, level) for count, level in counts) + ".")
    mendable = sum(finding.mend is not None for finding in findings)
    if mendable and not repair:
        terminal.say(f"{mendable:,} of them can be mended: chromadesk doctor {shlex.quote(str(dataset))} --repair")
    if not checkup.worst(findings):
        terminal.say(f"The data set {dataset} is sound.")
    raise typer.Exit(checkup.worst(findings))


def _found(checked: Checkup) -> list[Finding]:
    from chromadesk import terminal

    with terminal.Reporter() as report, terminal.interruptible() as cancelled:
        findings = checked.examine(report, cancelled)
        if cancelled():
            raise typer.Exit(INTERRUPTED)
    return findings


def _mend(checked: Checkup, findings: list[Finding]) -> int:
    """How much could be mended; what could not is said."""
    from chromadesk import terminal

    mends = [finding.mend for finding in findings if finding.mend is not None]
    holder = checked.holder() if mends else None
    if holder is not None and holder.near:
        raise InputError(f"A studio (process {holder.pid}) has {checked.root} open; close it before the repair.")
    if holder is not None:
        raise InputError(
            f"A studio on {holder.host} (process {holder.pid}) has {checked.root} open; close it there before the "
            "repair, or wait an hour if it ended without a word."
        )
    done = 0
    for mend in mends:
        try:
            terminal.say(mend())
            done += 1
        except (ChromaDeskError, OSError) as error:
            terminal.say(explain(error)[0])
    return done


def _save(path: Path, dataset: Path | None) -> None:
    from chromadesk import bundle, terminal

    if path.exists():
        raise InputError(f"{path} is there already; give the bundle another name.")
    names = bundle.save(path, dataset)
    terminal.say(f"Wrote {path} with {len(names)} files: " + ", ".join(names) + ".")
    terminal.say("It holds no photos, masks, notes or names; look into it before you hand it on.")
