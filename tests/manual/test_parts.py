"""What the guide has from the code: tables hold every row, cards hang together."""

from __future__ import annotations

import re

from chromadesk.classes import CLASSES
from chromadesk.colour.formats.table import FORMATS as SWATCHES
from chromadesk.dataset.formats.table import FORMATS
from chromadesk.manual import html, parts
from chromadesk.models import library
from chromadesk.models.registry import ARCHITECTURES


def test_tables_hold_every_row() -> None:
    for part, names in (
        (parts.formats, FORMATS),
        (parts.swatches, SWATCHES),
        (parts.networks, ARCHITECTURES),
        (parts.classes, [each.hex for each in CLASSES]),
        (parts.maps, ["ccp", "lip", "atr", "segformer-clothes"]),
    ):
        written = part()
        assert all(f"`{name}`" in written for name in names), part.__name__
    assert "| `coco` | COCO | `--polygons` |  |" in parts.formats()
    assert "`parquet`, to read and write" in parts.formats()


def test_every_bundled_model_has_its_card_the_default_first() -> None:
    written = parts.cards()
    headings = re.findall(r"^### .*\(`(.*)`\)$", written, re.MULTILINE)
    assert headings[0] == library.DEFAULT
    assert sorted(headings) == sorted(path.stem for path in library.bundled())
    assert parts.heading_of("unet1") in html.anchors(written)


def test_links_of_a_card_lead_into_the_page_that_holds_it() -> None:
    assert "](#chromanet-chromanet)" in parts.cards()
    assert "](models.md#chromanet-chromanet)" in parts.results()
    assert "](../resources/models/chromanet-worst.png)" in parts.cards()
