"""Cards, lookbook pages and boards: as other readers see them."""

from __future__ import annotations

import io
import itertools
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import numpy.typing as npt
import pypdf
import pytest
from PIL import Image

from chromadesk.colour.formats import ase, board, card, helvetica, lookbook, png
from chromadesk.colour.formats.drawing import Picture, Sheet, Text, fitted
from chromadesk.colour.formats.swatchfile import Group, SwatchFile
from chromadesk.colour.swatch import Swatch
from chromadesk.errors import InputError, SwatchError
from tests.swatches import of_rgb

TRUST = "assumed sRGB, 1 photo, 412,000 pixels, approved"


def some(count: int, title: str = "") -> list[Swatch]:
    colours = itertools.islice(itertools.cycle([(200, 30, 40), (20, 160, 90), (30, 40, 190), (253, 252, 250)]), count)
    return [of_rgb(rgb, title=title or f"colour {place}", share=1 / (count + 1)) for place, rgb in enumerate(colours)]


@pytest.fixture
def photo() -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]:
    pixels = np.full((120, 60, 3), 90, np.uint8)
    labels = np.zeros((120, 60), np.uint8)
    labels[30:90, 15:45] = 3
    return pixels, labels


def overlaps(sheet: Sheet) -> list[tuple[str, str]]:
    """Texts that lie on one another or leave the sheet, by Helvetica's widths."""
    boxes = []
    for item in sheet.items:
        if isinstance(item, Text) and item.text:
            text = fitted(item.text, item.room, lambda text, size=item.size: helvetica.width(text, size))
            right = item.x + helvetica.width(text, item.size)
            boxes.append((item.x, item.y - 0.75 * item.size, right, item.y + 0.2 * item.size, text))
    clashes = [
        (one[4], two[4])
        for one, two in itertools.combinations(boxes, 2)
        if one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]
    ]
    return clashes + [(box[4], "edge") for box in boxes if box[2] > sheet.width - 40 or box[3] > sheet.height - 8]


@pytest.mark.parametrize("paged", [True, False])
@pytest.mark.parametrize("counts", [[1], [5, 5, 5, 5], [64, 3], [7] * 12])
def test_nothing_overlaps_however_long_the_names(counts: list[int], *, paged: bool) -> None:
    groups = [Group("A very long title " * 12, some(count, "Überlanger Name " * 8)) for count in counts]
    made = card.sheets(SwatchFile(groups, "Season " * 40, TRUST * 9, "L 50 a 1 b 1"), paged=paged)
    assert [overlaps(sheet) for sheet in made] == [[]] * len(made)
    assert (len(made) > 1) == (paged and sum(counts) > 15)


def test_pdf_has_its_pages_and_texts() -> None:
    file = SwatchFile([Group("Clothes", some(40)), Group("Häkel €", some(3))], "Season (2027) \\ ñ", TRUST)
    data = card.pdf(file)
    reader = pypdf.PdfReader(io.BytesIO(data), strict=True)
    texts = [page.extract_text() for page in reader.pages]
    assert len(texts) == 3
    assert all(TRUST in text and "Season (2027) \\ ñ" in text for text in texts)
    whole = "\n".join(texts)
    for swatch in file.swatches:
        assert swatch.name in whole
        assert swatch.hex in whole
    assert "Häkel €" in whole
    assert reader.metadata is not None
    assert reader.metadata.title == "Season (2027) \\ ñ"
    assert card.pdf(file) == data


def test_svg_is_sound_and_has_every_colour() -> None:
    file = SwatchFile([Group("<&>", [*some(3), Swatch((80.0, -120.0, 90.0), title="\ufffe\0]]>")])], "T", TRUST)
    root = ElementTree.fromstring(card.svg(file))
    texts = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    fills = [element.get("fill") for element in root.iter("{http://www.w3.org/2000/svg}rect")]
    assert {"<&>", TRUST, *(swatch.hex for swatch in file.swatches[:3])} <= set(texts)
    assert {swatch.hex for swatch in file.swatches} <= set(fills)


