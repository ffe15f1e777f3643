"""How far the colours of a collection can be trusted: what they were read from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from chromadesk.colour.gathered import PhotoColours


@dataclass(frozen=True)
class Trust:
    """``photos`` were counted, ``pixels`` of the class in them; ``approved``, ``unapproved`` and ``predicted`` of the
    photos had such masks, ``model`` says who predicted.

    ``profiles``: colour space -> photos, the commonest first; ``assumed`` photos named none; ``grey_points`` had one
    set; ``without`` have not a pixel of the class and ``unread`` could not be read: neither is among ``photos``.
    """

    photos: int
    pixels: int
    approved: int
    unapproved: int
    predicted: int
    model: str
    profiles: tuple[tuple[str, int], ...]
    assumed: int
    grey_points: int
    without: int = 0
    unread: int = 0

    def line(self) -> str:
        """All of it as one sentence."""
        masks = f"{_percent(self.approved, self.photos)} approved"
        others = []
        if self.predicted:
            whose = f"predicted by {self.model}" if self.model else "predicted"
            others.append(
                f"masks {whose}" if self.predicted == self.photos else f"{_counted(self.predicted, 'mask')} {whose}"
            )
        if self.unapproved:
            others.append(f"{_counted(self.unapproved, 'mask')} that nobody approved")
        if others:
            masks += f" ({', '.join(others)})"
        spaces = [f"{self.assumed} assumed sRGB"] if self.assumed else []
        spaces += [f"{count} {name}" for name, count in self.profiles]
        grey = "no grey point set"
        if self.grey_points:
            grey = f"grey point set in {self.grey_points}"
        parts = [f"{_counted(self.photos, 'photo')}, {_pixels(self.pixels)}", masks, ", ".join(spaces), grey]
        parts.append(f"{self.without} more without this class" if self.without else "")
        parts.append(f"{self.unread} could not be read" if self.unread else "")
        return "; ".join(filter(None, parts))

    def to_json(self) -> dict[str, Any]:
        """JSON values."""
        return {**asdict(self), "profiles": dict(self.profiles), "line": self.line()}


def trust_of(photos: Iterable[PhotoColours], model: str = "", unread: int = 0) -> Trust:
    """What the colours of ``photos`` were read from; photos without swatches count as ``without``."""
    photos = list(photos)
    counted = [photo for photo in photos if photo.swatches]
    masks = Counter(photo.mask for photo in counted)
    profiles = Counter(photo.profile for photo in counted if not photo.assumed)
    return Trust(
        photos=len(counted),
        pixels=sum(photo.pixels for photo in counted),
        approved=masks["approved"],
        unapproved=masks["unapproved"],
        predicted=masks["predicted"],
        model=model,
        profiles=tuple(sorted(profiles.items(), key=lambda row: (-row[1], row[0]))),
        assumed=sum(photo.assumed for photo in counted),
        grey_points=sum(photo.grey_point for photo in counted),
        without=len(photos) - len(counted),
        unread=unread,
    )


def _percent(part: int, whole: int) -> str:
    """Whole per cents, yet never 100 or 0 for what is not all or none."""
    if not whole:
        return "0 %"
    value = round(100 * part / whole)
    if part and not value:
        return "under 1 %"
    return "over 99 %" if value == 100 and part < whole else f"{value} %"


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _pixels(count: int) -> str:
    return f"{count / 1e6:.1f} million pixels" if count >= 100_000 else _counted(count, "pixel")
