"""The formats that are text: out and in again, and as other programs and people write them."""

from __future__ import annotations

import json

import numpy as np
import pytest
import tinycss2
from hypothesis import given
from hypothesis import strategies as st

from chromadesk.colour import spaces
from chromadesk.colour.formats import css, csv_file, gpl, json_file
from chromadesk.colour.formats.swatchfile import Group, Malformed, SwatchFile, one_line
from chromadesk.colour.swatch import Swatch
from tests.swatches import of_rgb

NEON = Swatch((80.0, -120.0, 90.0), title="neon")
FILE = SwatchFile(
    [
        Group("Clothes", [of_rgb((10, 20, 30), title="Nächtlich", share=0.75, area=0.5, pixels=120), NEON]),
        Group("Hair", [of_rgb((250, 240, 230), share=0.25)]),
    ],
    "Autumn",
    "assumed sRGB, 1 photo, 412,000 pixels, approved",
    "L 61.0 a 2.0 b -1.2",
)
#: Every colour of sRGB, and what is up to a fifth more colourful.
labs = st.tuples(*[st.floats(0, 1)] * 3, st.sampled_from([1.0, 1.2])).map(
    lambda values: tuple((spaces.srgb_to_lab(np.array(values[:3])) * (1, values[3], values[3])).tolist())
)
names = st.text(max_size=20)


@st.composite
def swatch_files(draw: st.DrawFn) -> SwatchFile:
    groups = draw(
        st.lists(st.tuples(names, st.lists(st.tuples(labs, names), min_size=1, max_size=4)), min_size=1, max_size=3)
    )
    made = [Group(title, [Swatch(lab, title=name) for lab, name in colours]) for title, colours in groups]
    return SwatchFile(made, draw(names), draw(names), draw(names))


@given(swatch_files())
def test_nothing_that_is_written_cannot_be_read_again(file: SwatchFile) -> None:
    truth = np.array([each.lab for each in file.swatches])
    for codec, tolerance in ((json_file, 1e-4), (csv_file, 1e-4), (css, 0.02)):
        back = codec.decode(codec.encode(file))
        assert np.abs(np.array([each.lab for each in back.swatches]) - truth).max() < tolerance
    back = gpl.decode(gpl.encode(file))
    assert [each.rgb for each in back.swatches] == [each.rgb for each in file.swatches]
    # A name of nothing but control characters cannot come back.
    wanted = [one_line(each.name) for each in file.swatches]
    assert all(is_ == was for is_, was in zip([each.title for each in back.swatches], wanted, strict=True) if was)


@pytest.mark.parametrize("codec", [gpl, css, json_file, csv_file])
def test_groups_names_and_trust_come_back(codec) -> None:  # type: ignore[no-untyped-def]
    back = codec.decode(codec.encode(FILE))
    assert [group.title for group in back.groups] == ["Clothes", "Hair"]
    assert [each.title for each in back.swatches] == ["Nächtlich", "neon", FILE.swatches[2].name]
    assert (back.trust, back.grey) == (FILE.trust, FILE.grey)
    if codec in (json_file, csv_file):
        assert (back.swatches[0].share, back.swatches[0].area, back.swatches[0].pixels) == (0.75, 0.5, 120)


def test_css_means_to_another_parser_what_it_means_to_us() -> None:
    rules = tinycss2.parse_stylesheet(css.encode(FILE).decode(), skip_comments=True, skip_whitespace=True)
    root, beyond = rules
    declared = {
        each.name: tinycss2.serialize(each.value).strip()
        for each in tinycss2.parse_declaration_list(root.content, skip_comments=True, skip_whitespace=True)
    }
    assert declared["--clothes-nachtlich"].startswith("#0a141e")
    assert declared["--clothes-neon"].startswith(NEON.hex)
    assert declared["--clothes-neon-oklch"].startswith("oklch(")
    assert beyond.lower_at_keyword == "supports"
    assert not any(rule.type == "error" for rule in rules)


