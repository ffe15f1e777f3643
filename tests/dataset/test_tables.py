"""Tables of fields: what spreadsheets write is read, what is hostile is refused in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chromadesk.dataset import tables
from chromadesk.errors import InputError


def test_spreadsheets(tmp_path: Path) -> None:
    path = tmp_path / "fields.csv"
    expected = {"a.jpg": {"season": "SS24", "tags": "day; night"}, "b.jpg": {"season": "AW24"}}
    path.write_bytes('\ufeffPhoto;Season;Tags\r\na.jpg;SS24;"day; night"\r\n\r\nb.jpg;AW24;\r\n'.encode())
    assert tables.read(path) == expected
    path.write_text("season\tfile\ttag\nSS24\ta.jpg\tday; night\nAW24\tb.jpg\n", "utf-16")
    assert tables.read(path) == expected


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no column 'photo'"),
        (b"season,brand\nSS24,x\n", "no column 'photo'"),
        (b"photo,season,season\na,b,c\n", "two columns 'season'"),
        (b"photo,season\na,SS24\na,AW24\n", "two rows for a"),
        (b"photo,season\n,SS24\n", "line 2 does not say which photo"),
        (b"photo,season\na,b,c\n", "3 cells"),
        (b'photo,season\na,"b\n', "is no CSV"),
        (b'photo,season\na,"b"c\n', "is no CSV"),
        (b"photo,season\na," + b"x" * 201 + b"\n", "more than 200 characters"),
        (b"photo,season\na," + b"x" * 200_000 + b"\n", "is no CSV"),
        (b"photo\xff\xfe\n", "no text in UTF-8"),
        (b"photo\n\0\0\n", "something binary"),
        (b"\x89PNG\r\n\x1a\n\0\0", "no text in UTF-8"),
    ],
)
def test_hostile(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "fields.csv"
    path.write_bytes(data)
    with pytest.raises(InputError, match=words) as raised:
        tables.read(path)
    assert str(path) in str(raised.value)
    assert len(str(raised.value)) < 400


def test_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        tables.read(tmp_path / "fields.csv")
    with pytest.raises(InputError, match="cannot be read"):
        tables.read(tmp_path)


_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=20).filter(
    lambda text: text == text.strip()
)


@given(st.dictionaries(_TEXT, st.dictionaries(st.sampled_from(["season", "brand", "tags"]), _TEXT), min_size=1))
def test_what_was_written_is_read(tmp_path_factory: pytest.TempPathFactory, rows: dict[str, dict[str, str]]) -> None:
    path = tmp_path_factory.mktemp("tables") / "fields.csv"
    tables.write(path, rows)
    assert tables.read(path) == rows
