"""PyTorch's own files, which are ZIP archives with a pickle: what is looked at before ``torch.load`` may unpack one."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from io import BufferedReader
from pathlib import Path

import torch
from torch import Tensor

from chromadesk import reading

#: State dicts may name one tensor several times, but no honest one is this many times as large as its file.
_MOST_TIMES = 4
_FILLER = b"\nbytearray\n"


def check(path: Path) -> None:
    """Raises OSError for what is no plain file, ValueError for one that would unpack to more than it is:
    ``torch.save`` squeezes nothing and stores nothing twice.
    """
    with reading.opened(path) as handle:
        _refuse_fillers(handle)
        if not zipfile.is_zipfile(handle):
            return  # older than PyTorch 1.6; its tensors stand in it as they are
        size = handle.seek(0, 2)
        try:
            with zipfile.ZipFile(handle) as archive:
                entries = archive.infolist()
        except (zipfile.BadZipFile, NotImplementedError, RecursionError) as error:
            raise ValueError("no archive") from error
    if any(entry.compress_type != zipfile.ZIP_STORED for entry in entries):
        raise ValueError("squeezed")
    if sum(entry.file_size for entry in entries) > size:
        raise ValueError("larger than its file")


def _refuse_fillers(handle: BufferedReader) -> None:
    """``weights_only`` lets a pickle of forty bytes make a bytearray of any size; no state dict holds one."""
    before = b""
    while block := handle.read(1 << 20):
        if _FILLER in before + block:
            raise ValueError("fills memory")
        before = block[-len(_FILLER) :]


def check_tensors(tensors: Iterable[Tensor], path: Path) -> None:
    """Raises ValueError when ``tensors``, which ``path`` held, would take far more memory than there are bytes in it:
    a tensor may show one number a billion times.
    """
    plain = (value for value in tensors if value.layout == torch.strided and value.device.type == "cpu")
    if sum(value.numel() * value.element_size() for value in plain) > _MOST_TIMES * path.stat().st_size:
        raise ValueError("larger than its file")
