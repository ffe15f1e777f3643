"""The files that ship with ChromaDesk are found from a checkout and from a wheel."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from chromadesk import resources
from chromadesk.errors import ChromaDeskError


def test_in_a_checkout_they_lie_beside_the_package() -> None:
    assert resources.folder() == Path(__file__).parents[1] / "resources"


@pytest.fixture(autouse=True)
def looked_for_anew() -> Iterator[None]:
    resources.folder.cache_clear()
    yield
    resources.folder.cache_clear()


def test_in_a_wheel_they_lie_inside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    package = tmp_path / "chromadesk"
    (package / "_resources").mkdir(parents=True)
    monkeypatch.setattr(resources, "__file__", str(package / "resources.py"))
    assert resources.folder() == package / "_resources"


def test_their_absence_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(resources, "__file__", str(tmp_path / "chromadesk" / "resources.py"))
    with pytest.raises(ChromaDeskError, match="install it again"):
        resources.folder()
