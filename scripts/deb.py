"""Make a Debian package of the folder that PyInstaller made (make app).

    python scripts/deb.py FOLDER OUT        writes OUT/chromadesk_<version>_<architecture>.deb

It installs into /usr/lib/chromadesk, with the command /usr/bin/chromadesk, an entry in the desktop's menu, icons and
file types. Nothing runs when it is installed or removed but Debian's own triggers, so a removal leaves nothing behind.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import chromadesk  # noqa: E402  (the path comes first)
from chromadesk.doctor import QT_PACKAGES  # noqa: E402
from scripts import app_icons  # noqa: E402

_LINUX = ROOT / "packaging" / "linux"
#: Renamed in newer releases, for a longer time_t.
_RENAMED = {"libglib2.0-0": "libglib2.0-0 | libglib2.0-0t64"}
_PLACES = {
    "chromadesk.desktop": "applications/chromadesk.desktop",
    "chromadesk-mime.xml": "mime/packages/chromadesk.xml",
    "org.chromadesk.ChromaDesk.metainfo.xml": "metainfo/org.chromadesk.ChromaDesk.metainfo.xml",
    "copyright": "doc/chromadesk/copyright",
}


def control(architecture: str, kilobytes: int) -> str:
    """The package's control file."""
    libraries = [_RENAMED.get(name, name) for name in QT_PACKAGES.split()]
    version = os.confstr("CS_GNU_LIBC_VERSION") or "glibc 2.36"
    return "\n".join(
        [
            "Package: chromadesk",
            f"Version: {chromadesk.__version__}",
            f"Architecture: {architecture}",
            "Maintainer: The ChromaDesk contributors <chromadesk@localhost>",
            "Section: graphics",
            "Priority: optional",
            f"Installed-Size: {kilobytes}",
            f"Depends: libc6 (>= {version.split()[1]}), {', '.join(libraries)}",
            "Description: desktop studio for five-class fashion-image segmentation",
            " A network proposes where skin, hair, clothes and accessories are in photos of",
            " people; the mask is corrected with a brush; the network is fine-tuned from the",
            " corrections in the background; the colours of each class are read off.",
            " .",
            " Everything the studio does is also a command. Python, PyTorch and Qt are inside.",
            "",
        ]
    )


def main(folder: Path, out: Path) -> Path:
    """Write the package and return where it is."""
    said = subprocess.run(["dpkg", "--print-architecture"], check=True, capture_output=True, text=True)
    architecture = said.stdout.strip()
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="deb-", dir=out) as name:
        root = Path(name, "root")
        share = root / "usr" / "share"
        shutil.copytree(folder, root / "usr" / "lib" / "chromadesk", symlinks=True, copy_function=_hard_link)
        (root / "usr" / "bin").mkdir()
        (root / "usr" / "bin" / "chromadesk").symlink_to("../lib/chromadesk/chromadesk")
        for source, place in _PLACES.items():
            (share / place).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(_LINUX / source, share / place)
        app_icons.write(share / "icons")
        for made in (share / "icons").glob("*.ic*"):  # other systems'
            made.unlink()
        kilobytes = sum(path.lstat().st_size for path in root.rglob("*")) // 1024
        (root / "DEBIAN").mkdir()
        (root / "DEBIAN" / "control").write_text(control(architecture, kilobytes))
        for path in root.rglob("*"):
            if path.is_dir() and not path.is_symlink():
                path.chmod(0o755)
        root.chmod(0o755)
        package = out / f"chromadesk_{chromadesk.__version__}_{architecture}.deb"
        subprocess.run(["dpkg-deb", "--root-owner-group", "-Zzstd", "-z10", "--build", root, package], check=True)
    return package


def _hard_link(source: str, target: str) -> None:
    """A gigabyte need not be there twice."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
