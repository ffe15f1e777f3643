"""The report: whole, self-contained, and safe with any file name."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import numpy as np

from chromadesk import report
from chromadesk.classes import CLASSES
from chromadesk.colour.palette import photo_palettes
from chromadesk.colour.source import ASSUMED, srgb
from chromadesk.images import Photo
from chromadesk.models.info import WeightsInfo

_VOID = {"meta", "img"}


class Checker(HTMLParser):
    """Every tag that opens closes in turn; keeps text and attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def page(name: str, height: int = 40, width: int = 30) -> report.Page:
    pixels = np.zeros((height, width, 3), dtype=np.uint8)
    labels = np.zeros((height, width), dtype=np.uint8)
    labels[: height // 2] = 3
    pixels[: height // 2] = (200, 30, 40)
    return report.Page(name, pixels, labels, photo_palettes(Photo(Path(name), pixels, ASSUMED, pixels, srgb()), labels))


def read(text: str) -> Checker:
    checker = Checker()
    checker.feed(text)
    checker.close()
    assert checker.open == []
    return checker


def test_shows_pictures_colours_shares_and_the_model() -> None:
    info = WeightsInfo("chromanet", "chromanet", scores={"miou": 0.7512}, dataset="ccp5")
    found = read(report.html([page("one.jpg"), page("two.jpg")], info, []))
    assert sum(tag == "img" for tag, _ in found.seen) == 6
    assert sum(tag == "section" for tag, _ in found.seen) == 2
    for words in (
        "one.jpg",
        "two.jpg",
        "#c81e28",
        "50.0 % of the photo",
        "does not occur",
        "ChromaNet",
        "0.751",
        "ccp5",
    ):
        assert words in found.text
    for fashion_class in CLASSES:
        assert fashion_class.name in found.text
        assert any(fashion_class.hex in (attributes.get("style") or "") for _, attributes in found.seen)


def test_needs_nothing_beside_it() -> None:
    text = report.html([page("one.jpg")], WeightsInfo("m", "unet"), [])
    assert not re.search(r"https?://|<script|<link|@import", text)
    assert all(a["src"].startswith("data:image/") for tag, a in read(text).seen if tag == "img")  # type: ignore[union-attr]


def test_names_and_sentences_are_text_not_markup() -> None:
    evil = '<script>alert("x")</script>&.jpg'
    found = read(report.html([page(evil)], WeightsInfo(evil, "unet"), [f"{evil} is empty."]))
    assert "script" not in {tag for tag, _ in found.seen}
    assert found.text.count(evil) == 3


def test_large_photos_are_embedded_small() -> None:
    assert len(report.html([page("one.jpg", 4000, 3000)], WeightsInfo("m", "unet"), [])) < 200_000
