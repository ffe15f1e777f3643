"""Charts of a collection as SVG: the wheel of hues, the map of lightness and chroma, an interval.

A mark is a link to ``#m<number>``, which ``link`` gives; the page does the rest.
"""

from __future__ import annotations

import html
import math
from collections.abc import Callable, Sequence

from chromadesk.colour.collection import MAP_CHROMA
from chromadesk.colour.pool import Mark
from chromadesk.colour.trends import Change

#: The number under which a mark's photos are found.
Link = Callable[[Mark], int]
_WHEEL, _INNER, _OUTER = 400, 58, 168
_MAP_W, _MAP_H = 400, 400
_LEFT, _TOP, _RIGHT, _BOTTOM = 76, 16, 14, 44
#: Where the wheel says what its hues are called: degrees, as hues.py has the families' middles.
_NAMED = (
    ("red", 27), ("orange", 60), ("yellow", 97), ("green", 145), ("teal", 200), ("blue", 257), ("purple", 312),
    ("pink", 355),
)  # fmt: skip


def percent(share: float) -> str:
    """``12 %``, ``1.4 %``, ``under 0.1 %``."""
    value = 100 * share
    if 0 < value < 0.1:
        return "under 0.1 %"
    return f"{value:.0f} %" if value >= 9.95 else f"{value:.1f} %"


def opening(mark: Mark, number: int, kind: str = "") -> str:
    """The start of the link to a mark's photos, with what a screen reader and a resting pointer say of it."""
    count = len(mark.photos)
    text = f"{kind}{mark.name}, {percent(mark.share)}, {count} photo{'' if count == 1 else 's'}"
    return f'<a href="#m{number}" aria-label="{html.escape(text)}">'


def wheel(marks: Sequence[Mark], chromatic: float, link: Link) -> str:
    """Sectors of hue; the area of each is its share, its colour the mean of what is in it."""
    middle = _WHEEL / 2
    most = max((mark.share for mark in marks), default=1.0)
    rings = "".join(
        f'<circle cx="{middle}" cy="{middle}" r="{_radius(part):.1f}" class="grid"/>' for part in (0.25, 0.5, 1.0)
    )
    sectors = []
    for mark in marks:
        start, end = (math.radians(degrees) for degrees in mark.at)
        radius = max(_radius(mark.share / most), _INNER + 2.5)
        path = (
            f"M{_on(start, _INNER)}L{_on(start, radius)}A{radius:.1f} {radius:.1f} 0 0 0 {_on(end, radius)}"
            f"L{_on(end, _INNER)}A{_INNER} {_INNER} 0 0 1 {_on(start, _INNER)}Z"
        )
        hues = f"hue {mark.at[0]:.0f} to {mark.at[1]:.0f} degrees: "
        title = f"<title>{html.escape(mark.name)} · {percent(mark.share)} of all</title>"
        sectors.append(
            f'{opening(mark, link(mark), hues)}<path d="{path}" fill="{mark.swatch.hex}" class="mark">'
            f"{title}</path></a>"
        )
    words = "".join(
        f'<text x="{_on(math.radians(degrees), _OUTER + 18).replace(" ", chr(34) + " y=" + chr(34))}" class="tick" '
        f'text-anchor="middle" dominant-baseline="middle">{name}</text>'
        for name, degrees in _NAMED
    )
    return (
        f'<svg viewBox="0 0 {_WHEEL} {_WHEEL}" role="group" aria-label="Wheel of hues">{rings}{"".join(sectors)}{words}'
        f'<text x="{middle}" y="{middle - 2}" class="big" text-anchor="middle">{percent(chromatic)}</text>'
        f'<text x="{middle}" y="{middle + 16}" class="tick" text-anchor="middle">has a hue</text></svg>'
    )


def light_map(marks: Sequence[Mark], link: Link) -> str:
    """Lightness upwards, chroma to the right; the area of each dot is its share."""
    width, height = _MAP_W - _LEFT - _RIGHT, _MAP_H - _TOP - _BOTTOM
    most = max((mark.share for mark in marks), default=1.0)
    lines = []
    for step in range(6):
        x, y = _LEFT + width * step / 5, _TOP + height * (1 - step / 5)
        lines.append(f'<path d="M{_LEFT} {y:.1f}H{_LEFT + width}M{x:.1f} {_TOP}V{_TOP + height}" class="grid"/>')
        lines.append(f'<text x="{_LEFT - 30}" y="{y + 4:.1f}" class="tick" text-anchor="end">{step * 20}</text>')
        said = f"{MAP_CHROMA * step / 5:.2f}"
        lines.append(f'<text x="{x:.1f}" y="{_TOP + height + 16}" class="tick" text-anchor="middle">{said}</text>')
    dots = []
    for mark in sorted(marks, key=lambda mark: -mark.share):
        lightness, chroma = mark.at
        x = _LEFT + width * min(chroma / MAP_CHROMA, 1.0)
        y = _TOP + height * (1 - lightness)
        radius = max(2.5, 24 * math.sqrt(mark.share / most))
        title = f"<title>{html.escape(mark.name)} · {percent(mark.share)}</title>"
        dots.append(
            f'{opening(mark, link(mark))}<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{mark.swatch.hex}" '
            f'class="mark">{title}</circle></a>'
        )
    return (
        f'<svg viewBox="0 0 {_MAP_W} {_MAP_H}" role="group" aria-label="Map of lightness and chroma">{"".join(lines)}'
        f'{"".join(dots)}<text x="{_LEFT + width / 2}" y="{_MAP_H - 8}" class="tick" text-anchor="middle">chroma'
        f'</text><text transform="translate(12 {_TOP + height / 2}) rotate(-90)" class="tick" text-anchor="middle">'
        "lightness</text></svg>"
    )


def interval(change: Change, reach: float) -> str:
    """The difference as a dot, its interval as a bar, zero in the middle; ``reach`` is at both ends."""
    scale = 100 / reach if reach else 0.0
    low, high, at = (120 + value * scale for value in (change.low, change.high, change.difference))
    text = f"{100 * change.difference:+.1f} points, between {100 * change.low:+.1f} and {100 * change.high:+.1f}"
    return (
        f'<svg class="interval" viewBox="0 0 240 24" role="img" aria-label="{text}"><title>{text}</title>'
        f'<path d="M120 2V22" class="zero"/><rect x="{low:.1f}" y="9" width="{max(high - low, 1):.1f}" height="6" '
        f'class="bar"/><circle cx="{at:.1f}" cy="12" r="5.5" fill="{change.mark.swatch.hex}" class="dot"/></svg>'
    )


def _radius(part: float) -> float:
    """So that the sector's area beyond the inner ring is ``part`` of the greatest one's."""
    return math.sqrt(_INNER**2 + part * (_OUTER**2 - _INNER**2))


def _on(angle: float, radius: float) -> str:
    """A point of the wheel; hues run anticlockwise from the right, as colour scientists draw them."""
    return f"{_WHEEL / 2 + radius * math.cos(angle):.1f} {_WHEEL / 2 - radius * math.sin(angle):.1f}"
