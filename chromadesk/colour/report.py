"""A collection as a page to look at: one HTML file that needs nothing beside it, and no network.

Every mark is a link to its photos, which a strip at the foot of the page shows.
"""

from __future__ import annotations

import base64
import html as markup
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from PIL import Image

import chromadesk
from chromadesk import resources
from chromadesk.colour.collection import Collection
from chromadesk.colour.gathered import PhotoColours
from chromadesk.colour.sections import Sections, section
from chromadesk.errors import ImageError
from chromadesk.images import read_thumbnail

# Of embedded pictures: their longer edge with so many photos at most, and JPEG's quality.
_EDGES = ((800, 168), (2500, 120), (6000, 80))
_QUALITY = 62


def html(
    title: str,
    collection: Collection,
    photos: Sequence[PhotoColours],
    paths: Mapping[str, Path],
    fields: Mapping[str, Mapping[str, str]],
    foot: str = "",
) -> str:
    """The page on ``collection``, which ``photos`` made; ``paths`` and ``fields`` of the photos by key; ``foot``: how
    it came about. Photos whose file cannot be read any more stand there without a picture.
    """
    page = Sections(collection, photos, fields)
    body = "".join(
        [
            page.palette(),
            page.hues(),
            page.families(),
            page.moves(),
            page.distances(),
            page.palettes(),
            _pictures(page.photos, paths),
        ]
    )
    folder = resources.folder() / "report"
    return _DOCUMENT.format(
        title=markup.escape(title),
        name=markup.escape(collection.class_name),
        trust=markup.escape(collection.trust.line()),
        style=(folder / "collection.css").read_text("utf-8"),
        script=(folder / "collection.js").read_text("utf-8"),
        body=body,
        data=json.dumps(page.data(), separators=(",", ":")).replace("<", "\\u003c"),
        foot=markup.escape(" · ".join(filter(None, [foot, f"ChromaDesk {chromadesk.__version__}"]))),
    )


def _pictures(photos: Sequence[PhotoColours], paths: Mapping[str, Path]) -> str:
    """Every photo, its colours below it."""
    edge = next((edge for most, edge in _EDGES if len(photos) <= most), 0)
    cells = "".join(_picture(number, photo, paths, edge) for number, photo in enumerate(photos))
    say = f"{len(photos):,} of them, and the colours that were counted."
    return section("photos", "Photos", say, f'<div class="photos">{cells}</div>')


def _picture(number: int, photo: PhotoColours, paths: Mapping[str, Path], edge: int) -> str:
    name = markup.escape(photo.key)
    source = _thumbnail(paths.get(photo.key), edge)
    image = f'<img src="{source}" alt="{name}" loading="lazy">' if source else '<div class="none"></div>'
    strip = "".join(
        f'<i style="--w:{1000 * swatch.share:.0f};background:{swatch.hex}"></i>' for swatch in photo.swatches
    )
    return f'<a href="#p{number}" id="photo{number}" title="{name}">{image}<div class="strip">{strip}</div></a>'


def _thumbnail(path: Path | None, edge: int) -> str:
    """A picture as a data URI; empty when there is none to be had or too many would not fit into a page."""
    if path is None or not edge:
        return ""
    try:
        pixels = read_thumbnail(path, edge)
    except ImageError:
        return ""
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "JPEG", quality=_QUALITY, optimize=True)
    return f"data:image/jpeg;base64,{base64.b64encode(buffer.getvalue()).decode('ascii')}"


_DOCUMENT = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy"
 content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>{title}: the colours of {name}</title>
<style>{style}</style>
</head>
<body>
<header><h1>{title} <span>the colours of {name}</span></h1><p class="trust">{trust}</p></header>
<main>{body}</main>
<footer>{foot}</footer>
<aside id="drawer" hidden aria-label="Photos behind a mark"><div class="top"><i></i><div aria-live="polite"><h3></h3>
<span class="meta"></span></div><button type="button">Close</button></div><div class="film" tabindex="0"></div></aside>
<script type="application/json" id="data">{data}</script>
<script>{script}</script>
</body>
</html>
"""
