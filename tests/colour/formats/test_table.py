"""All formats behind their suffixes; nothing but a sentence comes of a bad file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chromadesk.colour.formats import swatchfile, table
from chromadesk.colour.formats.swatchfile import Group, SwatchFile
from chromadesk.errors import InputError, StorageError, SwatchError
from tests.swatches import of_rgb

FILE = SwatchFile([Group("Hair", [of_rgb((10, 20, 30), title="x"), of_rgb((200, 190, 10))])], "T", "trusted")


@pytest.mark.parametrize("suffix", table.READABLE)
def test_what_is_written_is_read(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"file{suffix.upper()}"
    table.write(path, FILE)
    assert [each.rgb for each in table.read(path).swatches] == [(10, 20, 30), (200, 190, 10)]


def test_content_goes_before_the_suffix(tmp_path: Path) -> None:
    path = tmp_path / "palette.txt"
    path.write_bytes(table.FORMATS[".gpl"].encode(FILE))
    assert len(table.read(path).swatches) == 2


def test_unknown_suffixes_are_named_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"x\.doc.*\.ase, .*\.pdf"):
        table.write(tmp_path / "x.doc", FILE)
    (tmp_path / "x.png").write_bytes(b"\x89PNG")
    with pytest.raises(SwatchError, match=r"\.ase, .*\.csv"):
        table.read(tmp_path / "x.png")


def test_missing_folders_and_files(tmp_path: Path) -> None:
    with pytest.raises(SwatchError, match=r"none\.ase"):
        table.read(tmp_path / "none.ase")
    with pytest.raises(SwatchError):
        table.read(tmp_path)
    (tmp_path / "file").touch()
    with pytest.raises(StorageError):
        table.write(tmp_path / "file" / "x.ase", FILE)


def test_huge_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    big = tmp_path / "big.csv"
    with big.open("wb") as handle:
        handle.truncate(table.MAX_BYTES + 1)
    with pytest.raises(SwatchError, match="20 MB"):
        table.read(big)
    monkeypatch.setattr(swatchfile, "MAX_COLOURS", 100)
    many = tmp_path / "many.csv"
    many.write_text("#010203\n" * 101)
    with pytest.raises(SwatchError, match=r"more than 100 colours"):
        table.read(many)


def test_json_nested_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "deep.json"
    for data in (b"[" * 100_000, b"[" + b"1" * 10_000 + b"]"):
        path.write_bytes(data)
        with pytest.raises(SwatchError, match=r"deep\.json"):
            table.read(path)


@given(st.sampled_from(table.READABLE), st.data())
def test_any_bytes_give_swatches_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, suffix: str, data: st.DataObject
) -> None:
    """Garbage, and sound files with a few bytes changed, cut or doubled."""
    sound = bytearray(table.FORMATS[suffix].encode(FILE))
    for _ in range(data.draw(st.integers(0, 6))):
        place = data.draw(st.integers(0, max(len(sound) - 1, 0)))
        sound[place : place + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=5))
    cut = data.draw(st.integers(0, len(sound)))
    garbage = data.draw(st.binary(max_size=60))
    path = tmp_path_factory.getbasetemp() / f"fuzzed{suffix}"
    for content in (bytes(sound), bytes(sound[:cut]), garbage, bytes(sound[:20]) + garbage):
        path.write_bytes(content)
        try:
            sentence = "" if table.read(path).swatches else "empty"
        except SwatchError as error:
            sentence = str(error)
        assert not sentence or str(path) in sentence
        assert "\n" not in sentence
