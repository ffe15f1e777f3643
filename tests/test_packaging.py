"""What a desktop is told of ChromaDesk agrees with the program, and with itself."""

from __future__ import annotations

import configparser
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

from chromadesk import links
from chromadesk.dataset.pairs import STATE_FOLDER

ROOT = Path(__file__).parents[1]
LINUX = ROOT / "packaging" / "linux"
MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"


@pytest.fixture
def entry() -> configparser.SectionProxy:
    parser = configparser.RawConfigParser()
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # keys of a desktop entry have capitals
    parser.read(LINUX / "chromadesk.desktop", "utf-8")
    return parser["Desktop Entry"]


def test_the_types_opened_are_defined_here_or_are_photos(entry: configparser.SectionProxy) -> None:
    root = ElementTree.parse(LINUX / "chromadesk-mime.xml").getroot()
    ours = {each.get("type"): each for each in root.iter(f"{MIME}mime-type")}
    opened = [name for name in entry["MimeType"].split(";") if name]
    assert set(ours) <= set(opened)
    assert {name.split("/")[0] for name in set(opened) - set(ours)} == {"image"}
    assert "inode/directory" not in opened  # it would open every folder where nothing else does
    (glob,) = ours["application/x-chromadesk"].iter(f"{MIME}glob")
    assert glob.get("pattern") == f"*{links.SUFFIX}"
    (tree,) = ours["x-content/chromadesk-dataset"].iter(f"{MIME}treematch")
    assert tree.get("path") == STATE_FOLDER


def test_the_entry_the_metadata_and_the_window_have_the_same_name(entry: configparser.SectionProxy) -> None:
    metadata = ElementTree.parse(next(LINUX.glob("*.metainfo.xml"))).getroot()
    assert metadata.findtext("launchable") == "chromadesk.desktop"
    assert metadata.findtext("icon") == entry["Icon"] == entry["StartupWMClass"] == "chromadesk"
    assert metadata.findtext("name") == entry["Name"]
    said = (ROOT / "chromadesk" / "studio" / "app.py").read_text()
    assert 'setDesktopFileName("chromadesk")' in said
    licence = re.search(r'^license = "(.+)"', (ROOT / "pyproject.toml").read_text(), re.M)
    assert licence is not None
    assert metadata.findtext("project_license") == licence[1]


@pytest.mark.slow
def test_icons_are_drawn_at_every_size(tmp_path: Path) -> None:
    subprocess.run([sys.executable, ROOT / "scripts" / "app_icons.py", tmp_path], check=True)
    sizes = {int(path.name.partition("x")[0]) for path in (tmp_path / "hicolor").glob("[0-9]*")}
    assert {16, 24, 32, 48, 64, 128, 256, 512} <= sizes
    for size in sizes:
        for name in ("apps/chromadesk.png", "mimetypes/application-x-chromadesk.png"):
            with Image.open(tmp_path / "hicolor" / f"{size}x{size}" / name) as icon:
                assert icon.size == (size, size)
                assert len(icon.convert("RGBA").getcolors(1 << 20) or []) > 8
    with Image.open(tmp_path / "chromadesk.ico") as icon:
        assert (16, 16) in icon.info["sizes"]
    assert (tmp_path / "chromadesk.icns").stat().st_size > 10_000
