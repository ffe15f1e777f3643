"""Campaigns of faults: what each must reach, in turns that add up over many sittings, and the table of it.

``make faults`` (``python -m tests.faults``) runs turns until every goal is reached and prints the table; what each turn
found is a line of ``build/faults.jsonl``, so that it can be stopped at any time and goes on where it was.
"""

from __future__ import annotations

import json
import resource
import subprocess
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
RECORD = ROOT / "build" / "faults.jsonl"


@dataclass
class Turn:
    """A part of a campaign: ``amount`` units drawn from ``seed``, in the folder ``within``, which is removed after."""

    seed: int
    amount: int
    within: Path
    done: int = 0
    failures: list[str] = field(default_factory=list)
    #: The largest value of each thing measured.
    measures: dict[str, float] = field(default_factory=dict)

    def count(self, units: int = 1) -> None:
        """So many units were done, well or not."""
        self.done += units

    def fail(self, sentence: str) -> None:
        """What must never be, was."""
        self.failures.append(f"seed {self.seed}: {sentence}")

    def measure(self, name: str, value: float) -> None:
        """Keep ``value`` if it is the worst of its ``name``."""
        self.measures[name] = max(value, self.measures.get(name, value))


@dataclass(frozen=True)
class Campaign:
    """A line of the table: ``goal`` units without a failure, ``turn`` at a time, nothing above its ``limits``."""

    row: str
    what: str
    unit: str
    goal: int
    turn: int
    run: Callable[[Turn], None]
    limits: dict[str, float] = field(default_factory=dict)

    def take(self, seed: int, amount: int | None = None) -> Turn:
        """Run one turn. What it raises is a failure of it, as is doing nothing or less than it was asked."""
        with tempfile.TemporaryDirectory(prefix="chromadesk-faults-", ignore_cleanup_errors=True) as folder:
            Path(folder).chmod(0o755)  # some turns work as another user
            turn = Turn(seed, amount or self.turn, Path(folder))
            try:
                self.run(turn)
            except Exception:  # noqa: BLE001 -- the campaign goes on, and the line says what it was
                turn.fail(traceback.format_exc())
            if turn.done < turn.amount and not turn.failures:
                turn.fail(f"only {turn.done} of {turn.amount} {self.unit} were done")
            for name, limit in self.limits.items():
                if turn.measures.get(name, limit) > limit:
                    turn.fail(f"{name}: {turn.measures[name]:.4g}, at most {limit:g} asked")
                if name not in turn.measures and not turn.failures:
                    turn.fail(f"{name} was not measured")
        return turn

    def check(self, seed: int, amount: int) -> Turn:
        """A turn as a test: it fails with what the turn found."""
        turn = self.take(seed, amount)
        assert not turn.failures, "\n".join(turn.failures[:5])
        return turn


@dataclass
class Tally:
    """What the turns of one campaign add up to. A turn that failed counts for nothing until it has been repeated."""

    #: By seed, the last turn.
    turns: dict[int, dict[str, Any]] = field(default_factory=dict)

    @property
    def done(self) -> int:
        """Units of turns without a failure."""
        return sum(line["done"] for line in self.turns.values() if not line["failures"])

    @property
    def failures(self) -> list[str]:
        """Those that are not mended, or whose turn was not repeated since."""
        return [failure for line in self.turns.values() for failure in line["failures"]]

    @property
    def measures(self) -> dict[str, float]:
        """The worst of each."""
        found: dict[str, float] = {}
        for line in self.turns.values():
            if not line["failures"]:
                found |= {name: max(value, found.get(name, value)) for name, value in line["measures"].items()}
        return found

    @property
    def last(self) -> str:
        """The day of the last turn."""
        return max((line["date"] for line in self.turns.values()), default="")

    def following(self) -> int:
        """The seed of the next turn: new ones first, so that what is not mended yet stops nothing else."""
        return len(self.turns)

    def failed(self) -> list[tuple[int, int]]:
        """Seed and amount of the turns to repeat."""
        return [(seed, line["amount"]) for seed, line in self.turns.items() if line["failures"]]


def tallies(record: Path = RECORD) -> dict[str, Tally]:
    """By row, of the record; a line that a kill cut short is passed over."""
    found: dict[str, Tally] = {}
    if record.exists():
        for line in record.read_text("utf-8").splitlines():
            try:
                fields = json.loads(line)
            except ValueError:
                continue
            found.setdefault(fields["row"], Tally()).turns[fields["seed"]] = fields
    return found


def run(
    campaigns: Sequence[Campaign], minutes: float, record: Path = RECORD, say: Callable[[str], None] = print
) -> None:
    """Take turns, the campaign that lacks most first, until every goal is reached or ``minutes`` are over. Turns that
    failed before are repeated first, once a call.
    """
    record.parent.mkdir(parents=True, exist_ok=True)
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True).stdout
    end = time.monotonic() + 60 * minutes
    repeated: set[tuple[str, int]] = set()
    while time.monotonic() < end:
        had = {campaign.row: Tally() for campaign in campaigns} | tallies(record)
        again = {
            row: [(seed, amount) for seed, amount in tally.failed() if (row, seed) not in repeated]
            for row, tally in had.items()
        }
        lacking = [one for one in campaigns if again[one.row] or had[one.row].done < one.goal]
        if not lacking:
            return
        campaign = min(lacking, key=lambda one: had[one.row].done / one.goal)
        tally = had[campaign.row]
        new = tally.following(), min(campaign.turn, campaign.goal - tally.done)
        seed, amount = again[campaign.row][0] if again[campaign.row] else new
        repeated.add((campaign.row, seed))
        begun = time.monotonic()
        turn = campaign.take(seed, amount)
        line = {
            "row": campaign.row,
            "seed": seed,
            "amount": amount,
            "done": turn.done,
            "failures": turn.failures,
            "measures": turn.measures,
            "seconds": round(time.monotonic() - begun, 1),
            "date": time.strftime("%Y-%m-%d"),
            "commit": commit.strip(),
        }
        with open(record, "a", encoding="utf-8") as handle:
            handle.write(json.dumps(line) + "\n")
        done = tallies(record)[campaign.row].done
        say(f"{campaign.row:>3} {campaign.what}: {done} of {campaign.goal} {campaign.unit}")
        for failure in turn.failures:
            say(f"    FAILED {failure}")


def table(campaigns: Iterable[Campaign], record: Path = RECORD) -> str:
    """The table in Markdown."""
    had = tallies(record)
    lines = ["| # | what | asked | done | failures | measured | last |", "|---|---|---|---|---|---|---|"]
    for campaign in campaigns:
        tally = had.get(campaign.row, Tally())
        measures = "; ".join(
            f"{name} {value:.3g}" + (f" (at most {campaign.limits[name]:g})" if name in campaign.limits else "")
            for name, value in sorted(tally.measures.items())
        )
        asked = f"{campaign.goal:,} {campaign.unit}"
        cells = (campaign.row, campaign.what, asked, f"{tally.done:,}", str(len(tally.failures)), measures, tally.last)
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def peak_memory() -> float:
    """The most memory that any child waited for so far has held, in MB."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
