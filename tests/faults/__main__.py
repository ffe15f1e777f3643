"""``python -m tests.faults [--only ROW ...] [--minutes M] [--table] [--renew]``: the campaigns and their table."""

from __future__ import annotations

import argparse
import re
import sys

import tests.conftest  # noqa: F401 -- no display, nobody's home folder
from tests.faults import campaigns, harness

PAGE = harness.ROOT / "CONTRIBUTING.md"
_BETWEEN = re.compile(r"(<!-- faults -->\n).*?(<!-- /faults -->\n)", re.DOTALL)


def main() -> int:
    """0 when every goal is reached without a failure, else 1."""
    parser = argparse.ArgumentParser(prog="make faults", description="Campaigns of faults, cumulative over many calls.")
    parser.add_argument("--only", nargs="+", metavar="ROW", help="these rows of the table only")
    parser.add_argument("--minutes", type=float, default=1e9, help="begin no turn after so many")
    parser.add_argument("--table", action="store_true", help="only print what was reached")
    parser.add_argument("--renew", action="store_true", help="and put it into CONTRIBUTING.md")
    asked = parser.parse_args()
    chosen = [c for c in campaigns.ALL if not asked.only or c.row in asked.only]
    if not asked.table:
        harness.run(chosen, asked.minutes)
    print(harness.table(chosen))
    if asked.renew:
        text, found = _BETWEEN.subn(rf"\1{harness.table(campaigns.ALL)}\2", PAGE.read_text("utf-8"))
        assert found == 1
        PAGE.write_text(text, "utf-8")
    had = harness.tallies()
    return int(any((t := had.get(c.row, harness.Tally())).done < c.goal or t.failures for c in chosen))


if __name__ == "__main__":
    sys.exit(main())
