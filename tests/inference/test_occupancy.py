"""What work runs on."""

from __future__ import annotations

import pytest
import torch

from chromadesk.inference.occupancy import Occupancy
from chromadesk.jobs.messages import Device, Message, decode, encode


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


@pytest.mark.cuda
def test_a_real_gpu() -> None:
    said: list[Message] = []
    Occupancy(torch.device("cuda"), said.append)
    assert isinstance(said[0], Device)
    assert 0 < said[0].used <= said[0].total
