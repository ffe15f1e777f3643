"""Maps from foreign labels to the five classes, and their use."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chromadesk.classes import NAMES
from chromadesk.dataset import mapping
from chromadesk.dataset.mapping import NEAREST, OWN, UNDECIDED, ClassMap, Label, Unmapped
from chromadesk.errors import DatasetError, InputError

LABELS = st.builds(
    Label,
    st.text(min_size=1, max_size=20),
    st.sampled_from([0, 1, 2, 3, 4, NEAREST, UNDECIDED]),
    st.none() | st.integers(0, 999),
)
MAPS = st.builds(ClassMap, st.text(max_size=30), st.lists(LABELS, max_size=8).map(tuple), st.none() | st.integers(0, 4))


@settings(max_examples=15)
@given(MAPS)
def test_a_map_comes_back_from_its_file(tmp_path_factory: pytest.TempPathFactory, written: ClassMap) -> None:
    path = tmp_path_factory.getbasetemp() / "map.toml"
    written.write(path)
    assert mapping.read(path) == written


@pytest.mark.parametrize(("name", "count"), [("ccp", 59), ("lip", 20), ("atr", 18), ("segformer-clothes", 18)])
def test_the_shipped_maps_name_every_label_once(name: str, count: int) -> None:
    found = mapping.find(name)
    assert [label.id for label in found.labels] == list(range(count))
    assert len({mapping.plain(label.name) for label in found.labels}) == count
    assert all(label.class_id <= 4 for label in found.labels)
    assert mapping.shipped() == ["atr", "ccp", "lip", "segformer-clothes"]


def test_the_map_of_ccp_is_that_of_the_data_set_the_models_learnt_from() -> None:
    found = mapping.find("ccp")
    classes = {label.name: NAMES[label.class_id] for label in found.labels}
    assert sum(each == "accessories" for each in classes.values()) == 26
    assert [classes[name] for name in ("null", "skin", "hair", "bag", "t-shirt", "socks")] == [
        "background", "skin", "hair", "accessories", "clothes", "clothes",
    ]  # fmt: skip


def test_labels_are_found_by_name_and_else_by_number() -> None:
    found = ClassMap("m", (Label("Upper-clothes", 3, 4), Label("face", 2, 11)))
    assert found.class_of(99, "upper clothes") == 3
    assert found.class_of(11) == 2
    assert found.class_of(11, "hat") == UNDECIDED  # a name that is not listed is not overruled by its number
    assert found.class_of(0, "Background") == 0
    assert ClassMap("m", (), others=3).class_of(7, "poncho") == 3


@pytest.mark.parametrize("kind", [np.uint8, np.uint16, np.int32])
def test_planes_of_any_type_are_mapped(kind: type) -> None:
    found = ClassMap("m", (Label("a", 1, 0), Label("b", 4, 7), Label("c", 2, 200)))
    plane = np.array([[0, 7], [200, 7]], kind)
    labels, settled = found.apply(plane, {}, "x")
    assert labels.tolist() == [[1, 4], [2, 4]]
    assert (labels.dtype, settled) == (np.uint8, 0)


def test_what_is_left_open_takes_the_nearest_class() -> None:
    plane = np.array([[3, 255, 255, 255, 4]], np.uint8)
    labels, settled = OWN.apply(plane, {}, "x")
    assert (labels[0, 1], labels[0, 3], settled) == (3, 4, 3)
    assert set(labels[0].tolist()) == {3, 4}
    with pytest.raises(DatasetError, match=r"x\.png leaves every pixel open"):
        OWN.apply(np.full((2, 2), 255, np.uint8), {}, "x.png")


def test_labels_no_map_names_are_said() -> None:
    with pytest.raises(Unmapped, match=r"0481\.png has labels .* 'poncho', '9'; .*--map") as raised:
        OWN.apply(np.array([[7, 9]], np.uint8), {7: "poncho"}, "0481.png")
    assert raised.value.labels == ["poncho", "9"]


def test_labels_called_as_ours_are_suggested() -> None:
    found = [Label("Hair", UNDECIDED, 3), Label("poncho", UNDECIDED), Label("skin", 1, 2), Label("void", UNDECIDED)]
    assert [each.class_id for each in mapping.suggested(found)] == [4, UNDECIDED, 1, NEAREST]


def test_a_draft_lists_what_is_to_be_decided(tmp_path: Path) -> None:
    drafted = mapping.find("atr").with_labels(
        [
            Label("Background", UNDECIDED),
            Label("Poncho", UNDECIDED),
            Label("31", UNDECIDED, 31),
            Label("2", UNDECIDED, 2),
        ]
    )
    assert drafted.labels[18:] == (Label("Poncho", UNDECIDED), Label("31", UNDECIDED, 31))
    drafted.write(tmp_path / "map.toml")
    assert '{ name = "Poncho", class = "" }' in (tmp_path / "map.toml").read_text()
    decided = drafted.deciding(Label("poncho", UNDECIDED), 3).deciding(Label("2", UNDECIDED, 2), 1)
    assert (decided.class_of(0, "Poncho"), decided.class_of(2), decided.class_of(31)) == (3, 1, UNDECIDED)
    assert len(decided.labels) == len(drafted.labels)
    assert drafted.deciding(Label("shawl", UNDECIDED), NEAREST).class_of(9, "Shawl") == NEAREST


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("labels = [", "no TOML"),
        ("title = 'x'", "no list 'labels'"),
        ("labels = [3]", "Label 1 of the map"),
        ('labels = [{name = "a", class = "trousers"}]', "'trousers'; choose from background"),
        ('labels = [{name = "a", class = "hair", id = -1}]', "the id -1"),
        ('labels = [{name = "a", class = "hair", id = true}]', "the id True"),
        ('labels = []\nothers = "x"', "puts others into 'x'"),
        ("\xff\xfe", "no TOML"),
    ],
)
def test_a_bad_map_gives_a_sentence(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "map.toml"
    path.write_text(text, "latin-1")
    with pytest.raises(InputError, match=says) as raised:
        mapping.find(str(path))
    assert "map.toml" in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_missing_map_names_the_shipped_ones(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="atr, ccp, lip, segformer-clothes"):
        mapping.find(str(tmp_path / "none.toml"))
    with (tmp_path / "big.toml").open("wb") as handle:
        handle.truncate(5_000_000)
    with pytest.raises(InputError, match="larger than 4 MB"):
        mapping.read(tmp_path / "big.toml")
