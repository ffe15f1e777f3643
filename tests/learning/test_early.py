from __future__ import annotations

from chromadesk.learning.early import Best


def test_the_best_epoch_is_kept_and_patience_ends() -> None:
    best = Best(2)
    assert [best.add(epoch, figure) for epoch, figure in enumerate([0.5, 0.7, 0.7, 0.6], start=1)] == [
        True,
        True,
        False,
        False,
    ]
    assert (best.epoch, best.figure, best.enough) == (2, 0.7, True)
    again = Best(2)
    again.load_state_dict(best.state_dict())
    assert again.enough


def test_without_patience_the_latest_is_kept_and_nothing_ends() -> None:
    best = Best(0)
    assert all(best.add(epoch, figure) for epoch, figure in enumerate([0.5, 0.4, None, 0.1], start=1))
    assert (best.epoch, best.enough) == (4, False)


def test_an_epoch_that_cannot_be_judged_is_only_better_than_none() -> None:
    best = Best(3)
    assert best.add(1, None)
    assert not best.add(2, None)
    assert best.add(3, 0.1)
