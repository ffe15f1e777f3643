"""Two public-domain portraits to try ChromaDesk on, which packages of the extra ``demo`` carry, or a frozen program."""

from __future__ import annotations

import importlib.util
import io
from pathlib import Path

from chromadesk import files, resources
from chromadesk.errors import InputError

#: What to do when they are not there.
MISSING = "The sample portraits come with the extra demo: pip install 'chromadesk[demo]'; or give photos of your own."
#: The name of the copy -> the package that carries the picture, and where in it.
_SOURCES = {
    "astronaut.jpg": ("skimage", "data/astronaut.png"),
    "grace_hopper.jpg": ("matplotlib", "mpl-data/sample_data/grace_hopper.jpg"),
}


def available() -> bool:
    """Whether all of them are installed; imports nothing."""
    return len(_found()) == len(_SOURCES)


def write(folder: Path) -> list[Path]:
    """Copy them into ``folder`` as JPEGs; those that are there already stay. Raises InputError, StorageError."""
    from PIL import Image  # kept out of the window's start

    found = _found()
    if len(found) < len(_SOURCES):
        raise InputError(MISSING)
    for name, source in found.items():
        copy = folder / name
        if copy.exists():
            continue
        if source.suffix == copy.suffix:
            files.write_bytes(copy, source.read_bytes())
        else:
            photo = io.BytesIO()
            with Image.open(source) as picture:
                picture.convert("RGB").save(photo, "JPEG", quality=95, subsampling=0)
            files.write_bytes(copy, photo.getvalue())
    return [folder / name for name in found]


def _found() -> dict[str, Path]:
    """The pictures that are installed; found without importing their packages, which the studio must not."""
    found = {}
    for name, (package, place) in _SOURCES.items():
        spec = importlib.util.find_spec(package)
        places = [Path(home) / place for home in spec.submodule_search_locations or []] if spec else []
        places.append(resources.folder() / "samples" / Path(place).name)  # see packaging/chromadesk.spec
        there = next((path for path in places if path.is_file()), None)
        if there is not None:
            found[name] = there
    return found
