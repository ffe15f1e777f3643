"""What the guide has from the code itself: commands, classes, formats, networks, model cards, results."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from chromadesk import resources
from chromadesk.classes import CLASSES
from chromadesk.manual import commands
from chromadesk.manual.tables import code, plain, table

#: From a page to what lies beside it in resources/.
_RESOURCES = "../resources"


def classes() -> str:
    """Class, number, colour."""
    rows = [
        (
            str(each.id),
            plain(each.name),
            f'<span style="color: {each.hex}">■</span> {code(each.hex)}',
            ", ".join(str(value) for value in each.colour),
        )
        for each in CLASSES
    ]
    return table(("Number", "Class", "Colour", "RGB"), rows)


def formats() -> str:
    """The formats of data sets."""
    from chromadesk.dataset.formats.table import FORMATS

    rows = []
    for name, each in FORMATS.items():
        options = ", ".join(code(f"--{option}") for option in each.offers)
        extra = ""
        if each.extra is not None:
            way = "to read and write" if each.writes_with_extra else "to read"
            extra = f"{code(each.extra[0])}, {way}"
        rows.append((code(name), plain(each.title), options, extra))
    return table(("Name", "Format", "Options of export", "Extra"), rows)


def maps() -> str:
    """The label lists that ``import --map`` knows."""
    from chromadesk.dataset import mapping

    names = sorted(path.stem for path in (resources.folder() / "maps").glob("*.toml"))
    return table(("Name", "Labels"), [(code(name), plain(mapping.find(name).title)) for name in names])


def swatches() -> str:
    """The formats of swatches."""
    from chromadesk.colour.formats.table import FORMATS

    rows = [(code(suffix), plain(each.title), "yes" if each.decode else "") for suffix, each in FORMATS.items()]
    return table(("Suffix", "Format", "Is read, too"), rows)


def networks() -> str:
    """Every architecture that can be trained, with its recipe."""
    from chromadesk.models.registry import ARCHITECTURES

    rows = [
        (code(each.name), plain(each.title), plain(each.description), str(each.recipe.epochs), f"{each.recipe.lr:g}")
        for each in ARCHITECTURES.values()
    ]
    return table(("Name", "Network", "What it is", "Epochs", "Peak rate"), rows)


def cards() -> str:
    """The card of every bundled model, the default's first."""
    from chromadesk.models import library

    paths = sorted(library.bundled(), key=lambda path: (path.stem != library.DEFAULT, path.stem))
    return "\n".join(_beside(path.with_suffix(".md"), levels=2) for path in paths)


def results() -> str:
    """What came out for us of the paper's tables."""
    return _beside(resources.folder() / "models" / "BENCHMARK.md", cards="models.md")


def _beside(path: Path, cards: str = "", levels: int = 1) -> str:
    """A file of resources/models as a part of a page (``cards``: the page that holds the cards, if not this one).

    Headings go some ``levels`` down; a link to a card leads to its heading, pictures to where they lie.
    """
    text = re.sub(r"^(#+) ", "#" * levels + r"\1 ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    text = re.sub(r"\]\(([\w-]+)\.md\)", lambda link: f"]({cards}#{heading_of(link[1])})", text)
    return re.sub(r"\]\(([\w-]+\.png)\)", rf"]({_RESOURCES}/models/\1)", text)


def heading_of(model: str) -> str:
    """The anchor of a bundled model's card."""
    first = (resources.folder() / "models" / f"{model}.md").read_text(encoding="utf-8").splitlines()[0]
    return slug(first.removeprefix("# "))


def slug(heading: str) -> str:
    """The anchor of a heading, as GitHub and MyST make it."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def api() -> str:
    """Where the studio's reader finds what the web site has from the docstrings."""
    return "Python itself has the reference of every function: `help(chromadesk)`, `help(chromadesk.segment)`.\n"


PARTS: dict[str, Callable[[], str]] = {
    "api": api,
    "cards": cards,
    "classes": classes,
    "commands": commands.markdown,
    "formats": formats,
    "maps": maps,
    "networks": networks,
    "results": results,
    "swatches": swatches,
}
