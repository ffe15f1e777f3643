"""The wheel, installed outside the checkout: from odd places, read-only, as another user, without a home."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import sysconfig
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from chromadesk.masks import read_mask

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
#: What no installation should need.
_UNSET = ("HOME", "PYTHONPATH")
_NOR = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder that every user of this machine may enter."""
    with tempfile.TemporaryDirectory(prefix="chromadesk-installed-") as name:
        os.chmod(name, 0o755)
        yield Path(name)
        for folder, _, _ in os.walk(name):
            os.chmod(folder, 0o755)


def _interpreter() -> str:
    """A Python of this version that every user may run, where there is one."""
    candidates = (sys.executable, f"/usr/bin/python{sys.version_info.major}.{sys.version_info.minor}")
    there = [path for each in candidates if (path := Path(each).resolve()).exists()]
    return str(next((path for path in there if all(each.stat().st_mode & 1 for each in path.parents)), sys.executable))


@pytest.fixture(scope="module")
def wheel(place: Path) -> Path:
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", place], cwd=ROOT, check=True)
    return next(place.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(place: Path, wheel: Path) -> Path:
    """The command of an environment that has the wheel, and besides only what these tests run with."""
    environment = place / "Chroma Desk ü"
    subprocess.run([_interpreter(), "-m", "venv", "--without-pip", environment], check=True)
    python = environment / ("Scripts" if os.name == "nt" else "bin") / "python"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", python, "install", "-q"]
    subprocess.run([*pip, "--no-deps", "--no-index", wheel], check=True)
    site = next((environment / "lib").rglob("site-packages"), environment / "Lib" / "site-packages")
    (site / "others.pth").write_text(sysconfig.get_path("purelib") + "\n")
    for folder, _, names in os.walk(environment):
        for path in (Path(folder), *(Path(folder, name) for name in names)):
            if not path.is_symlink():
                path.chmod(path.stat().st_mode & ~0o222)
    return python.with_name("chromadesk")


def run(command: Path, where: Path, *words: str, user: int | None = None, unset: tuple[str, ...] = _UNSET) -> str:
    """What the command says on stdout, in a folder whose name is awkward."""
    where = where / "Frühling 2026 ✂ it's"
    where.mkdir()
    environment = {name: value for name, value in os.environ.items() if name not in unset}
    if user is not None:
        os.chown(where, user, user)
    ended = subprocess.run(
        [command, *words],
        cwd=where,
        env=environment,
        user=user,
        group=user,
        extra_groups=None if user is None else [],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    assert not (where / "~").exists()
    return ended.stdout


def demo(command: Path, where: Path, user: int | None = None) -> None:
    said = run(
        command, where, "demo", "--no-studio", "--quality", "fast", "--out", "out", user=user, unset=_UNSET + _NOR
    )
    assert "Wrote 2 masks" in said
    out = next(where.glob("*/out"))
    assert {1, 2, 3, 4} & set(read_mask(out / "astronaut.png", (512, 512)).labels.flat)


def test_it_holds_the_program_its_resources_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as opened:
        names = set(opened.namelist())
    listed = subprocess.run(
        ["git", "ls-files", "resources", "chromadesk"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.split("\n")
    wanted = {name.replace("resources/", "chromadesk/_resources/", 1) for name in listed if name}
    assert wanted <= names
    assert {name.split("/")[0].partition("-")[0] for name in names} == {"chromadesk"}


def test_the_demo_runs_without_a_home(installed: Path, tmp_path: Path) -> None:
    demo(installed, tmp_path)


@pytest.mark.skipif(os.name != "posix" or os.getuid() != 0, reason="only an administrator can be somebody else")
@pytest.mark.parametrize("user", [65534, 54321])
def test_the_demo_runs_as_another_user(installed: Path, place: Path, user: int) -> None:
    """nobody, whose home does not exist, and a number that the system does not know, as in a container."""
    where = Path(tempfile.mkdtemp(dir=place))
    where.chmod(0o755)
    try:
        subprocess.run([installed.with_name("python"), "-c", ""], user=user, group=user, extra_groups=[], check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this machine's Python is for its administrator alone")
    demo(installed, where, user)
    assert stat.S_IMODE(installed.parent.stat().st_mode) & 0o222 == 0
    shutil.rmtree(f"{tempfile.gettempdir()}/chromadesk-home-{user}", ignore_errors=True)


def test_the_studio_opens_and_leaves(installed: Path, tmp_path: Path) -> None:
    assert run(installed, tmp_path, "studio", "--quit") == "window\n"
