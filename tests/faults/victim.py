"""The process that meets hostile files, so that a crash is one process's: ``python -m tests.faults.victim KIND``.

A path a line comes on stdin; for each goes back a line of JSON: the outcome of every reader (``ok`` or the sentence of
its error; other errors begin with ``!``), the most memory held meanwhile in MB, pixels read, seconds.
"""

from __future__ import annotations

import contextlib
import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from chromadesk.errors import ChromaDeskError

Readers = dict[str, Callable[[Path], Any]]


def _images() -> Readers:
    from chromadesk.dataset.fields import taken
    from chromadesk.images import file_hash, photo_size, read_photo, read_thumbnail

    return {
        "photo_size": photo_size,
        "read_thumbnail": lambda path: read_thumbnail(path, 220),
        "read_photo": lambda path: read_photo(path).pixels,
        "taken": taken,
        "file_hash": file_hash,
    }


def _masks() -> Readers:
    from chromadesk.editing import provenance
    from chromadesk.masks import read_mask

    return {
        "read_mask": lambda path: read_mask(path).labels,
        "of a photo": lambda path: read_mask(path, (30, 20)),
        "provenance": lambda path: provenance.read(path, (30, 20)),
    }


def _models() -> Readers:
    import torch

    from chromadesk.models import catalogue, convert, info, promote, weights

    torch.set_num_threads(1)

    def imported(path: Path) -> None:
        out = path.with_name("imported.safetensors")
        try:
            convert.convert(path, out, "fcn1s")
        finally:
            out.unlink(missing_ok=True)

    def promoted(path: Path) -> None:
        state = path.parent / "state"
        written = promote.promote(path, state, info.read_info(path).architecture)
        if not written.resolve().is_relative_to(state.resolve()):
            raise RuntimeError(f"written to {written}")
        written.unlink()

    return {
        "read_info": info.read_info,
        "parameter_count": info.parameter_count,
        "catalogue": lambda path: catalogue.rows(path.parent),
        "load": weights.load,
        "import": imported,
        "promote": promoted,
    }


KINDS: dict[str, Callable[[], Readers]] = {"images": _images, "masks": _masks, "models": _models}


def _peak(begin: bool = False) -> float:
    """The most memory held since it was called with ``begin``, in MB (where Linux tells; else the process's)."""
    try:
        if begin:
            Path("/proc/self/clear_refs").write_text("5")
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1]) / 1000
    except OSError:
        pass
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def meet(path: Path, readers: Readers) -> dict[str, Any]:
    """What came of reading ``path`` in every way."""
    begun, said, pixels = time.monotonic(), {}, 0
    _peak(begin=True)
    for name, read in readers.items():
        try:
            found = read(path)
            pixels = max(pixels, getattr(found, "size", 0) // 3)
            said[name] = "ok"
            del found
        except ChromaDeskError as error:
            said[name] = str(error)
        except BaseException as error:  # noqa: BLE001 -- that is what is looked for
            said[name] = f"!{type(error).__name__}: {error}"
    return {"said": said, "peak": _peak(), "pixels": pixels, "seconds": time.monotonic() - begun}


def _lines() -> Iterator[Path]:
    for line in sys.stdin:
        yield Path(json.loads(line))


def main() -> None:
    """Meet every file of which stdin says the path."""
    readers = KINDS[sys.argv[1]]()
    answers = sys.stdout
    with contextlib.redirect_stdout(sys.stderr):
        for path in _lines():
            answers.write(json.dumps(meet(path, readers)) + "\n")
            answers.flush()


if __name__ == "__main__":
    main()
