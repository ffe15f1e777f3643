"""The sample portraits: copied, not imported."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from chromadesk import samples

pytest.importorskip("skimage")
pytest.importorskip("matplotlib")


def test_two_portraits_are_written_once(tmp_path: Path) -> None:
    written = samples.write(tmp_path / "samples")
    assert [path.name for path in written] == ["astronaut.jpg", "grace_hopper.jpg"]
    with Image.open(written[0]) as picture:
        assert picture.size == (512, 512)
    written[0].write_bytes(b"mine")
    assert samples.write(tmp_path / "samples") == written
    assert written[0].read_bytes() == b"mine"


def test_their_packages_are_not_imported(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from chromadesk import samples; "
        "assert samples.available(); samples.write(Path(sys.argv[1])); "
        "assert not {'skimage', 'matplotlib', 'scipy'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code, tmp_path], check=True)


def test_a_program_may_carry_them_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    samples.write(tmp_path / "from packages")
    (tmp_path / "samples").mkdir()
    (tmp_path / "from packages" / "grace_hopper.jpg").rename(tmp_path / "samples" / "grace_hopper.jpg")
    with Image.open(tmp_path / "from packages" / "astronaut.jpg") as picture:
        picture.save(tmp_path / "samples" / "astronaut.png")
    monkeypatch.setattr("chromadesk.resources.folder", lambda name="resources": tmp_path)
    monkeypatch.setattr("importlib.util.find_spec", lambda package: None)
    assert samples.available()
    assert [path.name for path in samples.write(tmp_path / "out")] == ["astronaut.jpg", "grace_hopper.jpg"]
