"""The guide is complete: every page listed once, every made part known, every link and picture there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from chromadesk import resources
from chromadesk.errors import ChromaDeskError
from chromadesk.manual import html, pages
from tests.test_layout import HEAVY

ROOT = Path(__file__).parents[2]
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)


def links(markdown: str) -> list[str]:
    return [link for link in _LINK.findall(_CODE.sub("", markdown)) if "://" not in link]


def test_every_page_is_listed_once() -> None:
    assert sorted(pages.NAMES) == sorted(path.stem for path in (ROOT / "docs").glob("*.md"))


@pytest.mark.parametrize("name", pages.NAMES)
def test_a_page_has_one_title_and_its_parts(name: str) -> None:
    text = pages.text(name)
    assert pages.title(text)
    assert len(re.findall(r"^# ", re.sub(r"```.*?```", "", text, flags=re.DOTALL), re.MULTILINE)) == 1
    assert not re.search(r"^<!-- made:", text, re.MULTILINE)


@pytest.mark.parametrize("name", pages.NAMES)
def test_its_links_and_pictures_lead_somewhere(name: str) -> None:
    for link in links(pages.text(name)):
        path, _, anchor = link.partition("#")
        if path.startswith("../resources/"):
            assert (resources.folder() / path.removeprefix("../resources/")).is_file(), link
            continue
        page = path.removesuffix(".md") or name
        assert page in pages.NAMES, link
        assert not anchor or anchor in html.anchors(pages.text(page)), link


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_the_first_pages_of_the_source_lead_somewhere(name: str) -> None:
    for link in links((ROOT / name).read_text(encoding="utf-8")):
        path, _, anchor = link.partition("#")
        target = ROOT / (path or name)
        assert target.is_file(), link
        written = pages.filled(target.read_text(encoding="utf-8")) if anchor else ""
        assert not anchor or anchor in html.anchors(written), link


def test_the_studio_can_show_them_without_torch() -> None:
    read = (
        "import sys; from chromadesk.manual import html, pages; [html.render(pages.text(name)) for name in pages.NAMES]"
    )
    found = f"{read}; print(set({HEAVY}) & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", found], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "set()"


def test_a_page_that_is_not_there_is_said() -> None:
    with pytest.raises(ChromaDeskError, match="no page 'nowhere'"):
        pages.text("nowhere")


def test_a_page_that_cannot_be_read_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "folder", lambda: tmp_path)
    with pytest.raises(ChromaDeskError, match="Install ChromaDesk again"):
        pages.text("index")
