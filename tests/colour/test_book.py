"""A person's own colour book."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from chromadesk.colour.book import Book, read_book
from chromadesk.colour.difference import delta_e00
from chromadesk.colour.swatch import Swatch
from chromadesk.errors import SwatchError


def test_the_nearest_are_those_of_least_difference() -> None:
    generator = np.random.default_rng(3)
    labs = generator.uniform((0, -60, -60), (100, 60, 60), (500, 3))
    book = Book("b", [Swatch(tuple(lab), title=str(place)) for place, lab in enumerate(labs.tolist())])
    wanted = (50.0, 10.0, -20.0)
    truth = sorted((float(delta_e00(lab, np.array(wanted))), str(place)) for place, lab in enumerate(labs))[:4]
    assert [(round(difference, 9), entry.title) for entry, difference in book.nearest(wanted, 4)] == [
        (round(difference, 9), title) for difference, title in truth
    ]
    assert len(Book("b", book.entries[:2]).nearest(wanted, 9)) == 2


def test_a_swatch_file_is_a_book(tmp_path: Path) -> None:
    path = tmp_path / "mill.csv"
    path.write_text("Ecru,#f0ead6\nPetrol,#005f6a\n")
    book = read_book(path)
    assert book.title == "mill"
    ((entry, difference),) = book.nearest(book.entries[1].lab)
    assert (entry.title, difference) == ("Petrol", 0)
    path.write_text("not a book")
    with pytest.raises(SwatchError, match=r"mill\.csv"):
        read_book(path)
