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


def test_a_step_torn_over_the_tail_of_a_longer_one_is_torn() -> None:
    machine = document.Machine()
    machine.begin(key="A/2.png")
    machine.kill(moment="torn", cut=0.99, outside=None, number=5)  # its tail is longer than what comes next
    machine.kill(moment="torn", cut=0.0, outside=None, number=3)
    machine.the_document_is_as_expected()
    machine.teardown()


def test_a_save_that_came_to_its_end_leaves_nothing_to_put_on_the_mask_of_another() -> None:
    machine = document.Machine()
    machine.begin(key="A/0.png")
    machine.predict(number=3, everything=True)
    machine.begin_save()
    machine.kill(moment="saving", cut=0.0, outside="mask", number=99)  # more than there are files to replace
    machine.the_document_is_as_expected()
    assert not machine.photo.kept
    machine.teardown()
