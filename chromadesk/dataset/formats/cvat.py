"""CVAT's "Segmentation mask 1.1": Pascal VOC's folders with one list, to upload (zipped) as annotations of a task.

CVAT knows photos by name; they lie in JPEGImages for a new task. What CVAT exports is read the same way.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chromadesk.dataset.formats import photos, voc
from chromadesk.dataset.formats.pair import Leaving, Options, Put
from chromadesk.masks import write_mask

reading = voc.reading


@contextmanager
def writing(out: Path, options: Options) -> Iterator[Put]:
    """Photos as they are, masks by class; see ``pair.Writing``."""
    with voc.writing_lists(out, ("default",)) as list_:

        def put(pair: Leaving) -> int:
            photos.put(pair.item.photo, out / voc.PHOTOS, pair.name)
            write_mask(out / voc.MASKS / f"{pair.name}.png", pair.labels)
            list_("default", pair.name)
            return 0

        yield put
