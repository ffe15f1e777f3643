"""The page of a collection stands alone, escapes what people wrote, and leads from every mark to its photos."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from chromadesk.colour import report
from chromadesk.colour.collection import collect
from chromadesk.colour.gathered import PhotoColours
from tests.swatches import of_rgb

EVIL = '<script>alert("x")</script>'


class Reader(HTMLParser):
    """Collects what a browser would act on."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts = 0
        self.sections: list[str | None] = []
        self.links: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        named = dict(attributes)
        self.scripts += tag == "script"
        if tag == "section":
            self.sections.append(named["id"])
        if tag == "a":
            self.links.append((str(named["href"]), named.get("aria-label")))


def photos(count: int) -> list[PhotoColours]:
    colours = (of_rgb((200, 30, 40), share=0.25), of_rgb((20, 20, 22), share=0.75))
    return [PhotoColours(f"{EVIL}{number}.jpg", colours, 100) for number in range(count)]


def page(groups: dict[str, list[str]], by: str, made: list[PhotoColours], paths: dict[str, Path]) -> tuple[str, Any]:
    text = report.html(EVIL, collect(made, groups, by), made, paths, {made[0].key: {"brand": EVIL}}, EVIL)
    found = re.search(r'id="data">(.*?)</script>', text, re.DOTALL)
    assert found is not None
    return text, json.loads(found[1])


def test_every_mark_leads_to_its_photos(tmp_path: Path) -> None:
    made = photos(4)
    Image.new("RGB", (300, 600), "red").save(tmp_path / "a.jpg")
    keys = [one.key for one in made]
    text, data = page(
        {f"a{EVIL}": keys[:2], "b": keys[2:]}, EVIL, made, {keys[0]: tmp_path / "a.jpg", keys[1]: tmp_path}
    )
    reader = Reader()
    reader.feed(text)
    assert reader.scripts == 2  # our own
    assert reader.sections == ["palette", "hues", "families", "moves", "distances", "groups", "photos"]
    assert text.count("data:image/jpeg;base64,") == 1  # of the one whose file can be read
    numbers = [int(link[2:]) for link, _ in reader.links if link.startswith("#m")]
    assert set(numbers) == set(range(len(data["marks"])))
    for link, said in reader.links:
        assert re.fullmatch(r"#[mp]\d+", link)
        if link.startswith("#m"):
            behind = data["marks"][int(link[2:])][3]
            assert behind
            assert said is not None
            assert said.endswith(f"{len(behind)} photo{'' if len(behind) == 1 else 's'}")
    assert [one[0] for one in data["photos"]] == keys


@pytest.mark.parametrize("count", [1, 3])
def test_without_groups(count: int) -> None:
    text, _ = page({}, "", photos(count), {})
    reader = Reader()
    reader.feed(text)
    assert reader.sections == ["palette", "hues", "families", "photos"]
