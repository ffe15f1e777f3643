"""Fields come from EXIF, from names, and from an imported table, the later over the earlier."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from PIL import Image

from chromadesk.dataset import fields
from chromadesk.dataset.pairs import Dataset
from chromadesk.errors import InputError


def photo(path: Path, taken: str | None = None) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    exif = Image.Exif()
    exif[0x0112] = 1  # or else Pillow writes none into a PNG
    if taken is not None:
        exif.get_ifd(0x8769)[0x9003] = taken
    Image.new("RGB", (8, 8)).save(path, exif=exif)
    return path


def test_the_camera_says_when(tmp_path: Path) -> None:
    day = datetime.date(2024, 7, 5)
    assert fields.taken(photo(tmp_path / "a.jpg", "2024:07:05 12:00:00")) == day
    assert fields.taken(photo(tmp_path / "a.png", "2024:07:05 12:00:00")) == day
    assert fields.taken(photo(tmp_path / "b.png")) is None
    assert fields.taken(photo(tmp_path / "b.jpg")) is None
    assert fields.taken(photo(tmp_path / "c.jpg", "0000:00:00 00:00:00")) is None
    (tmp_path / "d.jpg").write_text("no photo")
    assert fields.taken(tmp_path / "d.jpg") is None
    assert fields.taken(tmp_path / "gone.jpg") is None


def test_names() -> None:
    assert fields.of_path("SS24/Gucci/runway/1.jpg") == {"season": "SS 2024", "brand": "Gucci", "tags": "runway"}
    assert fields.of_path("Gucci_SS24/train/A/1.jpg") == {"season": "SS 2024", "brand": "Gucci"}
    assert fields.of_path("SS24/AW23_1.jpg") == {"season": "AW 2023"}
    assert fields.of_path("train/A/1.jpg") == {}
    assert fields.of_path("1.jpg", "Resort 2025") == {"season": "Resort 2025"}


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    root = tmp_path / "looks"
    photo(root / "A" / "1.jpg", "2024:07:05 12:00:00")
    photo(root / "A" / "2.jpg")
    photo(root / "A" / "3_AW22.jpg", "2024:07:05 12:00:00")
    return Dataset.open(root)


def test_the_three_sources(dataset: Dataset, tmp_path: Path) -> None:
    table = tmp_path / "fields.csv"
    table.write_text(
        'photo,season,brand,tags,date,shop\n2,,Prada,"day, night",2024/10,north\nA/3_AW22.jpg,cruise 25,,,,\nx,,,,,\n'
    )
    assert fields.imported(table, [("", dataset)]) == ["x"]
    assert fields.read(dataset) == {
        "A/1.jpg": {"date": "2024-07-05", "season": "SS 2024"},
        "A/2.jpg": {"brand": "Prada", "tags": "day; night", "date": "2024-10", "shop": "north", "season": "AW 2024"},
        "A/3_AW22.jpg": {"date": "2024-07-05", "season": "Resort 2025"},
    }
    table.write_text("photo,brand\n2.jpg,Miu Miu\n")  # the rest stays as it was
    assert fields.imported(table, [("", dataset)]) == []
    assert fields.read(Dataset.open(dataset.root))["A/2.jpg"]["brand"] == "Miu Miu"
    assert fields.read(dataset)["A/2.jpg"]["shop"] == "north"
    assert (dataset.state / fields.KEPT).is_file()


def test_a_table_that_cannot_be_used_changes_nothing(dataset: Dataset, tmp_path: Path) -> None:
    table = tmp_path / "fields.csv"
    for date in ("yesterday", "2024-13", "2024-02-30"):
        table.write_text(f"photo,date\n1,{date}\n")
        with pytest.raises(InputError, match="write dates as"):
            fields.imported(table, [("", dataset)])
    assert not (dataset.state / fields.KEPT).exists()
    photo(dataset.root / "B.x" / "1.jpg")
    other = Dataset.open(dataset.root / "B.x")
    table.write_text("photo,brand\n1,Prada\n")
    with pytest.raises(InputError, match="2 photos are called so"):
        fields.imported(table, [("a/", dataset), ("b/", other)])


def test_groups() -> None:
    known = {
        "SS/1.jpg": {"season": "SS 2024", "tags": "day; night", "date": "2024-03-01"},
        "SS/2.jpg": {"season": "AW 2023", "tags": "day", "date": "2024"},
        "3.jpg": {"shop": "north"},
    }
    assert fields.grouped(known, "season") == {"AW 2023": ["SS/2.jpg"], "SS 2024": ["SS/1.jpg"], "unknown": ["3.jpg"]}
    assert fields.grouped(known, "tags") == {
        "day": ["SS/1.jpg", "SS/2.jpg"],
        "night": ["SS/1.jpg"],
        "unknown": ["3.jpg"],
    }
    assert fields.grouped(known, "date") == {"2024-03": ["SS/1.jpg"], "unknown": ["SS/2.jpg", "3.jpg"]}
    assert fields.grouped(known, "year") == {"2024": ["SS/1.jpg", "SS/2.jpg"], "unknown": ["3.jpg"]}
    assert fields.grouped(known, "folder") == {"SS": ["SS/1.jpg", "SS/2.jpg"], "unknown": ["3.jpg"]}
    assert fields.grouped(known, "shop") == {"north": ["3.jpg"], "unknown": ["SS/1.jpg", "SS/2.jpg"]}
    with pytest.raises(InputError, match=r"choose from .*shop"):
        fields.grouped(known, "colour")
