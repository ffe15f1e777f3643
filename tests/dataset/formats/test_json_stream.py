"""JSON read element by element says what the whole of it says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chromadesk.dataset.formats import json_stream
from chromadesk.errors import DatasetError

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


@given(
    st.dictionaries(st.text(max_size=5), VALUES, max_size=5) | st.lists(VALUES, max_size=5), st.sampled_from([None, 1])
)
def test_elements_are_those_of_the_whole(
    tmp_path_factory: pytest.TempPathFactory, value: object, indent: int | None
) -> None:
    path = tmp_path_factory.getbasetemp() / "some.json"
    lists = [value] if isinstance(value, list) else [each for each in value.values() if isinstance(each, list)]
    for text in (json.dumps(value, indent=indent), json.dumps(value, ensure_ascii=False)):
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        data = path.read_bytes()
        found = [
            json.loads(data[start:end].decode("utf-8", "surrogatepass")) for _, start, end in json_stream.places(path)
        ]
        assert found == [element for each in lists for element in each]


def test_elements_longer_than_a_chunk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_stream, "_CHUNK", 7)
    value = {"info": {"a": [1]}, "images": [{"id": 123456, "name": "x" * 50}, 1234567890], "n": 12, "last": [[]]}
    (tmp_path / "a.json").write_text(json.dumps(value))
    data = (tmp_path / "a.json").read_bytes()
    found = [(name, json.loads(data[start:end])) for name, start, end in json_stream.places(tmp_path / "a.json")]
    assert found == [("images", value["images"][0]), ("images", 1234567890), ("last", [])]


@pytest.mark.parametrize("text", ["", "{", '{"a": [1, 2', '{"a": [1 2]}', '{"a" 1}', "3", "[" * 100_000, '[{"a": 1}'])
def test_broken_json_gives_a_sentence(tmp_path: Path, text: str) -> None:
    path = tmp_path / "broken.json"
    path.write_text(text)
    with pytest.raises(DatasetError, match=r"broken\.json is no sound JSON") as raised:
        list(json_stream.places(path))
    assert "\n" not in str(raised.value)


def test_what_is_no_object_or_too_large_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text("[3]")
    with path.open("rb") as handle, pytest.raises(DatasetError, match="where an object should be"):
        json_stream.element(handle, 1, 2, path)
    with pytest.raises(DatasetError, match="no JSON object"):
        json_stream.whole(path)
    with pytest.raises(DatasetError, match="larger than"):
        json_stream.whole(path, most=2)
    with pytest.raises(DatasetError, match="cannot be read"):
        json_stream.whole(tmp_path / "none.json")


def test_lists_that_grow_on_disk(tmp_path: Path) -> None:
    lists = json_stream.Lists(("a", "b"))
    lists.add("a", {"x": 1})
    lists.add("a", 2)
    lists.finish(tmp_path / "both.json", {"info": "i"})
    assert json.loads((tmp_path / "both.json").read_text()) == {"info": "i", "a": [{"x": 1}, 2], "b": []}
    lists.close()
    alone = json_stream.Lists(("",))
    alone.finish(tmp_path / "alone.json", None)
    assert json.loads((tmp_path / "alone.json").read_text()) == []
    alone.close()
