"""What an epoch shows: how much of what, in turn, the same again after a stop."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chromadesk.learning.config import TrainConfig
from chromadesk.learning.sampling import EpochSampler, Place, Samples, Steps
from chromadesk.learning.team import Team


def shown(sampler: EpochSampler, epoch: int, skip: int = 0) -> list[Place]:
    sampler.epoch, sampler.skip = epoch, skip
    places = list(sampler)
    assert len(places) == len(sampler)
    return places


def test_all_photos_once_in_an_order_of_the_seed() -> None:
    sampler = EpochSampler(9, seed=4)
    for epoch in range(3):
        expected = np.random.default_rng([4, epoch]).permutation(9)
        assert shown(sampler, epoch) == [(epoch, position, 0) for position in expected]


@example(corrected=4, others=4, share=0.875, epoch_photos=None, kind="mixed", fine=False)
@given(
    corrected=st.integers(0, 40),
    others=st.integers(0, 60),
    share=st.floats(0, 1),
    epoch_photos=st.none() | st.integers(1, 200),
    kind=st.sampled_from(["mixed", "corrected", None]),
    fine=st.booleans(),
)
def test_every_corrected_photo_is_seen_and_none_too_often(
    corrected: int, others: int, share: float, epoch_photos: int | None, kind: str | None, fine: bool
) -> None:
    if corrected + others == 0 or (kind == "corrected" and not corrected):
        return
    init = "chromanet" if fine else None
    config = TrainConfig("d", "o", init=init, photos=kind, corrected_share=share, epoch_photos=epoch_photos)
    if config.kind_of_photos(corrected) == "all":
        corrected, others = 0, corrected + others
    if kind == "corrected":
        others = 0
    sampler = EpochSampler(corrected + others, 1, corrected, config.portions(corrected, others))
    for epoch in range(3):
        places = shown(sampler, epoch)
        assert places[3:] == shown(sampler, epoch, skip=3)
        assert len(set(places)) == len(places) == sampler.samples > 0
        times = Counter(position for _, position, _ in places)
        looks = [times[position] for position in range(corrected)]
        assert all(1 <= count <= 4 for count in looks)
        assert not looks or max(looks) - min(looks) <= 1


def test_the_others_take_turns() -> None:
    sampler = EpochSampler(4 + 10, 0, corrected=4, portions=(8, 4))
    seen = [position for epoch in range(5) for _, position, _ in shown(sampler, epoch) if position >= 4]
    assert Counter(seen) == dict.fromkeys(range(4, 14), 2)


@pytest.mark.parametrize("size", [1, 2, 3])
def test_processes_share_each_step_and_an_epoch_resumes_at_any_of_them(size: int) -> None:
    sampler = EpochSampler(11, seed=2)
    whole = shown(sampler, 1)
    for skipped in (0, 4, 8):
        sampler.skip = skipped
        steps = [list(Steps(sampler, 4, Team(rank, size))) for rank in range(size)]
        assert {len(each) for each in steps} == {len(Steps(sampler, 4, Team()))}
        assert [place for step in zip(*steps, strict=True) for part in step for place in part] == whole[skipped:]


def test_a_process_without_a_photo_has_an_empty_batch() -> None:
    photos, labels = Samples([], (6, 4), "none", 0).together([])
    assert (photos.shape, labels.shape) == ((0, 3, 6, 4), (0, 6, 4))


@pytest.mark.parametrize(
    ("corrected", "others", "expected"),
    [(40, 641, (80, 80)), (12, 641, (48, 80)), (200, 600, (200, 200)), (5, 3, (20, 3)), (40, 0, (160, 0))],
)
def test_a_fine_tune_mixes_and_stays_short(corrected: int, others: int, expected: tuple[int, int]) -> None:
    config = TrainConfig("d", "o", init="chromanet")
    assert config.portions(corrected, others) == expected
    assert config.freezes_norm(sum(expected)) == (sum(expected) < 200)


def test_without_corrections_and_without_a_parent_everything_is_shown_once() -> None:
    assert TrainConfig("d", "o", init="chromanet").portions(0, 641) == (0, 641)
    assert TrainConfig("d", "o").portions(40, 600) == (0, 640)
    assert TrainConfig("d", "o", photos="mixed").portions(0, 30) == (0, 30)
    assert TrainConfig("d", "o", photos="corrected").portions(7, 30) == (7, 0)
    assert not TrainConfig("d", "o").freezes_norm(8)
