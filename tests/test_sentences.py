"""A sentence is one, whatever name stands in it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from chromadesk.errors import ImageError
from chromadesk.explain import explain
from chromadesk.sentences import LONGEST, sentence, visible

anything = st.text(st.characters(codec=None, exclude_categories=()), max_size=900)


@given(anything)
def test_every_text_fits_a_line_of_utf_8(text: str) -> None:
    for made in (sentence(text), str(ImageError(text)), explain(OSError(2, "no such file", text))[0]):
        made.encode()
        assert len(made) <= LONGEST
        assert len(made.splitlines()) <= 1
        assert "\x1b" not in made
        assert "\u202e" not in made


@given(st.text(st.characters(codec="utf-8", categories=("L", "N", "P")), max_size=LONGEST))
def test_what_can_be_seen_stays_as_it_is(text: str) -> None:
    assert sentence(text) == text


def test_what_cannot_be_seen_is_written_out() -> None:
    assert visible("a\nb\x1b[2J\u202egpj\udcff") == r"a\nb\x1b[2J\u202egpj\xff"


def test_of_a_deep_path_the_name_stays() -> None:
    path = "/home/me" + "/folder" * 200 + "/photo.jpg"
    said = sentence(f"{path} is empty (zero bytes); get a fresh copy of it.")
    assert said == "/…/photo.jpg is empty (zero bytes); get a fresh copy of it."
    assert len(sentence(f"{'n' * 5000}.jpg is empty.")) == LONGEST
    assert sentence(f"{'n' * 5000}.jpg is empty.").endswith(".jpg is empty.")
