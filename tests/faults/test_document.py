"""Some steps of the document's state machine; ``make faults`` takes a hundred thousand."""

from __future__ import annotations

import pytest

from chromadesk.editing.document import Document
from tests.faults import document


@pytest.mark.parametrize("steps", [300, pytest.param(10_000, marks=pytest.mark.slow)])
def test_the_document_does_what_plain_arrays_do(steps: int) -> None:
    turn = document.CAMPAIGNS[0].check(seed=0, amount=steps)
    assert turn.done >= steps


def test_the_machine_notices_an_undo_that_forgets_who_painted(monkeypatch: pytest.MonkeyPatch) -> None:
    put = Document._put

    def forgetful(self: Document, box, plane) -> None:
        touched = self.touched.copy()
        put(self, box, plane)
        self.touched |= touched

    monkeypatch.setattr(Document, "_put", forgetful)
    turn = document.CAMPAIGNS[0].take(seed=0, amount=500)
    assert "the_document_is_as_expected" in turn.failures[0]
    assert turn.failures[0].startswith("seed 0")
