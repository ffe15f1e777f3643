"""What ChromaDesk needs and whether this machine has it, one short check each."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from chromadesk import children, display, homes, log, settings
from chromadesk.errors import ChromaDeskError
from chromadesk.sentences import counted

#: The Debian packages that Qt's libraries lean on (scripts/install.sh installs the same).
QT_PACKAGES = (
    "libegl1 libgl1 libglib2.0-0 libxkbcommon0 libxkbcommon-x11-0 libdbus-1-3 libx11-xcb1 libxcb-cursor0 libxcb-icccm4 "
    "libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-sync1 libxcb-xfixes0 "
    "libxcb-xkb1 fontconfig fonts-dejavu-core"
)
#: Less free space than this, in bytes, is told.
_ROOM = 1_000_000_000
_REQUIREMENT = re.compile(r"([\w.-]+)(?:\[.*?\])?(.*)")


@dataclass(frozen=True)
class Check:
    """One finding: what was looked at and found, whether that is well, whether it must be, and what to do."""

    name: str
    found: str
    fine: bool
    needed: bool = True
    advice: str = ""


def examine() -> list[Check]:
    """All checks, in the order in which a person would mend them."""
    return [check for look in _LOOKS for check in look()]


def usable(checks: list[Check]) -> bool:
    """Whether nothing that ChromaDesk cannot do without is missing."""
    return all(check.fine or not check.needed for check in checks)


def _python() -> list[Check]:
    found = f"{sys.version.split()[0]} ({sys.executable})"
    fine = sys.version_info >= (3, 11)
    return [Check("Python", found, fine, advice="" if fine else "ChromaDesk needs Python 3.11 or newer.")]


def _packages() -> list[Check]:
    """What pyproject.toml asks for, and whether it is here in a version that will do."""
    try:
        asked = importlib.metadata.requires("chromadesk") or []
    except importlib.metadata.PackageNotFoundError:
        return [Check("Packages", "ChromaDesk itself is not installed", False, needed=False)]
    wrong = []
    wanted = 0
    for requirement in asked:
        name, bounds = parted(requirement)
        if "extra ==" in requirement:
            continue
        wanted += 1
        try:
            version = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            wrong.append(f"{name} is missing")
            continue
        if not meets(version, bounds):
            wrong.append(f"{name} {version} ({', '.join(bounds)} is needed)")
    if wrong:
        advice = "Packages are missing or too old; " + _again("ChromaDesk", "--upgrade chromadesk")
        return [Check("Packages", "; ".join(wrong), False, advice=advice)]
    return [Check("Packages", f"all {wanted} are new enough", True)]


def _again(what: str, pip: str) -> str:
    """How to install ``what`` again; a frozen program has no pip and comes in one piece."""
    return "install ChromaDesk again." if children.frozen() else f"install {what} again: pip install {pip}."


def parted(requirement: str) -> tuple[str, list[str]]:
    """Name and bounds of ``numpy>=1.26,!=2.0``; what follows a semicolon is left out."""
    name, rest = _REQUIREMENT.match(requirement.partition(";")[0].strip()).groups()  # type: ignore[union-attr]
    return name, [bound.strip() for bound in rest.strip("() ").split(",") if bound.strip()]


def meets(version: str, bounds: list[str]) -> bool:
    """Whether ``version`` is within the ``bounds`` (``>=1.26``, ``!=2.0``; others say nothing here)."""
    have = _numbers(version)
    return all(
        have >= _numbers(bound) if bound.startswith(">=") else have != _numbers(bound)
        for bound in bounds
        if bound.startswith((">=", "!="))
    )


def _numbers(version: str) -> tuple[int, ...]:
    found = [int(number) for number in re.findall(r"\d+", version)[:3]]
    return tuple(found + [0] * (3 - len(found)))


def _torch() -> list[Check]:
    try:
        from chromadesk.inference.runtime import check_torchvision, choose_device, choose_precision

        check_torchvision()
        device = choose_device("auto")
        version = importlib.metadata.version("torch")
        precision = choose_precision("auto", device)
    except (ImportError, OSError, RuntimeError) as error:
        advice = "PyTorch cannot be loaded; " + _again("it", "--force-reinstall torch torchvision")
        return [Check("PyTorch", _first_line(error), False, advice=advice)]
    threads = f", {os.cpu_count()} cores" if device.type == "cpu" else ""
    return [Check("PyTorch", version, True), Check("Device", f"{device}, {precision}{threads}", True)]


def _qt() -> list[Check]:
    """Qt on the platform it would choose by itself; offscreen where there is no display."""
    environment = dict(os.environ)
    if not display.available():
        environment["QT_QPA_PLATFORM"] = "offscreen"
    try:
        # a child: a missing library must not end the doctor
        child = subprocess.run(
            children.command("chromadesk.studio.asking"),
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return [Check("Qt", "does not answer", False, advice="Qt does not start here; check the display it is given.")]
    words = child.stdout.split()
    if child.returncode or len(words) != 3:
        said = child.stderr.strip().splitlines()
        advice = "Qt cannot start."
        if platform.system() == "Linux":
            advice += f" On Debian or Ubuntu, as root: apt-get install {QT_PACKAGES}"
        return [Check("Qt", said[-1] if said else f"exit code {child.returncode}", False, advice=advice)]
    version, fonts, plugin = words
    lettered = int(fonts) > 0
    advice = "" if lettered else "There is no font; on Debian or Ubuntu, as root: apt-get install fonts-dejavu-core"
    return [Check("Qt", f"{version} ({plugin})", True), Check("Fonts", f"{fonts} families", lettered, advice=advice)]


def _display() -> list[Check]:
    there = display.available()
    advice = "" if there else "Without a display the studio cannot be seen; every other command works."
    return [Check("Display", "yes" if there else "none", there, needed=False, advice=advice)]


def _weights() -> list[Check]:
    from chromadesk.models import library
    from chromadesk.models.info import read_info

    try:
        path = library.find(library.DEFAULT)
        info = read_info(path)
    except ChromaDeskError as error:
        return [Check("Bundled model", "missing", False, advice=str(error))]
    miou = info.scores.get("miou")
    found = f"{info.name}, {path.stat().st_size / 1e6:.1f} MB" + (f", mIoU {miou:.3f}" if miou else "")
    damaged = library.damaged()
    if damaged:
        advice = "These weights are not as they were delivered; install ChromaDesk again."
        return [Check("Bundled models", f"damaged: {', '.join(damaged)}", False, advice=advice)]
    return [Check("Bundled model", found, True), Check("Bundled models", "whole, by their checksums", True)]


def _own_folders() -> list[Check]:
    """Where logs and settings go."""
    checks = []
    for name, folder in (("Log folder", log.folder()), ("Settings folder", settings.path().parent)):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            tempfile.TemporaryFile(dir=folder).close()
            checks.append(Check(name, str(folder), True))
        except OSError as error:
            advice = f"{folder} cannot be written ({error.strerror}); nothing is remembered or logged until it can."
            checks.append(Check(name, "read-only", False, needed=False, advice=advice))
    return checks


def _space() -> list[Check]:
    places = {"This folder's disk": Path.cwd(), "Your own disk": homes.home()}
    checks = []
    for name, place in places.items():
        try:
            free = shutil.disk_usage(place).free
        except OSError as error:
            checks.append(Check(name, error.strerror or "unknown", False, needed=False))
            continue
        advice = "" if free >= _ROOM else f"Only {free / 1e6:,.0f} MB are free at {place}; make room before you paint."
        checks.append(Check(name, f"{free / 1e9:,.1f} GB free", not advice, needed=False, advice=advice))
    return checks


def _elsewhere() -> list[Check]:
    """Work in the user's own folder that no data set leads to."""
    from chromadesk.dataset import away

    left = away.abandoned()
    named = [f"{folder} (of {root})" if root else f"{folder} (nobody noted of which)" for folder, root in left]
    found = f"{counted(len(left), 'folder')} of data sets that are gone" if left else "nothing that is lost"
    advice = "Work is kept of data sets that are gone; open them, also under another name, and it is back: "
    return [Check("Kept elsewhere", found, not left, needed=False, advice=advice + ", ".join(named) if left else "")]


def _folder() -> list[Check]:
    writable = os.access(Path.cwd(), os.W_OK)
    advice = "" if writable else "This folder cannot be written; give commands another --out."
    return [Check("This folder", "writable" if writable else "read-only", writable, needed=False, advice=advice)]


def _first_line(error: BaseException) -> str:
    return next(iter(str(error).strip().splitlines()), type(error).__name__)[:120]


_LOOKS: tuple[Callable[[], list[Check]], ...] = (
    _python,
    _packages,
    _torch,
    _qt,
    _display,
    _weights,
    _own_folders,
    _elsewhere,
    _folder,
    _space,
)
