"""How far a collection's colours can be trusted, in the person's language."""

from __future__ import annotations

from chromadesk.colour.trust import Trust
from chromadesk.studio.words import numeral, tr


def trust_words(trust: Trust) -> str:
    """Photos, pixels, masks, profiles and grey points in one line."""
    masks = (
        tr("every mask approved")
        if trust.approved == trust.photos
        else tr("{some} of {all} masks approved", some=numeral(trust.approved), all=numeral(trust.photos))
    )
    spaces = [tr("{count} assumed sRGB", count=numeral(trust.assumed))] if trust.assumed else []
    spaces += [f"{numeral(count)} {name}" for name, count in trust.profiles]
    said = [
        tr("%Ln photo(s)", "", trust.photos),
        tr("{count} million pixels", count=numeral(trust.pixels / 1e6, 1))
        if trust.pixels >= 100_000
        else tr("{count} pixels", count=numeral(trust.pixels)),
        masks,
        ", ".join(spaces),
        tr("a grey point set in %Ln", "", trust.grey_points) if trust.grey_points else tr("no grey point set"),
        tr("%Ln more without this class", "", trust.without) if trust.without else "",
        tr("%Ln could not be read", "", trust.unread) if trust.unread else "",
    ]
    return " · ".join(filter(None, said))
