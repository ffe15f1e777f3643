"""All formats: read by the library that owns each, read back by us, and nothing but a sentence out of a broken one."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from chromadesk.classes import NAMES, PALETTE
from chromadesk.dataset import exporting, importing
from chromadesk.dataset.formats import table
from chromadesk.dataset.formats.pair import Options
from chromadesk.dataset.pairs import Dataset
from chromadesk.errors import ChromaDeskError, InputError

Planes = Iterator[tuple[str, np.ndarray]]


def labels_of(root: Path) -> dict[str, np.ndarray]:
    """The masks of a data set as Pillow reads them, by stem."""
    return {file.stem: np.asarray(Image.open(file)) for file in root.rglob("B/*.png")}


def export(root: Path, name: str, out: Path, **options: bool) -> exporting.Exported:
    """The whole data set at ``root`` in the format ``name``."""
    dataset = Dataset.open(root)
    result = exporting.run(dataset, exporting.chosen(dataset), name, out, Options(**options))
    assert result.failures == {}
    return result


# -- the libraries that own the formats: (folder written) -> (stem, labels) of each pair -------------------------------


def by_pillow(out: Path) -> Planes:
    yield from labels_of(out).items()


def by_opencv(out: Path) -> Planes:
    for file in out.rglob("*.png"):
        both = cv2.imread(str(file))
        yield file.stem, of_colours(both[:, both.shape[1] // 2 :, ::-1])


def by_torchvision(out: Path) -> Planes:
    from torchvision.datasets import VOCSegmentation

    kit = out.parent / "kit" / "VOCdevkit"
    kit.mkdir(parents=True)
    shutil.copytree(out, kit / "VOC2012")
    found = VOCSegmentation(str(kit.parent), image_set="trainval")
    for file, (photo, target) in zip(found.masks, found, strict=True):
        assert photo.size == target.size
        yield Path(file).stem, np.asarray(target)


def by_psd_tools(out: Path) -> Planes:
    from psd_tools import PSDImage

    for file in out.rglob("*.psd"):
        document = PSDImage.open(file)
        labels = np.zeros((document.height, document.width), np.uint8)
        for layer in next(group for group in document if group.name == "Mask"):
            colour = np.asarray(layer.topil(apply_icc=False))
            labels[colour[..., 3] == 255] = of_colours(colour[..., :3])[colour[..., 3] == 255]
        yield file.stem, labels


def by_pycocotools(out: Path) -> Planes:
    from pycocotools.coco import COCO

    for file in (out / "annotations").iterdir():
        with contextlib.redirect_stdout(io.StringIO()):
            coco = COCO(str(file))
        for number, image in coco.imgs.items():
            labels = np.zeros((image["height"], image["width"]), np.uint8)
            for each in coco.imgToAnns[number]:
                with warnings.catch_warnings():  # its __array__ knows no copy=, says NumPy 2
                    warnings.simplefilter("ignore", DeprecationWarning)
                    plane = coco.annToMask(each)
                labels[plane == 1] = NAMES.index(coco.cats[each["category_id"]]["name"])
                assert each["area"] == plane.sum()
            yield Path(image["file_name"]).stem, labels


_DATUMARO = """
import sys, datumaro, numpy
found = datumaro.Dataset.import_from(sys.argv[1], "voc_segmentation")
names = [each.name for each in found.categories()[datumaro.AnnotationType.label]]
for item in found:
    labels = numpy.zeros(item.annotations[0].image.shape, "u1")
    for each in item.annotations:
        labels[each.image.astype(bool)] = sys.argv[2].split().index(names[each.label])
    numpy.save(f"{sys.argv[1]}/{item.id}.npy", labels)