def test_png_has_the_colours_in_it_and_says_that_it_is_srgb() -> None:
    file = SwatchFile([Group("Clothes", some(3))], "T", TRUST)
    with Image.open(io.BytesIO(card.png(file))) as image:
        assert image.info["srgb"] == 1
        colours = {colour for _, colour in image.getcolors(1 << 20)}
    assert {swatch.rgb for swatch in file.swatches} <= colours


def test_pictures_of_too_many_colours_are_refused() -> None:
    file = SwatchFile([Group("", some(601))])
    for encode in (card.png, card.svg):
        with pytest.raises(SwatchError, match=r"\.pdf"):
            encode(file)


def test_lookbook_shows_photo_outline_and_swatches(
    tmp_path: Path, photo: tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]
) -> None:
    file = SwatchFile([Group("Clothes", some(5)), Group("Hair", some(60))], "Photo 7", TRUST)
    lookbook.write(tmp_path / "page.pdf", *photo, file)
    reader = pypdf.PdfReader(tmp_path / "page.pdf", strict=True)
    (picture,) = reader.pages[0].images
    assert picture.image is not None
    assert picture.image.size == (60, 120)
    whole = "".join(page.extract_text() for page in reader.pages)
    assert all(swatch.name in whole for swatch in file.swatches)
    assert "Hair (continued)" in whole
    lookbook.write(tmp_path / "page.png", *photo, file)
    with Image.open(tmp_path / "page.png") as image:
        colours = {colour for _, colour in image.getcolors(1 << 24)}
    assert {swatch.rgb for swatch in file.swatches} | {(90, 90, 90), (250, 190, 8)} <= colours
    for pages in (lookbook.sheets(*photo, file, paged=paged) for paged in (True, False)):
        assert [overlaps(sheet) for sheet in pages] == [[]] * len(pages)
    with pytest.raises(InputError, match=r"\.pdf or \.png"):
        lookbook.write(tmp_path / "page.svg", *photo, file)


def test_wide_photos_lie_above_their_swatches(photo: tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]) -> None:
    pixels, labels = (np.concatenate([plane] * 4, axis=1) for plane in photo)
    (page,) = lookbook.sheets(pixels, labels, SwatchFile([Group("Clothes", some(5))]), paged=True)
    (picture,) = [item for item in page.items if isinstance(item, Picture)]
    assert picture.width / picture.height == pytest.approx(2)
    assert all(
        item.y > picture.y + picture.height for item in page.items if isinstance(item, Text) and "#" in item.text
    )


def test_board_as_pdf_and_ase(tmp_path: Path, photo: tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]) -> None:
    entries = [board.Entry(swatch, f"note {place}") for place, swatch in enumerate(some(23))]
    sources = [board.Source(photo[0], f"{number}.jpg") for number in range(9)]
    season = board.Board("Spring", entries, sources, "Wet and muted. " * 30, TRUST)
    board.write(tmp_path / "board.ase", season)
    (group,) = ase.decode((tmp_path / "board.ase").read_bytes()).groups
    assert (group.title, [each.rgb for each in group.swatches]) == ("Spring", [entry.swatch.rgb for entry in entries])
    board.write(tmp_path / "board.pdf", season)
    whole = "".join(page.extract_text() for page in pypdf.PdfReader(tmp_path / "board.pdf", strict=True).pages)
    assert all(entry.note in whole and entry.swatch.name in whole for entry in entries)
    assert all(source.name in whole for source in sources)
    assert [overlaps(sheet) for sheet in board.sheets(season)] == [[]] * len(board.sheets(season))
    with pytest.raises(InputError):
        board.write(tmp_path / "board.doc", season)


def test_letters_that_a_font_lacks_are_not_boxes() -> None:
    assert helvetica.coded("Ünï – ŧ ž ǎ 墨") == "Ünï – ? ž a ?".encode("cp1252")
    assert helvetica.width("iiii", 10) < helvetica.width("WWWW", 10)


def test_pngs_font_of_last_resort_writes_plain_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(png, "_FONTS", ())
    png._font.cache_clear()
    try:
        accented, plain, other = (
            png.encode(Sheet(60, 20, [Text(2, 14, text, 10, 50)])) for text in ("Ün – 墨", "Un ? ?", "Un")
        )
    finally:
        png._font.cache_clear()
    assert accented == plain != other
