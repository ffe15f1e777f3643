"""The names of colours (colour/names.py, which knows no Qt), gathered for translation."""

from __future__ import annotations

from chromadesk import settings
from chromadesk.colour import names
from chromadesk.colour.swatch import Swatch
from chromadesk.studio.words import capitalised, mark, tr

WORDS = (
    mark("black", "colour"),
    mark("off-black", "colour"),
    mark("charcoal", "colour"),
    mark("dark grey", "colour"),
    mark("grey", "colour"),
    mark("silver", "colour"),
    mark("light grey", "colour"),
    mark("white", "colour"),
    mark("ivory", "colour"),
    mark("cream", "colour"),
    mark("sand", "colour"),
    mark("beige", "colour"),
    mark("mushroom", "colour"),
    mark("taupe", "colour"),
    mark("camel", "colour"),
    mark("caramel", "colour"),
    mark("tan", "colour"),
    mark("mocha", "colour"),
    mark("brown", "colour"),
    mark("dark brown", "colour"),
    mark("espresso", "colour"),
    mark("rust", "colour"),
    mark("terracotta", "colour"),
    mark("orange", "colour"),
    mark("peach", "colour"),
    mark("coral", "colour"),
    mark("red", "colour"),
    mark("burgundy", "colour"),
    mark("oxblood", "colour"),
    mark("blush", "colour"),
    mark("pink", "colour"),
    mark("dusty rose", "colour"),
    mark("mauve", "colour"),
    mark("fuchsia", "colour"),
    mark("plum", "colour"),
    mark("purple", "colour"),
    mark("lavender", "colour"),
    mark("navy", "colour"),
    mark("midnight blue", "colour"),
    mark("royal blue", "colour"),
    mark("blue", "colour"),
    mark("denim", "colour"),
    mark("slate", "colour"),
    mark("steel blue", "colour"),
    mark("light blue", "colour"),
    mark("teal", "colour"),
    mark("turquoise", "colour"),
    mark("mint", "colour"),
    mark("green", "colour"),
    mark("forest green", "colour"),
    mark("sage", "colour"),
    mark("pine", "colour"),
    mark("olive", "colour"),
    mark("khaki", "colour"),
    mark("lime", "colour"),
    mark("yellow", "colour"),
    mark("mustard", "colour"),
)


def colour_word(name: str) -> str:
    """The name of a colour in the person's language."""
    return tr(name, "colour")


def list_in_use() -> names.List:
    """The list that this person takes names from."""
    kept: names.List = settings.get("colour names")
    return kept if kept in names.LISTS else "everyday"


def shown_name(swatch: Swatch) -> str:
    """What a swatch is called: by the person, or by the list in use; with a capital first."""
    if swatch.title:
        return swatch.title
    of = list_in_use()
    found = names.name(swatch.rgb, of)
    return capitalised(colour_word(found) if of == "everyday" else found)
