"""What counts as dropped, what comes next, and the order in which a save writes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from chromadesk.dataset.index import Index
from chromadesk.dataset.pairs import Dataset
from chromadesk.editing import store
from chromadesk.errors import StorageError
from chromadesk.studio import saving


def test_the_next_unapproved_goes_round(folder: Path) -> None:
    dataset = Dataset.open(folder)
    with Index.open(dataset) as index:
        keys = [item.key for item in dataset.items]
        assert saving.next_unapproved(keys, index.status, "A/04.jpg") == "A/05.jpg"
        assert saving.next_unapproved(keys, index.status, "A/05.jpg") == "A/04.jpg"
        assert saving.next_unapproved(keys, index.status, "A/gone.jpg") == "A/04.jpg"
        assert saving.next_unapproved(keys, lambda key: "approved", "A/01.jpg") is None


def test_a_save_that_fails_never_leaves_an_approval(folder: Path) -> None:
    dataset = Dataset.open(folder)
    opened = store.open_document(dataset["A/04.jpg"], dataset.state)
    opened.document.predict(np.full(opened.document.size, 3, np.uint8))
    with Index.open(dataset) as index:
        blocked = folder / "B" / "04.png"
        blocked.mkdir()
        with pytest.raises(StorageError):
            saving.save(dataset, index, store.snapshot(opened), "approved")
        assert index.status("A/04.jpg") == "edited"
        blocked.rmdir()
        saving.save(dataset, index, store.snapshot(opened), "approved")
        assert index.status("A/04.jpg") == "approved"
        assert dataset["A/04.jpg"].has_mask
    opened.close()