"""


def by_datumaro(out: Path) -> Planes:
    """What CVAT reads with, where CHROMADESK_DATUMARO names the Python of an environment with it; and the label map."""
    names = (out / "ImageSets" / "Segmentation" / "default.txt").read_text().splitlines()
    rows = [line.split(":") for line in (out / "labelmap.txt").read_text().splitlines()[1:]]
    assert [row[0] for row in rows] == list(NAMES)
    assert [tuple(map(int, row[1].split(","))) for row in rows] == [tuple(colour) for colour in PALETTE.tolist()]
    if python := os.environ.get("CHROMADESK_DATUMARO"):
        subprocess.run(
            [python, "-c", _DATUMARO, str(out), " ".join(NAMES)], check=True, timeout=120, capture_output=True
        )
    for name in names:
        seen = of_colours(cv2.imread(str(out / "SegmentationClass" / f"{name}.png"))[..., ::-1])
        assert not python or (np.load(out / f"{name}.npy") == seen).all()
        yield name, seen


def by_label_studio(out: Path) -> Planes:
    if folder := os.environ.get("CHROMADESK_WITNESSES"):
        sys.path.append(folder)
    brush = pytest.importorskip("label_studio_converter.brush", reason="label-studio-converter is not here")
    for task in json.loads((out / "tasks.json").read_text()):
        (annotation,) = task["annotations"]
        labels = np.zeros(0, np.uint8)
        for result in annotation["result"]:
            size = result["original_height"], result["original_width"], 4
            labels = labels if labels.size else np.zeros(size[:2], np.uint8)
            plane = brush.decode_rle(result["value"]["rle"]).reshape(size)[..., 3]
            labels[plane > 0] = NAMES.index(result["value"]["brushlabels"][0])
        yield Path(task["data"]["image"]).stem.replace("%20", " "), labels


_LABELME = """
import io, sys, numpy, PIL.Image
from pathlib import Path
from labelme._label_file import read_label_file
from labelme.utils.shape import shapes_to_label
names = {name: number for number, name in enumerate(sys.argv[2].split())}
for file in Path(sys.argv[1]).rglob("*.json"):
    found = read_label_file(str(file))
    width, height = PIL.Image.open(io.BytesIO(found.image_data)).size
    numpy.save(file.with_suffix(".npy"), shapes_to_label((height, width), found.shapes, names)[0])
