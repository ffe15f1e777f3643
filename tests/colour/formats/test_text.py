"""chromadesk.colour.formats.text: no name of a colour becomes a formula, and all come back."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chromadesk.colour.formats import csv_file
from chromadesk.colour.formats.swatchfile import Group, SwatchFile
from chromadesk.colour.formats.text import guarded, unguarded
from tests.swatches import of_rgb


@given(st.text(max_size=12) | st.sampled_from(["=1+1", "'=1", "@a", "-b", "+c", "'d"]))
def test_what_is_guarded_comes_back_and_is_no_formula(text: str) -> None:
    assert unguarded(guarded(text)) == text or text.startswith("'")
    assert not guarded(text).startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "@red", "-blue", "plain"])
def test_a_table_of_swatches_holds_no_formula(name: str) -> None:
    data = csv_file.encode(SwatchFile([Group(name, [of_rgb((1, 2, 3), title=name)])], "t", name))
    for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))):
        assert not any(cell.startswith(("=", "@")) for cell in row)
    (group,) = csv_file.decode(data).groups
    assert (group.title, group.swatches[0].name) == (name, name)
