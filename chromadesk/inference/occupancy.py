"""What work runs on and how full a GPU's memory is, told while it runs."""

from __future__ import annotations

import time

import torch

from chromadesk.jobs.messages import Device, Report

#: A GPU is asked at most this often, seconds, and spoken of when it changed by more than so many bytes.
_EVERY, _CHANGE = 2.0, 2**29


class Occupancy:
    """Tells ``report`` of ``device`` at once and, a GPU, whenever ``tell`` finds its memory fuller or emptier."""

    def __init__(self, device: torch.device, report: Report) -> None:
        self._device, self._report = device, report
        self._asked = time.monotonic()
        self._told = describe(device)
        report(self._told)

    def tell(self) -> None:
        """To be called at every step: it costs nothing on a CPU, and on a GPU next to nothing."""
        if self._device.type != "cuda" or time.monotonic() - self._asked < _EVERY:
            return
        self._asked = time.monotonic()
        now = describe(self._device)
        if abs(now.used - self._told.used) > _CHANGE:
            self._told = now
            self._report(now)


def describe(device: torch.device) -> Device:
    """``device`` as it is now."""
    if device.type == "cuda":
        free, total = torch.cuda.mem_get_info(device)
        return Device(torch.cuda.get_device_name(device), total - free, total)
    cores = torch.get_num_threads()
    return Device(f"CPU, {cores} core{'' if cores == 1 else 's'}")