"""


def by_labelme(out: Path) -> Planes:
    python = os.environ.get("CHROMADESK_LABELME")
    if not python:
        pytest.skip("CHROMADESK_LABELME does not name the Python of an environment with labelme")
    subprocess.run([python, "-c", _LABELME, str(out), " ".join(NAMES)], check=True, timeout=120)
    for file in out.rglob("*.npy"):
        yield file.stem, np.load(file)


def by_datasets(out: Path) -> Planes:
    code = (
        "import sys, numpy, datasets\n"
        "for split, rows in datasets.load_dataset(sys.argv[1], cache_dir=sys.argv[2]).items():\n"
        "    for number, row in enumerate(rows):\n"
        "        assert row['image'].size == row['label'].size\n"
        "        numpy.save(f'{sys.argv[2]}/{split}-{number}.npy', numpy.asarray(row['label']))\n"
    )
    cache = out.parent / "cache"
    cache.mkdir()
    home = {**os.environ, "HF_HUB_OFFLINE": "1", "HF_HOME": str(cache)}
    subprocess.run([sys.executable, "-c", code, str(out), str(cache)], check=True, timeout=120, env=home)
    order: dict[str, list[str]] = {}
    for item in exporting.chosen(Dataset.open(out.parent / "source")):
        order.setdefault(item.split or "train", []).append(Path(item.name).stem)
    for file in cache.glob("*.npy"):
        split, _, number = file.stem.partition("-")
        yield order[split][int(number)], np.load(file)


def by_scipy(out: Path) -> Planes:
    from scipy.io import loadmat

    for file in out.rglob("label_list.mat"):
        assert [str(name[0]) for name in loadmat(file)["label_list"][0]] == list(NAMES)
    for file in out.rglob("pixel-level/*.mat"):
        yield file.stem, loadmat(file)["groundtruth"]


def of_colours(pixels: np.ndarray) -> np.ndarray:
    """Class ids of (H, W, 3) pure class colours."""
    distance = np.abs(pixels[..., None, :].astype(int) - PALETTE).sum(axis=-1)
    assert not distance.min(axis=-1).any()
    return distance.argmin(axis=-1).astype(np.uint8)


WITNESSES: dict[str, Callable[[Path], Planes]] = {
    "pix2pix": by_pillow,
    "side-by-side": by_opencv,
    "voc": by_torchvision,
    "psd": by_psd_tools,
    "coco": by_pycocotools,
    "cvat": by_datumaro,
    "label-studio": by_label_studio,
    "labelme": by_labelme,
    "hugging-face": by_datasets,
    "matlab": by_scipy,
}


def test_every_format_has_a_witness() -> None:
    assert list(WITNESSES) == list(table.FORMATS)


def goes_round(name: str, source: Path) -> None:
    """The data set at ``source``, whose folder has room beside it, out in a format, seen by its owner, and back."""
    out, back = source.parent / "out", source.parent / "back"
    truth = labels_of(source)
    assert export(source, name, out).lost == 0
    result = importing.run(out, name, back)
    assert (result.added, result.failures, result.conflicts) == (len(truth), {}, {})
    returned = labels_of(back)
    assert returned.keys() == truth.keys()
    assert all((returned[stem] == labels).all() for stem, labels in truth.items())
    for photo in source.rglob("A/*"):
        (other,) = back.rglob(f"A/{photo.stem}.*")
        assert (np.asarray(Image.open(photo).convert("RGB")) == np.asarray(Image.open(other).convert("RGB"))).all()
    if name != "cvat":  # whose lists know no split
        splits = {item.split for item in Dataset.open(source).items}
        assert {item.split for item in Dataset.open(back).items} == splits
    seen = dict(WITNESSES[name](out))
    assert seen.keys() == truth.keys()
    assert all((seen[stem] == labels).all() for stem, labels in truth.items())


@pytest.mark.parametrize(
    "name", [name if name != "hugging-face" else pytest.param(name, marks=pytest.mark.slow) for name in table.FORMATS]
)
def test_small_pairs_as_the_owners_library_sees_them_and_back(name: str, pairs: Path, tmp_path: Path) -> None:
    pairs.rename(tmp_path / "source")
    goes_round(name, tmp_path / "source")


@pytest.mark.slow
@pytest.mark.parametrize("name", table.FORMATS)
def test_real_pairs_as_the_owners_library_sees_them_and_back(
    name: str, real: Callable[[int], Path], tmp_path: Path
) -> None:
    shutil.copytree(real(20), tmp_path / "source")
    goes_round(name, tmp_path / "source")


@pytest.mark.parametrize("name", table.FORMATS)
@settings(max_examples=8)
@given(data=st.data())
def test_a_broken_file_gives_a_sentence(
    name: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory, patchwork: Callable[..., Path]
) -> None:
    """A few bytes changed, cut or doubled, or garbage: what cannot be read is said in one line, the rest is taken."""
    sound = tmp_path_factory.getbasetemp() / f"sound-{name}"
    if not sound.exists():
        source = patchwork(tmp_path_factory.getbasetemp() / f"source-{name}", 2, cells=(3, 2), side=4)
        export(source, name, sound)
    broken, out = tmp_path_factory.mktemp("broken") / "set", tmp_path_factory.mktemp("out") / "set"
    shutil.copytree(sound, broken)
    files = sorted(file for file in broken.rglob("*") if file.is_file())
    victim = data.draw(st.sampled_from(files))
    content = bytearray(victim.read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, max(len(content) - 1, 0)))
        content[place : place + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=5))
    cut = data.draw(st.integers(0, len(content)))
    victim.write_bytes(data.draw(st.sampled_from([bytes(content), bytes(content[:cut]), b"", bytes(content[cut:])])))
    try:
        sentences = list(importing.run(broken, name, out).failures.values())
    except ChromaDeskError as error:
        sentences = [str(error)]
    for sentence in sentences:
        assert sentence
        assert "\n" not in sentence
    shutil.rmtree(broken.parent)
    shutil.rmtree(out.parent)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
@pytest.mark.parametrize("name", table.FORMATS)
def test_pipes_in_place_of_files_do_not_block(name: str, pairs: Path, tmp_path: Path) -> None:
    export(pairs, name, tmp_path / "out")
    for file in list((tmp_path / "out").rglob("*")):
        if file.is_file():
            file.unlink()
            os.mkfifo(file)
    with contextlib.suppress(ChromaDeskError):
        assert importing.run(tmp_path / "out", name, tmp_path / "set").added == 0


def test_unknown_formats_and_options_are_named_with_the_known_ones() -> None:
    with pytest.raises(InputError, match="pix2pix, side-by-side, voc"):
        table.to_read("vock")
    with pytest.raises(InputError, match="--polygons; that is for coco, labelme"):
        table.to_write("voc", Options(polygons=True))


def test_a_missing_extra_is_said_with_its_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(InputError, match=r"chromadesk\[psd\]"):
        table.to_read("psd")
    table.to_write("psd", Options())  # our own few lines write it
    with pytest.raises(InputError, match=r"chromadesk\[parquet\]"):
        table.to_write("hugging-face", Options())
