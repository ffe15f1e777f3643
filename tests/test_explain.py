"""What an error becomes on the way to the person."""

from __future__ import annotations

import pytest

from chromadesk.errors import Cancelled, MaskError, StorageError
from chromadesk.explain import INTERRUPTED, explain


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (Cancelled("Stopped."), INTERRUPTED, "Stopped."),
        (MaskError("m.png is no mask."), 2, "m.png is no mask."),
        (StorageError("Disk full."), 2, "Disk full."),
        (MemoryError(), 1, "not enough memory"),
        (RuntimeError("CUDA out of memory. Tried to allocate"), 1, "not enough memory"),
        (ImportError("No module named 'timm'"), 1, "chromadesk doctor"),
        (FileNotFoundError(2, "No such file or directory", "x.jpg"), 2, "x.jpg cannot be used"),
        (ZeroDivisionError("division by zero\nmore"), 1, "ChromaDesk failed: division by zero (set"),
        (ValueError(), 1, "ChromaDesk failed: ValueError"),
    ],
)
def test_one_sentence_and_a_code(error: Exception, code: int, words: str) -> None:
    sentence, found = explain(error)
    assert found == code
    assert words in sentence
    assert "\n" not in sentence
