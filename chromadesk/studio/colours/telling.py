"""What is said of swatches and of what they were read from, in the person's language."""

from __future__ import annotations

from collections.abc import Sequence

from chromadesk import settings
from chromadesk.classes import NAMES
from chromadesk.colour.book import Book
from chromadesk.colour.munsell import notation
from chromadesk.colour.swatch import Swatch
from chromadesk.colour.written import written
from chromadesk.dataset.index import Status
from chromadesk.studio.palettes import LivePalettes
from chromadesk.studio.words import mark, numeral, tr

#: What is said of the mask that the colours were read from.
_MASKS: dict[Status, str] = {
    "new": mark("no mask yet"),
    "proposed": mark("proposed mask, not approved"),
    "edited": mark("edited mask, not approved"),
    "approved": mark("approved mask"),
    "excluded": mark("photo excluded"),
}


def of_swatch(swatch: Swatch, book: Book | None) -> str:
    """The lines of a card's tip below its name."""
    lines = [
        "   ".join(written(swatch, form) for form in ("hex", "rgb()")),
        "   ".join(written(swatch, form) for form in ("oklch()", "lab()")),
        tr("Munsell {notation}", notation=notation(swatch.lab)),
    ]
    if book is not None:
        entry, away = book.nearest(swatch.lab)[0]
        lines.append(tr("{book}: {entry}, ΔE {away}", book=book.title, entry=entry.name, away=numeral(away, 1)))
    share = tr(
        "{share} % of its class, {pixels} pixels", share=numeral(swatch.share * 100), pixels=numeral(swatch.pixels)
    )
    if swatch.area:
        share += tr("; {share} % of all that is worn", share=numeral(swatch.area * 100))
    lines.append(share)
    said = {
        "locked": tr("Locked: stays at this colour"),
        "picked": tr("Picked by hand: stays at this colour"),
        "arranged": tr("Arranged by hand: stays in its place"),
    }.get(swatch.origin)
    if said:
        lines.append(said)
    if not swatch.in_srgb:
        lines.append(tr("Outside sRGB: the screen shows the nearest it can"))
    return "\n".join(lines)


def trust(live: LivePalettes, status: Status, swatches: Sequence[Swatch]) -> str:
    """How far the colours of the open photo can be trusted, in one line; empty while they are not known."""
    source = live.source
    if source is None or not live.areas:
        return ""
    ground = {NAMES[0], *(region.name for region in live.kept.regions if region.class_id == 0)}
    counted = sum(area for name, area in live.areas.items() if name not in ground)
    profile = tr("assumed sRGB: the file names no colour space") if source.assumed else source.name
    grey = tr("grey point set") if live.kept.grey else tr("no grey point set")
    said = [
        tr("1 photo, {pixels} pixels without background", pixels=numeral(counted)),
        tr(_MASKS[status]),
        profile,
        grey,
    ]
    outside = sum(not swatch.in_srgb for swatch in swatches)
    if outside:
        said.append(tr("%Ln colour(s) outside sRGB", "", outside))
    return "; ".join(said) + "."


def book_path() -> str:
    """The colour book that was chosen; empty when there is none."""
    path: str = settings.get("colour book")
    return path
