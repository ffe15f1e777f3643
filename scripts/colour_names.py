"""Make resources/colours/css.csv and xkcd.csv, the lists behind chromadesk/colour/names.py, from matplotlib's tables.

    python scripts/colour_names.py

Of XKCD's survey (2010, CC0) the names that nobody would print beside a garment are left out. Of several names for one
colour one is kept, with grey spelt so.
"""

from __future__ import annotations

from pathlib import Path

from matplotlib.colors import CSS4_COLORS, XKCD_COLORS

FOLDER = Path(__file__).resolve().parents[1] / "resources" / "colours"
VULGAR = ("barf", "bile", "booger", "diarrhea", "piss", "poo", "puke", "shit", "snot", "vomit", "ugly", "sick")


def write(name: str, colours: dict[str, str]) -> None:
    """One name a line with its colour; the first of several names for one colour."""
    first: dict[str, str] = {}
    for word, code in colours.items():
        first.setdefault(code.lower(), word)
    lines = ["name,hex", *(f"{word},{code}" for code, word in first.items())]
    (FOLDER / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{name}: {len(first)} names")


def main() -> None:
    """Write both lists."""
    write("css", {name.replace("gray", "grey"): code for name, code in CSS4_COLORS.items()})
    survey = {name.removeprefix("xkcd:"): code for name, code in XKCD_COLORS.items()}
    kept = {name: code for name, code in survey.items() if not any(word in name for word in VULGAR)}
    write("xkcd", kept)


if __name__ == "__main__":
    main()
