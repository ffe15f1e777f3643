"""Weights headers: what is refused, and in what words."""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chromadesk.errors import ModelError
from chromadesk.models.info import KEY, WeightsInfo, parameter_count, read_info


def header(path: Path, metadata: object) -> Path:
    text = json.dumps({"__metadata__": metadata}).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text)
    return path


@given(
    name=st.text(st.characters(exclude_categories=["C", "Z"]), max_size=20),
    height=st.integers(1, 8192),
    epochs=st.integers(0, 999),
    hashes=st.lists(st.text("0123456789abcdef", min_size=64, max_size=64), max_size=4),
)
def test_metadata_round_trips(name: str, height: int, epochs: int, hashes: list[str]) -> None:
    info = WeightsInfo(
        name=name, architecture="unet", input_size=(height, 256), epochs=epochs, trained_on=tuple(hashes)
    )
    assert WeightsInfo.from_metadata(info.metadata(), Path("x")) == info


@pytest.mark.parametrize("fields", [{"parent": "\x1b[31mred\nx"}, {"trained_on": "abc"}, {"dataset": "a\rb"}])
def test_nothing_that_could_write_to_a_terminal_or_hide_photos_is_read(fields: dict[str, Any]) -> None:
    said = json.loads(WeightsInfo(name="x", architecture="unet").metadata()[KEY]) | fields
    with pytest.raises(ModelError, match="does not understand"):
        WeightsInfo.from_metadata({KEY: json.dumps(said)}, Path("x"))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "no safetensors file"),
        (b"\xff" * 64, "no safetensors file"),
        (struct.pack("<Q", 40) + b"{", "no safetensors file"),
        (b"PK\x03\x04" + b"\0" * 60, "no safetensors file"),
    ],
)
def test_what_is_no_weights_file_is_refused_in_a_sentence(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "model.safetensors"
    path.write_bytes(content)
    with pytest.raises(ModelError, match=sentence):
        read_info(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="nowhere"):
        read_info(tmp_path / "nowhere.safetensors")


def test_another_program_s_safetensors_and_other_classes_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="does not say which network"):
        read_info(header(tmp_path / "a.safetensors", {"format": "pt"}))
    fields = json.loads(WeightsInfo(name="x", architecture="unet").metadata()[KEY])
    fields["classes"] = ["cat", "dog"]
    with pytest.raises(ModelError, match="has other classes"):
        read_info(header(tmp_path / "b.safetensors", {KEY: json.dumps(fields)}))
    fields["input_size"] = [10**9, 10**9]
    with pytest.raises(ModelError, match="does not understand"):
        read_info(header(tmp_path / "c.safetensors", {KEY: json.dumps(fields)}))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ["a"]),
        ("name", "n" * 100_000),
        ("licence", None),
        ("architecture", {}),
        ("normalise", "zeros"),
        ("normalise", {"std": [0]}),
        ("parameters", "depth=4"),
        ("scores", {"miou": "abc"}),
        ("scores", {"miou": {"a": 1}}),
        ("scores", [0.5]),
        ("architecture", "../../../canary"),
        ("scores", {"miou": float("nan")}),
        ("scores", {"miou": 10**400}),
        ("epochs", 10**400),
        ("epochs", "many"),
        ("fit", "crop"),
    ],
)
def test_fields_of_a_wrong_kind_are_refused(tmp_path: Path, field: str, value: object) -> None:
    fields = json.loads(WeightsInfo(name="x", architecture="unet").metadata()[KEY])
    fields[field] = value
    with pytest.raises(ModelError, match="does not understand"):
        read_info(header(tmp_path / "a.safetensors", {KEY: json.dumps(fields)}))


@pytest.mark.parametrize(
    "entry",
    [
        {"shape": [10**9, 10**9]},
        {"shape": [10**300] * 500},
        {"shape": [1] * 100_000},
        {"shape": [-1]},
        {"shape": [True]},
        {"shape": None},
        {"dtype": "F64"},
        {"dtype": "F8_E4M3"},
        {"dtype": ["F32"]},
        {"data_offsets": [0, 10**18]},
        {"data_offsets": [4, 8]},
        {"data_offsets": [-4, 0]},
        {"data_offsets": "ab"},
        {"data_offsets": None},
    ],
)
def test_tensors_fill_the_file_exactly(tmp_path: Path, entry: dict[str, Any]) -> None:
    info = WeightsInfo(name="x", architecture="unet")
    sound = {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}
    path = tmp_path / "a.safetensors"

    def write(entry: dict[str, Any], body: bytes) -> None:
        text = json.dumps({"__metadata__": info.metadata(), "a": entry}).encode()
        path.write_bytes(struct.pack("<Q", len(text)) + text + body)

    write(sound, b"1234")
    assert parameter_count(path) == 1
    for lie, body in ((sound | entry, b"1234"), (sound, b"123"), (sound, b"12345")):
        write(lie, body)
        with pytest.raises(ModelError, match="no safetensors file written by ChromaDesk"):
            read_info(path)


def test_headers_nested_without_end_are_refused(tmp_path: Path) -> None:
    for text in (b"[" * 100_000, b'{"__metadata__":' + b"[" * 100_000):
        (tmp_path / "a.safetensors").write_bytes(struct.pack("<Q", len(text)) + text)
        with pytest.raises(ModelError):
            read_info(tmp_path / "a.safetensors")
    with pytest.raises(ModelError):
        WeightsInfo.from_metadata({KEY: "[" * 100_000}, Path("x"))
