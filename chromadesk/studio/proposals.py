"""Predictions on their way into the open document."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from chromadesk.editing.document import Document

Labels = npt.NDArray[np.uint8]


class Proposals:
    """Remembers what was asked for, and keeps a prediction that arrives in mid-stroke until the stroke ends."""

    def __init__(self) -> None:
        self._everything: dict[str, bool] = {}
        self._deferred: tuple[str, Labels] | None = None

    def ask(self, key: str, everything: bool) -> None:
        """A prediction of ``key`` was asked for; ``everything`` also replaces what a person touched."""
        self._everything[key] = everything

    def apply(self, key: str, labels: Labels, document: Document) -> bool:
        """Lay ``labels`` into ``document``; False while a stroke is in progress. Raises ValueError for another size."""
        if document.stroke is not None:
            self._deferred = (key, labels)
            return False
        if labels.shape != document.labels.shape:
            raise ValueError(f"a prediction of {labels.shape} for a photo of {document.labels.shape}")
        document.predict(labels, everything=self._everything.pop(key, False))
        return True

    def take_deferred(self) -> tuple[str, Labels] | None:
        """The prediction that waited for a stroke, once."""
        deferred, self._deferred = self._deferred, None
        return deferred
