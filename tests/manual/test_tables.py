"""Whatever stands in a cell is shown as it is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from chromadesk.manual import html
from chromadesk.manual.tables import code, plain, table


@given(st.text(st.characters(exclude_categories=["C", "Zl", "Zp", "Zs"], include_characters=" "), max_size=40))
def test_plain_words_stay_what_they_are(text: str) -> None:
    assert html.words(table(("Name",), [(plain(text),)])) == " ".join(f"Name {text}".split())


def test_code_may_hold_a_bar() -> None:
    assert html.words(table(("Name",), [(code("-k N|auto"),)])) == "Name -k N|auto"
    assert code("") == ""
