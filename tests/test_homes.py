"""Where the user's own things go, also without a home."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from chromadesk import homes


@pytest.fixture
def homeless(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A user that the system does not know, with ``tmp_path`` for temporary files."""
    if os.name != "posix":
        pytest.skip("Windows gives every user a profile")
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("pwd.getpwuid", {}.__getitem__)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    homes._shelter.cache_clear()
    yield tmp_path
    homes._shelter.cache_clear()


def test_they_lie_where_the_system_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("CONFIG", "DATA", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    assert homes.home() == tmp_path
    assert homes.config().name == homes.data().name == homes.cache().name == "chromadesk"
    assert len({homes.config(), homes.data(), homes.cache(), homes.logs()}) == 4


def test_a_user_without_a_home_has_a_shelter_that_only_he_can_enter(homeless: Path) -> None:
    shelter = homeless / f"chromadesk-home-{os.getuid()}"
    assert homes.home() == shelter
    assert {homes.config(), homes.data(), homes.cache(), homes.logs()} == {
        shelter / name for name in ("config", "data", "cache", "log")
    }
    assert stat.S_IMODE(shelter.stat().st_mode) == 0o700
    assert not (homeless / "~").exists()


@pytest.mark.parametrize("trick", ["open", "link", "file"])
def test_a_shelter_prepared_by_somebody_is_not_entered(homeless: Path, trick: str) -> None:
    prepared = homeless / f"chromadesk-home-{os.getuid()}"
    if trick == "open":
        prepared.mkdir()
        prepared.chmod(0o777)
    elif trick == "link":
        (homeless / "elsewhere").mkdir(mode=0o700)
        prepared.symlink_to(homeless / "elsewhere")
    else:
        prepared.touch()
    assert homes.home() != prepared
    assert homes.home().name.startswith("chromadesk-home-")
    assert homes.home() == homes.home()