def test_css_of_others_is_read() -> None:
    text = (
        ":root{--a:#fff;--gap: 4px;--b : rgb(10, 20, 30);/* Ink */ --c: oklch(62% 0.1 200deg)} .x{color:red;--d:#12345}"
    )
    found = css.decode(text.encode()).swatches
    assert [(each.title, each.hex) for each in found[:2]] == [("a", "#ffffff"), ("Ink", "#0a141e")]
    assert found[2].oklch == pytest.approx((0.62, 0.1, 200), abs=1e-4)
    assert len(found) == 3


def test_gpl_as_gimp_writes_it() -> None:
    assert gpl.encode(FILE).decode().splitlines()[:3] == ["GIMP Palette", "Name: Autumn", "Columns: 0"]
    text = "GIMP Palette\r\nName: Bears\r\nColumns: 3\r\n#\r\n  8   8   8\tgrey3\r\n255 255 255 Untitled\r\n 12 3 4\r\n"
    read = gpl.decode(text.encode())
    assert (read.title, [(each.title, each.rgb) for each in read.swatches]) == (
        "Bears",
        [("grey3", (8, 8, 8)), ("", (255, 255, 255)), ("", (12, 3, 4))],
    )


def test_json_has_the_white_beside_each_lab() -> None:
    (group, _) = json.loads(json_file.encode(FILE))["groups"]
    first = group["swatches"][0]
    assert (first["white"], first["print"]["white"]) == ("D65", "D50")
    assert first["print"]["lab"] == pytest.approx(FILE.swatches[0].lab_d50, abs=1e-4)


@pytest.mark.parametrize(
    "value",
    [
        ["#ff0000"],
        [{"hex": "f00"}],
        {"colors": [{"rgb": [255, 0, 0]}]},
        {"classes": {"hair": [], "skin": [of_rgb((255, 0, 0)).to_json()]}},
        [{"lab": list(of_rgb((255, 0, 0)).lab_d50), "white": "D50"}],
    ],
)
def test_json_of_others_is_read(value: object) -> None:
    assert [each.hex for each in json_file.decode(json.dumps(value).encode()).swatches] == ["#ff0000"]


@pytest.mark.parametrize(
    "data",
    [
        "name,hex\nRot,#ff0000\n",
        "Name;L*;a*;b*\nRot;53,2408;80,0925;67,2032\n",
        "red\tgreen\tblue\tcolour\n255\t0\t0\tRot\n",
        "Rot,#f00\n\n",
        "\ufeffHEX,Title\n#FF0000,Rot\n",
    ],
)
def test_csv_of_others_is_read(data: str) -> None:
    (swatch,) = csv_file.decode(data.encode()).swatches
    assert (swatch.title, swatch.hex) == ("Rot", "#ff0000")
    assert csv_file.decode(data.encode("utf-16")).swatches[0].hex == "#ff0000"


def test_text_in_western_windows_encoding_is_read() -> None:
    assert csv_file.decode("Grün;#00ff00".encode("cp1252")).swatches[0].title == "Grün"


@pytest.mark.parametrize(
    ("codec", "data"),
    [
        (gpl, b"GIMP Palette\n300 0 0 x\n"),
        (gpl, b"GIMP Palette\nhello\n"),
        (gpl, b"GIMP Palette\n"),
        (gpl, b"GIMP Palette\n\x81\x00"),
        (css, b""),
        (css, b":root{--a: oklch(1.2.3 0 0)}"),
        (json_file, b"{"),
        (json_file, b"3"),
        (json_file, b"[3]"),
        (json_file, b'[{"lab": [NaN, 0, 0]}]'),
        (json_file, b'[{"lab": [1, 0, 0], "white": "A"}]'),
        (json_file, b'[{"rgb": [1e400, 0, 0]}]'),
        (json_file, b'[{"rgb": [1' + b"0" * 400 + b", 0, 0]}]"),
        (json_file, b'[{"hex": "#gg0000"}]'),
        (csv_file, b""),
        (csv_file, b"a poem\nof two lines"),
        (csv_file, b"hex,name\nzzz,x\n"),
        (csv_file, b"L,a,b\nnan,0,0\n"),
        (csv_file, b"L,a,b,white\n1,0,0,D99\n"),
    ],
)
def test_what_is_no_list_of_colours_is_refused(codec, data: bytes) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Malformed):
        codec.decode(data)
