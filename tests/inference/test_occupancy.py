"""What work runs on, and the sentence for a GPU that is too small, without a GPU."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from chromadesk.errors import ChromaDeskError
from chromadesk.inference.occupancy import Occupancy
from chromadesk.jobs.messages import Device, Message, decode, encode
from chromadesk.learning.loop import _step


def test_a_cpu_is_told_once() -> None:
    said: list[Message] = []
    occupancy = Occupancy(torch.device("cpu"), said.append)
    for _ in range(3):
        occupancy.tell()
    cores = torch.get_num_threads()
    assert said == [Device(f"CPU, {cores} core{'' if cores == 1 else 's'}")]
    assert isinstance(said[0], Device)
    assert said[0].sentence == said[0].name
    assert decode(encode(said[0])) == said[0]


def test_a_gpu_says_how_full_it_is() -> None:
    assert Device("NVIDIA H100", 41 * 2**30, 80 * 2**30).sentence == "NVIDIA H100, 41 of 80 GB in use"


class _Full:
    """An objective whose step is too much for the GPU, as PyTorch says so."""

    def step(self, photos: Any, labels: Any, trust: Any = None) -> Any:
        raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB.")

    def state_dict(self) -> dict[str, Any]:
        return {}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        del state


@pytest.mark.parametrize(
    ("batch", "sentence"),
    [
        (8, "The GPU's memory is too small for 8 photos at a time. Choose a smaller batch, size or network."),
        (1, "The GPU's memory is too small for one photo at a time. Choose a smaller size or network."),
    ],
)
def test_a_full_gpu_is_a_sentence_that_says_what_to_do(batch: int, sentence: str) -> None:
    photos, labels = torch.zeros(batch, 3, 8, 8, dtype=torch.uint8), torch.zeros(batch, 8, 8, dtype=torch.long)
    with pytest.raises(ChromaDeskError) as raised:
        _step(_Full(), photos, labels)
    assert str(raised.value) == sentence


@pytest.mark.cuda
def test_a_real_gpu() -> None:
    said: list[Message] = []
    Occupancy(torch.device("cuda"), said.append)
    assert isinstance(said[0], Device)
    assert 0 < said[0].used <= said[0].total
