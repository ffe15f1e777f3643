"""Fashion's seasons: found in names of folders and files, told from a date, put in order.

A season is written ``SS 2024``, ``AW 2023``, ``Resort 2025`` or ``Pre-Fall 2024``, whichever way a name spells it.
"""

from __future__ import annotations

import datetime
import re

#: In the order in which the collections of one labelled year reach the shops.
KINDS = ("Resort", "SS", "Pre-Fall", "AW")

# The longer spellings first: "spring summer 2024" is no "summer 2024" after something else.
_SPELLINGS = (
    ("Pre-Fall", r"pre[ _-]?(?:fall|autumn)|p[ _-]?f"),
    ("Resort", r"resort|cruise|pre[ _-]?spring"),
    ("SS", r"spring(?:[ _/&+-]*(?:and[ _-]*)?summer)?|summer|s[/_ -]?s"),
    ("AW", r"(?:autumn|fall)(?:[ _/&+-]*(?:and[ _-]*)?winter)?|winter|[af][/_ -]?w"),
)
_KIND = "|".join(f"(?P<k{number}>{words})" for number, (_, words) in enumerate(_SPELLINGS))
# A year of four digits (1950-2099) or of two, perhaps with the one after it: AW23-24 and 2023/24 are AW 2023.
_YEAR = r"'?(?P<year>(?:19[5-9]|20\d)\d|\d\d)(?:[/-](?:20)?\d\d(?!\d|-\d))?"
_FORMS = (
    re.compile(rf"(?<![a-z])(?:{_KIND})[ _-]*{_YEAR}(?!\d)", re.IGNORECASE),
    re.compile(rf"(?<!\d){_YEAR}[ _-]*(?:{_KIND})(?![a-z])", re.IGNORECASE),
)
_WRITTEN = re.compile(rf"({'|'.join(KINDS)}) (\d{{4}})")


def find(name: str) -> tuple[str, str]:
    """The first season that ``name`` speaks of, and the name without it; an empty season when it speaks of none."""
    for form in _FORMS:
        if found := form.search(name):
            kind = next(kind for number, (kind, _) in enumerate(_SPELLINGS) if found[f"k{number}"])
            rest = f"{name[: found.start()].rstrip(' _-')} {name[found.end() :].lstrip(' _-')}".strip()
            return f"{kind} {_year(found['year'])}", rest
    return "", name


def of_date(date: datetime.date) -> str:
    """The season whose clothes are worn on ``date``: March to August spring and summer, then autumn and winter."""
    if 3 <= date.month <= 8:
        return f"SS {date.year}"
    return f"AW {date.year if date.month >= 9 else date.year - 1}"


def order(season: str) -> tuple[int, int] | None:
    """What seasons sort by in time; None for a text that ``find`` and ``of_date`` do not give."""
    found = _WRITTEN.fullmatch(season)
    return (int(found[2]), KINDS.index(found[1])) if found else None


def _year(digits: str) -> int:
    if len(digits) == 4:
        return int(digits)
    return int(digits) + (1900 if int(digits) >= 50 else 2000)
