"""The guide as a web site."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from chromadesk.manual import pages

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_it_is_made_without_a_warning(tmp_path: Path) -> None:
    site = tmp_path / "site"
    make = [sys.executable, "-m", "sphinx", "-q", "-E", "-W", "--keep-going", "-b", "html", "-d", tmp_path / "read"]
    done = subprocess.run([*make, ROOT / "docs", site], capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr
    assert {path.stem for path in site.glob("*.html")} >= set(pages.NAMES)
    commands = (site / "commands.html").read_text(encoding="utf-8")
    assert "chromadesk segment PATHS... --out DIR [OPTIONS]" in commands
    assert "https://" not in "".join(_loaded(commands)), "a page that is read offline asks the network for something"


def _loaded(page: str) -> list[str]:
    return [line for line in page.splitlines() if "<script" in line or "<link" in line]
