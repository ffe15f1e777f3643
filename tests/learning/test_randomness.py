"""Whoever drew goes on drawing what it would have drawn."""

from __future__ import annotations

import io
import random

import numpy as np
import pytest
import torch

from chromadesk.learning import randomness


def draws() -> list[float]:
    found = [float(torch.rand(1)), random.random(), random.gauss(0, 1), float(np.random.rand()), np.random.normal()]
    if torch.cuda.is_available():
        found += [float(torch.rand(1, device=device)) for device in range(torch.cuda.device_count())]
    return found


def test_all_generators_go_on_through_a_file_that_runs_nothing() -> None:
    draws()
    kept = io.BytesIO()
    torch.save(randomness.state(), kept)
    expected = [draws(), draws()]
    kept.seek(0)
    randomness.restore(torch.load(kept, weights_only=True))
    assert [draws(), draws()] == expected


def test_a_checkpoint_of_old_knows_pytorch_s_alone() -> None:
    kept = torch.get_rng_state()
    expected = float(torch.rand(1))
    randomness.restore(kept)
    assert float(torch.rand(1)) == expected


@pytest.mark.cuda
@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a CUDA device")
def test_dropout_on_a_gpu_is_the_same_again() -> None:
    values = torch.ones(1000, device="cuda")
    kept = randomness.state()
    expected = torch.nn.functional.dropout(values)
    randomness.restore(kept)
    assert torch.equal(torch.nn.functional.dropout(values), expected)
